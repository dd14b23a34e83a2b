import type { Draft, DraftColumn } from '../../metrics/draft.ts';
import type { Cell, QueryResult } from '../../services/warehouse.ts';
import { by, direction, verb } from './say-change.ts';
import { inPeriod } from './say-day.ts';
import { findFunnel } from './say-funnel.ts';
import { formOf, sayGroup, withCurrency } from './say-table.ts';
import { sayPercentChange, sayValue, type ValueForm } from './say-value.ts';

/** The finding: a headline with its number, up to two more sentences, and the big number where one number was asked. */
export interface Finding {
  readonly headline: string;
  readonly more: string;
  readonly bigNumber?: string;
}

/** What the rows of a draft say, in the voice of faces.md §1: the finding first, with its number, no claim of cause. */
export function findWords(draft: Draft, result: QueryResult, totals: QueryResult | undefined): Finding {
  const table = readTable(draft, result);
  if (result.rows.length === 0) return nothing(draft);
  if (draft.reading.kind === 'funnel') return findFunnel(draft, result);
  if (table.metrics.length === 0) return { headline: `${count(result.rows.length, 'row')} ${inPeriod(draft.period)}.`, more: '' };
  if (table.period) return comparedPeriods(draft, table);
  if (table.time && table.groups.length === 0) return series(draft, table);
  if (table.groups.length > 0) return breakdown(draft, table, totals);
  return single(draft, table);
}

interface Table {
  readonly rows: readonly (readonly Cell[])[];
  readonly metrics: readonly Column[];
  readonly groups: readonly Column[];
  readonly time: Column | undefined;
  readonly period: Column | undefined;
  readonly before: readonly Column[];
}

interface Column {
  readonly at: number;
  readonly column: DraftColumn;
  readonly form: ValueForm;
  /** Where the row's own currency stands, in a breakdown by currency; −1 elsewhere. */
  readonly currencyAt: number;
}

function readTable({ columns }: Draft, { rows }: QueryResult): Table {
  const currencyAt = columns.findIndex((c) => c.of === 'currency');
  const all = columns.map((column, at) => ({
    currencyAt,
    at,
    column,
    form: formOf(
      column,
      rows.map((row) => row[at] ?? null),
    ),
  }));
  const of = (...roles: DraftColumn['role'][]) => all.filter((c) => roles.includes(c.column.role));
  return {
    rows,
    metrics: of('metric'),
    groups: of('dimension', 'segment', 'currency'),
    time: of('time')[0],
    period: of('period')[0],
    before: of('before'),
  };
}

/** One row: the number itself, or two to four of them in one sentence. */
function single(draft: Draft, { rows, metrics }: Table): Finding {
  const row = rows[0]!;
  const said = metrics.map((m) => `${lower(m.column.label)} ${say(m, row)}`);
  const when = soFar(draft);
  if (metrics.length > 1) return { headline: `${capital(joined(said))}, ${when}.`, more: '' };
  const [metric] = metrics;
  if (row[metric!.at] === null)
    return { headline: `${metric!.column.label} is unknown, ${when}: there is nothing to count.`, more: '' };
  return { headline: `${metric!.column.label}, ${when}: ${say(metric!, row)}.`, more: '', bigNumber: say(metric!, row) };
}

/** Two periods, a row each, the current one first. */
function comparedPeriods(draft: Draft, { rows, metrics }: Table): Finding {
  const [now, before] = rows;
  const [metric, ...rest] = metrics;
  if (!now || !before || !metric) return { headline: `${draft.period.label}: nothing to compare with.`, more: '' };
  const a = now[metric.at] ?? null;
  const b = before[metric.at] ?? null;
  const against = draft.before ? inPeriod(draft.before) : 'before';
  const more = rest.map((m) => `${capital(m.column.label)}: ${say(m, now)}, after ${say(m, before)}.`).join(' ');
  if (typeof a !== 'number' || typeof b !== 'number') {
    return {
      headline: `${metric.column.label}: ${say(metric, now)} ${inPeriod(draft.period)}; nothing to compare with ${against}.`,
      more,
      ...(typeof a === 'number' ? { bigNumber: say(metric, now) } : {}),
    };
  }
  const headline = `${capital(metric.column.label)} ${verb(a, b, metric)}: ${say(metric, now)} ${inPeriod(draft.period)}, after ${say(metric, before)} ${against}${by(a, b, metric)}.`;
  return { headline, more, ...(rest.length === 0 ? { bigNumber: say(metric, now) } : {}) };
}

/** A line over time: the sum or the range, and the last bucket. */
function series(draft: Draft, { rows, metrics, time, before }: Table): Finding {
  const [metric] = metrics;
  const values = rows.map((row) => row[metric!.at]).filter((v): v is number => typeof v === 'number');
  if (values.length === 0) return nothing(draft);
  const at = (value: number) => sayGroup(time!.column, rows.find((row) => row[metric!.at] === value)?.[time!.at] ?? null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range =
    low === high
      ? ''
      : `Highest ${sayValue(high, metric!.form)} (${at(high)}), lowest ${sayValue(low, metric!.form)} (${at(low)}).`;
  const earlier = before[0] ? sum(rows, before[0].at) : undefined;
  if (metric!.column.additive) {
    const total = values.reduce((x, y) => x + y, 0);
    const change = earlier
      ? `, ${direction(total, earlier)} ${sayPercentChange(earlier, total)} on ${draft.before?.label ?? 'the period before'}`
      : '';
    return {
      headline: `${sayValue(total, metric!.form)}${metric!.column.unit === 'money' ? ' of' : ''} ${lower(metric!.column.label)} ${inPeriod(draft.period)}${change}.`,
      more: range,
    };
  }
  const last = rows.at(-1)!;
  return {
    headline: `${capital(metric!.column.label)} between ${sayValue(low, metric!.form)} and ${sayValue(high, metric!.form)} ${inPeriod(draft.period)}.`,
    more: `Last: ${say(metric!, last)} (${sayGroup(time!.column, last[time!.at] ?? null)}).`,
  };
}

/** Groups: who leads, who is last, how much the first ones make of the whole. */
function breakdown(draft: Draft, table: Table, totals: QueryResult | undefined): Finding {
  const { rows, metrics, groups, time } = table;
  if (rows.length === 1 && !time) return oneGroup(draft, table);
  const [metric] = metrics;
  const name = (row: readonly Cell[]) => groups.map((g) => sayGroup(g.column, row[g.at] ?? null)).join(', ');
  if (time)
    return {
      headline: `${capital(metric!.column.label)} by ${joined(groups.map((g) => lower(g.column.label)))}, ${draft.period.label}.`,
      more: latestOfEach(table, name),
    };

  const moved = movedGroups(draft, table, totals, name);
  if (moved) return moved;
  const known = rows.filter((row) => typeof row[metric!.at] === 'number' && groups.every((g) => row[g.at] !== null));
  const ranked = (known.length > 0 ? known : rows).toSorted((a, b) => Number(b[metric!.at] ?? 0) - Number(a[metric!.at] ?? 0));
  const ascending = draft.reading.kind === 'metric' && draft.reading.order?.direction === 'asc';
  const [first, second] = ascending ? ranked.toReversed() : ranked;
  const whole = wholeOf(metric!, rows, totals);
  const share =
    metric!.column.additive && whole ? `, ${sayValue(Number(first![metric!.at]) / whole, { unit: 'share' })} of all` : '';
  const headline = `${capital(name(first!))} ${ascending ? 'is lowest' : 'leads'} with ${say(metric!, first!)}${metric!.column.unit === 'money' || metric!.column.unit === 'rate' ? '' : ` ${lower(metric!.column.label)}`}${share}.`;
  const next = second
    ? `Then ${name(second)} with ${say(metric!, second)}${ranked.length > 2 ? `; ${ascending ? 'highest' : 'last'} of ${ranked.length}: ${name(ascending ? ranked[0]! : ranked.at(-1)!)} with ${say(metric!, ascending ? ranked[0]! : ranked.at(-1)!)}` : ''}.`
    : '';
  return { headline, more: [next, changeOf(table, first!, name)].filter(Boolean).join(' ') };
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

function wholeOf(metric: Column, rows: Table['rows'], totals: QueryResult | undefined): number | undefined {
  const at = totals?.columns.findIndex((c) => c.name === metric.column.name) ?? -1;
  const total = at >= 0 ? totals?.rows[0]?.[at] : undefined;
  return typeof total === 'number' ? total : totals ? undefined : sum(rows, metric.at);
}

function nothing(draft: Draft): Finding {
  const beyond = draft.period.beyondData === 'all';
  return {
    headline: beyond ? `The data hold nothing ${inPeriod(draft.period)}.` : `Nothing matches ${inPeriod(draft.period)}.`,
    more: beyond ? 'The number is unknown, not 0.' : 'No row of the data fits the question as it was read.',
  };
}

function soFar({ period }: Draft): string {
  return period.partial ? `${period.label.replace(/ until now$/, '')} so far` : period.label;
}

function say({ at, form, currencyAt }: Column, row: readonly Cell[]): string {
  return sayValue(row[at] ?? null, withCurrency(form, row[currencyAt]));
}

function sum(rows: Table['rows'], at: number): number {
  return rows.reduce((n, row) => n + (typeof row[at] === 'number' ? (row[at] as number) : 0), 0);
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function lower(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
