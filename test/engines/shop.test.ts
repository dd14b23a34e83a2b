import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import type { Warehouse } from '../../src/services/warehouse.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';
import { GLOSSARY } from '../metrics/readings.ts';
import { shopCatalog } from '../sql/shop-catalog.ts';
import { askTrino } from './ask-trino.ts';
import { compareEngines, comparePairs } from './compare-engines.ts';
import { composedQueries } from './composed-queries.ts';
import { fixtureRows } from './fixture-rows.ts';
import { SHOP_QUERIES } from './shop-queries.ts';
import type { ShopTables } from './shop-tables.ts';
import { externalTable, openShopTables, SHOP_NOW } from './shop-tables.ts';
import type { Trino } from './start-trino.ts';
import { startTrino } from './start-trino.ts';
import { summedQueries } from './summed-queries.ts';

/** Where random Readings start; another seed draws others. */
const SEED = Number(process.env.SEED ?? 5);

let trino: Trino | undefined;
let shop: ShopTables | undefined;

beforeAll(async () => {
  const started = await startTrino();
  if (typeof started === 'string') {
    process.stderr.write(`skipped: ${started}\n`);
    return;
  }
  trino = started;
  shop = await openShopTables(trino, GLOSSARY);
}, 900_000);

afterAll(async () => {
  await shop?.warehouse.close();
  await trino?.stop();
}, 60_000);

describe('the tables of a refresh, on a real Trino and locally', () => {
  test('give equal rows and types to every statement of every question of the evals', async () => {
    if (!trino || !shop) return;
    const all = [...composedQueries(composedFrom(shop))];
    expect(all.length).toBeGreaterThan(1000);
    const began = performance.now();
    const { wrong, equal, filled, counted } = await compareEngines({ ...shop, url: trino.url }, all);
    console.log(
      `evals: ${all.length} statements, ${equal} equal, ${filled} with rows, ${counted} with a number, ${seconds(began)} s`,
    );
    expect(wrong).toEqual([]);
    expect(equal).toBe(all.length);
    expect(counted).toBeGreaterThan(all.length / 3);
  }, 600_000);

  test('give the same rows from daily sums as from the rows themselves, for 100 random Readings', async () => {
    if (!trino || !shop) return;
    const pairs = summedQueries(composedFrom(shop), 100, SEED);
    expect(pairs).toHaveLength(100);
    const { wrong, counted } = await comparePairs(
      trino.url,
      pairs.map(({ summed, counted: fromRows }) => [summed, fromRows]),
    );
    console.log(`daily sums: ${pairs.length} Readings, ${counted} with a number`);
    expect(wrong).toEqual([]);
    expect(counted).toBeGreaterThan(30);
  }, 300_000);

  test('give equal rows and types to what engineers write', async () => {
    if (!trino || !shop) return;
    const queries = Object.entries(SHOP_QUERIES).map(([title, sql]) => [sql, title] as const);
    const verdicts = await compareEngines({ ...shop, url: trino.url }, queries);
    expect(verdicts.wrong).toEqual([]);
    // So small a shop may have no basket of two products.
    expect(verdicts.filled).toBeGreaterThanOrEqual(queries.length - 1);
  }, 300_000);
});

test('accepted statements give equal rows and types on both, or are refused by name', async () => {
  if (!trino) return;
  const { warehouse, catalog } = await fixtureTables(trino);
  try {
    const folder = new URL('../fixtures/sql/allowed/', import.meta.url);
    const texts = readdirSync(folder).map((file) => [readFileSync(new URL(file, folder), 'utf8'), file] as const);
    const { wrong } = await compareEngines({ url: trino.url, warehouse, catalog, schema: 'clickstream' }, texts);
    expect(wrong).toEqual([]);
  } finally {
    await warehouse.close();
  }
}, 300_000);

function composedFrom({ snapshot: { firstDay, lastDay, newestEventTime } }: ShopTables) {
  return { glossary: GLOSSARY, now: SHOP_NOW, firstDay, lastDay, newestEventTime };
}

function seconds(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}

/** The four tables of the fixtures' catalog with the same few rows for both. */
async function fixtureTables(server: Trino): Promise<{ warehouse: Warehouse; catalog: Catalog }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const tables: Record<string, Catalog['tables'][string]> = {};
  for (const [name, facts] of Object.entries(shopCatalog.tables)) {
    const location = join(server.data, 'fixtures', name);
    mkdirSync(location, { recursive: true });
    const table = {
      columns: facts.columns.map(({ name: column, type = 'varchar' }) => ({ name: column, type })),
      partitionColumns: [],
    };
    await connection.run(fixtureRows(table.columns, `${location}/rows.parquet`));
    if (name === 'clickstream.events') await schemaOf(server);
    await externalTable(server, name, table, `local:///fixtures/${name}`);
    tables[name] = { ...facts, partitionColumns: [], location };
  }
  connection.closeSync();
  instance.closeSync();
  const catalog = { ...shopCatalog, tables };
  const clock = { now: () => SHOP_NOW };
  return { warehouse: openDuckdbWarehouse({ dataDir: join(server.data, 'none'), catalog, clock }), catalog };
}

async function schemaOf(server: Trino): Promise<void> {
  const { error } = await askTrino(server.url, 'CREATE SCHEMA IF NOT EXISTS awsdatacatalog.clickstream');
  if (error) throw new Error(error);
}
