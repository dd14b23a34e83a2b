import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import type { Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';
import { GOLDEN } from './golden-readings.ts';
import { randomShop } from './random-shop.ts';
import { CATALOG, draft, GLOSSARY } from './readings.ts';
import { fillSums, insertSql, openShop, type ShopEngine } from './small-shop.ts';

const CONTEXT = { now: '2026-11-24T13:02:00Z', firstDay: '2026-10-01', lastDay: '2026-11-24' };

let folder: string;
let catalog: Catalog;
let warehouse: Warehouse;
let plain: ShopEngine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'metrics-'));
  const shop = randomShop(7, { firstDay: '2026-10-01', days: 55, sessions: 300 });
  plain = await openShop(shop, GLOSSARY);
  const files = await DuckDBInstance.create(':memory:');
  const connection = await files.connect();
  await connection.run('CREATE SCHEMA shop');
  const tables: Record<string, Catalog['tables'][string]> = {};
  for (const [name, { columns }] of Object.entries(GLOSSARY.tables)) {
    const types = Object.entries(columns).map(([column, type]) => `${column} ${type.replace('timestamp(3)', 'TIMESTAMP')}`);
    await connection.run(`CREATE TABLE shop.${name} (${types.join(', ')})`);
    if (shop[name]) await connection.run(insertSql(name, shop[name]));
  }
  await fillSums(connection, GLOSSARY);
  for (const name of Object.keys(GLOSSARY.tables)) {
    const location = join(folder, name);
    mkdirSync(location);
    await connection.run(`COPY shop.${name} TO '${location}/rows.parquet' (FORMAT parquet)`);
    tables[`shop.${name}`] = { ...CATALOG.tables[`shop.${name}`]!, partitionColumns: [], location };
  }
  connection.closeSync();
  files.closeSync();
  catalog = { ...CATALOG, tables };
  warehouse = openDuckdbWarehouse({ dataDir: folder, catalog, clock: { now: () => CONTEXT.now } });
}, 60_000);

afterAll(async () => {
  await warehouse.close();
  plain.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every third kept statement gives the same rows on the local engine as on plain DuckDB', async () => {
  const different: string[] = [];
  for (const [name, parts] of Object.entries(GOLDEN).filter((_, index) => index % 3 === 0)) {
    const { sql } = draft(parts, CONTEXT);
    const verdict = checkSql(sql, catalog);
    if (!verdict.ok) throw new Error(verdict.message);
    const end = await warehouse.run(verdict.sql, { rowLimit: 5000, timeoutMs: 20_000 });
    if (end.kind !== 'rows') throw new Error(`${name}: ${end.message}`);
    // Percentiles are approximate, each engine in its own way.
    if (sql.includes('approx_percentile')) continue;
    const expected = (await plain.rows(sql)).map((row) => Object.values(row).map(comparable));
    if (JSON.stringify(end.rows.map((row) => row.map(comparable))) !== JSON.stringify(expected)) different.push(name);
  }
  expect(different).toEqual([]);
}, 60_000);

function comparable(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (typeof value !== 'string') return value;
  return /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(value) ? Number(Number(value).toPrecision(9)) : value.replace(/\.000$/, '');
}
