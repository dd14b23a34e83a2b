import { describe, expect, test } from '@jest/globals';
import type { Period } from '../../src/glossary/period.ts';
import { resolvePeriod } from '../../src/metrics/resolve-period.ts';

/** Tuesday 24 November 2026, 14:02 in Berlin. */
const TUESDAY = { now: '2026-11-24T13:02:00Z', zone: 'Europe/Berlin', firstDay: '2020-01-01', lastDay: '2026-11-24' };

function days(period: Period, context: Partial<typeof TUESDAY> = {}): string {
  const resolved = resolvePeriod(period, { ...TUESDAY, ...context });
  if (!resolved) return 'none';
  return `${resolved.from} ${resolved.to}${resolved.partial ? ' partial' : ''}`;
}

const last = (count: number, unit: 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year') =>
  ({ type: 'last', count, unit }) as const;
const ago = (count: number, unit: 'day' | 'week' | 'month' | 'quarter' | 'year') => ({ type: 'ago', count, unit }) as const;
const current = (unit: 'day' | 'week' | 'month' | 'quarter' | 'year') => ({ type: 'current', unit }) as const;
const calendar = (parts: Record<string, number>) => ({ type: 'calendar', ...parts }) as const;
const named = (name: string, year?: number) =>
  ({ type: 'named', name, ...(year ? { year } : {}) }) as Extract<Period, { type: 'named' }>;
const weekday = (day: number, inWeekAgo?: number) =>
  ({ type: 'weekday', weekday: day, ...(inWeekAgo === undefined ? {} : { inWeekAgo }) }) as const;

describe('complete units end with the last complete one', () => {
  test.each<[string, Period, string]>([
    ['yesterday', ago(1, 'day'), '2026-11-23 2026-11-23'],
    ['the day before yesterday', ago(2, 'day'), '2026-11-22 2026-11-22'],
    ['last 1 day', last(1, 'day'), '2026-11-23 2026-11-23'],
    ['last 7 days', last(7, 'day'), '2026-11-17 2026-11-23'],
    ['last 28 days', last(28, 'day'), '2026-10-27 2026-11-23'],
    ['last 30 days', last(30, 'day'), '2026-10-25 2026-11-23'],
    ['last 365 days', last(365, 'day'), '2025-11-24 2026-11-23'],
    ['last week', ago(1, 'week'), '2026-11-16 2026-11-22'],
    ['two weeks ago', ago(2, 'week'), '2026-11-09 2026-11-15'],
    ['last 2 weeks', last(2, 'week'), '2026-11-09 2026-11-22'],
    ['last 12 weeks', last(12, 'week'), '2026-08-31 2026-11-22'],
    ['last month', ago(1, 'month'), '2026-10-01 2026-10-31'],
    ['9 months ago', ago(9, 'month'), '2026-02-01 2026-02-28'],
    ['last 3 months', last(3, 'month'), '2026-08-01 2026-10-31'],
    ['last 12 months', last(12, 'month'), '2025-11-01 2026-10-31'],
    ['last quarter', ago(1, 'quarter'), '2026-07-01 2026-09-30'],
    ['last 4 quarters', last(4, 'quarter'), '2025-10-01 2026-09-30'],
    ['last year', ago(1, 'year'), '2025-01-01 2025-12-31'],
    ['last 2 years', last(2, 'year'), '2024-01-01 2025-12-31'],
  ])('%s', (_words, period, expected) => expect(days(period)).toBe(expected));
});

describe('what has begun runs until now and is partial', () => {
  test.each<[string, Period, string]>([
    ['today', current('day'), '2026-11-24 2026-11-24 partial'],
    ['this week', current('week'), '2026-11-23 2026-11-24 partial'],
    ['this month', current('month'), '2026-11-01 2026-11-24 partial'],
    ['this quarter', current('quarter'), '2026-10-01 2026-11-24 partial'],
    ['this year', current('year'), '2026-01-01 2026-11-24 partial'],
    ['november', calendar({ month: 11 }), '2026-11-01 2026-11-24 partial'],
    ['q4', calendar({ quarter: 4 }), '2026-10-01 2026-11-24 partial'],
    ['2026', calendar({ year: 2026 }), '2026-01-01 2026-11-24 partial'],
    ['week 48', calendar({ week: 48 }), '2026-11-23 2026-11-24 partial'],
    ['24 nov', calendar({ month: 11, day: 24 }), '2026-11-24 2026-11-24 partial'],
    ['the 24th', calendar({ day: 24 }), '2026-11-24 2026-11-24 partial'],
    ['tuesday this week', weekday(2, 0), '2026-11-24 2026-11-24 partial'],
    ['since 3 nov', { type: 'range', from: calendar({ month: 11, day: 3 }) }, '2026-11-03 2026-11-24 partial'],
    ['since monday', { type: 'range', from: weekday(1) }, '2026-11-23 2026-11-24 partial'],
    ['since last year', { type: 'range', from: ago(1, 'year') }, '2025-01-01 2026-11-24 partial'],
    ['all time', { type: 'all' }, '2020-01-01 2026-11-24 partial'],
    ['black friday week', named('black_friday_week'), '2026-11-23 2026-11-24 partial'],
  ])('%s', (_words, period, expected) => expect(days(period)).toBe(expected));
});

describe('a date without a year is the latest that has begun', () => {
  test.each<[string, Period, string]>([
    ['december', calendar({ month: 12 }), '2025-12-01 2025-12-31'],
    ['may', calendar({ month: 5 }), '2026-05-01 2026-05-31'],
    ['may 2025', calendar({ year: 2025, month: 5 }), '2025-05-01 2025-05-31'],
    ['25 nov', calendar({ month: 11, day: 25 }), '2025-11-25 2025-11-25'],
    ['the 25th', calendar({ day: 25 }), '2026-10-25 2026-10-25'],
    ['the 31st', calendar({ day: 31 }), '2026-10-31 2026-10-31'],
    ['29 feb', calendar({ month: 2, day: 29 }), '2024-02-29 2024-02-29'],
    ['q1', calendar({ quarter: 1 }), '2026-01-01 2026-03-31'],
    ['q3 2025', calendar({ year: 2025, quarter: 3 }), '2025-07-01 2025-09-30'],
    ['week 12', calendar({ week: 12 }), '2026-03-16 2026-03-22'],
    ['week 49', calendar({ week: 49 }), '2025-12-01 2025-12-07'],
    ['week 1 of 2026', calendar({ year: 2026, week: 1 }), '2025-12-29 2026-01-04'],
    ['week 53', calendar({ week: 53 }), '2020-12-28 2021-01-03'],
    ['2025', calendar({ year: 2025 }), '2025-01-01 2025-12-31'],
    ['3 nov 2026', calendar({ year: 2026, month: 11, day: 3 }), '2026-11-03 2026-11-03'],
  ])('%s', (_words, period, expected) => expect(days(period)).toBe(expected));

  test.each<[string, Period]>([
    ['30 february', calendar({ month: 2, day: 30 })],
    ['29 february 2026', calendar({ year: 2026, month: 2, day: 29 })],
    ['week 53 of 2025', calendar({ year: 2025, week: 53 })],
    ['31 june', calendar({ month: 6, day: 31 })],
    ['nothing at all', calendar({})],
  ])('%s does not exist and is not guessed', (_words, period) => expect(days(period)).toBe('none'));

  test('a named year in the future stays in the future, beyond the data', () => {
    expect(resolvePeriod(calendar({ year: 2027, month: 3 }), TUESDAY)).toMatchObject({
      from: '2027-03-01',
      to: '2027-03-31',
      partial: false,
      beyondData: 'all',
    });
  });
});

describe('weekdays are the latest past ones, today excluded', () => {
  test.each<[string, Period, string]>([
    ['monday', weekday(1), '2026-11-23 2026-11-23'],
    ['tuesday', weekday(2), '2026-11-17 2026-11-17'],
    ['wednesday', weekday(3), '2026-11-18 2026-11-18'],
    ['sunday', weekday(7), '2026-11-22 2026-11-22'],
    ['tuesday last week', weekday(2, 1), '2026-11-17 2026-11-17'],
    ['friday two weeks ago', weekday(5, 2), '2026-11-13 2026-11-13'],
    ['monday this week', weekday(1, 0), '2026-11-23 2026-11-23'],
  ])('%s', (_words, period, expected) => expect(days(period)).toBe(expected));
});

describe('named days', () => {
  test.each<[string, Period, string]>([
    ['black friday', named('black_friday'), '2025-11-28 2025-11-28'],
    ['black friday 2024', named('black_friday', 2024), '2024-11-29 2024-11-29'],
    ['black friday 2026', named('black_friday', 2026), '2026-11-27 2026-11-27'],
    ['black friday 2018 (1 Nov is a Thursday)', named('black_friday', 2018), '2018-11-23 2018-11-23'],
    ['black friday 2019 (1 Nov is a Friday)', named('black_friday', 2019), '2019-11-29 2019-11-29'],
    ['cyber monday', named('cyber_monday'), '2025-12-01 2025-12-01'],
    ['black friday week 2025', named('black_friday_week', 2025), '2025-11-24 2025-11-30'],
    ['cyber week 2025', named('cyber_week', 2025), '2025-12-01 2025-12-07'],
    ['christmas', named('christmas'), '2025-12-25 2025-12-25'],
    ['christmas eve', named('christmas_eve'), '2025-12-24 2025-12-24'],
    ['new year', named('new_year'), '2026-01-01 2026-01-01'],
    ["valentine's day", named('valentines_day'), '2026-02-14 2026-02-14'],
    ['halloween', named('halloween'), '2026-10-31 2026-10-31'],
    ['singles day', named('singles_day'), '2026-11-11 2026-11-11'],
    ['thanksgiving, which is still to come this year', named('thanksgiving'), '2025-11-27 2025-11-27'],
    ['easter, from Good Friday to Easter Monday', named('easter'), '2026-04-03 2026-04-06'],
    ['easter sunday of a late year', named('easter_sunday', 2025), '2025-04-20 2025-04-20'],
    ['boxing day', named('boxing_day'), '2025-12-26 2025-12-26'],
  ])('%s', (_words, period, expected) => expect(days(period)).toBe(expected));
});

describe('ranges', () => {
  const range = (from: Record<string, number>, to: Record<string, number>): Period => ({
    type: 'range',
    from: calendar(from),
    to: calendar(to),
  });
  test.each<[string, Period, string]>([
    ['3 to 9 nov', range({ month: 11, day: 3 }, { month: 11, day: 9 }), '2026-11-03 2026-11-09'],
    ['25 oct to 23 nov', range({ month: 10, day: 25 }, { month: 11, day: 23 }), '2026-10-25 2026-11-23'],
    ['may to july', range({ month: 5 }, { month: 7 }), '2026-05-01 2026-07-31'],
    ['november to january', range({ month: 11 }, { month: 1 }), '2025-11-01 2026-01-31'],
    ['december to february', range({ month: 12 }, { month: 2 }), '2025-12-01 2026-02-28'],
    ['jan 2025 to mar', range({ year: 2025, month: 1 }, { month: 3 }), '2025-01-01 2025-03-31'],
    ['nov 2024 to feb', range({ year: 2024, month: 11 }, { month: 2 }), '2024-11-01 2025-02-28'],
    ['5 nov to 3 dec 2025', range({ month: 11, day: 5 }, { year: 2025, month: 12, day: 3 }), '2025-11-05 2025-12-03'],
    ['september until now', { type: 'range', from: calendar({ month: 9 }) }, '2026-09-01 2026-11-24 partial'],
    ['until may', { type: 'range', to: calendar({ month: 5 }) }, '2020-01-01 2026-05-31'],
    ['monday to wednesday', { type: 'range', from: weekday(1), to: weekday(3) }, '2026-11-16 2026-11-18'],
    ['september to november', range({ month: 9 }, { month: 11 }), '2026-09-01 2026-11-24 partial'],
    ['2024 to 2025', range({ year: 2024 }, { year: 2025 }), '2024-01-01 2025-12-31'],
  ])('%s', (_words, period, expected) => expect(days(period)).toBe(expected));

  test('a range whose years say that it ends before it begins does not exist', () => {
    expect(days(range({ year: 2026, month: 5 }, { year: 2026, month: 3 }))).toBe('none');
  });
});

describe('parts', () => {
  const part = (of: Extract<Period, { type: 'part' }>['of'], what: { half?: number; week?: number }): Period => ({
    type: 'part',
    of,
    ...what,
  });
  test.each<[string, Period, string]>([
    ['first half of may', part(calendar({ month: 5 }), { half: 1 }), '2026-05-01 2026-05-15'],
    ['second half of may', part(calendar({ month: 5 }), { half: 2 }), '2026-05-16 2026-05-31'],
    ['second half of november', part(calendar({ month: 11 }), { half: 2 }), '2026-11-16 2026-11-24 partial'],
    ['second week of may', part(calendar({ month: 5 }), { week: 2 }), '2026-05-08 2026-05-14'],
    ['fifth week of may', part(calendar({ month: 5 }), { week: 5 }), '2026-05-29 2026-05-31'],
    ['fifth week of february 2026', part(calendar({ year: 2026, month: 2 }), { week: 5 }), 'none'],
    ['h1', part(current('year'), { half: 1 }), '2026-01-01 2026-06-30'],
    ['h2', part(current('year'), { half: 2 }), '2026-07-01 2026-11-24 partial'],
    ['h2 2025', part(calendar({ year: 2025 }), { half: 2 }), '2025-07-01 2025-12-31'],
    ['first half of last month', part(ago(1, 'month'), { half: 1 }), '2026-10-01 2026-10-15'],
  ])('%s', (_words, period, expected) => expect(days(period)).toBe(expected));

  test('a part that has not begun this year is the one of last year', () => {
    expect(days(part(calendar({ month: 11 }), { half: 2 }), { now: '2026-11-10T12:00:00Z' })).toBe('2025-11-16 2025-11-30');
  });
});

describe('one year before', () => {
  const yearBefore = (of: Extract<Period, { type: 'year_before' }>['of']): Period => ({ type: 'year_before', of });
  test.each<[string, Period, string]>([
    ['last month', yearBefore(ago(1, 'month')), '2025-10-01 2025-10-31'],
    ['this month, to the same date', yearBefore(current('month')), '2025-11-01 2025-11-24'],
    ['last week, the week of the same number', yearBefore(ago(1, 'week')), '2025-11-17 2025-11-23'],
    ['week 12', yearBefore(calendar({ week: 12 })), '2025-03-17 2025-03-23'],
    ['last 7 days', yearBefore(last(7, 'day')), '2025-11-17 2025-11-23'],
    ['black friday, which moves', yearBefore(named('black_friday')), '2024-11-29 2024-11-29'],
    ['29 feb 2024 has the 28th before it', yearBefore(calendar({ year: 2024, month: 2, day: 29 })), '2023-02-28 2023-02-28'],
    ['a whole february keeps its last day', yearBefore(calendar({ year: 2025, month: 2 })), '2024-02-01 2024-02-29'],
    ['week 53 falls back to 52', yearBefore(calendar({ year: 2020, week: 53 })), '2019-12-23 2019-12-29'],
  ])('of %s', (_words, period, expected) => expect(days(period)).toBe(expected));
});

describe('the shop has a calendar of its own', () => {
  test.each<[string, string, string, Period, string]>([
    ['after midnight in Berlin', '2026-11-23T23:30:00Z', 'Europe/Berlin', ago(1, 'day'), '2026-11-23 2026-11-23'],
    ['the same moment in UTC', '2026-11-23T23:30:00Z', 'UTC', ago(1, 'day'), '2026-11-22 2026-11-22'],
    ['the same moment in Los Angeles', '2026-11-23T23:30:00Z', 'America/Los_Angeles', ago(1, 'day'), '2026-11-22 2026-11-22'],
    ['the same moment in Auckland', '2026-11-23T23:30:00Z', 'Pacific/Auckland', current('day'), '2026-11-24 2026-11-24 partial'],
    ['new year in Berlin', '2026-12-31T23:30:00Z', 'Europe/Berlin', ago(1, 'year'), '2026-01-01 2026-12-31'],
    ['new year, still the old one in UTC', '2026-12-31T23:30:00Z', 'UTC', ago(1, 'year'), '2025-01-01 2025-12-31'],
    ['1 January in week 53', '2027-01-01T12:00:00Z', 'UTC', current('week'), '2026-12-28 2027-01-01 partial'],
    ['week 53 once it has begun', '2027-01-01T12:00:00Z', 'UTC', calendar({ week: 53 }), '2026-12-28 2027-01-01 partial'],
    ['last week across the year', '2027-01-04T12:00:00Z', 'UTC', ago(1, 'week'), '2026-12-28 2027-01-03'],
    ['last month on 31 March', '2026-03-31T12:00:00Z', 'UTC', ago(1, 'month'), '2026-02-01 2026-02-28'],
    ['29 February itself', '2028-02-29T12:00:00Z', 'UTC', ago(1, 'year'), '2027-01-01 2027-12-31'],
  ])('%s', (_words, now, zone, period, expected) => expect(days(period, { now, zone })).toBe(expected));
});

describe('hours are instants, so that days of 23 and 25 hours count right', () => {
  const hours = (period: Period, now: string, zone = 'Europe/Berlin') => {
    const { fromTime, toTime, from, to } = resolvePeriod(period, { ...TUESDAY, now, zone })!;
    return `${fromTime} ${toTime} ${from} ${to}`;
  };
  test.each<[string, Period, string, string]>([
    [
      'last 24 hours',
      last(24, 'hour'),
      '2026-11-24T13:02:00Z',
      '2026-11-23T13:00:00Z 2026-11-24T13:00:00Z 2026-11-23 2026-11-24',
    ],
    [
      'last hour',
      { type: 'ago', count: 1, unit: 'hour' },
      '2026-11-24T13:02:00Z',
      '2026-11-24T12:00:00Z 2026-11-24T13:00:00Z 2026-11-24 2026-11-24',
    ],
    [
      'this hour',
      { type: 'current', unit: 'hour' },
      '2026-11-24T13:02:00Z',
      '2026-11-24T13:00:00Z 2026-11-24T13:02:00Z 2026-11-24 2026-11-24',
    ],
    [
      '24 hours over the end of summer time',
      last(24, 'hour'),
      '2026-10-25T12:30:00Z',
      '2026-10-24T12:00:00Z 2026-10-25T12:00:00Z 2026-10-24 2026-10-25',
    ],
    [
      '24 hours over its beginning',
      last(24, 'hour'),
      '2026-03-29T12:30:00Z',
      '2026-03-28T12:00:00Z 2026-03-29T12:00:00Z 2026-03-28 2026-03-29',
    ],
    [
      'hours that end at midnight belong to the day before',
      last(2, 'hour'),
      '2026-11-23T23:10:00Z',
      '2026-11-23T21:00:00Z 2026-11-23T23:00:00Z 2026-11-23 2026-11-23',
    ],
  ])('%s', (_words, period, now, expected) => expect(hours(period, now)).toBe(expected));

  test('half-hour zones have whole hours of their own', () => {
    expect(hours(last(1, 'hour'), '2026-11-24T13:02:00Z', 'Asia/Kolkata')).toContain('2026-11-24T11:30:00Z 2026-11-24T12:30:00Z');
  });
});

describe('where the data do not reach', () => {
  const reach = { firstDay: '2026-11-01', lastDay: '2026-11-22' };
  test.each<[string, Period, string | undefined]>([
    ['inside', calendar({ month: 11, day: 5 }), undefined],
    ['before them', calendar({ month: 10 }), 'all'],
    ['after them', ago(1, 'day'), 'all'],
    ['over their start', last(28, 'day'), 'start'],
    ['over their end', current('month'), 'end'],
    ['up to their last day', calendar({ month: 11, day: 22 }), undefined],
  ])('%s', (_words, period, edge) => expect(resolvePeriod(period, { ...TUESDAY, ...reach })!.beyondData).toBe(edge));

  test('without any data everything is beyond them', () => {
    expect(resolvePeriod({ type: 'all' }, { ...TUESDAY, firstDay: null, lastDay: null })!.beyondData).toBe('all');
  });
});

describe('labels', () => {
  test.each<[Period, string]>([
    [last(30, 'day'), '25 Oct – 23 Nov 2026'],
    [ago(1, 'day'), 'Mon 23 Nov 2026'],
    [ago(1, 'week'), 'week 47, 16 – 22 Nov 2026'],
    [calendar({ week: 47 }), 'week 47, 16 – 22 Nov 2026'],
    [last(2, 'week'), '9 – 22 Nov 2026'],
    [calendar({ month: 10 }), '1 – 31 Oct 2026'],
    [last(12, 'month'), '1 Nov 2025 – 31 Oct 2026'],
    [current('day'), 'Tue 24 Nov 2026 until now'],
    [current('week'), '23 – 24 Nov 2026 until now'],
    [{ type: 'current', unit: 'hour' }, 'Tue 24 Nov 2026, 14:00 – now'],
    [last(3, 'hour'), 'Tue 24 Nov 2026, 11:00 – 14:00'],
    [last(24, 'hour'), 'Mon 23 Nov 2026, 14:00 – Tue 24 Nov 2026, 14:00'],
  ])('%j reads %s', (period, label) => expect(resolvePeriod(period, TUESDAY)!.label).toBe(label));
});
