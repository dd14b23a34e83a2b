import { plants } from './plants.ts';

/** One hour of the shop, seen on the shop's own clock. */
export interface ShopHour {
  /** Start of the hour, ms since 1970 UTC. */
  readonly at: number;
  /** Local calendar day, counted from 1970-01-01. */
  readonly day: number;
  /** Local hour, 0 to 23. */
  readonly hour: number;
  /** 0 = Monday. */
  readonly weekday: number;
  /** Local month, 1 to 12, and day of the month. */
  readonly month: number;
  readonly dayOfMonth: number;
  /** How far the planted trends have come: 0 at the shop's start, 1 after `days` and from then on. */
  readonly progress: number;
  /** The checkout is broken all day. */
  readonly broken: boolean;
}

/** The length of an hour in ms. */
export const HOUR = 3_600_000;

/** The calendar of a shop that opened at `start` (ms) and whose trends take `days` days. Any instant gives its hour. */
export function openCalendar(zone: string, start: number, days: number): (instant: number) => ShopHour {
  const local = localTime(zone);
  const startDay = local(start).day;
  const firstBroken = firstWeekday(
    startDay + Math.max(1, days - plants.brokenCheckout.daysBeforeEnd),
    plants.brokenCheckout.weekday,
  );
  const known = new Map<number, ShopHour>();
  return (instant) => {
    const at = Math.floor(instant / HOUR) * HOUR;
    const before = known.get(at);
    if (before !== undefined) return before;
    const time = local(at);
    const sinceBroken = time.day - firstBroken;
    const hour: ShopHour = {
      at,
      ...time,
      weekday: weekdayOf(time.day),
      progress: Math.min(1, Math.max(0, (at - start) / (days * 24 * HOUR))),
      broken: sinceBroken >= 0 && sinceBroken % plants.brokenCheckout.everyDays === 0,
    };
    known.set(at, hour);
    return hour;
  };
}

/** How busy an hour of the day is against the mean, by local hour: quiet nights, a lunch hump, the evening on the sofa. */
export const hourWeights = [
  0.32, 0.18, 0.11, 0.09, 0.1, 0.18, 0.42, 0.72, 0.95, 1.1, 1.2, 1.24, 1.32, 1.26, 1.15, 1.13, 1.18, 1.26, 1.38, 1.62, 1.86, 1.84,
  1.38, 0.81,
] as const;

/** How busy a weekday is against the mean, Monday first: Sunday is the strongest day, Friday the weakest. */
export const weekdayWeights = [1.04, 0.99, 0.98, 0.98, 0.88, 0.97, 1.16] as const;

function localTime(zone: string) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return (instant: number) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0 } = parts;
    return { day: Date.UTC(year, month - 1, day) / 86_400_000, hour, month, dayOfMonth: day };
  };
}

function firstWeekday(from: number, weekday: number): number {
  return from + ((weekday - weekdayOf(from) + 7) % 7);
}

function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return (((day + 3) % 7) + 7) % 7;
}
