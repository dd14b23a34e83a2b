import { describe, expect, test } from '@jest/globals';
import type { Reading } from '../../src/glossary/reading.ts';
import { openReader } from '../../src/reading/read-question.ts';
import { houseGlossary } from './house-glossary.ts';
import { electronics, fashion } from './shops.ts';

type Part = readonly [words: string, expected: Record<string, unknown>];

const metrics: readonly Part[] = [
  ['sessions', { metrics: ['sessions'] }],
  ['visits', { metrics: ['sessions'] }],
  ['conversion rate', { metrics: ['conversion_rate'] }],
  ['CR', { metrics: ['conversion_rate'] }],
  ['cvr', { metrics: ['conversion_rate'] }],
  ['revenue', { metrics: ['revenue'] }],
  ['sales', { metrics: ['revenue'] }],
  ['how many orders', { metrics: ['orders'] }],
  ['AOV', { metrics: ['aov'] }],
  ['avg order value', { metrics: ['aov'] }],
  ['bounce rate', { metrics: ['bounce_rate'] }],
  ['unique visitors', { metrics: ['users'] }],
  ['number of page views', { metrics: ['page_views'] }],
  ['cart abandonment rate', { metrics: ['cart_abandonment_rate'] }],
  ['rev per session', { metrics: ['revenue_per_session'] }],
  ['sessions and revenue', { metrics: ['sessions', 'revenue'] }],
  ['orders, revenue & AOV', { metrics: ['orders', 'revenue', 'aov'] }],
  ['new customers', { metrics: ['new_customers'] }],
  ['add to carts', { metrics: ['cart_adds'] }],
  ['average session duration', { metrics: ['avg_session_duration'] }],
  ['units sold', { metrics: ['units_sold'] }],
  ['convertion rate', { metrics: ['conversion_rate'] }],
  ['reveneu', { metrics: ['revenue'] }],
  ['sesions', { metrics: ['sessions'] }],
  ['pageviews', { metrics: ['page_views'] }],
];

const breakdowns: readonly Part[] = [
  ['', { dimensions: [] }],
  ['by device', { dimensions: ['device'] }],
  ['per country', { dimensions: ['country'] }],
  ['for each channel', { dimensions: ['channel'] }],
  ['split by browser', { dimensions: ['browser'] }],
  ['broken down by landing page', { dimensions: ['landing_page'] }],
  ['by campaign', { dimensions: ['campaign'] }],
  ['by city', { dimensions: ['city'] }],
  ['across operating systems', { dimensions: ['os'] }],
  ['by device and country', { dimensions: ['device', 'country'] }],
  ['by day', { dimensions: [], grain: 'day' }],
  ['weekly', { dimensions: [], grain: 'week' }],
  ['by month', { dimensions: [], grain: 'month' }],
  ['by new vs returning', { dimensions: ['new_vs_returning'] }],
  ['by day of week', { dimensions: ['weekday'] }],
];

const periods: readonly Part[] = [
  ['', { period: undefined }],
  ['yesterday', { period: { type: 'ago', count: 1, unit: 'day' } }],
  ['last 7 days', { period: { type: 'last', count: 7, unit: 'day' } }],
  ['past 30d', { period: { type: 'last', count: 30, unit: 'day' } }],
  ['in the last two weeks', { period: { type: 'last', count: 2, unit: 'week' } }],
  ['last week', { period: { type: 'ago', count: 1, unit: 'week' } }],
  ['last mth', { period: { type: 'ago', count: 1, unit: 'month' } }],
  ['this month', { period: { type: 'current', unit: 'month' } }],
  ['ytd', { period: { type: 'current', unit: 'year' } }],
  ['in october', { period: { type: 'calendar', month: 10 } }],
  ['for q3', { period: { type: 'calendar', quarter: 3 } }],
  ['since 1 nov', { period: { type: 'range', from: { type: 'calendar', month: 11, day: 1 } } }],
  [
    'from 1 oct to 15 oct',
    { period: { type: 'range', from: { type: 'calendar', month: 10, day: 1 }, to: { type: 'calendar', month: 10, day: 15 } } },
  ],
  ['on 2026-11-20', { period: { type: 'calendar', year: 2026, month: 11, day: 20 } }],
  ['last tue', { period: { type: 'weekday', weekday: 2 } }],
];

const filtersOf = {
  electronics: [
    ['', { filters: [] }],
    ['on mobile', { filters: [{ dimension: 'device', op: 'is', values: ['mobile'] }] }],
    ['in germany', { filters: [{ dimension: 'country', op: 'is', values: ['DE'] }] }],
    ['from the UK', { filters: [{ dimension: 'country', op: 'is', values: ['GB'] }] }],
    ['excluding direct', { filters: [{ dimension: 'channel', op: 'is_not', values: ['direct'] }] }],
    ['for brand samsung', { filters: [{ dimension: 'brand', op: 'is', values: ['Samsung'] }] }],
    ['from paid search', { filters: [{ dimension: 'channel', op: 'is', values: ['paid_search'] }] }],
    ['in berlin', { filters: [{ dimension: 'city', op: 'is', values: ['Berlin'] }] }],
    ['without germany', { filters: [{ dimension: 'country', op: 'is_not', values: ['DE'] }] }],
    ['for the winter sale campaign', { filters: [{ dimension: 'campaign', op: 'is', values: ['winter-sale'] }] }],
    ['safari only', { filters: [{ dimension: 'browser', op: 'is', values: ['safari'] }] }],
    ['outside the EU', { filters: [{ dimension: 'country', op: 'is_not', values: ['eu'] }] }],
  ],
  fashion: [
    ['', { filters: [] }],
    ['on iphones', { filters: [{ dimension: 'os', op: 'is', values: ['ios'] }] }],
    ['in canada', { filters: [{ dimension: 'country', op: 'is', values: ['CA'] }] }],
    ['from the US', { filters: [{ dimension: 'country', op: 'is', values: ['US'] }] }],
    ['not from toronto', { filters: [{ dimension: 'city', op: 'is_not', values: ['Toronto'] }] }],
    ['for patagonia', { filters: [{ dimension: 'brand', op: 'is', values: ['Patagonia'] }] }],
    ['for H&M', { filters: [{ dimension: 'brand', op: 'is', values: ['H&M'] }] }],
    ["for levi's", { filters: [{ dimension: 'brand', op: 'is', values: ["Levi's"] }] }],
    ['for campaign spring launch', { filters: [{ dimension: 'campaign', op: 'is', values: ['spring_launch'] }] }],
    ['from klaviyo', { filters: [{ dimension: 'source', op: 'is', values: ['klaviyo'] }] }],
    ['returning visitors only', { filters: [{ dimension: 'new_vs_returning', op: 'is', values: ['returning'] }] }],
    ['in california', { filters: [{ dimension: 'region', op: 'is', values: ['California'] }] }],
  ],
} as const satisfies Record<string, readonly Part[]>;

const shapes: readonly ((m: string, b: string, p: string, f: string) => string)[] = [
  (m, b, p, f) => `${m} ${b} ${p} ${f}`,
  (m, b, p, f) => `${m} ${f} ${b} ${p}`,
  (m, b, p, f) => `${p} ${m} ${f} ${b}?`,
  (m, b, p, f) => `show me ${m} ${b} ${f} ${p} pls`,
  (m, b, p, f) => `what was our ${m} ${f} ${p} ${b}?`,
  (m, b, p, f) => `${m} ${f}, ${p}, ${b}`,
  (m, b, p, f) => `Hey, can you get me the ${m} ${p} ${b} ${f}`,
  (m, b, p, f) => `${m.toUpperCase()} ${b} ${p} ${f}`,
];

describe('every measure with every breakdown, period and filter in every order is read exactly', () => {
  const reader = openReader(houseGlossary());
  for (const [shop, facts] of [['electronics', electronics] as const, ['fashion', fashion] as const]) {
    test(`in the ${shop} shop`, () => {
      const wrong: string[] = [];
      let seed = 7;
      const pick = <T>(list: readonly T[]): T => {
        seed = (seed * 48271) % 2147483647;
        return list[seed % list.length]!;
      };
      for (let i = 0; i < 350; i++) {
        const [m, b, p, f] = [pick(metrics), pick(breakdowns), pick(periods), pick<Part>(filtersOf[shop])];
        const question = pick(shapes)(m[0], b[0], p[0], f[0]).replace(/\s+/gu, ' ').trim();
        const { reading } = reader.read({ text: question, facts, today: '2026-11-24' });
        const expected = { kind: 'metric', grain: undefined, ...m[1], ...b[1], ...p[1], ...f[1] };
        const fault = difference(reading, expected);
        if (fault) wrong.push(`${question} → ${fault}`);
      }
      expect(wrong).toEqual([]);
    });
  }
});

function difference(reading: Reading, expected: Record<string, unknown>): string | undefined {
  const got = reading as unknown as Record<string, unknown>;
  for (const [key, value] of Object.entries(expected))
    if (JSON.stringify(got[key]) !== JSON.stringify(value))
      return `${key} ${JSON.stringify(got[key])} instead of ${JSON.stringify(value)} in ${JSON.stringify(reading).slice(0, 300)}`;
  return undefined;
}
