import { Temporal } from 'temporal-polyfill';
import type { Period } from '../glossary/period.ts';
import { months, ordinals, weekdays } from './calendar-words.ts';
import { dayNumber, parseDate } from './parse-date.ts';
import { type Point, parsePoint } from './parse-point.ts';
import { sure } from './sure-point.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/**
 * Stretches counted in days: «early november» (1–10), «mid october» (11–20), «end of september» (21 to the end), «first ten
 * days of november», «the week of 9 november», «w/c 9 nov», «week ending 15 nov». `today` is yyyy-MM-dd, shop zone.
 */
export function stretch(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  return (
    thirdOfMonth(tokens, at, today) ??
    daysOf(tokens, at, today) ??
    weekOf(tokens, at, today) ??
    nthDay(tokens, at, today) ??
    dayOfMonth(tokens, at, today)
  );
}

/** True if the words name about a third of a month, which has no fixed bounds. */
export function isVague(text: string): boolean {
  return /(?:^|\s)(?:early|beginning|start|mid|middle|late|end)(?=\s|-|$)/iu.test(text) && !/(?:since|until|week)/iu.test(text);
}

function thirdOfMonth(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const start = wordAt(tokens, at) === 'the' || wordAt(tokens, at) === 'at' ? at + 1 : at;
  const the = wordAt(tokens, start) === 'the' ? start + 1 : start;
  const early = after(tokens, the, 'very beginning of', 'beginning of', 'start of', 'early in', 'early');
  const middle = after(tokens, the, 'middle of', 'mid of', 'mid -', 'mid');
  const late = after(tokens, the, 'very end of', 'end of', 'late in', 'late');
  const of = early ?? middle ?? late;
  const month = of === undefined ? undefined : monthAt(tokens, of, today);
  if (!month) return undefined;
  const days = daysIn(month.value);
  return { value: daysFrom(month.value, early ? 1 : middle ? 11 : 21, early ? 10 : middle ? 20 : days), to: month.to };
}

/** «first ten days of november», «the last 5 days of october». */
function daysOf(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const start = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const side = lookUp({ first: 'first', opening: 'first', last: 'last', final: 'last' } as const, wordAt(tokens, start));
  const count = side && numberAt(tokens, start + 1);
  const times = count && lookUp({ days: 1, weeks: 7 } as const, wordAt(tokens, count.to));
  const of = count && times ? after(tokens, count.to + 1, 'of the', 'of', 'in') : undefined;
  const month = of && monthAt(tokens, of, today);
  if (!month || !count || !times) return undefined;
  const days = daysIn(month.value);
  const length = count.value * times;
  if (length < 1 || length > days) return undefined;
  const [from, to] = side === 'first' ? [1, length] : [days - length + 1, days];
  return { value: daysFrom(month.value, from, to), to: month.to };
}

/** «the 3rd of last month», «the first of the month». */
function dayOfMonth(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const day = dayNumber(tokens, wordAt(tokens, at) === 'the' ? at + 1 : at);
  const of = day && after(tokens, day.to, 'of', 'in');
  // «1st of november» is the latest 1st of November, whatever year it is asked in.
  const month = of && lookUp(months, wordAt(tokens, of)) === undefined ? monthAt(tokens, of, today) : undefined;
  if (!day || !month || day.value > daysIn(month.value)) return undefined;
  return { value: { type: 'calendar', ...month.value, day: day.value }, to: month.to };
}

/** «the first monday of november», «the last day of last month». */
function nthDay(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const start = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const nth = wordAt(tokens, start) === 'last' ? -1 : lookUp(ordinals, wordAt(tokens, start));
  const weekday = lookUp(weekdays, wordAt(tokens, start + 1));
  const isDay = wordAt(tokens, start + 1) === 'day';
  const of = nth === undefined || (weekday === undefined && !isDay) ? undefined : after(tokens, start + 2, 'of the', 'of', 'in');
  const month = of === undefined ? undefined : monthAt(tokens, of, today);
  if (!month || nth === undefined) return undefined;
  const days = Array.from({ length: daysIn(month.value) }, (_, i) => i + 1);
  const fitting = days.filter((day) => isDay || Temporal.PlainDate.from({ ...month.value, day }).dayOfWeek === weekday);
  const day = nth < 0 ? fitting.at(-1) : fitting[nth - 1];
  return day === undefined ? undefined : { value: { type: 'calendar', ...month.value, day }, to: month.to };
}

/** «week of 9 november» is the ISO week that holds it; one that begins or ends with a date is the seven days from or to it. */
function weekOf(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const start = wordAt(tokens, at) === 'the' ? at + 1 : at;
  const opens = after(
    tokens,
    start,
    'week beginning',
    'week commencing',
    'week starting',
    'week from',
    'w/ c',
    'w/c',
    'wc',
    'w/ b',
  );
  const ends = after(tokens, start, 'week ending', 'week ended', 'week to', 'w/ e', 'w/e');
  const holds = after(tokens, start, 'week of', 'week with', 'week containing', 'week around', 'week that includes');
  const link = opens ?? ends ?? holds;
  if (link === undefined) return undefined;
  const on = after(tokens, link, 'on the', 'on', 'monday the', 'monday', 'sunday the', 'sunday', 'mon', 'sun') ?? link;
  const found = parseDate(tokens, on);
  if (!found || !('type' in found.value) || found.value.day === undefined || found.value.month === undefined) return undefined;
  const day = latestOf(found.value.year, found.value.month, found.value.day, today);
  if (!day) return undefined;
  const from = opens ? day : ends ? day.subtract({ days: 6 }) : day.subtract({ days: day.dayOfWeek - 1 });
  const week: Period =
    from.dayOfWeek === 1
      ? { type: 'calendar', year: from.yearOfWeek ?? from.year, week: from.weekOfYear ?? 1 }
      : { type: 'range', from: dateOf(from), to: dateOf(from.add({ days: 6 })) };
  return { value: week, to: found.to };
}

/** A month as it was said, with its year where a range across it would otherwise be torn. */
function monthAt(tokens: readonly Token[], at: number, today: string): Found<{ year: number; month: number }> | undefined {
  const now = Temporal.PlainDate.from(today);
  const bare = after(tokens, at, 'the month');
  if (bare) return { value: { year: now.year, month: now.month }, to: bare };
  const found = sure(parsePoint(tokens, at, today));
  const value = found && monthOf(found.value, now);
  return found && value ? { value, to: found.to } : undefined;
}

function monthOf(point: Point, now: Temporal.PlainDate): { year: number; month: number } | undefined {
  if (point.type === 'calendar' && point.month !== undefined && point.day === undefined)
    return { year: point.year ?? (point.month > now.month ? now.year - 1 : now.year), month: point.month };
  const back = point.type === 'current' ? 0 : point.type === 'ago' ? point.count : undefined;
  if (back === undefined || !('unit' in point) || point.unit !== 'month') return undefined;
  const month = now.subtract({ months: back });
  return { year: month.year, month: month.month };
}

function daysIn({ year, month }: { year: number; month: number }): number {
  return Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

function daysFrom(month: { year: number; month: number }, from: number, to: number): Period {
  return { type: 'range', from: { type: 'calendar', ...month, day: from }, to: { type: 'calendar', ...month, day: to } };
}

function latestOf(year: number | undefined, month: number, day: number, today: string): Temporal.PlainDate | undefined {
  const now = Temporal.PlainDate.from(today);
  const of = (y: number) => Temporal.PlainDate.from({ year: y, month, day });
  const date = of(year ?? now.year);
  return year === undefined && Temporal.PlainDate.compare(date, now) > 0 ? of(now.year - 1) : date;
}

function dateOf(day: Temporal.PlainDate): Extract<Period, { type: 'calendar' }> {
  return { type: 'calendar', year: day.year, month: day.month, day: day.day };
}
