import type { ParserRuleContext } from 'antlr4ng';
import type {
  IdentifierContext,
  QualifiedNameContext,
  TableRefContext,
  ViewRefContext,
} from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { QuotedIdentifierContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { shortName } from './allowed-tables.ts';
import type { Place } from './names.ts';
import { nameOf, placeOf, writtenName } from './names.ts';
import { nearest } from './nearest.ts';
import type { Column, Relation, Scope } from './scope.ts';
import { hasVariable, resolveColumn, resolveRelation } from './scope.ts';
import { tableFault, tableName } from './table-fault.ts';
import { nodesIn } from './tree.ts';
import type { Walk } from './walk.ts';
import { report } from './walk.ts';

/** Marks identifiers as understood and gives their names. */
export function claim(walk: Walk, identifiers: readonly IdentifierContext[]): readonly string[] {
  for (const identifier of identifiers) walk.claimed.add(identifier);
  return identifiers.map(nameOf);
}

/** Marks everything below a node as understood: for types and patterns, whose names are no columns. */
export function claimAll(walk: Walk, node: ParserRuleContext): void {
  walk.claimed.add(node);
  for (const child of nodesIn(node)) claimAll(walk, child);
}

/** Marks a name that the statement makes itself (alias, WITH query, lambda parameter) and gives it. */
export function makeName(walk: Walk, identifier: IdentifierContext): string {
  const name = claim(walk, [identifier])[0]!;
  walk.madeNames.add(name);
  return name;
}

/** A name in the place of a column. */
export function readQualifiedName(walk: Walk, node: QualifiedNameContext, scope: Scope): void {
  walk.claimed.add(node);
  const identifiers = node.identifier();
  const [only, ...more] = identifiers;
  const quoted = only instanceof QuotedIdentifierContext && more.length === 0 ? writtenName(only) : undefined;
  readColumn(walk, claim(walk, identifiers), placeOf(node), scope, quoted);
}

/** Resolves `a`, `t.a` … and notes what it reads or why it may not. */
export function readColumn(walk: Walk, parts: readonly string[], at: Place, scope: Scope, quoted?: string): readonly Column[] {
  const { columns, open } = resolveColumn(scope, parts);
  for (const column of columns) readBase(walk, column, at);
  if (columns.length > 0) return columns;
  const written = parts.join('.');
  const blocked = parts.find((part) => walk.allowed.isBlockedEverywhere(part));
  if (blocked !== undefined && (open || !hasVariable(scope, blocked)))
    report(walk, 'column_not_allowed', at, written, { names: [blocked] });
  else if (!open && !(parts.length === 1 && hasVariable(scope, written))) reportUnknown(walk, parts, at, scope, quoted);
  return [];
}

/** Notes the reading of every column of a relation, as a star does. */
export function readStar(walk: Walk, relations: readonly Relation[], at: Place, written: string): void {
  const closed: string[] = [];
  for (const { columns } of relations)
    for (const column of columns.filter((one) => one.guarded))
      for (const base of column.bases) {
        walk.columns.add(`${base.occurrence.table}.${base.column}`);
        if (walk.allowed.isBlocked(base.occurrence.table, base.column))
          closed.push(`${shortName(base.occurrence.table, walk.allowed.defaultDatabase)}.${base.column}`);
      }
  if (closed.length > 0) report(walk, 'column_not_allowed', at, written, { names: [...new Set(closed)], star: 1 });
}

/** A table name that is no WITH query: gives `database.table` if it may be read. */
export function readTable(walk: Walk, node: TableRefContext | ViewRefContext): string | undefined {
  walk.claimed.add(node);
  const parts = claim(walk, node.identifier());
  const name = tableName(walk.allowed, parts);
  const code = tableFault(walk.allowed, parts);
  if (code) {
    const suggestion = nearest(parts.at(-1)!, walk.allowed.names);
    report(walk, code, placeOf(node), parts.join('.'), {
      tables: walk.allowed.names,
      ...(suggestion && code === 'table_not_allowed' ? { suggestion } : {}),
    });
    return undefined;
  }
  walk.tables.add(name);
  return name;
}

function readBase(walk: Walk, column: Column, at: Place): void {
  if (!column.guarded) return;
  for (const base of column.bases) {
    const { table } = base.occurrence;
    walk.columns.add(`${table}.${base.column}`);
    if (!walk.allowed.isBlocked(table, base.column)) continue;
    const name = `${shortName(table, walk.allowed.defaultDatabase)}.${base.column}`;
    report(walk, 'column_not_allowed', at, name, { names: [name] });
  }
}

function reportUnknown(walk: Walk, parts: readonly string[], at: Place, scope: Scope, quoted: string | undefined): void {
  const name = parts.join('.');
  // Only the first few are told; looking for a guess for ten thousand would take minutes.
  if (walk.faults.length > 50) {
    report(walk, 'unknown_column', at, name);
    return;
  }
  const known = visibleColumns(walk, scope);
  const suggestion = nearest(parts.at(-1)!, known);
  const isAlias = parts.length === 1 && walk.outputNames.has(name);
  const isTable = parts.length === 1 && resolveRelation(scope, parts).length > 0;
  report(walk, 'unknown_column', at, name, {
    known: known.slice(0, 60),
    ...(suggestion ? { suggestion } : {}),
    ...(isAlias ? { alias: 1 } : isTable ? { table: 1 } : quoted !== undefined && !suggestion ? { text: quoted } : {}),
  });
}

function visibleColumns(walk: Walk, scope: Scope): readonly string[] {
  const names = new Set<string>();
  for (let at: Scope | undefined = scope; at; at = at.parent)
    for (const relation of at.relations)
      for (const column of relation.columns)
        if (column.name !== undefined && !column.bases.some((base) => walk.allowed.isBlocked(base.occurrence.table, base.column)))
          names.add(column.name);
  return [...names];
}
