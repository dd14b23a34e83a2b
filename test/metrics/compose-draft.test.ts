import { describe, expect, test } from '@jest/globals';
import { compose } from '../../src/metrics/compose.ts';
import { CONTEXT, draft, reading } from './readings.ts';

const is = (dimension: string, ...values: string[]) => ({ dimension, op: 'is', values });
const previous = { type: 'previous' };

function why(parts: Record<string, unknown>): Record<string, unknown> {
  const composed = compose(reading(parts), CONTEXT);
  return 'kind' in composed ? { code: composed.code, ...composed.facts } : { code: 'composed' };
}

function notes(parts: Record<string, unknown>, context = {}): Record<string, unknown> {
  return Object.fromEntries(draft(parts, context).notes.map(({ code, facts }) => [code, facts]));
}

function columns(parts: Record<string, unknown>): string[] {
  return draft(parts).columns.map(({ name, label, role, unit }) => `${name} | ${label} | ${role} | ${unit}`);
}

describe('what cannot be composed is named', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'sessions by payment type would count a session once per order',
      { metrics: ['sessions'], dimensions: ['payment_type'] },
      {
        code: 'dimension_out_of_reach',
        metric: 'sessions',
        dimension: 'payment_type',
        dimension_label: 'payment type',
        table: 'sessions',
      },
    ],
    [
      'a bounce rate of a brand',
      { metrics: ['bounce_rate'], filters: [is('brand', 'samsung')] },
      { code: 'dimension_out_of_reach', dimension: 'brand' },
    ],
    [
      'revenue per session by currency: sessions have none',
      { metrics: ['revenue_per_session'], dimensions: ['currency'] },
      { code: 'whole_has_no_currency', metric: 'sessions' },
    ],
    [
      'a day that does not exist',
      { metrics: ['sessions'], period: { type: 'calendar', month: 2, day: 30 } },
      { code: 'no_such_period', where: 'period' },
    ],
    [
      'a comparison with one',
      { metrics: ['sessions'], compare: { type: 'period', period: { type: 'calendar', year: 2025, week: 53 } } },
      { code: 'no_such_period', where: 'compare' },
    ],
    [
      'orders per month of three days',
      { metrics: ['orders'], per: 'month', period: { type: 'last', count: 3, unit: 'day' } },
      { code: 'no_complete_unit', per: 'month' },
    ],
    [
      'two years by the hour',
      { metrics: ['sessions'], grain: 'hour', period: { type: 'last', count: 24, unit: 'month' } },
      { code: 'too_many_buckets', grain: 'hour' },
    ],
    [
      'monthly users by the hour',
      { metrics: ['stickiness'], grain: 'hour' },
      { code: 'grain_too_fine', grain: 'hour', metric: 'dau' },
    ],
    [
      'a width that is no number',
      { metrics: ['sessions'], filters: [{ dimension: 'viewport', op: 'at_least', values: ['wide'] }] },
      { code: 'not_a_number', value: 'wide' },
    ],
    [
      'more than a channel',
      { metrics: ['sessions'], filters: [{ dimension: 'channel', op: 'more_than', values: ['3'] }] },
      { code: 'not_comparable', dimension: 'channel' },
    ],
    [
      'an open funnel by product',
      { steps: ['product', 'cart'], by: 'brand' },
      { code: 'dimension_out_of_reach', dimension: 'brand' },
    ],
    [
      'a funnel in order with a step twice',
      { steps: ['cart', 'checkout', 'cart'], order: 'in_order' },
      { code: 'step_twice', step: 'cart' },
    ],
  ])('%s', (_words, parts, expected) => expect(why(parts)).toMatchObject(expected));

  test('more buckets than 10,000 only where the data reach that far', () => {
    expect(why({ metrics: ['sessions'], grain: 'hour', period: { type: 'last', count: 3, unit: 'month' } })).toEqual({
      code: 'composed',
    });
  });
});

describe('what must be said beside the numbers', () => {
  test('the default period', () =>
    expect(notes({ metrics: ['sessions'] })).toEqual({ default_period: { days: 28, label: '27 Oct – 23 Nov 2026' } }));
  test('a month has no place in 28 days: the default of an average per month is three of them', () =>
    expect(notes({ metrics: ['orders'], per: 'month' })).toEqual({ default_period: { days: 92, label: '1 Aug – 31 Oct 2026' } }));
  test('an average per week is of whole weeks', () =>
    expect(notes({ metrics: ['orders'], per: 'week' }).complete_units).toEqual({
      per: 'week',
      from: '2026-11-02',
      to: '2026-11-22',
    }));
  test('the currency of money, and none for orders', () => {
    expect(notes({ metrics: ['revenue'] }).currency).toEqual({ currency: 'EUR' });
    expect(notes({ metrics: ['orders'] }).currency).toBeUndefined();
    expect(notes({ metrics: ['revenue'], dimensions: ['currency'] }).currency).toBeUndefined();
  });
  test('that several currencies are rows of their own', () =>
    expect(notes({ metrics: ['revenue'], filters: [is('currency', 'eur', 'usd')] }).by_currency).toEqual({
      dimension: 'currency',
    }));
  test('bots, where they are in', () => expect(notes({ metrics: ['sessions'], bots: 'include' }).bots_included).toEqual({}));
  test('another metric of another name', () =>
    expect(notes({ metrics: ['conversion_rate'], dimensions: ['brand'] }).variant).toEqual({
      asked: 'conversion rate',
      metric: 'buy_to_view',
      label: 'buy-to-view rate',
    }));
  test('no word on a variant of the same name', () =>
    expect(notes({ metrics: ['sessions'], dimensions: ['page'] }).variant).toBeUndefined());
  test('that today is partial', () =>
    expect(notes({ metrics: ['orders'], period: { type: 'current', unit: 'day' } }).partial).toEqual({ to: '2026-11-24' }));
  test('that carts of the last days may still be bought', () =>
    expect(notes({ metrics: ['abandoned_carts'] }).not_over).toEqual({ days: 7 }));
  test('that small groups are left out of a ranking of rates, unless the question sets a minimum', () => {
    const ranking = { metrics: ['conversion_rate'], dimensions: ['landing_page'], limit: 5 };
    expect(notes(ranking).small_groups_left_out).toEqual({ min_share: 0.01, min_units: 100 });
    expect(
      notes({ ...ranking, having: [{ metric: 'sessions', op: 'at_least', value: 20 }] }).small_groups_left_out,
    ).toBeUndefined();
    expect(notes({ metrics: ['conversion_rate'], dimensions: ['device'] }).small_groups_left_out).toBeUndefined();
  });
  test('that the first week of a period holds only some of its days', () =>
    expect(notes({ metrics: ['sessions'], grain: 'week' }).part_buckets).toEqual({ grain: 'week', first: 1, last: 1 }));
  test('where the data do not reach, on either side', () => {
    const composed = draft({ metrics: ['sessions'], period: { type: 'calendar', year: 2025 }, compare: previous });
    expect(composed.notes).toContainEqual({
      code: 'beyond_data',
      facts: { side: 'before', edge: 'all', label: '1 Jan – 31 Dec 2024' },
    });
    expect(composed.before!.beyondData).toBe('all');
  });
});

describe('what the columns are', () => {
  test('a breakdown of a rate, compared', () =>
    expect(
      columns({
        metrics: ['conversion_rate'],
        dimensions: ['device'],
        period: { type: 'last', count: 30, unit: 'day' },
        compare: previous,
      }),
    ).toEqual([
      'device | Device | dimension | text',
      'conversion_rate | Conversion rate | metric | rate',
      'conversion_rate_before | 30 days before | before | rate',
      'conversion_rate_change | Change | change | points',
      'sessions | Sessions | count | count',
      'sessions_with_order | Sessions with an order | count | count',
    ]));
  test('two metrics, so that each heading says whose it is', () =>
    expect(
      columns({
        metrics: ['sessions', 'revenue'],
        dimensions: ['device'],
        period: { type: 'ago', count: 1, unit: 'week' },
        compare: previous,
      }).slice(1, 6),
    ).toEqual([
      'sessions | Sessions | metric | count',
      'sessions_before | Sessions, week before | before | count',
      'sessions_change | Sessions, change | change | count',
      'sessions_change_share | Sessions, change, % | change_share | share',
      'revenue | Revenue | metric | money',
    ]));
  test('a series', () =>
    expect(columns({ metrics: ['revenue'], grain: 'day', movingAverage: 7 })).toEqual([
      'day | Day | time | date',
      'revenue | Revenue | metric | money',
      'revenue_moving_average | Revenue, 7-day average | moving_average | money',
    ]));
  test('one row per period', () =>
    expect(columns({ metrics: ['orders'], compare: previous })).toEqual([
      'period | Period | period | text',
      'orders | Orders | metric | count',
    ]));
  test('a funnel', () =>
    expect(columns({ steps: ['visit', 'purchase'], by: 'device' })).toEqual([
      'device | Device | dimension | text',
      'step_number | No. | step | number',
      'step | Step | step | text',
      'sessions | Sessions | metric | count',
      'share_of_first | Of first step | share | share',
      'share_of_previous | Of step before | share | share',
    ]));
  test('money knows its currency, the shop’s or the one asked for', () => {
    expect(draft({ metrics: ['aov'] }).columns[0]).toMatchObject({
      unit: 'money',
      currency: 'EUR',
      additive: false,
      better: 'up',
    });
    expect(draft({ metrics: ['revenue'], filters: [is('currency', 'usd')] }).columns[0]).toMatchObject({
      currency: 'USD',
      additive: true,
    });
    expect(draft({ metrics: ['revenue'], dimensions: ['currency'] }).columns[1]).not.toHaveProperty('currency');
  });
  test('a dimension named like the grain keeps its name, the time gives way', () =>
    expect(
      draft({
        metrics: ['sessions'],
        dimensions: ['hour'],
        grain: 'hour',
        period: { type: 'ago', count: 1, unit: 'day' },
      }).columns.map(({ name }) => name),
    ).toEqual(['hour', 'hour_start', 'sessions']));
});

test('a quote in a value stays inside its literal', () => {
  const { sql } = draft({ metrics: ['sessions'], filters: [is('campaign', "x') OR 1=1 --\n")] });
  expect(sql).toContain("lower(campaign) = 'x'') or 1=1 -- '");
});
