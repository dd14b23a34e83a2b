import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import type { Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';
import type { Said } from '../local/local-engine.ts';
import type { TrinoAnswer } from '../local/trino-answer.ts';
import { judge } from '../local/trino-answer.ts';
import { GLOSSARY } from '../metrics/readings.ts';
import { shopCatalog } from '../sql/shop-catalog.ts';
import { askTrino } from './ask-trino.ts';
import { composedQueries } from './composed-queries.ts';
import { fixtureRows } from './fixture-rows.ts';
import { SHOP_QUERIES } from './shop-queries.ts';
import type { ShopTables } from './shop-tables.ts';
import { externalTable, openShopTables, SHOP_NOW } from './shop-tables.ts';
import type { Trino } from './start-trino.ts';
import { startTrino } from './start-trino.ts';

/** So many composed statements are asked; `COMPOSED=9999` asks all. */
const COMPOSED = Number(process.env.COMPOSED ?? 160);

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
  test('give equal rows and types to the questions of the evals', async () => {
    if (!trino || !shop) return;
    const { firstDay, lastDay, newestEventTime } = shop.snapshot;
    const all = [...composedQueries({ glossary: GLOSSARY, now: SHOP_NOW, firstDay, lastDay, newestEventTime })];
    const step = Math.max(1, all.length / COMPOSED);
    // Percentiles are approximate, each engine in its own way.
    const some = all.filter(([sql], index) => Math.floor(index % step) === 0 && !sql.includes('approx_percentile'));
    expect(some.length).toBeGreaterThan(100);
    const verdicts = await compared(trino, shop.warehouse, shop.catalog, some);
    expect(verdicts.wrong).toEqual([]);
    expect(verdicts.filled).toBeGreaterThan(some.length / 3);
  }, 420_000);

  test('give equal rows and types to what engineers write', async () => {
    if (!trino || !shop) return;
    const queries = Object.entries(SHOP_QUERIES).map(([title, sql]) => [sql, title] as const);
    const verdicts = await compared(trino, shop.warehouse, shop.catalog, queries);
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
    const { wrong } = await compared(trino, warehouse, catalog, texts, 'clickstream');
    expect(wrong).toEqual([]);
  } finally {
    await warehouse.close();
  }
}, 300_000);

/** Asks both two at a time; `filled` counts equal answers that have rows. */
async function compared(
  server: Trino,
  warehouse: Warehouse,
  catalog: Catalog,
  queries: readonly (readonly [sql: string, what: string])[],
  schema = 'shop',
): Promise<{ wrong: readonly string[]; filled: number }> {
  const wrong: string[] = [];
  let filled = 0;
  const left = [...queries];
  const ask = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [sql, what] = next;
      const said = await askLocal(warehouse, catalog, sql);
      if (said.kind === 'unsupported_locally') continue;
      const answer = await askTrino(server.url, withoutSemicolon(sql), schema);
      // Hive's own statements are Athena's, not Trino's.
      if (answer.error === 'SYNTAX_ERROR') continue;
      const verdict = judge({ ...numbered(answer), unordered: true }, said);
      if (verdict !== 'right')
        wrong.push(
          `${verdict}: ${what}\n${sql}\n${answer.error ?? JSON.stringify(answer.rows)?.slice(0, 400)}\n${JSON.stringify(said).slice(0, 400)}`,
        );
      else if (said.kind === 'rows' && said.rows.length > 0) filled++;
    }
  };
  await Promise.all([ask(), ask()]);
  return { wrong, filled };
}

async function askLocal(warehouse: Warehouse, catalog: Catalog, sql: string): Promise<Said> {
  const verdict = checkSql(sql, catalog);
  if (!verdict.ok) throw new Error(`${verdict.message}\n${sql}`);
  const end = await warehouse.run(verdict.sql, { rowLimit: 10_000, timeoutMs: 60_000 });
  if (end.kind !== 'rows') return { ...end, kind: end.code === 'unsupported_locally' ? 'unsupported_locally' : 'query_failed' };
  return { kind: 'rows', names: end.columns.map(({ name }) => name), types: end.columns.map(({ type }) => type), rows: end.rows };
}

/** The protocol gives decimals as texts, the warehouse as numbers. */
function numbered(answer: TrinoAnswer): TrinoAnswer {
  const rows = answer.rows?.map((row) =>
    row.map((value, index) => (/^decimal/.test(answer.types?.[index] ?? '') && value !== null ? Number(value) : value)),
  );
  return rows ? { ...answer, rows } : answer;
}

function withoutSemicolon(sql: string): string {
  return sql.replace(/;\s*(--[^\n]*\s*)*$/, '');
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
