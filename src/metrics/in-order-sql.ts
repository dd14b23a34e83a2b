import type { FunnelReading } from '../glossary/reading.ts';
import { EVENTS } from './dimension-sql.ts';
import { type Frame, keysOf, type Side } from './frame.ts';
import { botsSql, segmentSql, segmentValues } from './row-conditions.ts';
import { daysSql, filtersSql, openRows } from './row-source.ts';
import { identifier, indent, literal, selectText } from './sql-text.ts';

/**
 * Sessions that took the steps one after the other. For each event of step k, `start_k` is the latest time of a first step
 * from which a chain leads to it: the largest `start` of step k − 1 up to then. So a session that began twice is counted by
 * its better attempt, and the window holds from the first step to the last.
 */
export function inOrderText(reading: FunnelReading, side: Side, frame: Frame, names: readonly string[]): string {
  const keys = keysOf(frame);
  let text = markedText(reading, side, frame);
  const carried = ['funnel_session', ...keys.map(({ name }) => name), 'funnel_time', 'funnel_step'].map(identifier);
  const sessions = ['funnel_session', ...keys.filter(({ kind }) => kind === 'segment_no').map(({ name }) => name)].join(', ');
  reading.steps.forEach((id, index) => {
    const anyEvent = frame.glossary.steps[id]!.event === undefined;
    const number = index + 1;
    const before =
      index > 0
        ? `max(start_${index}) OVER (PARTITION BY ${sessions} ORDER BY funnel_time)`
        : anyEvent
          ? `min(funnel_time) OVER (PARTITION BY ${sessions})`
          : 'funnel_time';
    const start = anyEvent ? before : `CASE WHEN funnel_step = ${number} THEN ${before} END`;
    const starts = Array.from({ length: index }, (_, earlier) => `start_${earlier + 1}`);
    const columns = [...carried, ...starts].map((sql) => ({ sql }));
    text = selectText({ columns: [...columns, { sql: start, as: `start_${number}` }], from: `(\n${indent(text)}\n)` });
  });
  const counts = new Map(
    reading.steps.map((_, index) => [`step_${index + 1}${side.suffix}`, reachedSql(index + 1, reading.windowMinutes)]),
  );
  return selectText({
    columns: [
      ...keys.map(({ name }) => ({ sql: identifier(name) })),
      ...names.map((as) => ({ sql: counts.get(as) ?? 'NULL', as })),
    ],
    from: `(\n${indent(text)}\n)`,
    group: keys.length,
  });
}

function reachedSql(step: number, windowMinutes: number | undefined): string {
  const reached =
    windowMinutes === undefined
      ? `start_${step} IS NOT NULL`
      : `start_${step} >= funnel_time - INTERVAL '${windowMinutes}' MINUTE`;
  return `count(DISTINCT CASE WHEN ${reached} THEN funnel_session END)`;
}

/** The events of the steps, each with the number of its step. */
function markedText(reading: FunnelReading, side: Side, frame: Frame): string {
  const { glossary } = frame;
  const facts = glossary.tables[EVENTS]!;
  const rows = openRows(EVENTS, side.period, frame);
  const steps = reading.steps.map((id) => glossary.steps[id]!.event);
  const cases = steps.flatMap((event, index) => (event === undefined ? [] : [`WHEN ${eventSql(event)} THEN ${index + 1}`]));
  const events = steps.filter((event) => event !== undefined).map(literal);
  const keyColumns = keysOf(frame).map(({ kind, name }) => ({
    sql: kind === 'dimension' ? rows.dimension(name) : `g.${name}`,
    as: name,
  }));
  const where = [
    ...rows.bounds(),
    ...botsSql(rows, side.filters, frame),
    ...filtersSql(side.filters, rows),
    ...segmentSql(rows, frame, false),
    // A session without any of the steps still counts where the first step is the session itself.
    ...(steps.includes(undefined) ? [] : [`event_name IN (${events.join(', ')})`]),
  ];
  const orders = steps.includes(PURCHASE) ? [validOrders(side, frame)] : [];
  const from = [rows.from(), ...orders, ...segmentValues(frame).map((sql) => `CROSS JOIN ${sql}`)].join('\n');
  const step = cases.length === 0 ? 'CAST(NULL AS integer)' : `CASE ${cases.join(' ')} END`;
  return selectText({
    columns: [
      { sql: facts.session!, as: 'funnel_session' },
      ...keyColumns,
      { sql: facts.time!, as: 'funnel_time' },
      { sql: step, as: 'funnel_step' },
    ],
    from,
    where,
  });
}

const PURCHASE = 'purchase';

/** A purchase event counts only where it is the first of a valid order. */
function eventSql(event: string): string {
  return event === PURCHASE ? `event_name = ${literal(event)} AND via_order IS NOT NULL` : `event_name = ${literal(event)}`;
}

function validOrders(side: Side, { glossary }: Frame): string {
  const orders = glossary.tables.orders!;
  const select = selectText({
    columns: [
      { sql: 'order_id', as: 'via_order' },
      { sql: orders.time!, as: 'via_order_time' },
    ],
    from: `${glossary.database}.orders`,
    where: [...(orders.partition ? [daysSql(orders.partition, side.period.from, side.period.to)] : []), 'is_valid'],
  });
  return `LEFT JOIN (\n${indent(select)}\n) AS o ON o.via_order = order_id AND o.via_order_time = event_time`;
}
