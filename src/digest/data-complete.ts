import { Temporal } from 'temporal-polyfill';
import type { Freshness } from '../services/refresher.ts';

/**
 * Whether the data of the day before a due time are whole: they reach into that day, and a refresh has run since it ended, or
 * events of the day after are there already.
 */
export function isComplete(freshness: Freshness, dueAt: string, zone: string): boolean {
  const today = dayOf(dueAt, zone);
  if (!freshness.lastDay || freshness.lastDay < lastDayNeeded(dueAt, zone)) return false;
  return freshness.lastDay >= today || (freshness.lastRunAt !== null && dayOf(freshness.lastRunAt, zone) >= today);
}

/** The last whole day at a due time, `yyyy-MM-dd` in the zone. */
export function lastDayNeeded(dueAt: string, zone: string): string {
  return Temporal.PlainDate.from(dayOf(dueAt, zone)).subtract({ days: 1 }).toString();
}

function dayOf(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}
