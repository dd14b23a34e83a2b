import { Temporal } from 'temporal-polyfill';
import type { Period } from '../glossary/period.ts';
import { months, ordinals, units, weekdays } from './calendar-words.ts';
import { parseDate, yearAt } from './parse-date.ts';
import { type Point, type PointSense, parsePoint } from './parse-point.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

export type PeriodSense = Period | readonly [Period, Period];

/** The longest period that begins at a position; «11/03» gives both dates that it can be. `today` is yyyy-MM-dd, shop zone. */
export function parsePeriod(tokens: readonly Token[], at: number, today: string): Found<PeriodSense> | undefined {
  const start =
    after(
      tokens,
      at,
      'in the',
      'for the',
      'over the',
      'during the',
      'within the',
      'of the',
      'in',
      'for',
      'during',
      'over',
      'within',
      'on',
      'throughout',
      'of',
      'the',
    ) ?? at;
  const all = [bare(tokens, at, today)];
  if (start !== at) all.push(bare(tokens, start, today));
  return longest(all);
}

function bare(tokens: readonly Token[], at: number, today: string): Found<PeriodSense> | undefined {
  return longest<PeriodSense>([
    range(tokens, at, today),
    since(tokens, at, today),
    lastUnits(tokens, at),
    part(tokens, at, today),
    weekend(tokens, at),
    yearBack(tokens, at, today),
    whole(tokens, at),
    parsePoint(tokens, at, today),
  ]);
}

function longest<T>(found: readonly (Found<T> | undefined)[]): Found<T> | undefined {
  let best: Found<T> | undefined;
  for (const one of found) if (one && (!best || one.to > best.to)) best = one;
  return best;
}

/** «from X to Y», «between X and Y», «3-9 nov», «oct 25 - nov 23», «may to july». */
function range(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const between = after(tokens, at, 'between');
  const from = between ?? after(tokens, at, 'from');
  const start = from ?? at;
  const first = dayPair(tokens, start) ?? sure(parsePoint(tokens, start, today));
  if (!first) return undefined;
  const link =
    after(tokens, first.to, ...(between ? ['and'] : ['up to', 'to', 'until', 'till', 'til', 'through', 'thru', '-'])) ??
    hyphen(tokens, first.to);
  if (link === undefined) {
    if (!from || between) return undefined;
    const on = after(tokens, first.to, 'onwards', 'onward', 'on', 'until now', 'till now', 'to date');
    return on ? { value: { type: 'range', from: first.value }, to: on } : undefined;
  }
  const now = after(tokens, link, 'now', 'today', 'date');
  if (now) return { value: { type: 'range', from: first.value }, to: now };
  const second = sure(parsePoint(tokens, link, today));
  if (!second) return undefined;
  const [a, b] = sameMonth(first.value, second.value);
  return { value: { type: 'range', from: a, to: b }, to: second.to };
}

/** «may-july»: the tokeniser leaves no dash inside a word. */
function hyphen(tokens: readonly Token[], at: number): number | undefined {
  return tokens[at]?.glued && lookUp(months, wordAt(tokens, at)) ? at : undefined;
}

/** The bare day before a range's dash: «3-9 nov», «3 to 9 november». */
function dayPair(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const day = /^(\d{1,2})(?:st|nd|rd|th)?\.?$/u.exec(wordAt(tokens, at));
  if (!day || Number(day[1]) < 1 || Number(day[1]) > 31) return undefined;
  const dot = wordAt(tokens, at + 1) === '.' ? 1 : 0;
  const link = after(tokens, at + 1 + dot, '-', 'to', 'until', 'till', 'through', 'and', 'bis');
  const end = link ? parseDate(tokens, link) : undefined;
  if (!end || !('type' in end.value) || end.value.day === undefined || end.value.month === undefined) return undefined;
  return {
    value: { type: 'calendar', ...(end.value.year ? { year: end.value.year } : {}), month: end.value.month, day: Number(day[1]) },
    to: at + 1 + dot,
  };
}

/** «nov 3-9»: the second is a day of the first's month; a year said once holds for both. */
function sameMonth(a: Point, b: Point): [Point, Point] {
  if (a.type === 'calendar' && b.type === 'calendar' && b.year !== undefined && a.year === undefined) {
    const wraps = (a.month ?? (a.quarter ?? 1) * 3) > (b.month ?? (b.quarter ?? 1) * 3);
    return [{ ...a, year: wraps ? b.year - 1 : b.year }, b];
  }
  return [a, b];
}

/** «since jan», «since last monday», «until 3 nov». */
function since(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const open = after(
    tokens,
    at,
    'ever since',
    'since the',
    'since',
    'starting from',
    'starting',
    'beginning with',
    'as of',
    'from the start of',
  );
  if (open) {
    const begin = after(tokens, open, 'the beginning of', 'the start of', 'beginning of', 'start of', 'early') ?? open;
    const counted = lastUnits(tokens, open);
    if (counted) return counted;
    const yearStart = after(tokens, open, 'the beginning', 'the start', 'ever', 'forever');
    const point = sure(parsePoint(tokens, begin, today)) ?? bareYearStart(tokens, begin);
    if (point) return { value: { type: 'range', from: point.value }, to: point.to };
    return yearStart ? { value: { type: 'all' }, to: yearStart } : undefined;
  }
  const shut = after(tokens, at, 'until the end of', 'up to', 'up until', 'until', 'till');
  const point = shut ? sure(parsePoint(tokens, shut, today)) : undefined;
  return point ? { value: { type: 'range', to: point.value }, to: point.to } : undefined;
}

function bareYearStart(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const to = after(tokens, at, 'the year', 'year');
  return to ? { value: { type: 'current', unit: 'year' }, to } : undefined;
}

/** «last 30d», «past two weeks», «trailing 90 days», «28d», «last fortnight», «the last 24 hours». */
function lastUnits(tokens: readonly Token[], at: number): Found<Period> | undefined {
  const lead = after(
    tokens,
    at,
    'the last',
    'the past',
    'the previous',
    'these last',
    'last',
    'past',
    'previous',
    'prior',
    'prev',
    'trailing',
    'rolling',
    'recent',
    'most recent',
    'latest',
    'preceding',
    'l',
  );
  const start = lead ?? at;
  const fortnight = lead ? after(tokens, start, 'fortnight') : undefined;
  if (fortnight) return { value: { type: 'last', count: 2, unit: 'week' }, to: fortnight };
  const skip = after(tokens, start, 'full', 'complete', 'completed', 'whole') ?? start;
  const count =
    numberAt(tokens, skip) ??
    (lead && wordAt(tokens, skip) === 'half' && wordAt(tokens, skip + 1) === 'year' ? { value: 6, to: skip + 1 } : undefined);
  if (!count || count.value < 1 || count.value > 1000) return undefined;
  const middle = after(tokens, count.to, 'full', 'complete', 'completed', 'calendar', 'whole', 'consecutive', '-') ?? count.to;
  if (count.value === 6 && wordAt(tokens, middle) === 'year' && wordAt(tokens, skip) === 'half')
    return { value: { type: 'last', count: 6, unit: 'month' }, to: middle + 1 };
  const word = wordAt(tokens, middle);
  const fortnights = lead && word === 'fortnights';
  const unit = fortnights ? 'week' : lookUp(units, word);
  // Without «last», only days, weeks and months that are written to the number or as a plural («28d», «8 weeks») count.
  if (!unit || (!lead && !(tokens[middle]?.glued || /s$/u.test(word)))) return undefined;
  if (!lead && (unit === 'hour' || word === 'm' || word === 'h')) return undefined;
  if (after(tokens, middle + 1, 'ago', 'earlier', 'before', 'back', 'prior', 'moving', 'rolling') && !lead) return undefined;
  return { value: { type: 'last', count: fortnights ? count.value * 2 : count.value, unit }, to: middle + 1 };
}

/** «first half of may», «h1 2025», «second week of last month», «last week of may». */
function part(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const short = /^h([12])$/u.exec(wordAt(tokens, at));
  if (short) {
    const y = yearAt(tokens, at + 1);
    const half = Number(short[1]);
    const to = y?.to ?? at + 1;
    const lastYear = after(tokens, to, 'last year', 'of last year');
    const now = Temporal.PlainDate.from(today);
    const year = y?.value ?? (lastYear || (half === 2 && now.month < 7) ? now.year - 1 : now.year);
    return { value: { type: 'part', of: { type: 'calendar', year }, half }, to: lastYear ?? to };
  }
  const nth = lookUp(ordinals, wordAt(tokens, at)) ?? (wordAt(tokens, at) === 'last' ? -1 : undefined);
  if (nth === undefined) return undefined;
  const what = wordAt(tokens, at + 1);
  const link = after(tokens, at + 2, 'of the', 'of', 'in');
  if (!link || (what !== 'half' && what !== 'week')) return undefined;
  const year = after(tokens, link, 'year');
  const month = after(tokens, link, 'month');
  const of = year
    ? { value: { type: 'current', unit: 'year' } as const, to: year }
    : month
      ? { value: { type: 'current', unit: 'month' } as const, to: month }
      : sure(parsePoint(tokens, link, today));
  if (!of || of.value.type === 'weekday' || of.value.type === 'named') return undefined;
  if (what === 'half')
    return nth === 1 || nth === 2 ? { value: { type: 'part', of: of.value, half: nth }, to: of.to } : undefined;
  if (nth > 0) return { value: { type: 'part', of: of.value, week: nth }, to: of.to };
  return lastWeekOf(of.value, of.to);
}

/** The last seven days of a month. */
function lastWeekOf(of: Point, to: number): Found<Period> | undefined {
  if (of.type !== 'calendar' || of.month === undefined || of.day !== undefined) return undefined;
  const days = Temporal.PlainYearMonth.from({ year: of.year ?? 2025, month: of.month }).daysInMonth;
  return { value: { type: 'range', from: { ...of, day: days - 6 }, to: { ...of, day: days } }, to };
}

function weekend(tokens: readonly Token[], at: number): Found<Period> | undefined {
  const last = after(tokens, at, 'last weekend', 'past weekend', 'the last weekend', 'previous weekend', 'the weekend');
  const now = after(tokens, at, 'this weekend');
  const weeks = last ? 1 : 0;
  const to = last ?? now;
  if (!to) return undefined;
  return {
    value: {
      type: 'range',
      from: { type: 'weekday', weekday: 6, inWeekAgo: weeks },
      to: { type: 'weekday', weekday: 7, inWeekAgo: weeks },
    },
    to,
  };
}

/** «the same …» is a comparison; here «last 30 days last year», «this month last year», «yesterday a year ago». */
function yearBack(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const inner = longest<Period>([lastUnits(tokens, at), sure(parsePoint(tokens, at, today))]);
  if (!inner || inner.value.type === 'all' || inner.value.type === 'year_before' || inner.value.type === 'part') return undefined;
  const to = after(
    tokens,
    inner.to,
    'of last year',
    'in last year',
    'last year',
    'ly',
    'a year ago',
    'one year ago',
    'the year before',
  );
  if (!to || inner.value.type === 'calendar' || (inner.value.type === 'ago' && inner.value.unit === 'year')) return undefined;
  return { value: { type: 'year_before', of: inner.value }, to };
}

function whole(tokens: readonly Token[], at: number): Found<Period> | undefined {
  const all = after(
    tokens,
    at,
    'all time',
    'alltime',
    'all - time',
    'of all time',
    'all data',
    'all the data',
    'ever',
    'lifetime so far',
    'whole period',
    'the whole period',
    'entire period',
    'the entire time',
    'whole time',
    'the whole time',
    'all dates',
    'all days',
    'max period',
    'so far ever',
    'to date',
    'until now',
    'till now',
    'in total so far',
  );
  if (all) return { value: { type: 'all' }, to: all };
  const lately = after(
    tokens,
    at,
    'lately',
    'recently',
    'these days',
    'the last days',
    'last days',
    'past days',
    'the past days',
    'in the last few days',
    'the last few days',
    'last few days',
    'past few days',
    'the past few days',
    'recent days',
  );
  return lately ? { value: { type: 'last', count: 7, unit: 'day' }, to: lately } : undefined;
}

function sure(found: Found<PointSense> | undefined): Found<Point> | undefined {
  return found && 'type' in found.value ? { value: found.value, to: found.to } : undefined;
}

/** True where a plural weekday stands («mondays»): a filter, no period. */
export function isPluralWeekday(word: string): boolean {
  return /s$/u.test(word) && lookUp(weekdays, word.slice(0, -1)) !== undefined;
}
