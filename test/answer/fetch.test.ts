import { describe, expect, test } from '@jest/globals';
import { type FetchWorld, fetchDraft } from '../../src/answer/fetch.ts';
import { sayNotes } from '../../src/answer/words/say-counted.ts';
import type { Aside, Draft } from '../../src/metrics/draft.ts';
import type { QueryEnd } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';

const catalog = { defaultCatalog: 'awsdatacatalog', defaultDatabase: 'shop', tables: {}, blockedColumns: [] };
const rows = (value: number): QueryEnd => ({
  kind: 'rows',
  columns: [{ name: 'n', type: 'bigint' }],
  rows: [[value]],
  truncated: false,
  scannedBytes: 0,
  ms: 1,
  executionId: 'x',
});

function draft(asides: Aside[]): Draft {
  const period = { from: '2026-11-16', to: '2026-11-22', partial: false, label: 'week 47' };
  return {
    reading: { kind: 'metric', metrics: ['revenue'], dimensions: [], filters: [], having: [] },
    sql: 'SELECT 1',
    columns: [],
    period,
    asides,
    notes: [],
  };
}

/** An engine whose statements read so many bytes each; statements that are not named fail. */
function world(bytes: Record<string, number>, ends: Record<string, QueryEnd>, ran: string[] = []): FetchWorld {
  return {
    guard: { check: async (text) => checkSql(text, catalog) },
    warehouse: {
      engine: 'duckdb',
      estimate: async ({ text }) => ({ bytes: bytes[text]! }),
      run: async ({ text }) => {
        ran.push(text);
        return ends[text]!;
      },
      close: async () => {},
    },
    limits: { rowLimit: 10, timeoutMs: 1000, maxBytes: 1000e9, approveUsd: 0.5 },
  };
}

describe('fetching a draft', () => {
  test('prices the asides with the query, and runs nothing while the sum waits for a click', async () => {
    const ran: string[] = [];
    const asides: Aside[] = [{ id: 'totals', sql: 'SELECT 2' }];
    const costly = world({ 'SELECT 1': 60e9, 'SELECT 2': 60e9 }, { 'SELECT 1': rows(1), 'SELECT 2': rows(2) }, ran);
    expect(await fetchDraft(draft(asides), catalog, costly, {}, {})).toMatchObject({ kind: 'needs_approval', bytes: 120e9 });
    expect(ran).toEqual([]);
    const approved = await fetchDraft(draft(asides), catalog, costly, { approvedUsd: 0.6 }, {});
    expect(approved).toMatchObject({ estimatedBytes: 120e9, asides: { totals: { rows: [[2]] } } });
  });

  test('answers without an aside that the engine refused, and says what is missing', async () => {
    const asides: Aside[] = [{ id: 'other_currencies', sql: 'SELECT 2' }];
    const refused: QueryEnd = { kind: 'refusal', code: 'timed_out', message: 'The query was stopped.', scannedBytes: 0 };
    const fetched = await fetchDraft(
      draft(asides),
      catalog,
      world({ 'SELECT 1': 0, 'SELECT 2': 0 }, { 'SELECT 1': rows(1), 'SELECT 2': refused }),
      {},
      {},
    );
    expect(fetched).toMatchObject({ result: { rows: [[1]] }, asides: {} });
    expect(sayNotes(draft(asides), {})).toEqual(['Amounts in other currencies could not be counted this time.']);
  });
});
