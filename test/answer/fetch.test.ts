import { describe, expect, test } from '@jest/globals';
import { type FetchWorld, fetchDraft, fetchSql, type NotFetched } from '../../src/answer/fetch.ts';
import { sayNotes } from '../../src/answer/words/say-counted.ts';
import { refusalSentence } from '../../src/answer/words/say-refusal.ts';
import type { Aside, Draft } from '../../src/metrics/draft.ts';
import type { Spending } from '../../src/services/spending.ts';
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
    guard: { check: async (text, given) => checkSql(text, given) },
    warehouse: {
      engine: 'duckdb',
      estimate: async ({ text }) => ({ bytes: bytes[text]! }),
      explain: async () => undefined,
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

  test('sets the price aside before anything runs, and puts what was read in its place', async () => {
    const seen: unknown[] = [];
    const spending: Spending = {
      reserve: async (claim) => {
        seen.push(['reserve', claim.who, claim.usd]);
        return { kind: 'reserved', settle: async (real) => void seen.push(['settle', real]) };
      },
      note: async () => {},
      report: async () => {
        throw new Error('Nobody asked for a report.');
      },
    };
    const bytes = { 'SELECT 1': 2e9 };
    const refused: QueryEnd = { kind: 'refusal', code: 'query_failed', message: 'Division by zero.', scannedBytes: 0 };
    const options = { spender: { who: 'U1', kind: 'question' as const } };
    await fetchDraft(draft([]), catalog, { ...world(bytes, { 'SELECT 1': rows(1) }), spending }, options, {});
    await fetchDraft(draft([]), catalog, { ...world(bytes, { 'SELECT 1': refused }), spending }, options, {});
    expect(seen).toEqual([
      ['reserve', 'U1', 0.01],
      ['settle', { bytes: 0, usd: 0.00005, queries: 1 }],
      ['reserve', 'U1', 0.01],
      ['settle', { bytes: 0, usd: 0, queries: 1 }],
    ]);
  });

  test('runs nothing that a budget has no room for', async () => {
    const ran: string[] = [];
    const over = { kind: 'over_budget', whose: 'person', usedUsd: 0.99, limitUsd: 1 } as const;
    const spending: Spending = {
      reserve: async () => over,
      note: async () => {},
      report: async () => {
        throw new Error('Nobody asked for a report.');
      },
    };
    const costly = { ...world({ 'SELECT 1': 60e9 }, {}, ran), spending };
    const end = await fetchDraft(draft([]), catalog, costly, {}, {});
    expect(end).toMatchObject({ kind: 'over_budget', over });
    expect(ran).toEqual([]);
    expect(refusalSentence(end as NotFetched, 'Europe/Berlin')).toBe(
      '$0.99 of your $1.00 for today is used, and this would cost about $0.30 more. The budget starts anew at midnight, Berlin time; the one who runs Askstream can raise it (DAILY_USD_PERSON). Nothing ran and nothing was billed.',
    );
  });

  test('treats a table of unknown size as over the limit, at the most that one query may cost', async () => {
    const costly = world({}, { 'SELECT 1': rows(1) });
    const unknown = { ...costly.warehouse, estimate: async () => ({ bytes: 0, unknown: ['shop.ad_costs'] }) };
    const end = await fetchSql('SELECT 1', catalog, { ...costly, warehouse: unknown }, {}, {});
    expect(end).toMatchObject({ kind: 'needs_approval', usd: 5, unknown: ['shop.ad_costs'] });
    const approved = await fetchSql('SELECT 1', catalog, { ...costly, warehouse: unknown }, { approvedUsd: 5 }, {});
    expect(approved).toMatchObject({ result: { rows: [[1]] } });
  });

  test('asks before all days of a large table are read where the door can ask, and never where it can’t', async () => {
    const table = { columns: [{ name: 'dt', type: 'varchar' }], partitionColumns: ['dt'] };
    const shop = { ...catalog, tables: { 'shop.events': table } };
    const text = 'SELECT count(*) FROM events';
    const costly = world({ [text]: 2e9 }, { [text]: rows(1) });
    const asked = { offersBound: true };
    expect(await fetchSql(text, shop, costly, asked, {})).toMatchObject({ kind: 'no_bound', bytes: 2e9, partition: 'dt' });
    for (const options of [{}, { ...asked, approvedUsd: 0.01 }])
      expect(await fetchSql(text, shop, costly, options, {})).toMatchObject({ result: { rows: [[1]] } });
    const small = world({ [text]: 1e6 }, { [text]: rows(1) });
    expect(await fetchSql(text, shop, small, asked, {})).toMatchObject({ result: { rows: [[1]] } });
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
