import { addDays } from './bucket-sql.ts';
import { isCurrency } from './dimension-sql.ts';
import type { Frame, Side } from './frame.ts';
import { type Bounds, daysSql, filtersSql, type RowSource } from './row-source.ts';
import type { Scan } from './scan-plan.ts';
import { identifier, indent, literal } from './sql-text.ts';

/** Money of the shop's currency. */
export function currencySql(table: string, frame: Frame): string {
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
    const own = filters.filter(
      ({ dimension }) => !(allCurrencies && isCurrency(frame.glossary.dimensions[dimension]!, frame.glossary)),
    );
    return `WHEN ${index + 1} THEN ${own.length === 0 ? 'true' : filtersSql(own, rows).join(' AND ')}`;
  });
  return [`CASE g.segment_no ${cases.join(' ')} END`];
}

/** No valid order by the same user from the row's time on, within so many days. */
export function noOrderSql(scan: Scan, bounds: Bounds, frame: Frame): string {
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
