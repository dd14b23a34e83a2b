import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import type { QueryEnd, RunOptions, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';

const CATALOG: Catalog = {
  defaultCatalog: 'awsdatacatalog',
  defaultDatabase: 'shop',
  blockedColumns: [],
  tables: { 'shop.events': { columns: [{ name: 'n', type: 'bigint' }], partitionColumns: [] } },
};
const ENDLESS = 'SELECT count(*) FROM events a, events b, events c WHERE a.n + b.n + c.n < 0';

let folder: string;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'robust-'));
  mkdirSync(join(folder, 'results/events'), { recursive: true });
  await publish('one', 3000);
  warehouse = open();
  await count();
}, 60_000);

afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

function open(): Warehouse {
  const clock = { now: () => '2026-11-24T12:00:00.000Z' };
  return openDuckdbWarehouse({ dataDir: folder, catalog: CATALOG, threads: 2, memoryLimitMb: 256, clock });
}

/** A run of the refresh: files of its own, then the snapshot by one rename. */
async function publish(version: string, rows: number): Promise<void> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const path = `events/${version}.parquet`;
  await connection.run(`COPY (SELECT range AS n FROM range(${rows})) TO '${folder}/results/${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const file = { path, partition: {}, rows, bytes: 1, columnBytes: { n: 1 } };
  const table = { columns: CATALOG.tables['shop.events']?.columns, partitionColumns: [], files: [file] };
  writeFileSync(join(folder, 'results/next.json'), JSON.stringify({ version, tables: { events: table } }));
  renameSync(join(folder, 'results/next.json'), join(folder, 'results/snapshot.json'));
}

function ask(text: string, options: Partial<RunOptions> = {}): Promise<QueryEnd> {
  const verdict = checkSql(text, CATALOG);
  if (!verdict.ok) throw new Error(verdict.message);
  return warehouse.run(verdict.sql, { rowLimit: 100, timeoutMs: 30_000, ...options });
}

async function count(): Promise<unknown> {
  const end = await ask('SELECT count(*) FROM events');
  return end.kind === 'rows' ? end.rows[0]?.[0] : end;
}

/** Processes that this one has started and that run the engine, with their state. */
function children(): readonly { readonly pid: number; readonly state: string }[] {
  const text = execFileSync('ps', ['-o', 'pid=,ppid=,stat=,args=', '-e'], { encoding: 'utf8' });
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((parts) => Number(parts[1]) === process.pid && (/engine-child/.test(parts.join(' ')) || /^Z/.test(parts[2] ?? '')))
    .map((parts) => ({ pid: Number(parts[0]), state: parts[2] ?? '' }));
}

test('a person who stops a query is heard within seconds', async () => {
  const controller = new AbortController();
  const running = ask(ENDLESS, { signal: controller.signal });
  const begun = performance.now();
  controller.abort();
  expect(await running).toMatchObject({ kind: 'refusal', code: 'cancelled' });
  expect(performance.now() - begun).toBeLessThan(4000);
});

test('a query that wants more memory than there is ends with that word, and the next one works', async () => {
  const hungry =
    "SELECT count(*) FROM (SELECT DISTINCT rpad(CAST(a.n * 3000 + b.n AS varchar), 900, 'x') AS t FROM events a, events b) s";
  const end = await ask(hungry, { timeoutMs: 3000 });
  expect(end).toMatchObject({ kind: 'refusal', code: expect.stringMatching(/query_failed|timed_out/) });
  expect(await count()).toBe(3000);
}, 30_000);

test('a process that is killed from outside costs no query, and leaves no zombie', async () => {
  const [engine] = children();
  const running = Promise.all([count(), count()]);
  process.kill(engine?.pid ?? 0, 'SIGKILL');
  expect(await running).toEqual([3000, 3000]);
  expect(await count()).toBe(3000);
  expect(children()).toEqual([expect.objectContaining({ state: expect.not.stringMatching(/^Z/) })]);
}, 30_000);

test('twenty queries at once all get their rows', async () => {
  const ends = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(`SELECT max(n) + ${i} FROM events`)));
  expect(ends.map((end) => end.kind === 'rows' && end.rows[0]?.[0])).toEqual(Array.from({ length: 20 }, (_, i) => 2999 + i));
}, 30_000);

test('a new snapshot does not disturb what runs, and the next query sees it', async () => {
  const running = ask('SELECT count(*) FROM events a, events b WHERE a.n + b.n < 10');
  await publish('two', 5000);
  const after = await count();
  expect(await running).toMatchObject({ kind: 'rows', rows: [[55]] });
  expect(after).toBe(5000);
}, 30_000);

test('closing ends running queries, may be done twice, and a query afterwards is told so', async () => {
  const other = open();
  const verdict = checkSql(ENDLESS, CATALOG);
  if (!verdict.ok) throw new Error(verdict.message);
  const options = { rowLimit: 1, timeoutMs: 30_000 };
  const running = other.run(verdict.sql, options);
  await Promise.all([other.close(), other.close()]);
  await other.close();
  expect(await running).toMatchObject({ kind: 'refusal', code: 'cancelled' });
  expect(await other.run(verdict.sql, options)).toMatchObject({ kind: 'refusal', code: 'cancelled' });
}, 20_000);

test('many people ask many tables at once, more than are kept open, and each is answered', async () => {
  const names = Array.from({ length: 9 }, (_, n) => `t${n}`);
  const tables = Object.fromEntries(names.map((name) => [`shop.${name}`, CATALOG.tables['shop.events']!]));
  const catalog = { ...CATALOG, tables };
  const clock = { now: () => '2026-11-24T12:00:00.000Z' };
  const many = openDuckdbWarehouse({ dataDir: folder, catalog, threads: 2, memoryLimitMb: 256, clock });
  try {
    const ends = await Promise.all(
      Array.from({ length: 150 }, async (_, turn) => {
        const verdict = checkSql(`SELECT count(*) FROM t${(turn * 7) % 9}`, catalog);
        if (!verdict.ok) throw new Error(verdict.message);
        const end = await many.run(verdict.sql, { rowLimit: 10, timeoutMs: 30_000 });
        return end.kind === 'rows' ? end.rows[0]?.[0] : end;
      }),
    );
    expect(new Set(ends)).toEqual(new Set([0]));
  } finally {
    await many.close();
  }
}, 60_000);
