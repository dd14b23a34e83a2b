import type { Temporal } from 'temporal-polyfill';
import type { Period } from '../glossary/period.ts';
import { addUnits, dayOf, isBefore, isoWeek, type Span, unitSpan } from './calendar-span.ts';

export type CalendarPeriod = Extract<Period, { type: 'calendar' }>;

/**
 * The days that a date, month, quarter, ISO week or year names; what is not named is the latest that has begun by `today`.
 * Undefined where no such days exist (30 February, week 53 of a year with 52).
 */
export function calendarSpan(period: CalendarPeriod, today: Temporal.PlainDate): Span | undefined {
  const { year, quarter, month, week, day } = period;
  if (week !== undefined) return latest(year, today, (y) => isoWeek(y, week), today.yearOfWeek);
  if (day !== undefined && month === undefined)
    return year === undefined && quarter === undefined ? latestDay(day, today) : undefined;
  if (day !== undefined) return latest(year, today, (y) => single(dayOf(y, month!, day)));
  if (month !== undefined) return latest(year, today, (y) => whole(dayOf(y, month, 1), 'month'));
  if (quarter !== undefined) return latest(year, today, (y) => whole(dayOf(y, quarter * 3 - 2, 1), 'quarter'));
  if (year !== undefined) return whole(dayOf(year, 1, 1), 'year');
  return undefined;
}

/** In the named year; without one in the latest in which it exists and has begun. */
function latest(
  year: number | undefined,
  today: Temporal.PlainDate,
  inYear: (year: number) => Span | undefined,
  thisYear: number = today.year,
): Span | undefined {
  if (year !== undefined) return inYear(year);
  // 29 February and week 53 come round within eight years at the latest.
  for (let y = thisYear; y >= thisYear - 8; y--) {
    const span = inYear(y);
    if (span && !isBefore(today, span.from)) return span;
  }
  return undefined;
}

/** «the 12th»: the latest month that has one, today included. */
function latestDay(day: number, today: Temporal.PlainDate): Span | undefined {
  for (let back = 0; back < 3; back++) {
    const month = addUnits(today.with({ day: 1 }), 'month', -back);
    const date = dayOf(month.year, month.month, day);
    if (date && !isBefore(today, date)) return single(date);
  }
  return undefined;
}

function single(day: Temporal.PlainDate | undefined): Span | undefined {
  return day && { from: day, to: day };
}

function whole(day: Temporal.PlainDate | undefined, unit: 'month' | 'quarter' | 'year'): Span | undefined {
  return day && unitSpan(day, unit);
}
