import { addDays, bucketSql, bucketsOf, bucketsSql } from './bucket-sql.ts';
import { isCurrency } from './dimension-sql.ts';
import { type Component, zeroWithoutRows } from './formula.ts';
import { type Frame, type Key, keysOf, type Side, sideColumn } from './frame.ts';
import { countBuckets, movesWithDay } from './per-bucket.ts';
import { rollUp } from './roll-up.ts';
import { botsSql, currencySql, noOrderSql, segmentSql, segmentValues } from './row-conditions.ts';
import { type Bounds, filtersSql, openRows, type RowSource } from './row-source.ts';
import { conditionOf, type Scan } from './scan-plan.ts';
import { bracket, type Column, identifier, indent, literal, selectText } from './sql-text.ts';

/**
 * One side of one scan: a SELECT with the grouping columns first, then all the columns that are asked for: its own measures
 * of that side, NULL for the others.
 */
export function scanText(asked: Scan, side: Side, askedFrame: Frame, names: readonly string[]): string {
  const { scan, frame } = rollUp(asked, side, askedFrame);
  const shape = { keys: keysOf(frame).filter(({ kind }) => !isPeriod(kind)), names, constants: periodColumns(side, frame) };
  return scan.averageOf === undefined ? countText(scan, side, frame, shape) : averageText(scan, side, frame, shape);
}

/** How the columns of a scan stand: what it is grouped by, its measures by name, and what is the same in all rows. */
interface Shape {
  readonly keys: readonly Key[];
  readonly names: readonly string[];
  readonly constants: readonly Column[];
}

/** The number and label of the side. They are not grouped by: without rows they would take the row with them. */
function periodColumns(side: Side, frame: Frame): readonly Column[] {
  if (!frame.sideRows) return [];
  return [
    { sql: String(frame.sides.indexOf(side) + 1), as: 'period_no' },
    { sql: literal(side.period.label), as: 'period' },
  ];
}

function isPeriod(kind: Key['kind']): boolean {
  return kind === 'period_no' || kind === 'period';
}

/** Average over the buckets of a unit: counted per bucket first, then added up and divided by the number of buckets. */
function averageText(scan: Scan, side: Side, frame: Frame, { keys, names, constants }: Shape): string {
  const unit = scan.averageOf!;
  const { averageOf: _, ...plain } = scan;
  const own = scan.components.map(({ name }) => sideColumn(name, side, frame));
  const each: Key = { name: 'each_bucket', kind: 'average' };
  const inner = countText(plain, side, frame, { keys: [...keys, each], names: own, constants: [] }, unit);
  const buckets = movesWithDay(frame, side) ? 'count(DISTINCT each_bucket)' : countBuckets(unit, side, frame);
  const columns = scan.components.map((component): Column => {
    const name = sideColumn(component.name, side, frame);
    const value = identifier(name);
    const sql = zeroWithoutRows(component) ? `CAST(sum(${value}) AS double) / ${buckets}` : `avg(${value})`;
    return { sql: known(sql, component, side), as: name };
  });
  return selectText({
    columns: [...constants, ...keys.map(({ name }) => ({ sql: identifier(name) })), ...arranged(columns, names)],
    from: `(\n${indent(inner)}\n)`,
    group: keys.length,
  });
}

/** The columns under these names, NULL where there is none. */
function arranged(columns: readonly Column[], names: readonly string[]): readonly Column[] {
  return names.map((name) => columns.find(({ as }) => as === name) ?? { sql: 'NULL', as: name });
}

/** No rows are zero; but where the data do not reach, nothing is known. */
function known(sql: string, component: Component, side: Side): string {
  if (side.period.beyondData === 'all' && zeroWithoutRows(component)) return `nullif(${sql}, 0)`;
  return zeroWithoutRows(component) && !sql.startsWith('count(') ? `coalesce(${sql}, 0)` : sql;
}

function countText(scan: Scan, side: Side, frame: Frame, { keys, names, constants }: Shape, unit?: Scan['averageOf']): string {
  const spread = scan.trailingDays !== undefined && frame.grain ? trailingBuckets(scan.trailingDays, side, frame) : undefined;
  const bounds = boundsOf(scan, side, frame);
  const rows = openRows(scan.table, bounds, frame, scan.day);
  const keyColumns = keys.map((key) => ({
    sql: spread && key.kind === 'time' ? spread.bucket : keySql(key, rows, side, frame, unit),
    as: key.name,
  }));
  const filters = side.filters.filter(
    ({ dimension }) => !(scan.allCurrencies && isCurrency(frame.glossary.dimensions[dimension]!, frame.glossary)),
  );
  const where = [
    ...rows.bounds(),
    ...(spread ? [spread.where(rows.time.day)] : []),
    ...botsSql(rows, filters, frame),
    ...(scan.where === undefined ? [] : [bracket(scan.where)]),
    ...(scan.rows === undefined ? [] : [scan.rows]),
    ...filtersSql([...filters, ...(scan.filters ?? [])], rows),
    ...segmentSql(rows, frame, scan.allCurrencies),
    ...(scan.withoutOrderWithinDays === undefined ? [] : [noOrderSql(scan, bounds, frame)]),
    ...(scan.each && frame.shopCurrencyOnly && scan.components[0]!.ofCurrency ? [currencySql(scan.table, frame)] : []),
  ];
  const columns = scan.components.map((component) => ({
    sql: known(scan.each ? component.measure.value : aggregateSql(component, scan, frame, rows), component, side),
    as: sideColumn(component.name, side, frame),
  }));
  const spreads = [...(spread ? [spread.from] : []), ...segmentValues(frame)];
  const from = [
    rows.from(scan.withoutOrderWithinDays === undefined ? undefined : 't'),
    ...spreads.map((sql) => `CROSS JOIN ${sql}`),
  ].join('\n');
  const measures = arranged(columns, names);
  if (!scan.each) return selectText({ columns: [...constants, ...keyColumns, ...measures], from, where, group: keys.length });
  return eachText(scan.each, keyColumns, [...constants, ...measures], { from, where });
}

/** Aggregates per key first; the measures then aggregate what the keys have come to. */
function eachText(
  each: NonNullable<Scan['each']>,
  keys: readonly (Column & { readonly as: string })[],
  columns: readonly Column[],
  { from, where }: { readonly from: string; readonly where: readonly string[] },
): string {
  const own = each.keys.map((key, index) => ({ sql: key, as: `each_${index + 1}` }));
  const values = Object.entries(each.values).map(([as, sql]) => ({ sql, as }));
  const inner = selectText({ columns: [...keys, ...own, ...values], from, where, group: keys.length + own.length });
  return selectText({
    columns: [...keys.map(({ as }) => ({ sql: identifier(as) })), ...columns],
    from: `(\n${indent(inner)}\n)`,
    group: keys.length,
  });
}

function boundsOf(scan: Scan, side: Side, frame: Frame): Bounds {
  const { from, to, fromTime, toTime } = side.period;
  const back =
    frame.grain && frame.lookback > 0 ? bucketsOf(frame.grain, side.period, frame, frame.zone, frame.lookback) : undefined;
  const start = back && back.first.slice(0, 10) < from ? back.first.slice(0, 10) : from;
  if (scan.trailingDays === undefined) return { from: start, to, fromTime: back ? undefined : fromTime, toTime };
  const last = frame.grain ? start : to;
  return { from: addDays(last, 1 - scan.trailingDays), to, toTime };
}

/** Each row counts for every bucket whose last day it is at most so many days before. */
function trailingBuckets(days: number, side: Side, frame: Frame) {
  const grain = frame.grain!;
  const buckets = bucketsOf(grain, side.period, frame, frame.zone, frame.lookback);
  const all = buckets ?? { first: side.period.from, last: side.period.from, count: 1 };
  const last =
    grain === 'day' ? 'b.bucket' : `least(date_add('day', -1, date_add('${grain}', 1, b.bucket)), DATE '${side.period.to}')`;
  return {
    from: `${bucketsSql(grain, all, frame.zone)} AS b (bucket)`,
    bucket: shifted('b.bucket', side, frame),
    where: (day: string) => `${day} BETWEEN date_add('day', ${1 - days}, ${last}) AND ${last}`,
  };
}

function keySql(key: Key, rows: RowSource, side: Side, frame: Frame, unit?: Scan['averageOf']): string {
  switch (key.kind) {
    case 'period_no':
    case 'period':
    case 'segment_no':
    case 'segment':
      return `g.${key.name}`;
    case 'dimension':
      return rows.dimension(key.name);
    case 'average':
      return bucketSql(unit!, rows.time, frame.zone);
    case 'time':
      return shifted(bucketSql(frame.grain!, rows.time, frame.zone), side, frame);
  }
}

function shifted(bucket: string, side: Side, frame: Frame): string {
  return side.shift === 0 ? bucket : `date_add('${frame.grain}', ${side.shift}, ${bucket})`;
}

function aggregateSql(component: Component, scan: Scan, frame: Frame, rows: RowSource): string {
  const own = scan.where === undefined ? conditionOf(component) : undefined;
  const currency = frame.shopCurrencyOnly && component.ofCurrency ? currencySql(scan.table, frame) : undefined;
  const narrowed = scan.filters === undefined ? filtersSql(component.measure.filters ?? [], rows) : [];
  const conditions = [own, currency, ...narrowed].filter((condition) => condition !== undefined);
  if (conditions.length === 0) return component.measure.value;
  return `${component.measure.value} FILTER (WHERE ${conditions.map((c) => (conditions.length > 1 ? bracket(c) : c)).join(' AND ')})`;
}
