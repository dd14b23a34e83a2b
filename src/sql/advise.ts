import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { expressionType, isDecimal, isInteger } from './expression-type.ts';
import { placeOf } from './names.ts';
import type { Advice } from './safe-sql.ts';
import type { Scope } from './scope.ts';
import { topBody, topLimit, unitOffset } from './statement-end.ts';
import type { StatementKind } from './statement-kind.ts';
import { nodesIn } from './tree.ts';
import type { Walk } from './walk.ts';

/** Remarks on a statement that may run as it is: what it costs, what its numbers lose, what its LIMIT leaves to chance. */
export function advise(text: string, statement: StatementKind, walk: Walk): readonly Advice[] {
  if (!statement.query) return [];
  const remarks = [
    ...unbounded(walk),
    ...limitWithoutOrder(statement.query),
    ...walk.divisions.slice(0, MOST).flatMap(({ node, scope }) => division(text, node as trino.ArithmeticBinaryContext, scope)),
    ...approximate(text, statement.query),
  ];
  return remarks.toSorted((one, other) => one.line - other.line || one.column - other.column).slice(0, MOST);
}

/** More remarks than these nobody reads, and each holds a whole text. */
const MOST = 20;

function unbounded(walk: Walk): readonly Advice[] {
  return walk.occurrences.flatMap((occurrence) => {
    const columns = occurrence.facts.partitionColumns.map((name) => name.toLowerCase());
    const ranges = walk.ranges.get(occurrence);
    const [column] = columns;
    if (column === undefined || columns.some((name) => ranges?.has(name))) return [];
    const facts = { table: occurrence.table, partition: column, qualifier: occurrence.qualifier };
    return [{ code: 'no_partition_bound' as const, ...occurrence.place, facts }];
  });
}

function limitWithoutOrder(query: trino.QueryContext): readonly Advice[] {
  const body = topBody(query);
  const limit = topLimit(query);
  if (!body || limit === undefined || body.KW_ORDER() || isOneRow(body)) return [];
  const node = body.limitRowCount() ?? body._fetchFirst ?? body;
  return [{ code: 'limit_without_order', ...placeOf(node), facts: { limit } }];
}

/** True for aggregates without GROUP BY: one row, in whatever order. */
function isOneRow(body: trino.QueryNoWithContext): boolean {
  const term = body.queryTerm();
  const primary = term instanceof trino.QueryTermDefaultContext ? term.queryPrimary() : undefined;
  if (!(primary instanceof trino.QueryPrimaryDefaultContext)) return false;
  const select = primary.querySpecification();
  return (
    !select.groupBy() &&
    select
      .selectList()
      .selectItem()
      .every((item) => below(item, isAggregate))
  );
}

function isAggregate(node: ParserRuleContext): boolean {
  if (node instanceof trino.ListAggContext) return true;
  if (!(node instanceof trino.FunctionCallContext) || node.over()) return false;
  return /^(count|sum|avg|min|max|count_if|approx_\w+|array_agg|m(ax|in)_by|arbitrary|stddev\w*|var\w*|bool_\w+|map_agg)$/i.test(
    node.functionName().getText(),
  );
}

function below(node: ParserRuleContext, test: (node: ParserRuleContext) => boolean): boolean {
  return test(node) || nodesIn(node).some((child) => below(child, test));
}

function division(text: string, node: trino.ArithmeticBinaryContext, scope: Scope): readonly Advice[] {
  const [left, right] = node.valueExpression();
  const types = [expressionType(left!, scope), expressionType(right!, scope)];
  const at = { line: node.SLASH()!.symbol.line, column: node.SLASH()!.symbol.column + 1 };
  const [from, to] = range(text, left!);
  const written = { left: short(text.slice(from, to)), right: short(text.slice(...range(text, right!))) };
  const rewrite = `${text.slice(0, from)}CAST(${text.slice(from, to)} AS double)${text.slice(to)}`;
  if (types.every(isInteger)) return [{ code: 'integer_division', ...at, facts: written, rewrite }];
  const exact = types.some(isDecimal) && types.every((type) => isDecimal(type) || isInteger(type));
  // Money over a count keeps the digits of money, which is what people want; a plain literal such as 1.0 does not.
  if (!exact || !below(node, isPlainDecimal)) return [];
  return [{ code: 'decimal_ratio', ...at, facts: written, rewrite }];
}

/** Long sides are cut: they only show a person which division is meant. */
function short(written: string): string {
  const words = written.slice(0, 200).replace(/\s+/g, ' ');
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

function isPlainDecimal(node: ParserRuleContext): boolean {
  return node instanceof trino.DecimalLiteralContext && /^100?\.0*$|^1\.0*$/.test(node.getText());
}

function approximate(text: string, query: trino.QueryContext): readonly Advice[] {
  const found: trino.FunctionCallContext[] = [];
  below(query, (node) => {
    if (node instanceof trino.FunctionCallContext && node.functionName().getText().toLowerCase() === 'approx_distinct')
      found.push(node);
    return false;
  });
  return found.map((node) => {
    const [argument] = node.expression();
    const [from] = range(text, node.functionName());
    const at = { code: 'approximate' as const, ...placeOf(node), facts: { name: 'approx_distinct', error: 0.023 } };
    if (!argument || node.expression().length > 1) return at;
    const [start] = range(text, argument);
    return { ...at, rewrite: `${text.slice(0, from)}count(DISTINCT ${text.slice(start)}` };
  });
}

function range(text: string, node: ParserRuleContext): readonly [number, number] {
  return [unitOffset(text, node.start!.start), unitOffset(text, node.stop!.stop + 1)];
}
