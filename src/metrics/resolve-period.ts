import { Temporal } from 'temporal-polyfill';
import type { Period } from '../glossary/period.ts';
import { calendarSpan } from './calendar-period.ts';
import { addUnits, type DayUnit, isBefore, type Span, unitSpan } from './calendar-span.ts';
import { clipToData, type DataReach } from './clip-to-data.ts';
import type { ResolvedPeriod } from './draft.ts';
import { namedDays } from './named-days.ts';
import { periodLabel } from './period-label.ts';
import { yearEarlier } from './year-earlier.ts';

export interface PeriodContext extends DataReach {
  /** ISO 8601 UTC. */
  readonly now: string;
  /** IANA zone of the shop. */
  readonly zone: string;
}

/** No period named: the last 28 complete days. */
export const DEFAULT_PERIOD: Period = { type: 'last', count: 28, unit: 'day' };

/**
 * A period as it was said → its days in the shop's zone (definitions.md, «Time»). A stretch that holds today ends today and
 * is partial. Undefined where the calendar has no such day or week («30 February», an empty calendar period).
 */
export function resolvePeriod(period: Period, context: PeriodContext): ResolvedPeriod | undefined {
  const now = Temporal.Instant.from(context.now).toZonedDateTimeISO(context.zone);
  if ('unit' in period && period.unit === 'hour') return resolveHours(period, now, context);
  const span = spanOf(period, now.toPlainDate(), context);
  if (!span) return undefined;
  const clipped = untilToday(span, now.toPlainDate());
  const week = isWeeks(period) && span.from.add({ days: 6 }).equals(span.to) ? span.from.weekOfYear : undefined;
  const days = { from: clipped.from.toString(), to: clipped.to.toString(), partial: clipped.partial };
  return clipToData({ ...days, label: periodLabel(days, week === undefined ? {} : { week }) }, context);
}

/** The days of a period before they are cut at today; `today` is what «latest» is measured from. */
export function spanOf(period: Period, today: Temporal.PlainDate, reach: DataReach): Span | undefined {
  switch (period.type) {
    case 'last': {
      const unit = dayUnit(period.unit);
      const end = unitSpan(today, unit, -1);
      return { from: unitSpan(today, unit, -period.count).from, to: end.to };
    }
    case 'ago':
      return unitSpan(today, dayUnit(period.unit), -period.count);
    case 'current':
      return unitSpan(today, dayUnit(period.unit));
    case 'calendar':
      return calendarSpan(period, today);
    case 'weekday':
      return weekdaySpan(period, today);
    case 'named':
      return namedSpan(period, today);
    case 'all':
      return { from: firstDay(reach, today), to: today };
    case 'range':
      return rangeSpan(period, today, reach);
    case 'year_before':
      return yearBeforeSpan(period.of, today, reach);
    case 'part':
      return partSpan(period, today, reach);
  }
}

function dayUnit(unit: DayUnit | 'hour'): DayUnit {
  return unit === 'hour' ? 'day' : unit;
}

function weekdaySpan(period: Extract<Period, { type: 'weekday' }>, today: Temporal.PlainDate): Span {
  const { weekday, inWeekAgo } = period;
  const back = (today.dayOfWeek - weekday + 7) % 7 || 7;
  const day =
    inWeekAgo === undefined
      ? today.subtract({ days: back })
      : unitSpan(today, 'week', -inWeekAgo).from.add({ days: weekday - 1 });
  return { from: day, to: day };
}

function namedSpan(period: Extract<Period, { type: 'named' }>, today: Temporal.PlainDate): Span {
  if (period.year !== undefined) return namedDays(period.name, period.year);
  const thisYear = namedDays(period.name, today.year);
  return isBefore(today, thisYear.from) ? namedDays(period.name, today.year - 1) : thisYear;
}

function firstDay(reach: DataReach, today: Temporal.PlainDate): Temporal.PlainDate {
  return reach.firstDay === null ? today : Temporal.PlainDate.from(reach.firstDay);
}

function rangeSpan(period: Extract<Period, { type: 'range' }>, today: Temporal.PlainDate, reach: DataReach): Span | undefined {
  let to = period.to ? spanOf(period.to, today, reach) : { from: today, to: today };
  let from = period.from ? spanOf(period.from, today, reach) : { from: firstDay(reach, today), to: today };
  if (!from || !to) return undefined;
  // «jan 2025 to mar»: the end takes the year of the start. «nov to feb»: the start is the latest before the end.
  if (period.to && hasYear(period.from) && !hasYear(period.to)) to = firstAfter(period.to, from.from, today, reach) ?? to;
  if (period.from && isBefore(to.to, from.from) && !hasYear(period.from)) from = spanOf(period.from, to.to, reach) ?? from;
  return isBefore(to.to, from.from) ? undefined : { from: from.from, to: to.to };
}

function hasYear(point: Period | undefined): boolean {
  return point !== undefined && 'year' in point && point.year !== undefined;
}

function firstAfter(point: Period, start: Temporal.PlainDate, today: Temporal.PlainDate, reach: DataReach): Span | undefined {
  if (point.type !== 'calendar' && point.type !== 'named') return undefined;
  const years = [start.year, start.year + 1].map((year) => spanOf({ ...point, year }, today, reach));
  return years.find((span) => span && !isBefore(span.from, start));
}

/** The calendar period one year back, to the same date where it is not over yet. */
function yearBeforeSpan(
  of: Extract<Period, { type: 'year_before' }>['of'],
  today: Temporal.PlainDate,
  reach: DataReach,
): Span | undefined {
  const span = spanOf(of, today, reach);
  // Black Friday moves in the calendar: a year before it is the one of that year.
  if (span && of.type === 'named') return namedDays(of.name, (of.year ?? span.from.year) - 1);
  return span && yearEarlier(untilToday(span, today), isWeeks(of));
}

/** Said in ISO weeks, so that one year back means the week of the same number. */
export function isWeeks(period: Period): boolean {
  if (period.type === 'calendar') return period.week !== undefined;
  if (period.type === 'year_before') return isWeeks(period.of);
  return 'unit' in period && period.unit === 'week';
}

function partSpan(period: Extract<Period, { type: 'part' }>, today: Temporal.PlainDate, reach: DataReach): Span | undefined {
  const whole = spanOf(period.of, today, reach);
  const part = whole && cutPart(whole, period);
  if (!part || !isBefore(today, part.from) || period.of.type !== 'calendar' || hasYear(period.of)) return part;
  // «second half of november» on 10 November: last year's is the latest that has begun.
  const before = spanOf(period.of, whole.from.subtract({ days: 1 }), reach);
  return before && cutPart(before, period);
}

function cutPart(whole: Span, { half, week }: { half?: number | undefined; week?: number | undefined }): Span | undefined {
  const days = whole.from.until(whole.to).days + 1;
  if (week !== undefined) {
    const from = whole.from.add({ days: (week - 1) * 7 });
    const to = from.add({ days: 6 });
    if (isBefore(whole.to, from)) return undefined;
    return { from, to: week === 5 || isBefore(whole.to, to) ? whole.to : to };
  }
  if (half === undefined) return whole;
  const middle = days > 360 ? addUnits(whole.from, 'month', 6) : whole.from.add({ days: days > 31 ? Math.ceil(days / 2) : 15 });
  return half === 1 ? { from: whole.from, to: middle.subtract({ days: 1 }) } : { from: middle, to: whole.to };
}

function untilToday(span: Span, today: Temporal.PlainDate): Span & { readonly partial: boolean } {
  const partial = !isBefore(today, span.from) && !isBefore(span.to, today);
  return { from: span.from, to: partial ? today : span.to, partial };
}

/** Whole hours as UTC instants, so that a day with 23 or 25 hours counts right; `toTime` is exclusive. */
function resolveHours(
  period: Extract<Period, { type: 'last' | 'ago' | 'current' }>,
  now: Temporal.ZonedDateTime,
  context: PeriodContext,
): ResolvedPeriod {
  const hour = now.round({ smallestUnit: 'hour', roundingMode: 'floor' });
  const partial = period.type === 'current';
  const from = period.type === 'current' ? hour : hour.subtract({ hours: period.count });
  const to = period.type === 'last' ? hour : period.type === 'ago' ? from.add({ hours: 1 }) : now;
  const times = { fromTime: instant(from), toTime: instant(to) };
  const last = to.subtract({ milliseconds: 1 }).toPlainDate();
  const days = { from: from.toPlainDate().toString(), to: last.toString(), partial, ...times };
  return clipToData({ ...days, label: periodLabel(days, { zone: context.zone }) }, context);
}

function instant(time: Temporal.ZonedDateTime): string {
  return time.toInstant().toString();
}
