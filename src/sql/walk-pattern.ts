import type * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { columnPath } from './column-path.ts';
import { nameOf } from './names.ts';
import { renamed } from './renamed.ts';
import { type Column, type Relation, resolveColumn, type Scope } from './scope.ts';
import type { Walk } from './walk.ts';
import { patternScope, visitMeasure } from './walk-expression.ts';
import { claimAll } from './walk-names.ts';

/** Walks `rows MATCH_RECOGNIZE (…)`. With ALL ROWS PER MATCH it offers every column of its rows, else the partition keys. */
export function walkPattern(
  walk: Walk,
  node: trino.PatternRecognitionContext,
  rows: readonly Relation[],
  outer: Scope,
): Relation {
  const scope: Scope = { relations: rows, parent: outer, ctes: outer.ctes };
  walk.visit(node.partitionBy(), scope);
  for (const item of node.sortItem()) walk.visit(item, scope);
  const parts = { definitions: node.variableDefinition(), subsets: node.subsetDefinition(), pattern: node.rowPattern() };
  const inner = patternScope(walk, scope, rows, parts);
  const measures = node.measureDefinition().map((measure) => made(visitMeasure(walk, measure, inner)));
  for (const definition of node.variableDefinition()) walk.visit(definition.expression(), inner);
  for (const part of [node.rowPattern(), node.skipTo(), ...node.subsetDefinition()]) if (part) claimAll(walk, part);
  const allRows = node.rowsPerMatch()?.KW_ALL();
  const kept = allRows ? rows.flatMap((row) => row.columns) : partitionKeys(node, scope);
  const open = Boolean(allRows) && rows.some((row) => row.open);
  // A match reads rows of every day: a bound outside does not bound the table.
  const columns = [...kept.map((column) => (column.guarded ? column : { ...column, bases: [] })), ...measures];
  const alias = node.identifier();
  const relation: Relation = { qualifiers: allRows ? rows.flatMap((row) => row.qualifiers) : [], columns, open };
  return alias ? renamed(walk, [relation], alias, node.columnAliases()) : relation;
}

function partitionKeys(node: trino.PatternRecognitionContext, scope: Scope): readonly Column[] {
  return (node.partitionBy()?.expression() ?? []).flatMap((key) => {
    const parts = columnPath(key)?.identifiers.map(nameOf);
    const column = parts && resolveColumn(scope, parts).columns[0];
    return column && parts
      ? [{ name: parts.at(-1), bases: [], guarded: false, ...(column.type ? { type: column.type } : {}) }]
      : [];
  });
}

function made(name: string): Column {
  return { name, bases: [], guarded: false };
}
