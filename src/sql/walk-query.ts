import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { columnPath } from './column-path.ts';
import { expressionType } from './expression-type.ts';
import { nameOf, placeOf, writtenName } from './names.ts';
import { boundsOfCondition } from './partition-bounds.ts';
import { type Column, innerScope, type Occurrence, type Relation, resolveColumn, resolveRelation, type Scope } from './scope.ts';
import { nodesIn } from './tree.ts';
import type { Output, Walk } from './walk.ts';
import { claim, makeName, readColumn, readStar, readTable } from './walk-names.ts';
import { walkFrom } from './walk-relation.ts';
import { withScope } from './walk-with.ts';

/** Walks a query with its WITH, and gives the columns that it offers to the query around it. */
export function walkQuery(walk: Walk, node: trino.QueryContext, outer: Scope): Output {
  if (!(node instanceof trino.QueryStatementContext)) return { columns: [], open: false };
  return walkBody(walk, node.queryNoWith(), withScope(walk, node.with(), outer));
}

function walkBody(walk: Walk, node: trino.QueryNoWithContext, outer: Scope): Output {
  const term = walkTerm(walk, node.queryTerm(), outer);
  const named: Relation = { qualifiers: [], columns: term.columns, open: term.open };
  const order = innerScope(term.source ?? outer, [named]);
  for (const item of node.sortItem()) walk.visit(item, order);
  for (const count of [...node.rowCount(), node.limitRowCount()]) walk.visit(count, outer);
  // Rows are cut off before an outer condition sees them: it cannot bound the tables below.
  const cut = node.KW_LIMIT() ?? node.KW_FETCH() ?? node.KW_OFFSET();
  return cut ? withoutBases(term) : term;
}

interface Term extends Output {
  /** What ORDER BY can see beside the output, for a plain SELECT. */
  readonly source?: Scope;
}

function walkTerm(walk: Walk, node: trino.QueryTermContext, outer: Scope): Term {
  if (node instanceof trino.SetOperationContext) return walkSetOperation(walk, node, outer);
  const primary = node instanceof trino.QueryTermDefaultContext ? node.queryPrimary() : undefined;
  if (primary instanceof trino.QueryPrimaryDefaultContext) return walkSelect(walk, primary.querySpecification(), outer);
  if (primary instanceof trino.SubqueryContext) return walkBody(walk, primary.queryNoWith(), outer);
  if (primary instanceof trino.TableContext) return walkTableTerm(walk, primary, outer);
  if (primary instanceof trino.InlineTableContext) return walkValues(walk, primary, outer);
  return { columns: [], open: false };
}

function walkSetOperation(walk: Walk, node: trino.SetOperationContext, outer: Scope): Output {
  const [left, right] = node.queryTerm().map((term) => walkTerm(walk, term, stepScope(walk, term, outer)));
  const both = (one: Column, index: number): Column => {
    const other = right!.columns[index];
    const bases =
      node.KW_UNION() && one.bases.length > 0 && other && other.bases.length > 0 ? [...one.bases, ...other.bases] : [];
    return { ...one, bases };
  };
  return { columns: left!.columns.map(both), open: left!.open || right!.open };
}

function stepScope(walk: Walk, term: trino.QueryTermContext, outer: Scope): Scope {
  const step = walk.recursiveSteps.get(term);
  return step ? { ...outer, ctes: new Map([...outer.ctes, [step.name, step.relation]]) } : outer;
}

function walkTableTerm(walk: Walk, node: trino.TableContext, outer: Scope): Output {
  const reference = node.tableRef();
  const parts = reference.identifier().map(nameOf);
  const cte = parts.length === 1 ? outer.ctes.get(parts[0]!) : undefined;
  if (cte) {
    walk.claimed.add(reference);
    claim(walk, reference.identifier());
    return cte;
  }
  const table = readTable(walk, reference);
  const facts = table === undefined ? undefined : walk.allowed.find(table);
  if (table === undefined || !facts) return { columns: [], open: true };
  const occurrence = { table, facts, place: placeOf(reference), qualifier: table };
  walk.occurrences.push(occurrence);
  const columns = facts.columns.map(({ name, type }) => ({
    name: name.toLowerCase(),
    bases: [{ occurrence, column: name.toLowerCase() }],
    guarded: true,
    type,
  }));
  readStar(walk, [{ qualifiers: [], columns, open: false }], placeOf(node), node.getText());
  return { columns: columns.map(passed), open: false };
}

function walkValues(walk: Walk, node: trino.InlineTableContext, outer: Scope): Output {
  for (const row of node.expression()) walk.visit(row, outer);
  // A row has as many columns as its constructor; their names come from an alias list.
  return { columns: [], open: true };
}

function walkSelect(walk: Walk, node: trino.QuerySpecificationContext, outer: Scope): Term {
  const before = walk.occurrences.length;
  const relations = walkFrom(walk, node.relation(), outer);
  const source: Scope = { relations, parent: outer, ctes: outer.ctes };
  const items = node
    .selectList()
    .selectItem()
    .map((item) => walkItem(walk, item, source));
  const where = node.whereClause()?.booleanExpression() ?? null;
  walk.visit(where, source);
  boundsOfCondition(walk, where, source);
  for (const part of [node.groupBy(), node.havingClause(), ...node.windowDefinition()]) walk.visit(part, source);
  const output = { columns: items.flatMap((item) => item.columns), open: items.some((item) => item.open) };
  const direct = directTables(relations);
  walk.blocks.push({ node, occurrences: walk.occurrences.slice(before).filter((one) => direct.has(one)) });
  return { ...(keepsBounds(node) ? output : withoutBases(output)), source };
}

/** The tables of this FROM itself, without those of queries in it. */
function directTables(relations: readonly Relation[]): ReadonlySet<Occurrence> {
  const columns = relations.flatMap((relation) => relation.columns);
  return new Set(columns.flatMap((column) => (column.guarded ? column.bases.map((base) => base.occurrence) : [])));
}

function walkItem(walk: Walk, item: trino.SelectItemContext, scope: Scope): Output {
  walk.claimed.add(item);
  const everything = item.selectAllWithoutTable();
  if (everything) return star(walk, scope.relations, item, '*');
  const all = item.tableAllColumns();
  if (all) return walkTableStar(walk, item, all, scope);
  const expression = item.selectExpressionColumnName() ?? item.selectLiteralColumnName();
  walk.visit(expression, scope);
  const alias = item.identifier();
  const path = columnPath(expression);
  const column = path && resolveColumn(scope, path.identifiers.map(nameOf)).columns[0];
  const last = path?.identifiers.at(-1);
  const name = alias ? makeName(walk, alias) : last && nameOf(last);
  const type = column?.type ?? (expression ? expressionType(expression, scope) : undefined);
  if (alias) walk.outputNames.add(nameOf(alias));
  const written = alias ?? last;
  const label = written ? { label: writtenName(written) } : {};
  return { columns: [{ name, ...label, bases: column?.bases ?? [], guarded: false, ...(type ? { type } : {}) }], open: false };
}

function walkTableStar(walk: Walk, item: trino.SelectItemContext, all: trino.TableAllColumnsContext, scope: Scope): Output {
  const primary = all.primaryExpression();
  const path = columnPath(primary);
  const parts = path?.identifiers.map(nameOf) ?? [];
  const relations = resolveRelation(scope, parts);
  if (!path || relations.length === 0) {
    if (path) {
      claim(walk, path.identifiers);
      for (const name of path.names) walk.claimed.add(name);
      readColumn(walk, parts, placeOf(primary), scope);
    } else walk.visit(primary, scope);
    const list = item.columnAliases();
    const names = list
      ?.identifier()
      .map((name) => ({ name: makeName(walk, name), label: writtenName(name), bases: [], guarded: false }));
    return { columns: names ?? [], open: !names };
  }
  claim(walk, path.identifiers);
  for (const name of path.names) walk.claimed.add(name);
  return star(walk, relations, item, `${parts.join('.')}.*`);
}

function star(walk: Walk, relations: readonly Relation[], item: trino.SelectItemContext, written: string): Output {
  readStar(walk, relations, placeOf(item), written);
  const columns = relations
    .flatMap((relation) => relation.columns)
    .filter((column) => !column.merged)
    .map(passed);
  const list = item.columnAliases();
  const open = relations.some((relation) => relation.open);
  if (!list) return { columns, open };
  const renamed = list.identifier().map((name, index) => ({
    ...(columns[index] ?? { bases: [], guarded: false }),
    name: makeName(walk, name),
    label: writtenName(name),
  }));
  return { columns: renamed, open: false };
}

function passed(column: Column): Column {
  return { ...column, guarded: false };
}

function withoutBases(output: Output): Output {
  return { columns: output.columns.map((column) => ({ ...column, bases: [] })), open: output.open };
}

/** Window functions look over all rows, and grouping sets make NULLs: a condition from outside cannot go below them. */
function keepsBounds(node: trino.QuerySpecificationContext): boolean {
  const groups = node.groupBy()?.groupingElement() ?? [];
  return groups.every((group) => group instanceof trino.SingleGroupingSetContext) && !hasWindow(node.selectList());
}

function hasWindow(node: ParserRuleContext): boolean {
  if (node instanceof trino.OverContext) return true;
  if (node instanceof trino.QueryContext) return false;
  return nodesIn(node).some(hasWindow);
}
