import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openLine } from '../../src/answer/answer.ts';
import type { SqlGuard } from '../../src/answer/fetch.ts';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import type { Reader } from '../../src/answer/read.ts';
import type { Refused } from '../../src/answer/stations.ts';
import { estimateOnAthena } from '../../src/aws/athena-estimate.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { openReader } from '../../src/reading/read-question.ts';
import type { Freshness } from '../../src/services/refresher.ts';
import type { QueryEnd, Warehouse } from '../../src/services/warehouse.ts';
import { refusedFace } from '../../src/slack/blocks/refused-face.ts';
import { checkSql } from '../../src/sql/guard.ts';

const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const empty: Freshness = { firstDay: null, lastDay: null, newestEventTime: null, lastRunAt: null, dataVersion: 'none' };

const catalog = houseCatalog(glossary);
const asked = { id: 'q', askedAt: '2026-11-24T09:00:00.000Z' };

const unplanned = () => {
  throw new Error('Nothing may be asked of it.');
};

/** A line over tables that no refresh has filled; `change` is what its engine may be asked. */
function lineOver(
  engine: Warehouse['engine'],
  change: Partial<Warehouse> & { readonly guard?: SqlGuard; readonly reader?: Reader },
) {
  const { guard = { check: unplanned }, reader = openReader(glossary), ...services } = change;
  const warehouse = { engine, estimate: unplanned, explain: unplanned, run: unplanned, close: async () => {}, ...services };
  return openLine({
    glossary,
    catalog,
    guard,
    warehouse,
    limits: { rowLimit: 10, timeoutMs: 1000, maxBytes: 1e10, approveUsd: 1 },
    reader,
    facts: { of: async (freshness) => ({ ...freshness, seenEvents: [], values: {} }) },
    refresher: { freshness: async () => empty, pending: unplanned, refresh: unplanned },
    painter: { paint: unplanned, warmUp: unplanned, close: async () => {} },
    clock: { now: () => asked.askedAt },
    zone: 'UTC',
    currency: 'EUR',
    billed: engine === 'athena',
    report: unplanned,
    onFault: unplanned,
  });
}

test.each(['athena', 'duckdb'] as const)(
  'before the first refresh no question reaches %s: it says what to do',
  async (engine) => {
    const line = lineOver(engine, {});
    const sentence = 'There are no data yet. Run /refresh, then ask again.';
    for (const text of ['conversion rate by device last 28 days', 'funnel last 28 days mobile only'])
      expect(await line.ask({ ...asked, text })).toMatchObject({ kind: 'decline', reading: { reason: 'no_data' }, sentence });
    expect(await line.ask({ ...asked, text: 'revenue in chocolate coins by mood' })).not.toMatchObject({ sentence });
  },
);

describe('SQL on Athena before the first refresh', () => {
  const owners = { columns: [{ name: 'usd', type: 'double' }], partitionColumns: [], location: 's3://shop/ad_cost/' };
  const open = { ...catalog, tables: { ...catalog.tables, [`${glossary.database}.ad_cost`]: owners } };
  const guard: SqlGuard = { check: async (text) => checkSql(text, open) };
  const estimate: Warehouse['estimate'] = (sql) =>
    estimateOnAthena({ snapshotStats: async () => undefined, weighFolder: async () => undefined }, sql);
  const row: QueryEnd = { kind: 'rows', columns: [], rows: [], truncated: false, scannedBytes: 0, ms: 1, executionId: 'x' };

  test('asks nobody to approve a size that nobody knows: it says that there are no data yet', async () => {
    const line = lineOver('athena', { guard, estimate });
    const text = 'SELECT count(*) FROM orders o JOIN sessions s ON o.session_id = s.session_id';
    const outcome = await line.sql({ ...asked, text });
    expect(outcome).toMatchObject({
      kind: 'refused',
      code: 'no_data',
      sentence:
        'There are no data yet: no refresh has filled orders and sessions. Run /refresh, then run this again. Nothing ran and nothing was billed.',
    });
    expect(outcome).not.toHaveProperty('approval');
    expect(JSON.stringify(refusedFace(outcome as Refused, 'x', { sqlDoor: true }).blocks)).toContain('refresh.then_again');
  });

  test('says the same of what a model wrote', async () => {
    const reading = { kind: 'sql', sql: 'SELECT count(*) FROM orders', says: 'All orders.' } as const;
    const line = lineOver('athena', { guard, estimate, reader: { read: () => ({ reading, corrected: [] }) } });
    expect(await line.ask({ ...asked, text: 'frobs' })).toMatchObject({ kind: 'refused', code: 'no_data', reading });
  });

  test('still runs what reads no table, and asks for an owner’s table whose size isn’t known', async () => {
    const line = lineOver('athena', { guard, estimate, run: async () => row });
    expect(await line.sql({ ...asked, text: 'SELECT 1' })).toMatchObject({ kind: 'answer' });
    expect(await line.sql({ ...asked, text: 'SELECT usd FROM ad_cost' })).toMatchObject({ code: 'needs_approval' });
  });
});
