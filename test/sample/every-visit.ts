import { HOUR, openCalendar } from '../../src/sample/shop-calendar.ts';
import type { Shop, Visit } from '../../src/sample/visitors.ts';
import { visitsOfNewcomers } from '../../src/sample/visitors.ts';
import type { WalkEnd } from '../../src/sample/walk-visit.ts';
import { walkVisit } from '../../src/sample/walk-visit.ts';

/** A shop of this size that opened on Wednesday 26 August 2026 in Berlin. */
export function shopOf(seed: number, days: number, scale: number): Shop {
  const start = Date.parse('2026-08-25T22:00:00Z');
  return { seed, start, days, scale, calendar: openCalendar('Europe/Berlin', start, days) };
}

export interface Walked extends WalkEnd {
  readonly visit: Visit;
}

/** All human visits of a shop's first `days`, as generated objects: no file, no SQL. */
export function everyVisit(shop: Shop): Walked[] {
  const end = shop.start + shop.days * 24 * HOUR;
  const walked: Walked[] = [];
  for (let at = shop.start - 56 * 24 * HOUR; at < end; at += HOUR) {
    for (const visit of visitsOfNewcomers(shop, shop.calendar(at))) {
      if (visit.startsAt >= shop.start && visit.startsAt < end) walked.push({ visit, ...walkVisit(shop, visit) });
    }
  }
  return walked;
}

/** Whether an event of this name happened in the visit. */
export function has(name: string): (walked: Walked) => boolean {
  return ({ events }) => events.some(({ body }) => body.event_type === name);
}

/** The share of visits that hold a condition. */
export function shareOf(visits: readonly Walked[], condition: (walked: Walked) => boolean): number {
  return visits.filter(condition).length / visits.length;
}
