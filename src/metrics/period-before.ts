import { Temporal } from 'temporal-polyfill';
import type { Comparison, Period } from '../glossary/period.ts';
import { addUnits, type DayUnit, type Span } from './calendar-span.ts';
import { clipToData } from './clip-to-data.ts';
import type { ResolvedPeriod } from './draft.ts';
import { periodLabel } from './period-label.ts';
import { isWeeks, type PeriodContext, resolvePeriod } from './resolve-period.ts';
import { yearEarlier } from './year-earlier.ts';

/**
 * What a period is compared with. A period that runs until now is compared with the same part of the earlier one, to the
 * same time of day (`cut`: the newest event, or now). Undefined where the calendar has no such days.
 */
export function periodBefore(
  compare: Comparison,
  period: Period,
  now: ResolvedPeriod,
  context: PeriodContext & { readonly newestEventTime: string | null },
): ResolvedPeriod | undefined {
  if (now.fromTime && now.toTime && compare.type !== 'period') return shiftedHours(compare.type, now, context);
  if (compare.type === 'period') {
    const said = resolvePeriod(compare.period, context);
    // «yesterday vs last monday», asked on a Tuesday: nobody compares a day with itself.
    const other = said && compare.period.type === 'weekday' && said.from === now.from ? weekEarlier(said, context) : said;
    return other && !other.partial && now.partial && sameKind(period, compare.period, now, other)
      ? samePart(now, Temporal.PlainDate.from(other.from), context)
      : other;
  }
  if (compare.type === 'year_ago' && period.type === 'named') return resolvePeriod({ type: 'year_before', of: period }, context);
  const span = days(now);
  const before = compare.type === 'year_ago' ? yearEarlier(span, isWeeks(period)) : previous(period, span, now.partial);
  if (now.partial) return samePart(now, before.from, context, before.to);
  return named(before, isWeeks(period), context);
}

function weekEarlier(period: ResolvedPeriod, context: PeriodContext): ResolvedPeriod {
  const day = Temporal.PlainDate.from(period.from).subtract({ days: 7 });
  return named({ from: day, to: day }, false, context);
}

/** The newest event, where it is of today: rows after it are not there yet on either side. */
function cutTime({
  now,
  newestEventTime,
  zone,
}: {
  now: string;
  newestEventTime: string | null;
  zone: string;
}): Temporal.ZonedDateTime {
  const asked = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  const newest = newestEventTime === null ? asked : Temporal.Instant.from(newestEventTime).toZonedDateTimeISO(zone);
  return newest.toPlainDate().equals(asked.toPlainDate()) && Temporal.ZonedDateTime.compare(newest, asked) < 0 ? newest : asked;
}

/** «today vs yesterday», «this month vs last month», two single days: like is compared with like. */
function sameKind(period: Period, other: Period, now: ResolvedPeriod, before: ResolvedPeriod): boolean {
  if (now.from === now.to) return before.from === before.to;
  return period.type === 'current' && 'unit' in other && other.type === 'ago' && other.unit === period.unit;
}

/** The part of the earlier period that is as long as now's, cut at the same time of its last day. */
function samePart(
  now: ResolvedPeriod,
  from: Temporal.PlainDate,
  context: PeriodContext & { readonly newestEventTime: string | null },
  to: Temporal.PlainDate = from.add({ days: days(now).from.until(days(now).to).days }),
): ResolvedPeriod {
  const cut = to.toZonedDateTime({ timeZone: context.zone, plainTime: cutTime(context).toPlainTime() });
  const part = { from: from.toString(), to: to.toString(), partial: false, toTime: cut.toInstant().toString() };
  return clipToData({ ...part, label: periodLabel(part, { zone: context.zone }) }, context);
}

/** The adjacent period of equal length; a calendar unit's is the unit before it, whole months have whole months before. */
function previous(period: Period, span: Span, partial: boolean): Span {
  const length = span.from.until(span.to).days;
  const unit = calendarUnit(period, span, partial);
  if (unit === undefined) return { from: span.from.subtract({ days: length + 1 }), to: span.from.subtract({ days: 1 }) };
  const from = addUnits(span.from, unit.unit, -unit.count);
  if (!partial) return { from, to: span.from.subtract({ days: 1 }) };
  const to = from.add({ days: length });
  const last = span.from.subtract({ days: 1 });
  return { from, to: Temporal.PlainDate.compare(to, last) > 0 ? last : to };
}

function calendarUnit(period: Period, span: Span, partial: boolean): { unit: DayUnit; count: number } | undefined {
  if (partial) return period.type === 'current' && period.unit !== 'hour' ? { unit: period.unit, count: 1 } : runningUnit(period);
  // «the 31 days before» means 31 days, even where they happen to be a month.
  const saidInDays = period.type === 'last' && period.unit === 'day';
  if (saidInDays || span.from.day !== 1 || span.to.day !== span.to.daysInMonth) return undefined;
  return { unit: 'month', count: (span.to.year - span.from.year) * 12 + span.to.month - span.from.month + 1 };
}

/** «november», «q4», «2026» while they are running. */
function runningUnit(period: Period): { unit: DayUnit; count: number } | undefined {
  if (period.type !== 'calendar' || period.day !== undefined) return undefined;
  const unit =
    period.week !== undefined ? 'week' : period.month !== undefined ? 'month' : period.quarter !== undefined ? 'quarter' : 'year';
  return { unit, count: 1 };
}

function shiftedHours(type: 'previous' | 'year_ago', now: ResolvedPeriod, context: PeriodContext): ResolvedPeriod {
  const [from, to] = [now.fromTime!, now.toTime!].map((time) => Temporal.Instant.from(time).toZonedDateTimeISO(context.zone)) as [
    Temporal.ZonedDateTime,
    Temporal.ZonedDateTime,
  ];
  const back =
    type === 'year_ago' ? { years: 1 } : now.partial ? { hours: 1 } : { seconds: Math.round(from.until(to).total('seconds')) };
  const [start, end] = [from.subtract(back), to.subtract(back)];
  const part = {
    from: start.toPlainDate().toString(),
    to: end.subtract({ milliseconds: 1 }).toPlainDate().toString(),
    partial: false,
    fromTime: start.toInstant().toString(),
    toTime: end.toInstant().toString(),
  };
  return clipToData({ ...part, label: periodLabel(part, { zone: context.zone }) }, context);
}

function named(span: Span, weeks: boolean, context: PeriodContext): ResolvedPeriod {
  const part = { from: span.from.toString(), to: span.to.toString(), partial: false };
  const week = weeks && span.from.dayOfWeek === 1 && span.from.until(span.to).days === 6 ? span.from.weekOfYear : undefined;
  return clipToData({ ...part, label: periodLabel(part, { week }) }, context);
}

function days(period: ResolvedPeriod): Span {
  return { from: Temporal.PlainDate.from(period.from), to: Temporal.PlainDate.from(period.to) };
}
