import type { Filter, Grain } from '../glossary/reading.ts';
import { adverbs, units } from './calendar-words.ts';
import type { Sense } from './meaning.ts';
import { timeAt } from './parse-schedule.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «top 10», «10 best», «worst five», «first 20», «#1». */
export function parseLimit(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const way = wayAt(tokens, at);
  if (way) {
    const count = numberAt(tokens, way.to);
    // «top 2 weeks» and «most 30 days» are no limits.
    return count && usable(count.value) && !isUnitPlural(tokens, count.to)
      ? { value: { type: 'limit', count: count.value, way: way.value }, to: count.to }
      : undefined;
  }
  const joined = /^(top|bottom|worst|best)(\d{1,3})$/u.exec(wordAt(tokens, at));
  if (joined && usable(Number(joined[2]))) {
    const words = { top: 'high', bottom: 'low', worst: 'worst', best: 'best' } as const;
    return { value: { type: 'limit', count: Number(joined[2]), way: words[joined[1] as keyof typeof words] }, to: at + 1 };
  }
  const count = numberAt(tokens, at);
  const after2 = count && usable(count.value) ? wayAt(tokens, count.to) : undefined;
  if (count && after2 && wordAt(tokens, count.to) !== 'top')
    return { value: { type: 'limit', count: count.value, way: after2.value }, to: after2.to };
  const limit = after(tokens, at, 'limit to', 'limit', 'just the first', 'the first', 'first', 'show only', 'max', 'only');
  const n = limit ? numberAt(tokens, limit) : undefined;
  if (!n || !usable(n.value) || lookUp(units, wordAt(tokens, n.to)) || wordAt(tokens, n.to) === '%') return undefined;
  const isLimit =
    wordAt(tokens, at) === 'limit' || tokens[n.to] === undefined || after(tokens, n.to, 'rows', 'results', 'of them', 'entries');
  return isLimit
    ? {
        value: { type: 'limit', count: n.value, way: 'none' },
        to: after(tokens, n.to, 'rows', 'results', 'of them', 'entries') ?? n.to,
      }
    : undefined;
}

function wayAt(tokens: readonly Token[], at: number): Found<'best' | 'worst' | 'high' | 'low'> | undefined {
  const the = after(tokens, at, 'the', 'our') ?? at;
  const ways = {
    top: 'high',
    best: 'best',
    worst: 'worst',
    bottom: 'low',
    lowest: 'low',
    highest: 'high',
    biggest: 'high',
    largest: 'high',
    smallest: 'low',
    strongest: 'best',
    weakest: 'worst',
    poorest: 'worst',
  } as const;
  const way = lookUp<'best' | 'worst' | 'high' | 'low'>(ways, wordAt(tokens, the));
  return way ? { value: way, to: the + 1 } : undefined;
}

function usable(count: number): boolean {
  return count >= 1 && count <= 1000;
}

function isUnitPlural(tokens: readonly Token[], at: number): boolean {
  return lookUp(units, wordAt(tokens, at)) !== undefined && wordAt(tokens, at).length < 3;
}

/** «> 500», «at least 1k», «min 500», «more than 2%», «under 3 s», «100+». */
export function parseAmount(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const op = operatorAt(tokens, at);
  const token = tokens[op?.to ?? at];
  const money = /^[€$£]$/u.test(token?.text ?? '') ? 1 : 0;
  const start = (op?.to ?? at) + money;
  const number = tokens[start];
  if (number?.kind !== 'number') return undefined;
  const plus = !op && after(tokens, start + 1, '+', 'or more', 'and more', 'and above', 'and up', 'or higher', 'or above');
  if (!op && !plus) return undefined;
  const end = plus || start + 1;
  const mark = money ? 'money' : markAt(tokens, end);
  return {
    value: { type: 'amount', op: op?.value ?? 'at_least', value: number.value!, mark: mark === 'none' ? 'none' : mark },
    to: mark === 'none' || money ? end : end + 1,
  };
}

const operators: readonly (readonly [Filter['op'], readonly string[]])[] = [
  [
    'at_least',
    [
      'with a minimum of',
      'a minimum of',
      'with at least',
      'at least',
      'minimum of',
      'minimum',
      'min of',
      'min .',
      'min',
      '>=',
      '≥',
      '> =',
      'no less than',
      'not less than',
      'no fewer than',
      'not fewer than',
      'from at least',
    ],
  ],
  [
    'at_most',
    ['with at most', 'at most', 'maximum of', 'maximum', 'max', '<=', '≤', '< =', 'no more than', 'not more than', 'up to'],
  ],
  [
    'more_than',
    [
      'with more than',
      'more than',
      'greater than',
      'higher than',
      'larger than',
      'bigger than',
      'with over',
      'over',
      'above',
      'exceeding',
      'exceeds',
      '>',
      'longer than',
      'beyond',
      'better than',
    ],
  ],
  [
    'less_than',
    [
      'with less than',
      'less than',
      'fewer than',
      'with fewer than',
      'lower than',
      'smaller than',
      'with under',
      'under',
      'below',
      '<',
      'shorter than',
      'worse than',
    ],
  ],
];

function operatorAt(tokens: readonly Token[], at: number): Found<Filter['op']> | undefined {
  for (const [op, phrases] of operators) {
    const to = after(tokens, at, ...phrases);
    if (to !== undefined) return { value: op, to };
  }
  return undefined;
}

function markAt(tokens: readonly Token[], at: number): 'none' | 'percent' | 'money' | 'seconds' {
  const word = wordAt(tokens, at);
  if (word === '%' || word === 'percent' || word === 'pct') return 'percent';
  if (/^(?:€|\$|£|eur|euro|euros|usd|dollars|gbp|pounds|chf|bucks)$/u.test(word)) return 'money';
  return /^(?:s|sec|secs|second|seconds)$/u.test(word) ? 'seconds' : 'none';
}

/** «by day», «per week», «daily», «a day», «week over week», «which month», «7d moving avg». */
export function parseGrain(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const moving = movingAverage(tokens, at);
  if (moving) return moving;
  const over = overUnit(tokens, at);
  if (over) return over;
  const adverb = lookUp(adverbs, wordAt(tokens, at));
  if (adverb)
    return {
      value: { type: 'grain', grain: adverb, way: 'adverb' },
      to: after(tokens, at + 1, 'basis', 'view', 'level', 'granularity', 'values', 'numbers', 'figures') ?? at + 1,
    };
  const which = after(tokens, at, 'which', 'what', 'on which', 'on what', 'in which', 'busiest', 'the best', 'the worst');
  const whichUnit = which ? plainUnit(wordAt(tokens, which)) : undefined;
  if (which && whichUnit && wordAt(tokens, at) !== 'the' && wordAt(tokens, which + 1) !== 'of')
    return { value: { type: 'grain', grain: whichUnit, way: 'which' }, to: which + 1 };
  const by = after(
    tokens,
    at,
    'broken down by',
    'broken out by',
    'split by',
    'grouped by',
    'group by',
    'on a per',
    'breakdown by',
    'by the',
    'by',
    'over the',
  );
  const each = after(tokens, at, 'per', 'each', 'every', 'for each', 'for every', 'in each', 'in a', 'a', 'an', 'one', 'wise');
  const start = by ?? each;
  if (start === undefined) return twice(tokens, at) ?? rankedUnit(tokens, at);
  const calendar = after(tokens, start, 'calendar', 'single', 'iso') ?? start;
  const word = wordAt(tokens, calendar);
  const grain = plainUnit(word) ?? (by && word.endsWith('s') ? plainUnit(word.slice(0, -1)) : undefined);
  if (!grain || after(tokens, calendar + 1, 'of the', 'of', 'ago', 'type')) return undefined;
  return { value: { type: 'grain', grain, way: by ? 'by' : 'each' }, to: calendar + 1 };
}

function plainUnit(word: string): Grain | undefined {
  return word.length >= 2 && word !== 'mon' && !word.endsWith('s') ? lookUp(units, word) : undefined;
}

/** «lowest revenue day of october», «day with most sessions»: a unit that a rank in the question is about. */
function rankedUnit(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const grain = plainUnit(wordAt(tokens, at));
  const isRanked = tokens.some((t) =>
    /^(?:best|worst|highest|lowest|most|least|max|maximum|min|minimum|peak|top|busiest|strongest|weakest|record|biggest|smallest)$/u.test(
      t.text,
    ),
  );
  const isBound =
    /^(?:this|last|past|previous|current|prior|next|a|per|each|every|of|the|by|to|on)$/u.test(wordAt(tokens, at - 1)) &&
    wordAt(tokens, at - 1) !== 'the';
  return grain && grain !== 'hour' && isRanked && !isBound
    ? { value: { type: 'grain', grain, way: 'which' }, to: at + 1 }
    : undefined;
}

/** «day by day», «month by month», «week after week». */
function twice(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const grain = /^(?:this|last|past|previous|current|prior)$/u.test(wordAt(tokens, at - 1))
    ? undefined
    : plainUnit(wordAt(tokens, at));
  const link = grain ? after(tokens, at + 1, 'by', 'after', 'to') : undefined;
  return grain && link && plainUnit(wordAt(tokens, link)) === grain
    ? { value: { type: 'grain', grain, way: 'by' }, to: link + 1 }
    : undefined;
}

/** «wow», «week over week», «mom», «wk on wk». */
function overUnit(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const short = lookUp(
    { wow: 'week', mom: 'month', qoq: 'quarter', dod: 'day', 'w/w': 'week', 'm/m': 'month' } as const,
    wordAt(tokens, at),
  );
  if (short) return { value: { type: 'grain', grain: short, way: 'over' }, to: at + 1 };
  const grain = plainUnit(wordAt(tokens, at));
  const link = grain ? after(tokens, at + 1, 'over', 'on', 'vs', 'against') : undefined;
  return grain && link && plainUnit(wordAt(tokens, link)) === grain && grain !== 'year'
    ? { value: { type: 'grain', grain, way: 'over' }, to: link + 1 }
    : undefined;
}

/** «7d moving avg», «rolling 7 day average», «moving average of 4 weeks», «smoothed over 7 days». */
function movingAverage(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const lead = after(tokens, at, 'with a', 'with', 'as a', 'as', 'a') ?? at;
  const words = after(
    tokens,
    lead,
    'moving average of',
    'moving avg of',
    'rolling average of',
    'rolling avg of',
    'moving average over',
    'rolling average over',
    'moving avg over',
    'rolling mean of',
    'smoothed over',
    'average over a rolling',
    'running average of',
    'ma',
  );
  const first = words ? countUnit(tokens, words) : undefined;
  if (first) return { value: { type: 'moving_average', buckets: first.value.count, unit: first.value.unit }, to: first.to };
  const rolling = after(tokens, lead, 'rolling', 'moving', 'trailing', 'running');
  const size = countUnit(tokens, rolling ?? lead);
  const end = size
    ? after(
        tokens,
        size.to,
        ...(rolling ? ['average', 'avg', 'mean', 'avg .'] : []),
        'moving average',
        'moving avg',
        'rolling average',
        'rolling avg',
        'running average',
        'trailing average',
        'rolling mean',
        'moving mean',
        'ma',
        'sma',
      )
    : undefined;
  if (size && end) return { value: { type: 'moving_average', buckets: size.value.count, unit: size.value.unit }, to: end };
  const plain = after(tokens, lead, 'moving average', 'moving avg', 'rolling average', 'rolling avg', 'moving mean', 'smoothed');
  return plain ? { value: { type: 'moving_average', buckets: 7 }, to: plain } : undefined;
}

function countUnit(tokens: readonly Token[], at: number): Found<{ count: number; unit: Grain }> | undefined {
  const count = numberAt(tokens, at);
  const start = count ? (after(tokens, count.to, '-') ?? count.to) : at;
  const unit = lookUp(units, wordAt(tokens, start));
  if (!unit) return undefined;
  const n = count?.value ?? ({ week: 7, month: 28 } as Partial<Record<Grain, number>>)[unit];
  return n && n >= 2 && n <= 90 ? { value: { count: n, unit: count ? unit : 'day' }, to: start + 1 } : undefined;
}

/** «after 6pm», «before 9», «between 9 and 17h», «in the morning», «at night»: the hours that are meant. */
export function parseHours(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const part = after(tokens, at, 'in the', 'at', 'during the', 'by');
  const hours = part
    ? lookUp(dayParts, wordAt(tokens, part).replace(/s$/u, ''))
    : lookUp(dayParts, wordAt(tokens, at).replace(/s$/u, ''));
  if (hours) return { value: { type: 'hours', values: hours }, to: (part ?? at) + 1 };
  const late = after(tokens, at, 'after', 'from');
  const early = after(tokens, at, 'before', 'until', 'till');
  const between = after(tokens, at, 'between', 'from');
  const first = timeAt(tokens, between ?? at);
  const bare = between ? numberAt(tokens, between) : undefined;
  const link = between ? after(tokens, first?.to ?? bare?.to ?? at, 'and', 'to', '-') : undefined;
  const second = link ? timeAt(tokens, link) : undefined;
  if (between && link && second)
    return {
      value: { type: 'hours', values: hoursFrom(first?.value.hour ?? bare?.value ?? 0, second.value.hour) },
      to: second.to,
    };
  const time = timeAt(tokens, late ?? early ?? tokens.length);
  if (!time) return undefined;
  return { value: { type: 'hours', values: late ? hoursFrom(time.value.hour, 24) : hoursFrom(0, time.value.hour) }, to: time.to };
}

function hoursFrom(from: number, to: number): number[] {
  return Array.from({ length: (to - from + 24) % 24 || 24 }, (_, i) => (from + i) % 24);
}

/** Hours of the parts of a day. */
export const dayParts: Readonly<Record<string, readonly number[]>> = {
  morning: [6, 7, 8, 9, 10, 11],
  afternoon: [12, 13, 14, 15, 16, 17],
  evening: [18, 19, 20, 21],
  night: [22, 23, 0, 1, 2, 3, 4, 5],
  lunchtime: [12, 13],
};
