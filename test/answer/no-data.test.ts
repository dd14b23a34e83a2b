import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { openLine } from '../../src/answer/answer.ts';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { openReader } from '../../src/reading/read-question.ts';
import type { Freshness } from '../../src/services/refresher.ts';
import type { Warehouse } from '../../src/services/warehouse.ts';

const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const empty: Freshness = { firstDay: null, lastDay: null, newestEventTime: null, lastRunAt: null, dataVersion: 'none' };

const unplanned = () => {
  throw new Error('Nothing may be asked of it.');
};

test.each(['athena', 'duckdb'] as const)(
  'before the first refresh no question reaches %s: it says what to do',
  async (engine) => {
    const warehouse: Warehouse = { engine, estimate: unplanned, explain: unplanned, run: unplanned, close: async () => {} };
    const line = openLine({
      glossary,
      catalog: houseCatalog(glossary),
      guard: { check: unplanned },
      warehouse,
      limits: { rowLimit: 10, timeoutMs: 1000, maxBytes: 1e10, approveUsd: 1 },
      reader: openReader(glossary),
      facts: { of: async (freshness) => ({ ...freshness, seenEvents: [], values: {} }) },
      refresher: { freshness: async () => empty, pending: unplanned, refresh: unplanned },
      painter: { paint: unplanned, warmUp: unplanned, close: async () => {} },
      clock: { now: () => '2026-11-24T09:00:00.000Z' },
      zone: 'UTC',
      currency: 'EUR',
      billed: engine === 'athena',
      report: unplanned,
      onFault: unplanned,
    });
    const asked = { id: 'q', askedAt: '2026-11-24T09:00:00.000Z' };
    const sentence = 'There are no data yet. Run /refresh, then ask again.';
    for (const text of ['conversion rate by device last 28 days', 'funnel last 28 days mobile only'])
      expect(await line.ask({ ...asked, text })).toMatchObject({ kind: 'decline', reading: { reason: 'no_data' }, sentence });
    expect(await line.ask({ ...asked, text: 'revenue in chocolate coins by mood' })).not.toMatchObject({ sentence });
  },
);
