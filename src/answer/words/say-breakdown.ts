import type { Draft } from '../../metrics/draft.ts';
import type { Cell, QueryResult } from '../../services/warehouse.ts';
import { capital, joined, lower } from './join-words.ts';
import { type Column, say, sum, type Table } from './read-table.ts';
import { by, verb } from './say-change.ts';
import { inPeriod } from './say-day.ts';
import type { Finding } from './say-finding.ts';
import { sayGroup } from './say-table.ts';
import { sayValue } from './say-value.ts';

/** Groups: who leads, who is last, how much the first ones make of the whole. */
export function breakdown(draft: Draft, table: Table, totals: QueryResult | undefined): Finding {
  const { rows, metrics, groups, time } = table;
  if (rows.length === 1 && !time) return oneGroup(draft, table);
  const [metric] = metrics;
  const name = (row: readonly Cell[]) => groups.map((g) => sayGroup(g.column, row[g.at] ?? null)).join(', ');
  if (time)
    return {
      headline: `${capital(metric!.column.label)} by ${joined(groups.map((g) => lower(g.column.label)))}, ${draft.period.label}.`,
      more: latestOfEach(table, name),
    };

  const perCurrency = metric!.column.unit === 'money' && metric!.currencyAt >= 0;
  if (perCurrency && groups.length === 1) return currencies(draft, table);
  const moved = movedGroups(draft, table, totals, name);
  if (moved) return moved;
  const known = rows.filter((row) => typeof row[metric!.at] === 'number' && groups.every((g) => row[g.at] !== null));
  const ranked = (known.length > 0 ? known : rows).toSorted((a, b) => Number(b[metric!.at] ?? 0) - Number(a[metric!.at] ?? 0));
  const ascending = draft.reading.kind === 'metric' && draft.reading.order?.direction === 'asc';
  const [first, second] = ascending ? ranked.toReversed() : ranked;
  const whole = wholeOf(draft, metric!, rows, totals);
  const share =
    (metric!.column.additive || table.hasShare) && whole && !perCurrency
      ? `, ${sayValue(Number(first![metric!.at]) / whole, { unit: 'share' })} of all`
      : '';
  const headline = `${capital(name(first!))} ${ascending ? 'is lowest' : 'leads'} with ${say(metric!, first!)}${metric!.column.unit === 'money' || metric!.column.unit === 'rate' ? '' : ` ${lower(metric!.column.label)}`}${share}.`;
  const next = second
    ? `Then ${name(second)} with ${say(metric!, second)}${ranked.length > 2 ? `; ${ascending ? 'highest' : 'last'} of ${ranked.length}: ${name(ascending ? ranked[0]! : ranked.at(-1)!)} with ${say(metric!, ascending ? ranked[0]! : ranked.at(-1)!)}` : ''}.`
    : '';
  return { headline, more: [next, changeOf(table, first!, name)].filter(Boolean).join(' ') };
}

/** A row per currency: each amount for itself, since currencies have no sum, no share and no order. */
function currencies(draft: Draft, { rows, metrics }: Table): Finding {
  const [metric] = metrics;
  const said = rows.filter((row) => row[metric!.at] !== null).map((row) => say(metric!, row));
  return {
    headline: `${capital(metric!.column.label)} ${inPeriod(draft.period)}: ${joined(said)}.`,
    more: 'Currencies are never added up.',
  };
}

/** Groups compared with an earlier period: what the whole did, then the two groups that moved most. */
function movedGroups(
  draft: Draft,
  { rows, metrics, before }: Table,
  totals: QueryResult | undefined,
  name: (row: readonly Cell[]) => string,
): Finding | undefined {
  const [metric] = metrics;
  const earlier = before.find((b) => b.column.of === metric!.column.of);
  if (!earlier || !totals) return undefined;
  const total = (column: string) => totals.rows[0]?.[totals.columns.findIndex((c) => c.name === column)];
  const [a, b] = [total(metric!.column.name), total(earlier.column.name)];
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const compared = rows.filter((row) => typeof row[metric!.at] === 'number' && typeof row[earlier.at] === 'number');
  const change = (row: readonly Cell[]) => Number(row[metric!.at]) - Number(row[earlier.at]);
  const movers = compared.toSorted((x, y) => Math.abs(change(y)) - Math.abs(change(x))).slice(0, 2);
  const said = movers.map(
    (row) =>
      `${capital(name(row))} ${change(row) >= 0 ? 'rose' : 'fell'} to ${say(metric!, row)}${by(Number(row[metric!.at]), Number(row[earlier.at]), metric!)}.`,
  );
  const now = sayValue(a, metric!.form);
  const then = sayValue(b, metric!.form);
  const headline = `${capital(metric!.column.label)} ${verb(a, b, metric!)}: ${now} ${inPeriod(draft.period)}, after ${then} ${draft.before ? inPeriod(draft.before) : 'before'}${by(a, b, metric!)}.`;
  return { headline, more: said.join(' ') };
}

function oneGroup(draft: Draft, { rows, metrics, groups, before }: Table): Finding {
  const row = rows[0]!;
  const [metric, ...rest] = metrics;
  const who = groups.map((g) => sayGroup(g.column, row[g.at] ?? null)).join(', ');
  const earlier = before.find((b) => b.column.of === metric!.column.of);
  const b = earlier ? row[earlier.at] : undefined;
  const a = row[metric!.at];
  const moved =
    typeof a === 'number' && typeof b === 'number'
      ? `, after ${sayValue(b, metric!.form)} ${draft.before ? inPeriod(draft.before) : 'before'}`
      : '';
  const more = rest.map((m) => `${capital(m.column.label)}: ${say(m, row)}.`).join(' ');
  return {
    headline: `${capital(who)}: ${lower(metric!.column.label)} ${say(metric!, row)} ${inPeriod(draft.period)}${moved}.`,
    more,
    ...(rest.length === 0 ? { bigNumber: say(metric!, row) } : {}),
  };
}

function latestOfEach({ rows, metrics, groups, time }: Table, name: (row: readonly Cell[]) => string): string {
  const lastTime = rows
    .map((row) => String(row[time!.at]))
    .toSorted()
    .at(-1);
  const last = rows.filter((row) => String(row[time!.at]) === lastTime).slice(0, 4);
  return groups.length === 0 || last.length === 0
    ? ''
    : `Last (${sayGroup(time!.column, last[0]![time!.at] ?? null)}): ${last.map((row) => `${name(row)} ${say(metrics[0]!, row)}`).join(', ')}.`;
}

function changeOf({ metrics, before }: Table, row: readonly Cell[], name: (row: readonly Cell[]) => string): string {
  const earlier = before.find((b) => b.column.of === metrics[0]!.column.of);
  const a = row[metrics[0]!.at];
  const b = earlier ? row[earlier.at] : undefined;
  return typeof a === 'number' && typeof b === 'number'
    ? `${capital(name(row))} was at ${sayValue(b, metrics[0]!.form)} before${by(a, b, metrics[0]!)}.`
    : '';
}

/** The whole as it was counted on its own; the rows add up to it only where nothing was cut off them. */
function wholeOf(draft: Draft, metric: Column, rows: Table['rows'], totals: QueryResult | undefined): number | undefined {
  if (!totals) return draft.asides.some((aside) => aside.id === 'totals') ? undefined : sum(rows, metric.at);
  const total = totals.rows[0]?.[totals.columns.findIndex((c) => c.name === metric.column.name)];
  return typeof total === 'number' ? total : undefined;
}
