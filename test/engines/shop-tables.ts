import { linkSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { openDuckdbRefresher } from '../../src/local/duckdb-refresher.ts';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import type { Snapshot } from '../../src/refresh/snapshot.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import type { Warehouse } from '../../src/services/warehouse.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';
import { askTrino } from './ask-trino.ts';
import type { Trino } from './start-trino.ts';

/** The moment at which the sample shop ends. */
export const SHOP_NOW = '2026-11-24T13:00:00.000Z';

/** One refresh of a small sample shop, as the local engine and a real Trino see it. */
export interface ShopTables {
  readonly warehouse: Warehouse;
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
}

/** Six days of the sample shop through the refresh; the files that its snapshot names become Hive tables of the Trino. */
export async function openShopTables(server: Trino, glossary: Glossary): Promise<ShopTables> {
  const clock = { now: () => SHOP_NOW };
  const [rawDir, dataDir] = [join(server.data, '../raw'), join(server.data, '../shop')];
  mkdirSync(rawDir);
  await openSampleShop({ rawDir, seed: 20261124, zone: 'UTC', clock, days: 6, scale: 0.2 }).topUp();
  const refresher = openDuckdbRefresher({
    rawDir,
    dataDir,
    zone: 'UTC',
    currency: 'EUR',
    aliases: glossary.event_aliases,
    attributeAliases: glossary.attribute_aliases,
    clock,
    codeVersion: 'test',
  });
  const end = await refresher.refresh({ trigger: 'cli', full: false });
  if (end.kind !== 'done' || end.run.status !== 'succeeded')
    throw new Error(`the refresh of the sample shop failed: ${JSON.stringify(end)}`);
  const snapshot = JSON.parse(readFileSync(join(dataDir, 'results/snapshot.json'), 'utf8')) as Snapshot;
  await statement(server, `CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${glossary.database}`);
  for (const [name, table] of Object.entries(snapshot.tables)) {
    mkdirSync(join(server.data, 'results', name), { recursive: true });
    for (const { path } of table.files) {
      const target = join(server.data, 'results', path);
      mkdirSync(dirname(target), { recursive: true });
      linkSync(join(dataDir, 'results', path), target);
    }
    await externalTable(server, `${glossary.database}.${name}`, table, `local:///results/${name}`);
  }
  const catalog = houseCatalog(glossary);
  return { warehouse: openDuckdbWarehouse({ dataDir, catalog, clock }), catalog, snapshot };
}

/** Makes a Parquet folder a table of the Trino; partitions are the folders' names. */
export async function externalTable(
  server: Trino,
  name: string,
  table: {
    readonly columns: readonly { readonly name: string; readonly type: string }[];
    readonly partitionColumns: readonly string[];
  },
  location: string,
): Promise<void> {
  const columns = table.columns.map((column) => `"${column.name}" ${column.type}`).join(', ');
  const partitioned = table.partitionColumns.map((column) => `'${column}'`).join(', ');
  const parts = partitioned ? `, partitioned_by = ARRAY[${partitioned}]` : '';
  await statement(
    server,
    `CREATE TABLE awsdatacatalog.${name} (${columns}) WITH (external_location = '${location}', format = 'PARQUET'${parts})`,
  );
  const [schema, table_] = name.split('.');
  if (partitioned)
    await statement(server, `CALL awsdatacatalog.system.sync_partition_metadata('${schema}', '${table_}', 'FULL')`);
}

async function statement(server: Trino, sql: string): Promise<void> {
  const { error } = await askTrino(server.url, sql);
  if (error) throw new Error(`${error}: ${sql}`);
}
