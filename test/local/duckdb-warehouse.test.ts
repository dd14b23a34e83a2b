import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import type { QueryEnd, QueryResult, RunOptions, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { Catalog, SafeSql } from '../../src/sql/safe-sql.ts';

const COLUMNS = [
  ['id', 'bigint'],
  ['at', 'timestamp(3)'],
  ['amount', 'decimal(12,2)'],
  ['tags', 'array(varchar)'],
  ['attributes', 'map(varchar,bigint)'],
  ['geo', 'row(city varchar, lat double)'],
  ['items', 'array(row(sku varchar, qty integer))'],
  ['props', 'varchar'],
  ['later', 'varchar'],
  ['dt', 'varchar'],
] as const;

let folder: string;
let catalog: Catalog;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'warehouse-'));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT n AS id, TIMESTAMP '2026-11-20 10:00:00.123456' + to_seconds(n) AS at, (n / 4)::DECIMAL(12,2) AS amount,
    ['a', 'b', NULL] AS tags, map(['k'], [n]) AS attributes, {'City': 'Bern', 'lat': 1.5::DOUBLE} AS geo, [{'sku': 'x', 'qty': n::INT}] AS items,
    '{"a":{"b":' || n || '}}' AS props, '0' || (n % 3) AS dt FROM range(3000) t(n)) TO '${folder}/orders' (FORMAT parquet, PARTITION_BY (dt))`);
  connection.closeSync();
  instance.closeSync();
  const columns = COLUMNS.map(([name, type]) => ({ name, type }));
  catalog = {
    defaultCatalog: 'awsdatacatalog',
    defaultDatabase: 'shop',
    blockedColumns: [],
    tables: { 'shop.orders': { columns, partitionColumns: ['dt'], location: `${folder}/orders` } },
  };
  warehouse = openDuckdbWarehouse({
    dataDir: join(folder, 'data'),
    catalog,
    threads: 2,
    memoryLimitMb: 512,
    clock: { now: () => '2026-11-24T12:00:00.000Z' },
  });
});

afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

function safe(text: string): SafeSql {
  const verdict = checkSql(text, catalog);
  if (!verdict.ok) throw new Error(verdict.message);
  return verdict.sql;
}

function ask(text: string, options: Partial<RunOptions> = {}): Promise<QueryEnd> {
  return warehouse.run(safe(text), { rowLimit: 100, timeoutMs: 30_000, ...options });
}

async function rowsOf(text: string, options: Partial<RunOptions> = {}): Promise<QueryResult> {
  const end = await ask(text, options);
  if (end.kind !== 'rows') throw new Error(end.message);
  return end;
}

describe('an owner’s own table', () => {
  test('comes back in Athena’s types and texts, microseconds rounded, a column of later files NULL', async () => {
    const end = await rowsOf("SELECT * FROM orders WHERE dt = '01' ORDER BY id LIMIT 1");
    expect(end.columns.map((column) => column.type)).toEqual([
      'bigint',
      'timestamp(3)',
      'decimal(12,2)',
      'array(varchar)',
      'map(varchar, bigint)',
      'row(city varchar, lat double)',
      'array(row(sku varchar, qty integer))',
      'varchar',
      'varchar',
      'varchar',
    ]);
    expect(end.rows[0]).toEqual([
      1,
      '2026-11-20 10:00:01.123',
      0.25,
      ['a', 'b', null],
      { k: 1 },
      { city: 'Bern', lat: 1.5 },
      [{ sku: 'x', qty: 1 }],
      '{"a":{"b":1}}',
      null,
      '01',
    ]);
  });

  test('takes fields, subscripts, JSON paths and UNNEST in one query', async () => {
    const end =
      await rowsOf(`SELECT o.geo.city, sku, sum(qty) AS quantity, max(tags[1]) AS tag, sum(attributes['k']) AS k, count_if(CAST(json_extract_scalar(props, '$.a.b') AS bigint) > 1500) AS late
      FROM orders o CROSS JOIN UNNEST(items) AS i(sku, qty) WHERE dt IN ('00', '01') GROUP BY 1, 2`);
    expect(end.rows).toEqual([['Bern', 'x', 2998000, 'a', 2998000, 999]]);
  });

  test('is priced by the columns and partitions that a query reads', async () => {
    const all = (await warehouse.estimate(safe('SELECT * FROM orders'))).bytes;
    const day = (await warehouse.estimate(safe("SELECT * FROM orders WHERE dt = '01'"))).bytes;
    const column = (await warehouse.estimate(safe("SELECT id FROM orders WHERE dt = '01'"))).bytes;
    const twice = (
      await warehouse.estimate(safe("SELECT a.id FROM orders a JOIN orders b ON a.id = b.id WHERE a.dt = '01' AND b.dt = '01'"))
    ).bytes;
    expect(day).toBeGreaterThan(all * 0.3);
    expect(day).toBeLessThan(all * 0.4);
    expect(column).toBeLessThan(day / 4);
    expect(twice).toBe(2 * column);
    expect((await warehouse.estimate(safe('SELECT count(*) FROM orders'))).bytes).toBe(0);
    expect((await rowsOf("SELECT max(id) FROM orders WHERE dt = '01'")).scannedBytes).toBe(column);
  });
});

test('a table that lies in S3 is refused by name, and costs nothing', async () => {
  const columns = [{ name: 'cost', type: 'double' }];
  const there = { columns, partitionColumns: [], location: 's3://ads/costs' };
  const verdict = checkSql('SELECT cost FROM ads', { ...catalog, tables: { ...catalog.tables, 'shop.ads': there } });
  if (!verdict.ok) throw new Error(verdict.message);
  expect(await warehouse.estimate(verdict.sql)).toEqual({ bytes: 0 });
  expect(await warehouse.run(verdict.sql, { rowLimit: 10, timeoutMs: 1000 })).toMatchObject({
    code: 'unsupported_locally',
    message: 'The table ads lies in S3: that works on Athena, not on the local engine. Give it a folder on this machine.',
  });
});

describe('limits', () => {
  test('rows beyond the limit are left out and told', async () => {
    const end = await rowsOf('SELECT id FROM orders ORDER BY id', { rowLimit: 3 });
    expect([end.rows, end.truncated]).toEqual([[[0], [1], [2]], true]);
    expect((await rowsOf('SELECT id FROM orders ORDER BY id LIMIT 3', { rowLimit: 3 })).truncated).toBe(false);
  });

  test('a query that takes too long is stopped, and so is one that a person cancels; the next one works', async () => {
    const endless = 'SELECT count(*) FROM orders a, orders b, orders c WHERE a.id + b.id + c.id < 0';
    expect(await ask(endless, { timeoutMs: 100 })).toMatchObject({ kind: 'refusal', code: 'timed_out' });
    const controller = new AbortController();
    const running = ask(endless, { signal: controller.signal });
    controller.abort();
    expect(await running).toMatchObject({ kind: 'refusal', code: 'cancelled' });
    expect((await rowsOf('SELECT 1')).rows).toEqual([[1]]);
  });

  test('a query that does not listen is killed with its process within seconds, and others run again', async () => {
    const deaf = ask("SELECT regexp_like(rpad('', 40, 'a') || 'b', '^(a+)+$')", { timeoutMs: 200 });
    const other = rowsOf('SELECT count(*) FROM orders');
    const begun = performance.now();
    expect(await deaf).toMatchObject({ kind: 'refusal', code: 'timed_out' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect((await other).rows).toEqual([[3000]]);
  }, 30_000);
});

describe('refusals', () => {
  test('what Trino refuses comes with its error name and place', async () => {
    expect(await ask("SELECT id FROM orders WHERE dt = '01' AND id = 'x'")).toMatchObject({
      code: 'query_failed',
      error: 'TYPE_MISMATCH',
      line: 1,
    });
    expect(await ask('SELECT id / 0 FROM orders')).toMatchObject({ code: 'query_failed', error: 'DIVISION_BY_ZERO' });
  });

  test('what only Athena can do is named', async () => {
    expect(await ask('SELECT approx_set(id) FROM orders')).toMatchObject({
      code: 'unsupported_locally',
      construct: 'the function approx_set',
    });
    expect(await ask('EXPLAIN SELECT 1')).toMatchObject({ code: 'unsupported_locally', construct: 'EXPLAIN' });
  });

  test('no message names a path', async () => {
    const ends = await Promise.all(
      ['SELECT CAST(props AS date) FROM orders', "SELECT date_parse(props, '%Y') FROM orders", 'SELECT tags[9] FROM orders'].map(
        (sql) => ask(sql),
      ),
    );
    for (const end of ends) {
      expect(end).toMatchObject({ kind: 'refusal', code: 'query_failed' });
      expect(JSON.stringify(end)).not.toContain(folder);
    }
  });
});

describe('the catalog', () => {
  test('answers DESCRIBE and SHOW in Athena’s form', async () => {
    expect((await rowsOf('DESCRIBE orders')).rows.slice(0, 2)).toEqual([
      ['id', 'bigint', ''],
      ['at', 'timestamp(3)', ''],
    ]);
    expect((await rowsOf('SHOW TABLES')).rows).toEqual([['orders']]);
  });

  test('a table whose files change is read anew by the next query', async () => {
    const before = await rowsOf('SELECT count(*) FROM orders');
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 9000::BIGINT AS id, 'new' AS later) TO '${folder}/orders/dt=02/more.parquet' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    writeFileSync(`${folder}/orders/_SUCCESS`, '');
    expect((await rowsOf('SELECT count(*), max(later) FROM orders')).rows).toEqual([[Number(before.rows[0]?.[0]) + 1, 'new']]);
    rmSync(`${folder}/orders/dt=02/more.parquet`);
  });
});
