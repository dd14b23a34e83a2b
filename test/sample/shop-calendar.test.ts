import { describe, expect, test } from '@jest/globals';
import { HOUR, openCalendar } from '../../src/sample/shop-calendar.ts';

const DAY = 24 * HOUR;

describe('the calendar of the shop', () => {
  test('reads hours on the clock of the shop, also when the clocks change', () => {
    const calendar = openCalendar('Europe/Berlin', Date.parse('2026-10-01T00:00:00Z'), 90);
    const read = (iso: string) => {
      const { hour, weekday, month, dayOfMonth } = calendar(Date.parse(iso));
      return [month, dayOfMonth, hour, weekday];
    };
    expect(read('2026-10-24T22:30:00Z')).toEqual([10, 25, 0, 6]);
    expect(read('2026-10-25T00:30:00Z')).toEqual([10, 25, 2, 6]);
    expect(read('2026-10-25T01:30:00Z')).toEqual([10, 25, 2, 6]);
    expect(read('2026-10-25T23:30:00Z')).toEqual([10, 26, 0, 0]);
  });

  test.each(['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland'])(
    'breaks the checkout on one Tuesday 17 to 25 days ago, whenever the shop is made (%s)',
    (zone) => {
      for (let shift = 0; shift < 16; shift += 1) {
        const now = Date.parse('2027-02-20T09:00:00Z') + shift * DAY * 1.3;
        const calendar = openCalendar(zone, now - 90 * DAY, 90);
        const broken = Array.from({ length: 90 * 24 }, (_, hour) => calendar(now - 90 * DAY + hour * HOUR)).filter(
          (hour) => hour.broken,
        );
        expect(broken).toHaveLength(24);
        expect(new Set(broken.map(({ weekday }) => weekday))).toEqual(new Set([1]));
        const daysAgo = (now - broken[0]!.at) / DAY;
        expect(daysAgo).toBeGreaterThan(17);
        expect(daysAgo).toBeLessThan(25);
      }
    },
  );

  test('breaks it again six weeks later, for the shop lives on', () => {
    const start = Date.parse('2026-08-26T00:00:00Z');
    const calendar = openCalendar('UTC', start, 90);
    const days = new Set<number>();
    for (let at = start; at < start + 160 * DAY; at += HOUR) if (calendar(at).broken) days.add(calendar(at).day);
    const [first, second, third] = [...days];
    expect([second! - first!, third! - second!]).toEqual([42, 42]);
  });

  test('lets the trends come to their end and stay there', () => {
    const start = Date.parse('2026-08-26T00:00:00Z');
    const calendar = openCalendar('UTC', start, 90);
    expect([-5, 0, 45, 90, 400].map((day) => calendar(start + day * DAY).progress)).toEqual([0, 0, 0.5, 1, 1]);
  });
});
