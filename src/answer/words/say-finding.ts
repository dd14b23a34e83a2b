import type { Draft } from '../../metrics/draft.ts';
import type { QueryResult } from '../../services/warehouse.ts';
import { capital, joined, lower } from './join-words.ts';
import { readTable, say, sum, type Table } from './read-table.ts';
import { breakdown } from './say-breakdown.ts';
import { by, direction, verb } from './say-change.ts';
import { inPeriod } from './say-day.ts';
import { findFunnel } from './say-funnel.ts';
import { sayGroup } from './say-table.ts';
import { sayPercentChange, sayValue } from './say-value.ts';

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

/** One row: the number itself, or two to four of them in one sentence. */
function single(draft: Draft, { rows, metrics }: Table): Finding {
  const row = rows[0]!;
  const said = metrics.map((m) => `${lower(m.column.label)} ${say(m, row)}`);
  const when = soFar(draft);
  if (metrics.length > 1) return { headline: `${capital(joined(said))}, ${when}.`, more: '' };
  const [metric] = metrics;
  if (row[metric!.at] === null)
    return { headline: `${metric!.column.label}, ${when}: unknown, there is nothing to count.`, more: '' };
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

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
