import { Temporal } from 'temporal-polyfill';
import type { Period } from '../glossary/period.ts';
import { ordinals } from './calendar-words.ts';
import { yearAt } from './parse-date.ts';
import { type Point, parsePoint } from './parse-point.ts';
import { sure } from './sure-point.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «first half of may», «h1 2025», «second week of last month», «last week of may». */
export function part(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
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

/** «last weekend», «this weekend»: Saturday and Sunday of an ISO week. */
export function weekend(tokens: readonly Token[], at: number): Found<Period> | undefined {
  const last = after(tokens, at, 'last weekend', 'past weekend', 'the last weekend', 'previous weekend', 'the weekend');
  const now = after(tokens, at, 'this weekend');
  const early = after(tokens, at, 'the weekend before last', 'weekend before last');
  // «the weekend before» counts from the weekend that was named before it.
  const said = tokens
    .slice(0, at)
    .findIndex((t, i) => t.text === 'weekend' && /^(?:last|past|previous|this)$/u.test(wordAt(tokens, i - 1)));
  const relative =
    said >= 0
      ? after(
          tokens,
          at,
          'the weekend before that',
          'the weekend before',
          'the previous weekend',
          'weekend before',
          'previous weekend',
          'the one before',
        )
      : undefined;
  const weeks = early ? 2 : relative ? (wordAt(tokens, said - 1) === 'this' ? 1 : 2) : last ? 1 : 0;
  const to = early ?? relative ?? last ?? now;
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
