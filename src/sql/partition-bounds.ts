import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { columnPath } from './column-path.ts';
import { constantText } from './constant-text.ts';
import { nameOf } from './names.ts';
import type { Occurrence, Relation, Scope } from './scope.ts';
import { resolveColumn } from './scope.ts';
import type { Range, Walk } from './walk.ts';

/**
 * Narrows the partition ranges of the tables by one condition: comparisons with constants that are joined by AND. What
 * stands under OR or NOT, or is computed, bounds nothing here: a price must never be too low.
 */
export function boundsOfCondition(
  walk: Walk,
  node: trino.BooleanExpressionContext | null,
  scope: Scope,
  may: May = always,
): void {
  if (!node) return;
  if (node instanceof trino.AndContext) {
    for (const side of node.booleanExpression()) boundsOfCondition(walk, side, scope, may);
    return;
  }
  if (!(node instanceof trino.PredicatedContext)) return;
  const inner = parenthesized(node);
  if (inner) boundsOfCondition(walk, inner, scope, may);
  else boundsOfPredicate(walk, node, scope, may);
}

/** Narrows by an ON condition: both sides of an inner join, only the optional side of an outer one. */
export function boundsOfJoin(
  walk: Walk,
  node: trino.JoinRelationContext,
  left: readonly Relation[],
  right: readonly Relation[],
  scope: Scope,
): void {
  const type = node.joinType();
  const condition = node.joinCriteria()?.booleanExpression() ?? null;
  if (!type || !condition || type.KW_FULL()) return;
  const side = type.KW_LEFT() ? right : type.KW_RIGHT() ? left : undefined;
  const tables =
    side && new Set(side.flatMap((one) => one.columns.flatMap((column) => column.bases.map((base) => base.occurrence))));
  boundsOfCondition(walk, condition, scope, (occurrence) => !tables || tables.has(occurrence));
}

type May = (occurrence: Occurrence) => boolean;
const always: May = () => true;

function parenthesized(node: trino.PredicatedContext): trino.BooleanExpressionContext | undefined {
  const value = node.predicate() ? undefined : node.valueExpression();
  const primary = value instanceof trino.ValueExpressionDefaultContext ? value.primaryExpression() : undefined;
  return primary instanceof trino.ParenthesizedExpressionContext ? primary.expression().booleanExpression() : undefined;
}

function boundsOfPredicate(walk: Walk, node: trino.PredicatedContext, scope: Scope, may: May): void {
  const value = node.valueExpression();
  const predicate = node.predicate();
  if (predicate instanceof trino.ComparisonContext) {
    const sign = predicate.comparisonOperator().getText();
    const other = predicate.valueExpression();
    narrow(walk, value, scope, may, rangeOf(sign, constantText(other)));
    narrow(walk, other, scope, may, rangeOf(MIRROR[sign] ?? sign, constantText(value)));
  } else if (predicate instanceof trino.BetweenContext && !predicate.KW_NOT()) {
    const [from, to] = predicate.valueExpression().map(constantText);
    narrow(walk, value, scope, may, from === undefined || to === undefined ? { rough: true } : { from, to });
  } else if (predicate instanceof trino.InListContext && !predicate.KW_NOT()) {
    narrow(walk, value, scope, may, rangeOfList(predicate.expression().map(constantText)));
  } else if (predicate instanceof trino.LikeContext && !predicate.KW_NOT()) {
    narrow(walk, value, scope, may, { rough: true });
  }
}

const MIRROR: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function rangeOf(sign: string, value: string | undefined): Range | undefined {
  if (sign === '<>' || sign === '!=') return undefined;
  if (value === undefined) return { rough: true };
  if (sign === '=') return { from: value, to: value };
  if (sign === '>') return { from: neighbour(value, 1) };
  if (sign === '>=') return { from: value };
  if (sign === '<') return { to: neighbour(value, -1) };
  return { to: value };
}

function rangeOfList(values: readonly (string | undefined)[]): Range {
  const known = values.filter((value) => value !== undefined).sort();
  return known.length < values.length ? { rough: true } : { from: known[0]!, to: known.at(-1)! };
}

/** The next or previous day or whole number; any other text stays, which only makes the range a little wide. */
function neighbour(value: string, step: 1 | -1): string {
  if (/^\d{1,15}$/.test(value)) return value.startsWith('0') ? value : String(Number(value) + step);
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return value;
  const day = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return value;
  return new Date(day.getTime() + step * 86_400_000).toISOString().slice(0, 10);
}

function narrow(walk: Walk, node: trino.ValueExpressionContext, scope: Scope, may: May, range: Range | undefined): void {
  const path = range && columnPath(withoutCast(node));
  if (!path) return;
  const { columns } = resolveColumn(scope, path.identifiers.map(nameOf));
  if (columns.length !== 1) return;
  for (const { occurrence, column } of columns[0]!.bases) {
    if (!may(occurrence) || !occurrence.facts.partitionColumns.some((name) => name.toLowerCase() === column)) continue;
    const ranges = walk.ranges.get(occurrence) ?? new Map<string, Range>();
    walk.ranges.set(occurrence, ranges);
    ranges.set(column, intersection(ranges.get(column) ?? {}, range));
  }
}

/** `CAST(dt AS date)`, `date(dt)` and `from_iso8601_date(dt)` keep the order of days, and Athena prunes by them too. */
function withoutCast(node: trino.ValueExpressionContext): trino.ValueExpressionContext | trino.ExpressionContext {
  const primary = node instanceof trino.ValueExpressionDefaultContext ? node.primaryExpression() : undefined;
  if (primary instanceof trino.CastContext && primary.type().getText().toLowerCase() === 'date') return primary.expression();
  if (!(primary instanceof trino.FunctionCallContext)) return node;
  const name = primary.functionName().getText().toLowerCase();
  const args = primary.expression();
  return (name === 'date' || name === 'from_iso8601_date') && args.length === 1 ? args[0]! : node;
}

function intersection(one: Range, other: Range): Range {
  const from = [one.from, other.from]
    .filter((value) => value !== undefined)
    .sort()
    .at(-1);
  const to = [one.to, other.to].filter((value) => value !== undefined).sort()[0];
  const rough = one.rough || other.rough;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(rough ? { rough } : {}) };
}
