import { Temporal } from 'temporal-polyfill';
import type { Period } from '../glossary/period.ts';
import { months } from './calendar-words.ts';
import { endsThere } from './complete-dates.ts';
import { type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

type Calendar = Extract<Period, { type: 'calendar' }>;
/** A date, or the two dates that «11/03» can be. */
type DateSense = Calendar | readonly [Calendar, Calendar];

/** Dates in the usual forms, months, quarters, ISO weeks and years; impossible dates are no dates. */
export function parseDate(tokens: readonly Token[], at: number): Found<DateSense> | undefined {
  const found =
    writtenDate(tokens, at) ??
    monthDay(tokens, at) ??
    monthAlone(tokens, at) ??
    quarter(tokens, at) ??
    isoWeek(tokens, at) ??
    year(tokens, at) ??
    dayAlone(tokens, at);
  if (!found) return undefined;
  if ('type' in found.value && !possible(found.value)) return undefined;
  return found;
}

/** A year at a position, as «2025», «'25» or «of 2025». */
export function yearAt(tokens: readonly Token[], at: number): Found<number> | undefined {
  const skip =
    wordAt(tokens, at) === 'of' || wordAt(tokens, at) === 'in' || wordAt(tokens, at) === ',' || wordAt(tokens, at) === '/'
      ? 1
      : 0;
  const word = wordAt(tokens, at + skip);
  if (/^20\d\d$/u.test(word)) return { value: Number(word), to: at + skip + 1 };
  if (word === "'" && /^[2-4]\d$/u.test(wordAt(tokens, at + skip + 1)))
    return { value: 2000 + Number(wordAt(tokens, at + skip + 1)), to: at + skip + 2 };
  return undefined;
}

function writtenDate(tokens: readonly Token[], at: number): Found<DateSense> | undefined {
  const word = wordAt(tokens, at);
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/u.exec(word);
  if (iso) return { value: date(Number(iso[1]), Number(iso[2]), Number(iso[3])), to: at + 1 };
  const isoMonth = /^(\d{4})-(\d{2})$/u.exec(word);
  if (isoMonth) return { value: { type: 'calendar', year: Number(isoMonth[1]), month: Number(isoMonth[2]) }, to: at + 1 };
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?$/u.exec(word);
  if (dotted) return { value: date(longYear(dotted[3]), Number(dotted[2]), Number(dotted[1])), to: at + 1 };
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?$/u.exec(word);
  if (!slashed) return undefined;
  const [a, b, y] = [Number(slashed[1]), Number(slashed[2]), longYear(slashed[3])];
  const dayFirst = date(y, b, a);
  const monthFirst = date(y, a, b);
  if (a === b || !possible(monthFirst)) return possible(dayFirst) ? { value: dayFirst, to: at + 1 } : undefined;
  if (!possible(dayFirst)) return { value: monthFirst, to: at + 1 };
  return { value: [dayFirst, monthFirst], to: at + 1 };
}

/** «3 nov», «3rd of november 2025», «nov 3rd», «november 3, 2025». */
function monthDay(tokens: readonly Token[], at: number): Found<Calendar> | undefined {
  const the = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const first = dayNumber(tokens, the);
  if (first !== undefined) {
    let next = first.to;
    if (wordAt(tokens, next) === '.' || wordAt(tokens, next) === 'of') next++;
    const month = lookUp(months, wordAt(tokens, next));
    return month ? withYear(tokens, next + 1, month, first.value) : undefined;
  }
  const month = lookUp(months, wordAt(tokens, at));
  if (!month) return undefined;
  let next = at + 1;
  if (wordAt(tokens, next) === '.') next++;
  if (wordAt(tokens, next) === 'the') next++;
  const day = dayOf(tokens, next);
  // «may 2025» is a month; «may 30 days» is a month before a count.
  if (day === undefined || /^(?:days?|d|weeks?|months?|min|minutes|%|k)$/u.test(wordAt(tokens, next + 1))) return undefined;
  return withYear(tokens, next + 1, month, day);
}

/** «on the 15th», «1st to 15th»: the latest such day. */
function dayAlone(tokens: readonly Token[], at: number): Found<Calendar> | undefined {
  const start = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const day = /^\d{1,2}(?:st|nd|rd|th)$/u.test(wordAt(tokens, start)) ? dayOf(tokens, start) : undefined;
  if (day === undefined || !endsThere(tokens, start + 1)) return undefined;
  const isDated =
    start > at || dating.test(wordAt(tokens, at - 1)) || /^(?:to|until|till|through|-)$/u.test(wordAt(tokens, at + 1));
  return isDated ? { value: { type: 'calendar', day }, to: start + 1 } : undefined;
}

const dating = /^(?:on|since|until|till|from|between|to|through|thru|and|or|vs|versus|than|before|after|-|,|the)$/u;

function withYear(tokens: readonly Token[], at: number, month: number, day: number): Found<Calendar> {
  const y = yearAt(tokens, at);
  return { value: date(y?.value, month, day), to: y?.to ?? at };
}

function monthAlone(tokens: readonly Token[], at: number): Found<Calendar> | undefined {
  const month = lookUp(months, wordAt(tokens, at));
  if (!month) return undefined;
  const dot = wordAt(tokens, at + 1) === '.' && wordAt(tokens, at).length <= 4 ? 1 : 0;
  const y = yearAt(tokens, at + 1 + dot);
  return { value: { type: 'calendar', ...(y ? { year: y.value } : {}), month }, to: y?.to ?? at + 1 };
}

function quarter(tokens: readonly Token[], at: number): Found<Calendar> | undefined {
  const word = wordAt(tokens, at);
  const short = /^q([1-4])$/u.exec(word);
  const before = /^20\d\d$/u.test(word) ? /^q([1-4])$/u.exec(wordAt(tokens, at + 1)) : undefined;
  if (before) return { value: { type: 'calendar', year: Number(word), quarter: Number(before[1]) }, to: at + 2 };
  const long =
    ['first', 'second', 'third', 'fourth'].indexOf(word) + 1 || Number(/^([1-4])(?:st|nd|rd|th)$/u.exec(word)?.[1] ?? 0);
  const isLong = long > 0 && wordAt(tokens, at + 1) === 'quarter';
  const spelled = word === 'quarter' && /^[1-4]$/u.test(wordAt(tokens, at + 1)) ? Number(wordAt(tokens, at + 1)) : 0;
  const value = short ? Number(short[1]) : isLong ? long : spelled;
  if (value === 0) return undefined;
  const end = at + (short ? 1 : 2);
  const y = yearAt(tokens, end);
  return { value: { type: 'calendar', ...(y ? { year: y.value } : {}), quarter: value }, to: y?.to ?? end };
}

function isoWeek(tokens: readonly Token[], at: number): Found<Calendar> | undefined {
  const word = wordAt(tokens, at);
  const joined = /^(?:cw|kw|w|wk|week)(\d{1,2})$/u.exec(word);
  const apart = /^(?:cw|kw|wk|week)$/u.test(word) || (word === 'calendar' && wordAt(tokens, at + 1) === 'week');
  const start = word === 'calendar' ? at + 2 : at + 1;
  const number = joined ? Number(joined[1]) : apart ? weekNumber(tokens, start) : undefined;
  if (number === undefined || number < 1 || number > 53) return undefined;
  const end = joined ? at + 1 : wordAt(tokens, start) === 'no' || wordAt(tokens, start) === '#' ? start + 2 : start + 1;
  const y = yearAt(tokens, end);
  return { value: { type: 'calendar', ...(y ? { year: y.value } : {}), week: number }, to: y?.to ?? end };
}

function weekNumber(tokens: readonly Token[], at: number): number | undefined {
  const word = wordAt(tokens, at);
  return /^\d{1,2}$/u.test(word) ? Number(word) : undefined;
}

function year(tokens: readonly Token[], at: number): Found<Calendar> | undefined {
  const word = wordAt(tokens, at);
  return /^20[0-4]\d$/u.test(word) ? { value: { type: 'calendar', year: Number(word) }, to: at + 1 } : undefined;
}

function dayOf(tokens: readonly Token[], at: number): number | undefined {
  const m = /^(\d{1,2})(?:st|nd|rd|th)?$/u.exec(wordAt(tokens, at));
  const day = m ? Number(m[1]) : 0;
  return day >= 1 && day <= 31 ? day : undefined;
}

/** A day of a month in digits or in words: «3rd», «third», «twenty first». */
export function dayNumber(tokens: readonly Token[], at: number): Found<number> | undefined {
  const digits = dayOf(tokens, at);
  if (digits !== undefined) return { value: digits, to: at + 1 };
  const tens = lookUp({ twenty: 20, thirty: 30 } as const, wordAt(tokens, at));
  const ones = dayWords.indexOf(wordAt(tokens, tens === undefined ? at : at + 1)) + 1;
  if (tens !== undefined) return ones >= 1 && ones <= 9 && tens + ones <= 31 ? { value: tens + ones, to: at + 2 } : undefined;
  const whole = lookUp({ twentieth: 20, thirtieth: 30 } as const, wordAt(tokens, at)) ?? ones;
  return whole > 0 ? { value: whole, to: at + 1 } : undefined;
}

const dayWords: readonly string[] =
  'first,second,third,fourth,fifth,sixth,seventh,eighth,ninth,tenth,eleventh,twelfth,thirteenth,fourteenth,fifteenth,sixteenth,seventeenth,eighteenth,nineteenth'.split(
    ',',
  );

function date(y: number | undefined, month: number, day: number): Calendar {
  return { type: 'calendar', ...(y === undefined ? {} : { year: y }), month, day };
}

function longYear(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function possible(c: Calendar): boolean {
  if (c.day !== undefined && c.month === undefined) return c.day >= 1 && c.day <= 31;
  if (c.day === undefined) return (c.month ?? 1) >= 1 && (c.month ?? 1) <= 12;
  if (c.month === undefined || c.month < 1 || c.month > 12 || c.day < 1) return false;
  return c.day <= Temporal.PlainYearMonth.from({ year: c.year ?? 2024, month: c.month }).daysInMonth;
}
