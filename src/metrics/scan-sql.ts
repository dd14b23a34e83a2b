import { addDays, bucketLiteral, bucketSql, bucketsOf, bucketsSql, unrolledBucket } from './bucket-sql.ts';
import { type Component, zeroWithoutRows } from './formula.ts';
import { type Frame, type Key, keysOf, type Side, sideColumn } from './frame.ts';
import { countBuckets, movesWithDay } from './per-bucket.ts';
import { type Bounds, daysSql, filtersSql, openRows, type RowSource } from './row-source.ts';
import { conditionOf, type Scan } from './scan-plan.ts';
import { bracket, type Column, identifier, indent, literal, selectText } from './sql-text.ts';

/**
 * One side of one scan: a SELECT with the grouping columns first, then all the columns that are asked for: its own measures
 * of that side, NULL for the others.
 */
export function scanText(scan: Scan, side: Side, frame: Frame, names: readonly string[]): string {
  const keys = keysOf(frame);
  return scan.averageOf === undefined ? countText(scan, side, frame, keys, names) : averageText(scan, side, frame, keys, names);
}

/** Average over the buckets of a unit: counted per bucket first, then added up and divided by the number of buckets. */
function averageText(scan: Scan, side: Side, frame: Frame, keys: readonly Key[], names: readonly string[]): string {
  const unit = scan.averageOf!;
  const { averageOf: _, ...plain } = scan;
  const own = scan.components.map(({ name }) => sideColumn(name, side, frame));
  const inner = countText(plain, side, frame, [...keys, { name: 'each_bucket', kind: 'average' }], own, unit);
  const buckets = movesWithDay(frame, side) ? 'count(DISTINCT each_bucket)' : countBuckets(unit, side, frame);
  const columns = scan.components.map((component): Column => {
    const name = sideColumn(component.name, side, frame);
    const value = identifier(name);
    const sql = zeroWithoutRows(component) ? `CAST(sum(${value}) AS double) / ${buckets}` : `avg(${value})`;
    return { sql: known(sql, component, side), as: name };
  });
  return selectText({
    columns: [...keys.map(({ name }) => ({ sql: identifier(name) })), ...arranged(columns, names)],
    from: `(\n${indent(inner)}\n)`,
    group: groupedKeys(keys),
  });
}

/** The columns under these names, NULL where there is none. */
function arranged(columns: readonly Column[], names: readonly string[]): readonly Column[] {
  return names.map((name) => columns.find(({ as }) => as === name) ?? { sql: 'NULL', as: name });
}

/** Constants are not grouped by: without rows they would take the row with them. */
function groupedKeys(keys: readonly Key[]): number {
  return keys.every(({ kind }) => kind === 'period_no' || kind === 'period') ? 0 : keys.length;
}

/** No rows are zero; but where the data do not reach, nothing is known. */
function known(sql: string, component: Component, side: Side): string {
  if (side.period.beyondData === 'all' && zeroWithoutRows(component)) return `nullif(${sql}, 0)`;
  return zeroWithoutRows(component) && !sql.startsWith('count(') ? `coalesce(${sql}, 0)` : sql;
}

function countText(
  scan: Scan,
  side: Side,
  frame: Frame,
  keys: readonly Key[],
  names: readonly string[],
  unit?: Scan['averageOf'],
): string {
  const spread = scan.trailingDays !== undefined && frame.grain ? trailingBuckets(scan.trailingDays, side, frame) : undefined;
  const bounds = boundsOf(scan, side, frame);
  const rows = openRows(scan.table, bounds, frame, scan.day);
  const keyColumns = keys.map((key) => ({
    sql: spread && key.kind === 'time' ? spread.bucket : keySql(key, rows, side, frame, unit),
    as: key.name,
  }));
  const filters = side.filters.filter(({ dimension }) => !(scan.allCurrencies && isCurrencyId(dimension, frame)));
  const where = [
    ...rows.bounds(),
    ...(spread ? [spread.where(rows.time.day)] : []),
    ...botsSql(rows, filters, frame),
    ...(scan.where === undefined ? [] : [bracket(scan.where)]),
    ...filtersSql(filters, rows),
    ...segmentSql(rows, frame, scan.allCurrencies),
    ...(scan.withoutOrderWithinDays === undefined ? [] : [noOrderSql(scan, bounds, frame)]),
    ...(scan.each && frame.shopCurrencyOnly && scan.components[0]!.ofCurrency ? [currencySql(scan.table, frame)] : []),
  ];
  const columns = scan.components.map((component) => ({
    sql: known(scan.each ? component.measure.value : aggregateSql(component, scan, frame), component, side),
    as: sideColumn(component.name, side, frame),
  }));
  const spreads = [...(spread ? [spread.from] : []), ...segmentValues(frame)];
  const from = [
    rows.from(scan.withoutOrderWithinDays === undefined ? undefined : 't'),
    ...spreads.map((sql) => `CROSS JOIN ${sql}`),
  ].join('\n');
  const measures = arranged(columns, names);
  if (!scan.each) return selectText({ columns: [...keyColumns, ...measures], from, where, group: groupedKeys(keys) });
  return eachText(scan.each, keyColumns, measures, { from, where, group: groupedKeys(keys) });
}

/** Aggregates per key first; the measures then aggregate what the keys have come to. */
function eachText(
  each: NonNullable<Scan['each']>,
  keys: readonly (Column & { readonly as: string })[],
  columns: readonly Column[],
  { from, where, group }: { readonly from: string; readonly where: readonly string[]; readonly group: number },
): string {
  const own = each.keys.map((key, index) => ({ sql: key, as: `each_${index + 1}` }));
  const values = Object.entries(each.values).map(([as, sql]) => ({ sql, as }));
  const inner = selectText({ columns: [...keys, ...own, ...values], from, where, group: keys.length + own.length });
  return selectText({
    columns: [...keys.map(({ as }) => ({ sql: identifier(as) })), ...columns],
    from: `(\n${indent(inner)}\n)`,
    group,
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
    grain === 'day' || grain === 'hour'
      ? 'b.bucket'
      : `least(date_add('day', -1, date_add('${grain}', 1, b.bucket)), DATE '${side.period.to}')`;
  return {
    from: `${bucketsSql(grain === 'hour' ? 'day' : grain, all, frame.zone)} AS b (bucket)`,
    bucket: shifted('b.bucket', side, frame),
    where: (day: string) => `${day} BETWEEN date_add('day', ${1 - days}, ${last}) AND ${last}`,
  };
}

function keySql(key: Key, rows: RowSource, side: Side, frame: Frame, unit?: Scan['averageOf']): string {
  switch (key.kind) {
    case 'period_no':
      return String(frame.sides.indexOf(side) + 1);
    case 'period':
      return literal(side.period.label);
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

function aggregateSql(component: Component, scan: Scan, frame: Frame): string {
  const own = scan.where === undefined ? conditionOf(component) : undefined;
  const currency = frame.shopCurrencyOnly && component.ofCurrency ? currencySql(scan.table, frame) : undefined;
  const conditions = [own, currency].filter((condition) => condition !== undefined);
  if (conditions.length === 0) return component.measure.value;
  return `${component.measure.value} FILTER (WHERE ${conditions.map((c) => (conditions.length > 1 ? bracket(c) : c)).join(' AND ')})`;
}

function currencySql(table: string, frame: Frame): string {
  const column = frame.glossary.tables[table]!.currency;
  return column === undefined ? 'true' : `${identifier(column)} = ${literal(frame.currency)}`;
}

/** Rows of bots are left out, unless the question is about them. */
export function botsSql(rows: RowSource, filters: Side['filters'], frame: Frame): readonly string[] {
  const asked = [...frame.dimensions, ...[...filters, ...frame.segments.flatMap((s) => s.filters)].map((f) => f.dimension)];
  if (frame.bots === 'include' || (frame.bots === undefined && asked.some((id) => isBotId(id, frame)))) return [];
  const bot = rows.bot();
  if (bot === undefined) return [];
  return [frame.bots === 'only' ? bot : `NOT ${/^[\w.]+(\(.*\))?$/.test(bot) ? bot : `(${bot})`}`];
}

function isBotId(id: string, { glossary }: Frame): boolean {
  return Object.entries(glossary.dimensions[id]!.columns).some(([table, sql]) => sql === glossary.tables[table]?.bot);
}

function isCurrencyId(id: string, { glossary }: Frame): boolean {
  return Object.entries(glossary.dimensions[id]!.columns).some(([table, sql]) => sql === glossary.tables[table]?.currency);
}

/** Segments may overlap: each row is offered to every one of them, and the table is still read once. */
export function segmentValues(frame: Frame): readonly string[] {
  if (frame.segments.length === 0) return [];
  const values = frame.segments.map(({ label }, index) => `(${index + 1}, ${literal(label)})`);
  return [`(VALUES ${values.join(', ')}) AS g (segment_no, segment)`];
}

/** Which rows belong to which segment. */
export function segmentSql(rows: RowSource, frame: Frame, allCurrencies: boolean): readonly string[] {
  if (frame.segments.length === 0) return [];
  const cases = frame.segments.map(({ filters }, index) => {
    const own = filters.filter(({ dimension }) => !(allCurrencies && isCurrencyId(dimension, frame)));
    return `WHEN ${index + 1} THEN ${own.length === 0 ? 'true' : filtersSql(own, rows).join(' AND ')}`;
  });
  return [`CASE g.segment_no ${cases.join(' ')} END`];
}

/** No valid order by the same user from the row's time on, within so many days. */
function noOrderSql(scan: Scan, bounds: Bounds, frame: Frame): string {
  const { glossary } = frame;
  const facts = glossary.tables[scan.table]!;
  const orders = glossary.tables[ORDERS]!;
  const days = scan.withoutOrderWithinDays!;
  const conditions = [
    ...(orders.partition ? [`o.${daysSql(orders.partition, bounds.from, addDays(bounds.to, days + 1))}`] : []),
    'o.is_valid',
    `o.${orders.user} = t.${facts.user}`,
    `o.${orders.time} >= t.${facts.time}`,
    `o.${orders.time} < t.${facts.time} + INTERVAL '${days}' DAY`,
  ];
  const from = `FROM ${glossary.database}.${ORDERS} AS o`;
  return `NOT EXISTS (\n${indent(`  SELECT 1\n  ${from}\n  WHERE ${conditions.join('\n    AND ')}`)}\n  )`;
}

const ORDERS = 'orders';

/** All buckets of the first side with empty measures, so that a bucket without rows is there too. */
export function spineText(frame: Frame, measures: number): string | undefined {
  const side = frame.sides[0]!;
  const buckets = frame.grain && bucketsOf(frame.grain, side.period, frame, frame.zone, frame.lookback);
  if (frame.grain && !buckets) return undefined;
  const from = [...(buckets ? [`${bucketsSql(frame.grain!, buckets, frame.zone)} AS b (bucket)`] : []), ...segmentValues(frame)];
  const keys = keysOf(frame).map(({ kind, name }) =>
    kind === 'time' ? unrolledBucket(frame.grain!, 'b.bucket', frame.zone) : `g.${name}`,
  );
  return selectText({
    columns: [...keys, ...Array.from({ length: measures }, () => 'NULL')].map((sql) => ({ sql })),
    from: from.join('\nCROSS JOIN '),
  });
}

/** First and last bucket of the first side, as literals. */
export function timeLimits(frame: Frame): { readonly first: string; readonly last: string } | undefined {
  const buckets = frame.grain && bucketsOf(frame.grain, frame.sides[0]!.period, frame, frame.zone);
  return buckets && { first: bucketLiteral(frame.grain!, buckets.first), last: bucketLiteral(frame.grain!, buckets.last) };
}
