import { Temporal } from 'temporal-polyfill';
import type { Period, PeriodUnit } from '../glossary/period.ts';
import { units, weekdays } from './calendar-words.ts';
import { parseDate, yearAt } from './parse-date.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** A stretch that has one name and can bound a range: «yesterday», «last week», «3 nov», «tuesday», «black friday». */
export type Point = Extract<Period, { type: 'ago' | 'current' | 'calendar' | 'weekday' | 'named' }>;
/** A point, or the two that one text can be. */
export type PointSense = Point | readonly [Point, Point];

/** `today` is yyyy-MM-dd in the shop's zone. */
export function parsePoint(tokens: readonly Token[], at: number, today: string): Found<PointSense> | undefined {
  const ofLastYear = lastYears(tokens, at, today);
  if (ofLastYear) return ofLastYear;
  return (
    dayWord(tokens, at) ??
    named(tokens, at, today) ??
    weekdayPoint(tokens, at) ??
    unitsAgo(tokens, at) ??
    oneUnit(tokens, at) ??
    toDate(tokens, at) ??
    dated(tokens, at, today)
  );
}

/** «last year's black friday», «last year's may». */
function lastYears(tokens: readonly Token[], at: number, today: string): Found<Point> | undefined {
  const to = after(tokens, at, "last year's", 'last years');
  const found = to === undefined ? undefined : (named(tokens, to, today) ?? dated(tokens, to, today));
  if (!found || !('type' in found.value) || (found.value.type !== 'named' && found.value.type !== 'calendar')) return undefined;
  return { value: { ...found.value, year: Temporal.PlainDate.from(today).year - 1 }, to: found.to };
}

function dayWord(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const before = after(tokens, at, 'the day before yesterday', 'day before yesterday', '2 days ago');
  if (before) return { value: { type: 'ago', count: 2, unit: 'day' }, to: before };
  const yesterday = after(tokens, at, 'yesterday', 'yday', "y'day", 'yesterdays', "yesterday's", 'ytd day', 'last day');
  if (yesterday) return { value: { type: 'ago', count: 1, unit: 'day' }, to: yesterday };
  const now = after(tokens, at, 'today so far', 'so far today', 'today until now', 'today', "today's", 'todays');
  return now ? { value: { type: 'current', unit: 'day' }, to: now } : undefined;
}

const names: readonly (readonly [Extract<Point, { type: 'named' }>['name'], readonly string[]])[] = [
  ['black_friday_week', ['black friday week', 'black week', 'bf week', 'the week of black friday', 'week of black friday']],
  ['black_friday', ['black friday', 'blackfriday', 'bfriday']],
  ['cyber_week', ['cyber week', 'cyberweek']],
  ['cyber_monday', ['cyber monday', 'cybermonday']],
  ['christmas_eve', ['christmas eve', 'xmas eve']],
  ['christmas', ['christmas day', 'christmas', 'xmas', 'x-mas']],
  ['new_years_eve', ["new year's eve", 'new years eve', 'nye', 'silvester']],
  ['new_year', ["new year's day", 'new years day', "new year's", 'new years', 'new year']],
  ['valentines_day', ["valentine's day", 'valentines day', "valentine's", 'valentines']],
  ['halloween', ['halloween']],
  ['thanksgiving', ['thanksgiving day', 'thanksgiving']],
  ['boxing_day', ['boxing day']],
  ['good_friday', ['good friday']],
  ['easter_sunday', ['easter sunday', 'easter day']],
  ['easter_monday', ['easter monday']],
  ['easter', ['the easter weekend', 'easter weekend', 'easter']],
  ['singles_day', ["singles' day", "single's day", 'singles day']],
];

function named(tokens: readonly Token[], at: number, today: string): Found<Point> | undefined {
  const last = wordAt(tokens, at) === 'last' ? at + 1 : at;
  for (const [name, phrases] of names) {
    const to = after(tokens, last, ...phrases);
    // «black friday weekend» is no one day.
    if (to === undefined || wordAt(tokens, to) === 'weekend') continue;
    const y = yearAt(tokens, to) ?? lastYear(tokens, to, today);
    return { value: { type: 'named', name, ...(y ? { year: y.value } : {}) }, to: y?.to ?? to };
  }
  return undefined;
}

function weekdayPoint(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const lead = after(tokens, at, 'this past', 'last', 'past', 'this', 'previous', 'on', 'the');
  const start = lead ?? at;
  const weekday = lookUp(weekdays, wordAt(tokens, start));
  if (weekday === undefined) {
    // «last week tuesday», «last week's tuesday»
    const week = after(tokens, at, 'last week', 'last wk', "last week's");
    const day = week ? lookUp(weekdays, wordAt(tokens, wordAt(tokens, week) === 'on' ? week + 1 : week)) : undefined;
    if (!week || day === undefined) return undefined;
    return { value: { type: 'weekday', weekday: day, inWeekAgo: 1 }, to: week + (wordAt(tokens, week) === 'on' ? 2 : 1) };
  }
  const next = start + 1;
  const lastWeek = after(tokens, next, 'of last week', 'in last week', 'last week', 'last wk', 'a week ago', 'the week before');
  if (lastWeek) return { value: { type: 'weekday', weekday, inWeekAgo: 1 }, to: lastWeek };
  const thisWeek = after(tokens, next, 'of this week', 'this week');
  if (thisWeek || wordAt(tokens, at) === 'this')
    return { value: { type: 'weekday', weekday, inWeekAgo: 0 }, to: thisWeek ?? next };
  return { value: { type: 'weekday', weekday }, to: next };
}

/** «2 weeks ago», «a month ago», «the week before last». */
function unitsAgo(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const article = after(tokens, at, 'a', 'an');
  const count = article && lookUp(units, wordAt(tokens, article)) ? { value: 1, to: article } : numberAt(tokens, at);
  const unit = count ? lookUp(units, wordAt(tokens, count.to)) : undefined;
  const fortnight = count && /^fortnights?$/u.test(wordAt(tokens, count.to));
  const ago = count && (unit || fortnight) ? after(tokens, count.to + 1, 'ago', 'earlier', 'back') : undefined;
  if (ago && count && count.value >= 1 && count.value <= 500) {
    return { value: { type: 'ago', count: fortnight ? count.value * 2 : count.value, unit: unit ?? 'week' }, to: ago };
  }
  const the = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const beforeLast = lookUp(units, wordAt(tokens, the));
  const end = beforeLast ? after(tokens, the + 1, 'before last') : undefined;
  return end && beforeLast ? { value: { type: 'ago', count: 2, unit: beforeLast }, to: end } : undefined;
}

/** «last week», «previous month», «this quarter so far». */
function oneUnit(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const short = lookUp({ lw: 'week', lm: 'month', lq: 'quarter' } as const, wordAt(tokens, at));
  if (short) return { value: { type: 'ago', count: 1, unit: short }, to: at + 1 };
  const the = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const past = after(
    tokens,
    the,
    'last full',
    'last complete',
    'last completed',
    'last calendar',
    'previous calendar',
    'previous full',
    'last',
    'past',
    'previous',
    'prior',
    'prev',
    'preceding',
  );
  if (past) {
    const unit = wholeUnit(wordAt(tokens, past));
    return unit ? { value: { type: 'ago', count: 1, unit }, to: past + 1 } : undefined;
  }
  const soFar = after(tokens, the, 'so far this');
  const now =
    soFar ??
    after(
      tokens,
      the,
      'this current',
      'this calendar',
      'this',
      'current',
      'the current',
      'actual',
      'the actual',
      'ongoing',
      'the ongoing',
      'running',
    );
  const unit = now ? wholeUnit(wordAt(tokens, now)) : undefined;
  if (!now || !unit) return undefined;
  return {
    value: { type: 'current', unit },
    to: after(tokens, now + 1, 'so far', 'to date', 'until now', 'till now', 'up to now', 'until today') ?? now + 1,
  };
}

function toDate(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const short = lookUp({ mtd: 'month', qtd: 'quarter', ytd: 'year', wtd: 'week' } as const, wordAt(tokens, at));
  if (short) return { value: { type: 'current', unit: short }, to: at + 1 };
  const unit = wholeUnit(wordAt(tokens, at));
  const to = unit ? after(tokens, at + 1, 'to date', '- to - date', 'so far') : undefined;
  return unit && to ? { value: { type: 'current', unit }, to } : undefined;
}

function dated(tokens: readonly Token[], at: number, today: string): Found<PointSense> | undefined {
  const lead = after(tokens, at, 'this past', 'last', 'past', 'previous', 'this');
  if (lead !== undefined) return latestOver(tokens, lead, wordAt(tokens, at) === 'this' && lead === at + 1, today);
  const found = parseDate(tokens, at);
  if (!found || !('type' in found.value)) return found as Found<PointSense> | undefined;
  const { value } = found;
  // «may last year», «q3 last year»: the calendar year before this one.
  const y = value.year === undefined ? lastYear(tokens, found.to, today) : undefined;
  return y ? { value: { ...value, year: y.value }, to: y.to } : { value, to: found.to };
}

/** «last december», «last q3»: the latest that is over; «this november»: of this year. */
function latestOver(tokens: readonly Token[], at: number, isThis: boolean, today: string): Found<Point> | undefined {
  const found = parseDate(tokens, at);
  if (!found || !('type' in found.value) || found.value.day !== undefined || found.value.week !== undefined) return undefined;
  const { month, quarter, year } = found.value;
  const first = month ?? (quarter === undefined ? undefined : quarter * 3);
  if (year !== undefined || first === undefined) return undefined;
  const now = Temporal.PlainDate.from(today);
  return { value: { ...found.value, year: isThis || first < now.month ? now.year : now.year - 1 }, to: found.to };
}

function lastYear(tokens: readonly Token[], at: number, today: string): Found<number> | undefined {
  const last = after(
    tokens,
    at,
    'of last year',
    'in last year',
    'last year',
    'last yr',
    'ly',
    'a year ago',
    'previous year',
    'of the previous year',
  );
  const year = Temporal.PlainDate.from(today).year;
  if (last) return { value: year - 1, to: last };
  const current = after(tokens, at, 'of this year', 'this year', 'this yr');
  return current ? { value: year, to: current } : undefined;
}

/** A unit written out or shortened, singular only; single letters are too little («last m»). */
function wholeUnit(word: string): PeriodUnit | undefined {
  return word.length >= 2 && word !== 'mon' && !/s$/u.test(word.replace(/'s$/u, ''))
    ? lookUp(units, word.replace(/'s$/u, ''))
    : undefined;
}
