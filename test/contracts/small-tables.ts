import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Snapshot, SnapshotFile } from '../../src/refresh/snapshot.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';

const columns = [
  { name: 'id', type: 'bigint' },
  { name: 'device', type: 'varchar' },
  { name: 'value', type: 'decimal(18,2)' },
  { name: 'at', type: 'timestamp(3)' },
  { name: 'is_bot', type: 'boolean' },
  { name: 'note', type: 'varchar' },
  { name: 'dt', type: 'varchar' },
];

/** One table `visits` of two days, 3 and 4,500 rows, as a refresh would leave it; `remove` takes it away. */
export interface SmallTables {
  readonly dataDir: string;
  readonly snapshot: Snapshot;
  remove(): void;
}

export const smallCatalog: Catalog = {
  defaultCatalog: 'awsdatacatalog',
  defaultDatabase: 'shop',
  tables: { 'shop.visits': { columns, partitionColumns: ['dt'] } },
  blockedColumns: [],
};

const days: Readonly<Record<string, string>> = {
  '2026-11-22': `SELECT id, device, value::decimal(18,2) AS value, "at", is_bot, note FROM (VALUES
    (1::bigint, 'mobile', 12.50::decimal(18,2), timestamp '2026-11-22 08:00:00.123', false, ''),
    (9007199254740993, NULL, NULL, NULL, true, 'größer, «x»'),
    (3, 'desktop', -0.01, timestamp '2026-11-22 23:59:59', false, NULL)) t(id, device, value, "at", is_bot, note)`,
  '2026-11-23': `SELECT i::bigint AS id, CASE i % 3 WHEN 0 THEN 'mobile' WHEN 1 THEN 'desktop' ELSE 'tablet' END AS device,
    (i * 0.25)::decimal(18,2) AS value, timestamp '2026-11-23 00:00:00' + to_seconds(i) AS "at", i % 10 = 0 AS is_bot, 'n' || i AS note
    FROM range(4500) r(i)`,
};

/** Writes the table's Parquet files and the snapshot that names them, in a folder of its own. */
export async function makeSmallTables(): Promise<SmallTables> {
  const dataDir = mkdtempSync(join(tmpdir(), 'small-tables-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const files: SnapshotFile[] = [];
  for (const [dt, select] of Object.entries(days)) {
    const path = `visits/dt=${dt}/part.parquet`;
    mkdirSync(join(dataDir, 'results', 'visits', `dt=${dt}`), { recursive: true });
    const file = join(dataDir, 'results', path);
    await connection.run(`COPY (${select}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
    const weights = await connection.runAndReadAll(
      `SELECT path_in_schema, sum(total_compressed_size)::bigint FROM parquet_metadata('${file}') GROUP BY 1`,
    );
    const columnBytes = Object.fromEntries(weights.getRows().map(([name, size]) => [String(name), Number(size)]));
    const bytes = Object.values(columnBytes).reduce((sum, size) => sum + size, 0);
    files.push({ path, partition: { dt }, rows: dt === '2026-11-22' ? 3 : 4500, bytes, columnBytes });
  }
  connection.closeSync();
  instance.closeSync();
  const snapshot: Snapshot = {
    version: 'small-1',
    writtenAt: '2026-11-24T06:00:00.000Z',
    zone: 'UTC',
    firstDay: '2026-11-22',
    lastDay: '2026-11-23',
    newestEventTime: '2026-11-23T01:14:59.000Z',
    tables: { visits: { columns, partitionColumns: ['dt'], files } },
  };
  writeFileSync(join(dataDir, 'results', 'snapshot.json'), JSON.stringify(snapshot));
  return { dataDir, snapshot, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}
