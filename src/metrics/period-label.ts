import { Temporal } from 'temporal-polyfill';
import type { ResolvedPeriod } from './draft.ts';

/**
 * A period as the reading line has it: «25 Oct – 23 Nov 2026», «Mon 23 Nov 2026», «week 47, 16 – 22 Nov 2026»,
 * «Tue 24 Nov 2026 until now», «Tue 17 Nov 2026 until 13:47» (that one needs the zone).
 */
export function periodLabel(
  period: Pick<ResolvedPeriod, 'from' | 'to' | 'partial' | 'fromTime' | 'toTime'>,
  { week, zone }: { readonly week?: number | undefined; readonly zone?: string } = {},
): string {
  const { fromTime, toTime, partial } = period;
  if (fromTime && toTime && zone)
    return hoursLabel(period.from, period.to, clock(fromTime, zone), partial ? 'now' : clock(toTime, zone));
  const days = daysLabel(period.from, period.to);
  if (partial) return `${days} until now`;
  if (toTime && zone) return `${days} until ${clock(toTime, zone)}`;
  return week === undefined ? days : `week ${week}, ${days}`;
}

/** Days without a word on time: «1 – 31 Oct 2026», «25 Dec 2025 – 3 Jan 2026». */
export function daysLabel(first: string, last: string): string {
  const from = Temporal.PlainDate.from(first);
  const to = Temporal.PlainDate.from(last);
  if (from.equals(to)) return `${WEEKDAYS[from.dayOfWeek - 1]} ${from.day} ${month(from)} ${from.year}`;
  const end = `${to.day} ${month(to)} ${to.year}`;
  if (from.year !== to.year) return `${from.day} ${month(from)} ${from.year} – ${end}`;
  return from.month === to.month ? `${from.day} – ${end}` : `${from.day} ${month(from)} – ${end}`;
}

function hoursLabel(first: string, last: string, from: string, to: string): string {
  if (first === last) return `${daysLabel(first, first)}, ${from} – ${to}`;
  return `${daysLabel(first, first)}, ${from} – ${daysLabel(last, last)}, ${to}`;
}

function clock(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

function month(day: Temporal.PlainDate): string {
  return MONTHS[day.month - 1]!;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
