import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { QueryEnd, RunOptions, Warehouse } from '../../src/services/warehouse.ts';
import { type Guard, openGuard } from '../../src/sql/open-guard.ts';
import { makeSmallTables, type SmallTables, smallCatalog } from './small-tables.ts';

/** A warehouse over the small tables, and what must be closed after it. */
export interface OpenedWarehouse {
  readonly warehouse: Warehouse;
  close(): Promise<void>;
}

/** What every warehouse promises; run on the local engine, on Athena's wire, and on real Trino behind it. */
export function warehouseContract(name: string, open: (tables: SmallTables) => Promise<OpenedWarehouse>): void {
  let tables: SmallTables;
  let opened: OpenedWarehouse;
  let guard: Guard;

  beforeAll(async () => {
    tables = await makeSmallTables();
    guard = openGuard();
    opened = await open(tables);
    // A cold guard and engine on a busy machine take seconds: not a matter of any one test.
    await run('SELECT 1');
  }, 120_000);

  afterAll(async () => {
    await opened?.close();
    await guard?.close();
    tables?.remove();
  });

  async function run(text: string, options: Partial<RunOptions> = {}): Promise<QueryEnd> {
    const verdict = await guard.check(text, smallCatalog);
    if (!verdict.ok) throw new Error(verdict.message);
    return opened.warehouse.run(verdict.sql, { rowLimit: 100, timeoutMs: 30_000, ...options });
  }

  async function explain(text: string) {
    const verdict = await guard.check(text, smallCatalog);
    if (!verdict.ok) throw new Error(verdict.message);
    return opened.warehouse.explain(verdict.sql, { timeoutMs: 30_000 });
  }

  async function bytesOf(text: string): Promise<number> {
    const verdict = await guard.check(text, smallCatalog);
    if (!verdict.ok) throw new Error(verdict.message);
    return (await opened.warehouse.estimate(verdict.sql)).bytes;
  }

  describe(`${name} as a warehouse`, () => {
    test('gives names and types as Athena does, and every value as JSON', async () => {
      const end = await run("SELECT id, device, value, at, is_bot, note, dt FROM visits WHERE dt = '2026-11-22' ORDER BY id");
      expect(end).toMatchObject({
        kind: 'rows',
        columns: [
          { name: 'id', type: 'bigint' },
          { name: 'device', type: 'varchar' },
          { name: 'value', type: 'decimal(18,2)' },
          { name: 'at', type: 'timestamp(3)' },
          { name: 'is_bot', type: 'boolean' },
          { name: 'note', type: 'varchar' },
          { name: 'dt', type: 'varchar' },
        ],
        rows: [
          [1, 'mobile', 12.5, '2026-11-22 08:00:00.123', false, '', '2026-11-22'],
          [3, 'desktop', -0.01, '2026-11-22 23:59:59.000', false, null, '2026-11-22'],
          ['9007199254740993', null, null, null, true, 'größer, «x»', '2026-11-22'],
        ],
        truncated: false,
      });
    });

    test('says of a query whether it would run, where it would not, and never runs it', async () => {
      expect(await explain('SELECT device, count(*) FROM visits GROUP BY 1')).toBeUndefined();
      expect(await explain('(SELECT id FROM visits) ORDER BY 1 LIMIT 3')).toBeUndefined();
      // Run, it would divide by zero.
      expect(await explain('SELECT 1 / (id - id) FROM visits')).toBeUndefined();
      expect(await explain('SELECT id,\n  id || 1\nFROM visits')).toMatchObject({
        kind: 'refusal',
        code: 'query_failed',
        line: 2,
        scannedBytes: 0,
      });
    });

    test('gives numbers of every kind, dates and lists of numbers as JSON', async () => {
      const end = await run(
        "SELECT count(*), 1e0 / 3, CAST(1.5 AS real), nan(), infinity(), DATE '2026-01-31', ARRAY[1, NULL, 3], 1 = 1, CAST(NULL AS integer), 7 / 2 FROM visits",
      );
      expect(end).toMatchObject({
        rows: [[4503, 1 / 3, 1.5, 'NaN', 'Infinity', '2026-01-31', [1, null, 3], true, null, 3]],
      });
      expect(end.kind === 'rows' && end.columns.map((c) => c.name)).toEqual(Array.from({ length: 10 }, (_, i) => `_col${i}`));
      expect(end.kind === 'rows' && end.columns.slice(0, 6).map((c) => c.type)).toEqual([
        'bigint',
        'double',
        'real',
        'double',
        'double',
        'date',
      ]);
    });

    test('keeps as many rows as allowed, over several pages, and tells that there were more', async () => {
      const text = "SELECT id FROM visits WHERE dt = '2026-11-23' ORDER BY id";
      const some = await run(text, { rowLimit: 2500 });
      expect(some).toMatchObject({ kind: 'rows', truncated: true });
      expect(some.kind === 'rows' && some.rows.map((row) => row[0])).toEqual(Array.from({ length: 2500 }, (_, i) => i));
      const all = await run(text, { rowLimit: 4500 });
      expect(all).toMatchObject({ kind: 'rows', truncated: false });
      expect(all.kind === 'rows' && all.rows.length).toBe(4500);
    });

    test('tells an empty result with its columns from a refusal', async () => {
      expect(await run('SELECT id AS x FROM visits WHERE false')).toMatchObject({
        kind: 'rows',
        columns: [{ name: 'x', type: 'bigint' }],
        rows: [],
        truncated: false,
      });
    });

    test('a text that equals the name of its column stays a row', async () => {
      expect(await run("SELECT 'device' AS device")).toMatchObject({ rows: [['device']] });
    });

    test.each([
      ['SELECT id / 0 FROM visits', { error: 'DIVISION_BY_ZERO' }],
      ['SELECT device + 1 FROM visits', { error: 'TYPE_MISMATCH', line: 1 }],
      ["SELECT CAST('x' AS integer)", { error: 'INVALID_CAST_ARGUMENT' }],
      ['SELECT no_such_function(id) FROM visits', { error: 'FUNCTION_NOT_FOUND', line: 1, column: 8 }],
    ])('refuses %s with the engine’s name for it and a plain sentence', async (text, expected) => {
      const end = await run(text);
      expect(end).toMatchObject({ kind: 'refusal', code: 'query_failed', ...expected });
      expect(end.kind === 'refusal' && end.message).not.toMatch(/s3:|\/tmp\/|^[A-Z_]+:|\bat .*\.java/);
    });

    test('does not begin what was stopped before', async () => {
      expect(await run('SELECT 1', { signal: AbortSignal.abort() })).toMatchObject({ kind: 'refusal', code: 'cancelled' });
    });

    test('stops a long query when its time is over, and works on', async () => {
      const heavy = 'SELECT count(*) FROM visits a, visits b, visits c WHERE a.id + b.id + c.id = 7';
      expect(await run(heavy, { timeoutMs: 600 })).toMatchObject({ kind: 'refusal', code: 'timed_out' });
      expect(await run('SELECT count(*) FROM visits')).toMatchObject({ rows: [[4503]] });
    });

    test('stops a query when the person does', async () => {
      const stop = new AbortController();
      const end = run('SELECT count(*) FROM visits a, visits b, visits c WHERE a.id + b.id + c.id = 7', { signal: stop.signal });
      setTimeout(() => stop.abort(), 300);
      expect(await end).toMatchObject({ kind: 'refusal', code: 'cancelled' });
    });

    test('prices by columns and days before the query runs', async () => {
      const one = await bytesOf("SELECT sum(value) FROM visits WHERE dt = '2026-11-23'");
      const file = tables.snapshot.tables.visits!.files.find((f) => f.partition.dt === '2026-11-23')!;
      expect(one).toBe(file.columnBytes.value);
      expect(await bytesOf("SELECT sum(value), max(note) FROM visits WHERE dt = '2026-11-23'")).toBe(
        one + file.columnBytes.note!,
      );
      expect(await bytesOf('SELECT count(DISTINCT value) FROM visits')).toBeGreaterThan(one);
      expect(await bytesOf("SELECT sum(value) FROM visits WHERE dt > '2026-11-25'")).toBe(0);
      expect(await bytesOf('SELECT 1')).toBe(0);
    });
  });
}
