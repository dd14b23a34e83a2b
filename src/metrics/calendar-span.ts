import { Temporal } from 'temporal-polyfill';

/** Whole days, both inclusive, of the shop's calendar. */
export interface Span {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

export type DayUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The unit that holds this day, moved by `offset` units: −1 is the one before. Weeks are ISO weeks. */
export function unitSpan(day: Temporal.PlainDate, unit: DayUnit, offset = 0): Span {
  const from = addUnits(unitStart(day, unit), unit, offset);
  return { from, to: addUnits(from, unit, 1).subtract({ days: 1 }) };
}

/** First day of the unit that holds this day. */
export function unitStart(day: Temporal.PlainDate, unit: DayUnit): Temporal.PlainDate {
  switch (unit) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
    case 'quarter':
      return day.with({ month: Math.floor((day.month - 1) / 3) * 3 + 1, day: 1 });
    case 'year':
      return day.with({ month: 1, day: 1 });
  }
}

/** The day `count` units later (earlier, where negative); the end of a shorter month stands in for a day it lacks. */
export function addUnits(day: Temporal.PlainDate, unit: DayUnit, count: number): Temporal.PlainDate {
  if (unit === 'quarter') return day.add({ months: 3 * count });
  return day.add({ [`${unit}s`]: count });
}

/** Days of an ISO week, or undefined where the year has no such week. */
export function isoWeek(year: number, week: number): Span | undefined {
  // 4 January is always in week 1.
  const from = unitStart(Temporal.PlainDate.from({ year, month: 1, day: 4 }), 'week').add({ weeks: week - 1 });
  return from.weekOfYear === week && from.yearOfWeek === year ? { from, to: from.add({ days: 6 }) } : undefined;
}

/** The day, or undefined where the month has no such day. */
export function dayOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day && date.month === month ? date : undefined;
}

/** Whether the first day is before the second. */
export function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}
