import type { Comparison, Period, PeriodUnit } from '../glossary/period.ts';
import { units } from './calendar-words.ts';
import { parsePeriod } from './parse-period.ts';
import { toDateBefore } from './parse-to-date.ts';
import { parseWeekdays, setAgainstSet } from './parse-weekdays.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import { versusAt } from './versus-at.ts';

/** A comparison with another period. `count` and `unit` are those said («the 30 before»): they have to fit the period asked. */
interface ComparisonSense {
  readonly compare: Comparison;
  readonly count?: number;
  /** «the week before»: what the period asked has to be. */
  readonly unit?: PeriodUnit;
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
  const versus = versusAt(tokens, at);
  const the = skipThe(tokens, versus ?? at);
  const toDate = toDateBefore(tokens, the);
  if (toDate) return toDate;
  const same = sameLastYear(tokens, the);
  if (same) return same;
  const adjacent = adjacentPeriod(tokens, the, versus !== undefined);
  if (adjacent) return adjacent;
  if (versus === undefined) return undefined;
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

/** «the 30 before», «previous 7 days», «the week before», «prior period». */
function adjacentPeriod(tokens: readonly Token[], at: number, afterVersus: boolean): Found<ComparisonSense> | undefined {
  const count = numberAt(tokens, at);
  const next = count?.to ?? at;
  const unit = unitOrPeriod(wordAt(tokens, next));
  const early = after(
    tokens,
    unit ? next + 1 : next,
    'before that',
    'before it',
    'right before',
    'just before',
    'before',
    'earlier',
    'prior',
    'previously',
    'preceding',
    'prev',
  );
  if (early && (count || unit) && (afterVersus || (count && !unit) || wordAt(tokens, at - 1) === 'the')) {
    // «the one before» is the like of what was named, «the 30 before» counts days.
    const isOne = count?.value === 1 && !unit && wordAt(tokens, at) === 'one';
    return { value: isOne ? made(undefined) : made(count?.value, wordAt(tokens, next)), to: early };
  }
  const lead = after(
    tokens,
    at,
    'the immediately preceding',
    'immediately preceding',
    'previous',
    'prior',
    'preceding',
    'prev',
    'earlier',
    ...(afterVersus ? ['last'] : []),
  );
  if (!lead) return undefined;
  if (afterVersus && endsHere(tokens, lead) && /^(?:last|previous|prior|prev|earlier)$/u.test(wordAt(tokens, lead - 1)))
    return { value: made(undefined), to: lead };
  const n = numberAt(tokens, lead);
  const what = wordAt(tokens, n?.to ?? lead);
  const isPeriod = /^(?:period|timeframe|time|one|ones|interval|stretch|window|range|span)$/u.test(what);
  if (isPeriod && (afterVersus || what === 'period')) return { value: made(n?.value), to: (n?.to ?? lead) + 1 };
  if (afterVersus && n && lookUp(units, what)) return { value: made(n.value, what), to: n.to + 1 };
  if (afterVersus && n && !lookUp(units, what)) return { value: made(n.value), to: n.to };
  if (afterVersus && !n && lookUp(units, what) && wordAt(tokens, lead - 1) !== 'last' && !/^(?:year|yr|y)$/u.test(what))
    return { value: made(undefined, what), to: lead + 1 };
  return afterVersus && !lookUp(units, what) && wordAt(tokens, lead - 1) !== 'last'
    ? { value: made(undefined), to: lead }
    : undefined;
}

function endsHere(tokens: readonly Token[], at: number): boolean {
  return tokens[at] === undefined || tokens[at].kind === 'sign';
}

function made(count: number | undefined, word = ''): ComparisonSense {
  const unit = lookUp(units, word);
  return { compare: { type: 'previous' }, ...(count === undefined ? {} : { count }), ...(unit ? { unit } : {}) };
}

function unitOrPeriod(word: string): boolean {
  return lookUp(units, word) !== undefined || word === 'period';
}
