import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compose } from '../../src/metrics/compose.ts';
import { checkSql } from '../../src/sql/guard.ts';
import { anyFunnelReading, anyMetricReading } from './random-readings.ts';
import { randomShop } from './random-shop.ts';
import { CATALOG, CONTEXT, draft, GLOSSARY, reading } from './readings.ts';
import { openShop, type ShopEngine } from './small-shop.ts';

const SHOP_CONTEXT = {
  zone: 'UTC',
  now: '2026-11-24T23:30:00Z',
  newestEventTime: '2026-11-24T23:20:00Z',
  firstDay: '2026-10-01',
  lastDay: '2026-11-24',
};

let shop: ShopEngine;
beforeAll(async () => {
  shop = await openShop(randomShop(7, { firstDay: '2026-10-01', days: 55, sessions: 500 }), GLOSSARY);
});
afterAll(() => shop.close());

/** Composes, holds every statement to the guard and runs it; the columns must be those that the draft names. */
async function runs(parts: Record<string, unknown>): Promise<string> {
  const composed = compose(reading(parts), { ...CONTEXT, ...SHOP_CONTEXT });
  if ('kind' in composed) return composed.code;
  for (const { sql } of [composed, ...composed.asides]) {
    const verdict = checkSql(sql, CATALOG);
    if (!verdict.ok) throw new Error(`${verdict.message}\n${sql}`);
    if (verdict.sql.advice.some(({ code }) => code === 'no_partition_bound')) throw new Error(`No bound on dt:\n${sql}`);
    const rows = await shop.rows(sql).catch((cause) => {
      throw new Error(`${String(cause)}\n${sql}`, { cause });
    });
    if (sql === composed.sql && rows.length > 0) expect(Object.keys(rows[0]!)).toEqual(composed.columns.map(({ name }) => name));
    if (sql === composed.sql) expect(verdict.sql.outputColumns).toEqual(composed.columns.map(({ name }) => name));
  }
  return 'composed';
}

test('any metric reading becomes SQL that the guard and an engine accept, or says why not', async () => {
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(anyMetricReading, async (parts) => {
      const end = await runs(parts);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }),
    { numRuns: 40, seed: Number(process.env.SEED ?? 1) },
  );
  expect([...ends.keys()].sort()).toEqual(expect.arrayContaining(['composed', 'dimension_out_of_reach']));
  expect(ends.get('composed')).toBeGreaterThan(10);
}, 60_000);

test('any funnel becomes SQL that the guard and an engine accept, or says why not', async () => {
  await fc.assert(
    fc.asyncProperty(anyFunnelReading, async (parts) => {
      await runs(parts);
    }),
    { numRuns: 12, seed: Number(process.env.SEED ?? 1) },
  );
}, 60_000);

describe('the parts add up to the whole', () => {
  const ADDITIVE = [
    'sessions',
    'orders',
    'revenue',
    'page_views',
    'product_views',
    'cart_adds',
    'sessions_with_order',
    'abandoned_cart_value',
  ];
  const DIMENSIONS = [
    'device',
    'browser',
    'country',
    'channel',
    'landing_page',
    'new_vs_returning',
    'viewport',
    'hour',
    'weekday',
    'first_channel',
  ];

  test.each(ADDITIVE)('%s, by whatever it is broken down', async (metric) => {
    const [whole] = await shop.rows(draft({ metrics: [metric] }, SHOP_CONTEXT).sql);
    for (const dimension of DIMENSIONS) {
      const rows = await shop.rows(draft({ metrics: [metric], dimensions: [dimension], share: true }, SHOP_CONTEXT).sql);
      expect([dimension, round(sum(rows, metric))]).toEqual([dimension, round(Number(whole![metric]))]);
      expect([dimension, round(sum(rows, `${metric}_share`))]).toEqual([dimension, 1]);
    }
  });

  test.each(['sessions', 'revenue', 'orders'])('%s over days, weeks and months', async (metric) => {
    const [whole] = await shop.rows(draft({ metrics: [metric] }, SHOP_CONTEXT).sql);
    for (const grain of ['day', 'week', 'month']) {
      const rows = await shop.rows(draft({ metrics: [metric], grain, dimensions: ['device'] }, SHOP_CONTEXT).sql);
      expect(round(sum(rows, metric))).toBe(round(Number(whole![metric])));
    }
  });
});

test.each(['sessions', 'conversion_rate', 'revenue', 'users'])(
  '%s of a period against itself has not changed',
  async (metric) => {
    const period = { type: 'last', count: 9, unit: 'day' };
    const rows = await shop.rows(
      draft({ metrics: [metric], dimensions: ['country', 'device'], period, compare: { type: 'period', period } }, SHOP_CONTEXT)
        .sql,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(Number(row[`${metric}_change`] ?? 0)).toBe(0);
  },
);

test('a step of an open funnel is never more than its sessions, and in order never more than open', async () => {
  const steps = ['product', 'cart', 'checkout', 'purchase'];
  const open = await shop.rows(draft({ steps, period: { type: 'all' } }, SHOP_CONTEXT).sql);
  const closed = await shop.rows(draft({ steps, period: { type: 'all' }, order: 'in_order' }, SHOP_CONTEXT).sql);
  const quick = await shop.rows(
    draft({ steps, period: { type: 'all' }, order: 'in_order', windowMinutes: 10 }, SHOP_CONTEXT).sql,
  );
  open.forEach((row, index) => {
    expect(Number(closed[index]!.sessions)).toBeLessThanOrEqual(Number(row.sessions));
    expect(Number(quick[index]!.sessions)).toBeLessThanOrEqual(Number(closed[index]!.sessions));
    if (index > 0) expect(Number(closed[index]!.sessions)).toBeLessThanOrEqual(Number(closed[index - 1]!.sessions));
  });
});

test('from daily sums come the same rows as from the rows themselves', async () => {
  const tables = Object.fromEntries(Object.entries(GLOSSARY.tables).map(([name, { sums: _, ...table }]) => [name, table]));
  const context = { ...CONTEXT, ...SHOP_CONTEXT };
  let rolled = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyMetricReading, anyFunnelReading), async (parts) => {
      const summed = compose(reading(parts), context);
      const counted = compose(reading(parts), { ...context, glossary: { ...GLOSSARY, tables } });
      if ('kind' in summed || 'kind' in counted || summed.sql === counted.sql) return;
      rolled += 1;
      expect(await shop.rows(summed.sql)).toEqual(await shop.rows(counted.sql));
    }),
    { numRuns: 300, seed: Number(process.env.SEED ?? 5) },
  );
  expect(rolled).toBeGreaterThan(20);
}, 60_000);

test('sums that no refresh has filled yet are not asked', () => {
  const { sql } = draft({ metrics: ['sessions'] }, { filled: ['sessions', 'daily_kpis'] });
  expect(sql).toContain('shop.daily_kpis');
  expect(draft({ metrics: ['sessions'] }, { filled: ['sessions'] }).sql).toContain('shop.sessions');
});

test('the same reading, clock and glossary give the same text', () => {
  fc.assert(
    fc.property(anyMetricReading, (parts) => {
      expect(compose(reading(parts), CONTEXT)).toEqual(compose(reading(parts), CONTEXT));
    }),
    { numRuns: 30, seed: 3 },
  );
});

function sum(rows: readonly Readonly<Record<string, unknown>>[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
