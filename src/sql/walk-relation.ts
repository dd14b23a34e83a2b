import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { nameOf, placeOf, writtenName } from './names.ts';
import { boundsOfJoin } from './partition-bounds.ts';
import { renamed } from './renamed.ts';
import type { Column, Occurrence, Relation, Scope } from './scope.ts';
import type { Walk } from './walk.ts';
import { report } from './walk.ts';
import { walkJsonTable } from './walk-json-table.ts';
import { claim, readColumn, readTable } from './walk-names.ts';
import { walkPattern } from './walk-pattern.ts';

/**
 * Walks one item of a FROM list and gives what it offers. `left` are the items that UNNEST and LATERAL can see; any other
 * item sees only the query around (`outer`), as in Trino.
 */
export function walkRelation(
  walk: Walk,
  node: trino.RelationContext,
  outer: Scope,
  left: readonly Relation[],
): readonly Relation[] {
  if (node instanceof trino.JoinRelationContext) return walkJoin(walk, node, outer);
  if (node instanceof trino.RelationDefaultContext) return walkSampled(walk, node.sampledRelation(), outer, left);
  return [];
}

/** The relations of a whole FROM list, from left to right. */
export function walkFrom(walk: Walk, items: readonly trino.RelationContext[], outer: Scope): readonly Relation[] {
  const relations: Relation[] = [];
  for (const item of items) relations.push(...walkRelation(walk, item, outer, seesLeft(item) ? relations.slice() : []));
  return relations;
}

function walkJoin(walk: Walk, node: trino.JoinRelationContext, outer: Scope): readonly Relation[] {
  const [first, second] = node.relation();
  const left = walkRelation(walk, first!, outer, []);
  const sampled = node.sampledRelation();
  const visible = seesLeft(sampled ?? second!) ? left : [];
  const right = sampled ? walkSampled(walk, sampled, outer, visible) : walkRelation(walk, second!, outer, visible);
  const scope: Scope = { relations: [...left, ...right], parent: outer, ctes: outer.ctes };
  if (node.KW_NATURAL()) report(walk, 'natural_join', placeOf(node.joinType() ?? node), 'NATURAL JOIN');
  const criteria = node.joinCriteria();
  const using = criteria?.identifier() ?? [];
  for (const column of using) {
    const parts = claim(walk, [column]);
    for (const side of [left, right]) readColumn(walk, parts, placeOf(column), { ...scope, relations: side });
  }
  walk.visit(criteria?.booleanExpression() ?? criteria?.joinColumnEquality() ?? null, scope);
  noteOptional(walk, node, left, right);
  boundsOfJoin(walk, node, left, right, scope);
  return using.length > 0 ? mergedRelations(scope.relations, using.map(nameOf)) : scope.relations;
}

/** A join with USING gives each named column once, in front. */
function mergedRelations(relations: readonly Relation[], names: readonly string[]): readonly Relation[] {
  const all = relations.flatMap((relation) => relation.columns);
  const columns = names.map((name) => {
    const type = all.find((column) => column.name === name)?.type;
    return { name, bases: [], guarded: false, ...(type ? { type } : {}) };
  });
  const isNew = (column: Column): boolean => !column.merged && names.includes(column.name ?? '');
  const rest = relations.map((relation) =>
    relation.columns.some(isNew)
      ? { ...relation, columns: relation.columns.map((column) => (isNew(column) ? { ...column, merged: true } : column)) }
      : relation,
  );
  return [{ qualifiers: [], columns, open: false }, ...rest];
}

function noteOptional(walk: Walk, node: trino.JoinRelationContext, left: readonly Relation[], right: readonly Relation[]): void {
  const type = node.joinType();
  const sides = [...(type?.KW_LEFT() || type?.KW_FULL() ? right : []), ...(type?.KW_RIGHT() || type?.KW_FULL() ? left : [])];
  // The innermost join is the one whose ON can bound the table without dropping rows.
  for (const { columns } of sides)
    for (const { occurrence } of columns.flatMap((column) => (column.guarded ? column.bases : [])))
      if (!walk.optional.has(occurrence)) walk.optional.set(occurrence, node);
}

/** True for UNNEST, LATERAL and JSON_TABLE, also in parentheses or with an alias. */
function seesLeft(node: ParserRuleContext): boolean {
  if (node instanceof trino.ExpressionSourceTableContext)
    return !(node.relationSourceTable() instanceof trino.SubqueryRelationContext);
  if (node instanceof trino.RelationDefaultContext) return seesLeft(node.sampledRelation());
  if (node instanceof trino.SampledRelationContext) return seesLeft(node.patternRecognition());
  if (node instanceof trino.PatternRecognitionContext) return !node.KW_MATCH_RECOGNIZE() && seesLeft(node.aliasedRelation());
  if (node instanceof trino.AliasedRelationContext) return seesLeft(node.relationPrimary());
  if (node instanceof trino.ParenthesizedRelationContext) return seesLeft(node.relation());
  return false;
}

function walkSampled(
  walk: Walk,
  node: trino.SampledRelationContext,
  outer: Scope,
  left: readonly Relation[],
): readonly Relation[] {
  walk.visit(node.expression(), outer);
  const pattern = node.patternRecognition();
  const rows = walkAliased(walk, pattern.aliasedRelation(), outer, left);
  return pattern.KW_MATCH_RECOGNIZE() ? [walkPattern(walk, pattern, rows, outer)] : rows;
}

function walkAliased(
  walk: Walk,
  node: trino.AliasedRelationContext,
  outer: Scope,
  left: readonly Relation[],
): readonly Relation[] {
  const alias = node.identifier();
  const primary = walkPrimary(walk, node.relationPrimary(), outer, left, alias ? writtenName(alias) : undefined);
  if (!alias) return primary;
  return [renamed(walk, primary, alias, node.columnAliases())];
}

function walkPrimary(
  walk: Walk,
  node: trino.RelationPrimaryContext,
  outer: Scope,
  left: readonly Relation[],
  alias: string | undefined,
): readonly Relation[] {
  if (node instanceof trino.TableNameContext) return [walkTable(walk, node, outer, alias)];
  if (node instanceof trino.ParenthesizedRelationContext) return walkRelation(walk, node.relation(), outer, left);
  if (!(node instanceof trino.ExpressionSourceTableContext)) return [];
  const source = node.relationSourceTable();
  const lateral: Scope = { relations: left, parent: outer, ctes: outer.ctes };
  if (source instanceof trino.SubqueryRelationContext) return [{ qualifiers: [], ...walk.query(source.query(), outer) }];
  if (source instanceof trino.LateralContext) return [{ qualifiers: [], ...walk.query(source.query(), lateral) }];
  if (source instanceof trino.JsonTableContext) return [walkJsonTable(walk, source, lateral)];
  walk.visit(source, lateral);
  return [{ qualifiers: [], columns: [], open: true }];
}

function walkTable(walk: Walk, node: trino.TableNameContext, outer: Scope, alias: string | undefined): Relation {
  const name = node.tableOrViewName();
  const reference = name.tableRef() ?? name.viewRef()!;
  walk.visit(node.queryPeriod(), outer);
  const parts = reference.identifier().map(nameOf);
  const cte = parts.length === 1 ? outer.ctes.get(parts[0]!) : undefined;
  if (cte) {
    walk.claimed.add(reference);
    claim(walk, reference.identifier());
    return { ...cte, qualifiers: [parts] };
  }
  const qualifiers = [parts, parts.slice(1), parts.slice(2)].filter((one) => one.length > 0);
  const table = readTable(walk, reference);
  const facts = table === undefined ? undefined : walk.allowed.find(table);
  // The columns of a forbidden table are not guessed at: its own refusal is enough.
  if (table === undefined || !facts) return { qualifiers, columns: [], open: true };
  const [own, database = walk.allowed.defaultDatabase] = parts.toReversed();
  const occurrence: Occurrence = {
    table,
    facts,
    place: placeOf(reference),
    qualifier: alias ?? writtenName(reference.identifier().at(-1)!),
  };
  walk.occurrences.push(occurrence);
  const columns = facts.columns.map((column) => tableColumn(occurrence, column));
  return { qualifiers: [[own!], [database, own!], [walk.allowed.defaultCatalog, database, own!]], columns, open: false };
}

function tableColumn(occurrence: Occurrence, column: { readonly name: string; readonly type: string }): Column {
  const name = column.name.toLowerCase();
  return { name, bases: [{ occurrence, column: name }], guarded: true, type: column.type };
}
