import { describe, expect, test } from '@jest/globals';
import type { LineWorld } from '../../src/answer/answer.ts';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { smallerReading, smallerSql } from '../../src/answer/offer-smaller.ts';
import { runModelSql } from '../../src/answer/run-model-sql.ts';
import type { Brief } from '../../src/answer/stations.ts';
import { sayAdvice } from '../../src/answer/words/say-advice.ts';
import type { Period } from '../../src/glossary/period.ts';
import type { MetricReading } from '../../src/glossary/reading.ts';
import { compose } from '../../src/metrics/compose.ts';
import type { Draft } from '../../src/metrics/draft.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { SafeSql } from '../../src/sql/safe-sql.ts';
import { houseGlossary } from '../reading/house-glossary.ts';

const glossary = houseGlossary();
const catalog = houseCatalog(glossary);
const facts = {
  firstDay: '2024-01-01',
  lastDay: '2026-11-24',
  newestEventTime: '2026-11-24T12:47:00Z',
  lastRunAt: '2026-11-24T12:02:00Z',
  dataVersion: 'v1',
  seenEvents: [],
  values: {},
};
const at = { glossary, now: '2026-11-24T13:00:00Z', zone: 'UTC', currency: 'EUR', ...facts };

/** An engine whose tables hold 1 GB a day. */
function world(approveUsd: number): LineWorld {
  return {
    ...({} as LineWorld),
    glossary,
    catalog,
    zone: 'UTC',
    currency: 'EUR',
    limits: { rowLimit: 10, timeoutMs: 1000, maxBytes: 1000e9, approveUsd },
    guard: { check: async (text) => checkSql(text, catalog) },
    warehouse: { estimate: async (sql) => ({ bytes: daysOf(sql) * 1e9 }) } as LineWorld['warehouse'],
  };
}

function daysOf({ partitions }: SafeSql): number {
  const days = partitions.map(({ from = facts.firstDay, to = facts.lastDay }) => (Date.parse(to) - Date.parse(from)) / 864e5 + 1);
  return days.reduce((sum, n) => sum + n, 0);
}

function asked(period: Period, change: Partial<MetricReading> = {}): { draft: Draft; written: Brief } {
  const reading = {
    kind: 'metric',
    metrics: ['orders'],
    dimensions: [],
    filters: [],
    having: [],
    period,
    ...change,
  } as MetricReading;
  const draft = compose(reading, at);
  if ('kind' in draft) throw new Error('The question can be composed.');
  return { draft, written: { question: { id: 'q', text: 'orders', askedAt: at.now }, today: '2026-11-24', facts } };
}

function wanted(usd: number) {
  return { kind: 'needs_approval', bytes: 0, usd, sql: {} as SafeSql } as const;
}

describe('a smaller way to the same question', () => {
  test('is its last 28 days where those run without asking, with their own price', async () => {
    const { draft, written } = asked({ type: 'current', unit: 'year' });
    const smaller = await smallerReading(draft, wanted(1.6), written, world(0.5));
    expect(smaller).toMatchObject({ label: 'Last 28 days', reading: { period: { type: 'last', count: 28 } } });
    // The orders and what other currencies hold, a day more each for orders that came after midnight.
    expect(smaller!.usd).toBeCloseTo((smaller!.bytes / 1e12) * 5, 9);
    expect(smaller!.bytes).toBeLessThan(2 * 30e9);
  });

  test('is 7 days where 28 would wait for a click too', async () => {
    const { draft, written } = asked({ type: 'last', count: 90, unit: 'day' });
    expect(await smallerReading(draft, wanted(0.45), written, world(0.05))).toMatchObject({ label: 'Last 7 days' });
  });

  test('keeps the end of a period that is over', async () => {
    const { draft, written } = asked({ type: 'calendar', year: 2025 });
    const smaller = await smallerReading(draft, wanted(1.8), written, world(0.5));
    expect(smaller?.label).toMatch(/^28 days to .*31 Dec/);
    expect((smaller!.reading as MetricReading).period).toEqual({
      type: 'range',
      from: { type: 'calendar', year: 2025, month: 12, day: 4 },
      to: { type: 'calendar', year: 2025, month: 12, day: 31 },
    });
  });

  test('isn’t offered where it is hardly cheaper, or where nobody knows the size', async () => {
    const { draft, written } = asked({ type: 'last', count: 7, unit: 'day' });
    expect(await smallerReading(draft, wanted(0.035), written, world(0.01))).toBeUndefined();
    const unknown = { ...wanted(1), unknown: ['shop.ad_costs'] };
    expect(await smallerReading(asked({ type: 'all' }).draft, unknown, written, world(0.5))).toBeUndefined();
  });

  test('is offered beside a budget that has no room', async () => {
    const { draft, written } = asked({ type: 'current', unit: 'year' });
    const over = { kind: 'over_budget', whose: 'person', usedUsd: 0.9, limitUsd: 1 } as const;
    const not = { kind: 'over_budget', usd: 1.6, over, sql: {} as SafeSql } as const;
    expect(await smallerReading(draft, not, written, world(0.5))).toMatchObject({ label: 'Last 28 days' });
  });
});

describe('SQL without a bound on dt', () => {
  const pass = (text: string) => {
    const verdict = checkSql(text, catalog);
    if (!verdict.ok) throw new Error(verdict.message);
    return verdict.sql;
  };

  test('has a text for the last 7 days, with both prices in its advice', async () => {
    const text = 'SELECT count(*) FROM events';
    const smaller = await smallerSql(text, pass(text), catalog, '2026-11-23', world(1));
    expect(smaller).toMatchObject({ bytes: 7e9, added: "dt BETWEEN '2026-11-17' AND '2026-11-23'" });
    expect(smaller!.sql).toContain("dt BETWEEN '2026-11-17' AND '2026-11-23'");
    expect(sayAdvice(pass(text), 1059e9, smaller)).toEqual([
      {
        sentence:
          "Nothing bounds dt, so all days were read: 1.1 TB. With dt BETWEEN '2026-11-17' AND '2026-11-23' it is 7.0 GB, about $0.04.",
        offer: { label: 'Run the last 7 days', sql: smaller!.sql },
      },
    ]);
    expect(sayAdvice(pass(text), 7.1e9, smaller)[0]!.offer).toBeUndefined();
    expect(await smallerSql(text, pass(text), catalog, '2026-11-23', world(1), wanted(0.04))).toBeUndefined();
  });

  test('that a model wrote keeps its very text for the approval, and for the smaller way', async () => {
    const reading = { kind: 'sql', sql: 'SELECT count(*) FROM events', says: 'events in all' } as const;
    const brief = { question: { id: 'q', text: 'how many', askedAt: at.now }, today: '2026-11-24', facts };
    const house = world(0.1);
    const large = { ...house, limits: { ...house.limits, maxBytes: 2000e9 } };
    const outcome = await runModelSql(reading, brief, large, {}, {});
    expect(outcome).toMatchObject({
      kind: 'refused',
      code: 'needs_approval',
      reading,
      readAs: 'SQL written by a model: events in all',
      smaller: { label: 'Last 7 days', reading: { kind: 'sql', sql: expect.stringContaining('BETWEEN') } },
    });
  });

  test('gets no bound in days where the partition isn’t a day as text', async () => {
    const own = {
      ...catalog,
      tables: {
        ...catalog.tables,
        'shop.stock': {
          columns: [
            { name: 'n', type: 'bigint' },
            { name: 'month', type: 'varchar' },
          ],
          partitionColumns: ['month'],
        },
        'shop.ads': {
          columns: [
            { name: 'n', type: 'bigint' },
            { name: 'dt', type: 'date' },
          ],
          partitionColumns: ['dt'],
        },
      },
    };
    for (const table of ['stock', 'ads']) {
      const text = `SELECT n FROM shop.${table}`;
      const verdict = checkSql(text, own);
      if (!verdict.ok) throw new Error(verdict.message);
      expect(verdict.sql.advice.map(({ code }) => code)).toContain('no_partition_bound');
      expect(await smallerSql(text, verdict.sql, own, '2026-11-23', world(1))).toBeUndefined();
    }
  });

  test('that divides badly or counts roughly is offered the text that does it right', () => {
    const advice = sayAdvice(
      pass("SELECT approx_distinct(user_id), count(*) / 2 FROM events WHERE dt = '2026-11-23' LIMIT 5"),
      0,
      undefined,
    );
    expect(advice.map(({ offer }) => offer?.label)).toEqual(['Count exactly', 'Divide as double']);
    expect(advice[0]!.offer!.sql).toContain('count(DISTINCT user_id)');
  });
});
