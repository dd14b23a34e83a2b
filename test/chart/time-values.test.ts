import { describe, expect, test } from '@jest/globals';
import { bucketName, grainOf, isNext, tickNames, tickTimes, timeOf } from '../../src/chart/time-values.ts';
import { days, months } from './samples.ts';

const at = (texts: readonly string[]) => texts.map((text) => timeOf(text)!);

describe('a date of a result', () => {
  const rows: readonly (readonly [unknown, string | undefined])[] = [
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23 14:05:06.123', '2026-11-23T14:05:06.000Z'],
    ['2026-11-23 14:00:00.000 Europe/Berlin', '2026-11-23T14:00:00.000Z'],
    ['2026-11-23T14:00:00Z', '2026-11-23T14:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z'],
    ['2026-W47', '2026-11-16T00:00:00.000Z'],
    [2026, '2026-01-01T00:00:00.000Z'],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['23.11.2026', undefined],
    ['hello', undefined],
    [17, undefined],
    [null, undefined],
  ];
  test.each(rows)('%j is %s', (cell, iso) => {
    const time = timeOf(cell);
    expect(time === undefined ? undefined : new Date(time).toISOString()).toBe(iso);
  });
});

describe('the grain', () => {
  const rows: readonly (readonly [string, readonly string[], string])[] = [
    ['days', days(5), 'day'],
    ['weeks', days(5, '2026-10-26', 7), 'week'],
    ['weeks with one left out', ['2026-10-26', '2026-11-02', '2026-11-16'], 'week'],
    ['months', months(5, 2026, 6), 'month'],
    ['quarters', ['2026-01-01', '2026-04-01', '2026-07-01'], 'quarter'],
    ['years', ['2024-01-01', '2025-01-01'], 'year'],
    ['hours', ['2026-11-23 01:00:00', '2026-11-23 02:00:00'], 'hour'],
    ['minutes', ['2026-11-23 01:05:00', '2026-11-23 01:10:00'], 'minute'],
  ];
  test.each(rows)('of %s', (_, texts, grain) => {
    expect(grainOf(at(texts))).toBe(grain);
  });

  test('tells whether a bucket follows another, also over short and long months', () => {
    const [january, february, march, may] = at(['2026-01-01', '2026-02-01', '2026-03-01', '2026-05-01']) as [
      number,
      number,
      number,
      number,
    ];
    expect([isNext(january, february, 'month'), isNext(february, march, 'month'), isNext(march, may, 'month')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('the words on the axis', () => {
  test('the newest day is always named', () => {
    const { times, grain } = tickTimes(at(days(30)), 'day', 5);
    expect(tickNames(times, grain).map((name) => name[0])).toEqual(['26 Oct', '2 Nov', '9 Nov', '16 Nov', '23 Nov']);
  });

  test('months name their year once, and again in January', () => {
    expect(tickNames(at(months(4, 2025, 11)), 'month')).toEqual([
      ['Nov', '2025'],
      ['Dec', ''],
      ['Jan', '2026'],
      ['Feb', ''],
    ]);
  });

  test('a year of days is named by months', () => {
    const { grain, times } = tickTimes(at(days(330, '2026-01-01')), 'day', 5);
    expect([grain, times.length]).toEqual(['month', 4]);
  });

  test('buckets in words', () => {
    const time = Date.UTC(2026, 10, 16, 14);
    expect(bucketName(time, 'hour')).toBe('16 Nov 14:00');
    expect(bucketName(time, 'day')).toBe('Mon 16 Nov');
    expect(bucketName(time, 'week')).toBe('16 – 22 Nov');
    expect(bucketName(Date.UTC(2026, 10, 30), 'week')).toBe('30 Nov – 6 Dec');
    expect(bucketName(time, 'month')).toBe('Nov 2026');
    expect(bucketName(Date.UTC(2026, 9, 1), 'quarter')).toBe('Q4 2026');
  });
});
