import { describe, expect, test } from '@jest/globals';
import type { Comparison, Period } from '../../src/glossary/period.ts';
import { periodBefore } from '../../src/metrics/period-before.ts';
import { resolvePeriod } from '../../src/metrics/resolve-period.ts';

const TUESDAY = {
  now: '2026-11-24T13:02:00Z',
  zone: 'Europe/Berlin',
  firstDay: '2024-06-01',
  lastDay: '2026-11-24',
  newestEventTime: '2026-11-24T12:47:00Z',
};

function earlier(period: Period, compare: Comparison, context: Partial<typeof TUESDAY> = {}): string {
  const all = { ...TUESDAY, ...context };
  return periodBefore(compare, period, resolvePeriod(period, all)!, all)!.label;
}

const previous: Comparison = { type: 'previous' };
const yearAgo: Comparison = { type: 'year_ago' };
const to = (period: Period): Comparison => ({ type: 'period', period });

describe('the period before is adjacent and of equal length', () => {
  test.each<[string, Period, string]>([
    ['last 30 days', { type: 'last', count: 30, unit: 'day' }, '25 Sep – 24 Oct 2026'],
    ['yesterday', { type: 'ago', count: 1, unit: 'day' }, 'Sun 22 Nov 2026'],
    ['last week', { type: 'ago', count: 1, unit: 'week' }, 'week 46, 9 – 15 Nov 2026'],
    ['last month: the month before', { type: 'ago', count: 1, unit: 'month' }, '1 – 30 Sep 2026'],
    ['last 3 months: the 3 months before', { type: 'last', count: 3, unit: 'month' }, '1 May – 31 Jul 2026'],
    ['last quarter', { type: 'ago', count: 1, unit: 'quarter' }, '1 Apr – 30 Jun 2026'],
    [
      '3 to 9 nov',
      { type: 'range', from: { type: 'calendar', month: 11, day: 3 }, to: { type: 'calendar', month: 11, day: 9 } },
      '27 Oct – 2 Nov 2026',
    ],
    ['last 24 hours', { type: 'last', count: 24, unit: 'hour' }, 'Sun 22 Nov 2026, 14:00 – Mon 23 Nov 2026, 14:00'],
  ])('%s', (_words, period, label) => expect(earlier(period, previous)).toBe(label));

  test('31 days that happen to be a month have 31 days before them', () => {
    const days: Period = { type: 'last', count: 31, unit: 'day' };
    expect(earlier(days, previous, { now: '2026-11-01T12:00:00Z' })).toBe('31 Aug – 30 Sep 2026');
  });
});

describe('a period that runs until now is compared with the same part, to the time of the newest event', () => {
  test.each<[string, Period, string]>([
    ['today', { type: 'current', unit: 'day' }, 'Mon 23 Nov 2026 until 13:47'],
    ['this week', { type: 'current', unit: 'week' }, '16 – 17 Nov 2026 until 13:47'],
    ['this month', { type: 'current', unit: 'month' }, '1 – 24 Oct 2026 until 13:47'],
    ['november', { type: 'calendar', month: 11 }, '1 – 24 Oct 2026 until 13:47'],
    ['this quarter', { type: 'current', unit: 'quarter' }, '1 Jul – 24 Aug 2026 until 13:47'],
    ['since 3 nov', { type: 'range', from: { type: 'calendar', month: 11, day: 3 } }, '12 Oct – 2 Nov 2026 until 13:47'],
  ])('%s', (_words, period, label) => expect(earlier(period, previous)).toBe(label));

  test('in March the part of February ends with its last day', () => {
    const march = { now: '2026-03-31T12:00:00Z', newestEventTime: '2026-03-31T11:00:00Z', lastDay: '2026-03-31' };
    expect(earlier({ type: 'current', unit: 'month' }, previous, march)).toBe('1 – 28 Feb 2026 until 13:00');
  });

  test('the cut is a time of the clock, also where summer time ended in between', () => {
    const monday = { now: '2026-10-26T11:00:00Z', newestEventTime: '2026-10-26T11:00:00Z', lastDay: '2026-10-26' };
    const all = { ...TUESDAY, ...monday };
    const week: Period = { type: 'current', unit: 'week' };
    expect(periodBefore(previous, week, resolvePeriod(week, all)!, all)!.toTime).toBe('2026-10-19T10:00:00Z');
  });

  test('data that stopped yesterday cut nothing: now is the time', () => {
    expect(earlier({ type: 'current', unit: 'day' }, previous, { newestEventTime: '2026-11-23T20:00:00Z' })).toBe(
      'Mon 23 Nov 2026 until 14:02',
    );
  });
});

describe('one year ago', () => {
  test.each<[string, Period, string]>([
    ['last week', { type: 'ago', count: 1, unit: 'week' }, 'week 47, 17 – 23 Nov 2025'],
    ['last month', { type: 'ago', count: 1, unit: 'month' }, '1 – 31 Oct 2025'],
    ['this month', { type: 'current', unit: 'month' }, '1 – 24 Nov 2025 until 13:47'],
    ['black friday', { type: 'named', name: 'black_friday' }, 'Fri 29 Nov 2024'],
  ])('%s', (_words, period, label) => expect(earlier(period, yearAgo)).toBe(label));
});

describe('a period of one’s own choice', () => {
  test.each<[string, Period, Period, string]>([
    ['may against june', { type: 'calendar', month: 5 }, { type: 'calendar', month: 6 }, '1 – 30 Jun 2026'],
    [
      'today against last tuesday',
      { type: 'current', unit: 'day' },
      { type: 'weekday', weekday: 2 },
      'Tue 17 Nov 2026 until 13:47',
    ],
    [
      'this month against last month',
      { type: 'current', unit: 'month' },
      { type: 'ago', count: 1, unit: 'month' },
      '1 – 24 Oct 2026 until 13:47',
    ],
    ['this month against all of october', { type: 'current', unit: 'month' }, { type: 'calendar', month: 10 }, '1 – 31 Oct 2026'],
    [
      'yesterday against last monday',
      { type: 'ago', count: 1, unit: 'day' },
      { type: 'weekday', weekday: 1, inWeekAgo: 1 },
      'Mon 16 Nov 2026',
    ],
  ])('%s', (_words, period, other, label) => expect(earlier(period, to(other))).toBe(label));

  test('days that do not exist have no period', () => {
    const period: Period = { type: 'current', unit: 'day' };
    const other = to({ type: 'calendar', month: 2, day: 30 });
    expect(periodBefore(other, period, resolvePeriod(period, TUESDAY)!, TUESDAY)).toBeUndefined();
  });
});

test('what lies before the data says so', () => {
  const period: Period = { type: 'ago', count: 2, unit: 'year' };
  expect(periodBefore(previous, period, resolvePeriod(period, TUESDAY)!, TUESDAY)!.beyondData).toBe('all');
});
