import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { latestDue, nextRun } from '../../src/digest/next-run.ts';
import type { Schedule } from '../../src/glossary/reading.ts';

const berlin = 'Europe/Berlin';
const mondays: Schedule = { every: 'week', weekday: 1, hour: 9, minute: 0 };

describe('the next due time', () => {
  test('is a local time: nine in Berlin is 08:00 UTC in winter and 07:00 in summer', () => {
    expect(nextRun(mondays, berlin, '2026-11-24T13:00:00Z')).toBe('2026-11-30T08:00:00.000Z');
    expect(nextRun(mondays, berlin, '2026-06-24T13:00:00Z')).toBe('2026-06-29T07:00:00.000Z');
  });

  test('is never the time itself, so one due time comes once', () => {
    expect(nextRun(mondays, berlin, '2026-11-30T08:00:00.000Z')).toBe('2026-12-07T08:00:00.000Z');
  });

  test('leaves weekends out for weekdays, and takes Sunday as the seventh day', () => {
    expect(nextRun({ every: 'weekday', hour: 8, minute: 5 }, 'UTC', '2026-11-27T12:00:00Z')).toBe('2026-11-30T08:05:00.000Z');
    expect(nextRun({ every: 'week', weekday: 7, hour: 8, minute: 0 }, 'UTC', '2026-11-27T12:00:00Z')).toBe(
      '2026-11-29T08:00:00.000Z',
    );
  });

  test('of the 31st is the last day where a month is shorter', () => {
    const at = { every: 'month', hour: 9, minute: 0 } as const;
    expect(nextRun({ ...at, day: 31 }, 'UTC', '2027-02-01T00:00:00Z')).toBe('2027-02-28T09:00:00.000Z');
    expect(nextRun({ ...at, day: 30 }, 'UTC', '2027-02-01T00:00:00Z')).toBe('2027-02-28T09:00:00.000Z');
    expect(nextRun({ ...at, day: 30 }, 'UTC', '2027-03-01T00:00:00Z')).toBe('2027-03-30T09:00:00.000Z');
    expect(nextRun({ ...at, day: 31 }, 'UTC', '2027-04-01T00:00:00Z')).toBe('2027-04-30T09:00:00.000Z');
  });

  test('of a time that the spring change skips comes on that day all the same', () => {
    const half = nextRun({ every: 'day', hour: 2, minute: 30 }, berlin, '2027-03-27T12:00:00Z');
    expect(half.slice(0, 10)).toBe('2027-03-28');
  });

  test('always lies ahead and within a month, for any schedule and time', () => {
    const schedules = fc.record({
      every: fc.constantFrom('day', 'weekday', 'week', 'month'),
      weekday: fc.integer({ min: 1, max: 7 }),
      day: fc.integer({ min: 1, max: 31 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    });
    const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) });
    const zones = fc.constantFrom(berlin, 'UTC', 'America/New_York', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(schedules, instants, zones, (schedule, at, zone) => {
        const days = (Date.parse(nextRun(schedule as Schedule, zone, new Date(at).toISOString())) - at) / 86_400_000;
        return days > 0 && days < 32.1;
      }),
      { seed: 1, numRuns: 150 },
    );
  });
});

test('times that were slept through are one due time: the latest', () => {
  const daily: Schedule = { every: 'day', hour: 9, minute: 0 };
  expect(latestDue(daily, 'UTC', '2026-11-20T09:00:00.000Z', '2026-11-24T13:00:00.000Z')).toBe('2026-11-24T09:00:00.000Z');
  expect(latestDue(daily, 'UTC', '2026-11-24T09:00:00.000Z', '2026-11-24T13:00:00.000Z')).toBeUndefined();
});
