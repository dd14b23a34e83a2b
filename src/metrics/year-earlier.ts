import type { Temporal } from 'temporal-polyfill';
import { addUnits, isoWeek, type Span } from './calendar-span.ts';

/**
 * The same calendar days one year back. Whole months stay whole (28 or 29 February); weeks keep their ISO number and
 * weekdays, week 53 falls back to 52; 29 February becomes the 28th.
 */
export function yearEarlier(span: Span, weeks: boolean): Span {
  if (weeks) {
    const back = daysToSameWeek(span.from);
    return { from: span.from.subtract({ days: back }), to: span.to.subtract({ days: back }) };
  }
  const to = addUnits(span.to, 'year', -1);
  const wholeMonths = span.from.day === 1 && span.to.day === span.to.daysInMonth;
  return { from: addUnits(span.from, 'year', -1), to: wholeMonths ? to.with({ day: to.daysInMonth }) : to };
}

function daysToSameWeek(day: Temporal.PlainDate): number {
  const year = day.yearOfWeek! - 1;
  const same = isoWeek(year, day.weekOfYear!) ?? isoWeek(year, 52)!;
  return same.from.add({ days: day.dayOfWeek - 1 }).until(day).days;
}
