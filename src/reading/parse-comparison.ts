import type { Comparison, Period, PeriodUnit } from '../glossary/period.ts';
import type { Grain } from '../glossary/reading.ts';
import { units } from './calendar-words.ts';
import { adjacentPeriod } from './parse-adjacent.ts';
import { averageOf } from './parse-average-of.ts';
import { parsePeriod } from './parse-period.ts';
import { toDateBefore } from './parse-to-date.ts';
import { parseWeekdays, setAgainstSet } from './parse-weekdays.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import { versusAt } from './versus-at.ts';

/** A comparison with another period. `count` and `unit` are those said («the 30 before»): they have to fit the period asked. */
export interface ComparisonSense {
  readonly compare: Comparison;
  readonly count?: number;
  /** «the week before»: what the period asked has to be. */
  readonly unit?: PeriodUnit;
  /** «the daily average»: both sides are averages a unit. */
  readonly per?: Grain;
}

/** «vs the 30 before», «compared to last week», «yoy», «same month last year», «vs may». */
export function parseComparison(tokens: readonly Token[], at: number, today: string): Found<ComparisonSense> | undefined {
  const yearOverYear = after(
    tokens,
    at,
    'yoy',
    'y o y',
    'y/y',
    'year over year',
    'year on year',
    'yr over yr',
    'year - over - year',
    'vs ly',
    'vs py',
    'vs last yr',
  );
  if (yearOverYear) return { value: { compare: { type: 'year_ago' } }, to: yearOverYear };
  const versus = versusAt(tokens, at) ?? comparedWith(tokens, at);
  const the = skipThe(tokens, versus ?? at);
  const toDate = toDateBefore(tokens, the);
  if (toDate) return toDate;
  const same = sameLastYear(tokens, the);
  if (same) return same;
  const adjacent = adjacentPeriod(tokens, the, versus !== undefined);
  if (adjacent) return adjacent;
  if (versus === undefined) return undefined;
  const average = averageOf(tokens, after(tokens, the, 'an', 'a') ?? the, today);
  if (average) return average;
  const lastYear = after(
    tokens,
    the,
    'last year',
    'last yr',
    'ly',
    'py',
    'previous year',
    'prior year',
    'a year ago',
    'a year earlier',
    'one year ago',
    'year ago',
    'the year before',
  );
  if (setAgainstSet(tokens) && parseWeekdays(tokens, the)) return undefined;
  const period = parsePeriod(tokens, the, today);
  // «the change from sept to oct» sets the second against the first.
  const isBothEnds =
    wordAt(tokens, versus - 1) === 'from' && period?.value && 'type' in period.value && period.value.type === 'range';
  if (isBothEnds) return undefined;
  if (lastYear && (!period || period.to <= lastYear)) return { value: { compare: { type: 'year_ago' } }, to: lastYear };
  if (!period || Array.isArray(period.value)) return undefined;
  return { value: { compare: { type: 'period', period: period.value as Period } }, to: period.to };
}

/** «compare revenue yesterday to the average of october». */
function comparedWith(tokens: readonly Token[], at: number): number | undefined {
  const isAsked = tokens.slice(0, at).some((t) => /^(?:compare|compared|comparing)$/u.test(t.text));
  return isAsked ? after(tokens, at, 'to', 'with') : undefined;
}

function skipThe(tokens: readonly Token[], at: number): number {
  return (
    after(tokens, at, 'that of the', 'that of', 'those of the', 'to the', 'to', 'in the', 'the', 'our', 'with', 'with the') ?? at
  );
}

/** «same month last year», «the same period a year ago», «same week ly». */
function sameLastYear(tokens: readonly Token[], at: number): Found<ComparisonSense> | undefined {
  // «this time last year» is the same time.
  const same = after(tokens, at, 'the same', 'same') ?? (after(tokens, at, 'this time') && at + 1);
  if (!same) return undefined;
  const noun = wordAt(tokens, same);
  const hasNoun =
    lookUp(units, noun) !== undefined ||
    /^(?:period|time|times|timeframe|days|dates|weekday|range|window|stretch|interval|span)$/u.test(noun);
  const next = hasNoun ? same + 1 : same;
  const of = after(tokens, next, 'of', 'in', 'from') ?? next;
  const year = after(
    tokens,
    of,
    'the previous year',
    'the year before',
    'the prior year',
    'last year',
    'last yr',
    'ly',
    'py',
    'previous year',
    'prior year',
    'a year ago',
    'a year earlier',
    'one year ago',
    'year ago',
    'a year before',
    'year before',
    'the last year',
  );
  if (year)
    return { value: { compare: { type: 'year_ago' }, ...(lookUp(units, noun) ? { unit: lookUp(units, noun)! } : {}) }, to: year };
  // «yesterday vs same day last week»: seven days back, which only a single day has.
  const week = /^(?:day|weekday|time)$/u.test(noun)
    ? after(
        tokens,
        of,
        'last week',
        'a week ago',
        'the week before',
        'one week ago',
        'previous week',
        'last wk',
        'a week earlier',
      )
    : undefined;
  if (week)
    return { value: { compare: { type: 'period', period: { type: 'ago', count: 7, unit: 'day' } }, count: -7 }, to: week };
  const before = after(
    tokens,
    of,
    'before',
    'last month',
    'previous month',
    'the month before',
    'last quarter',
    'last week',
    'previous period',
  );
  return before ? { value: { compare: { type: 'previous' } }, to: before } : undefined;
}
