import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Snapshot } from '../../../src/refresh/snapshot.ts';
import { trinoEngine } from './trino-engine.ts';

/**
 * The snapshot's tables as Glue's catalog would show them to the engine: one folder a table below `data`, `dt=…` folders in
 * it, and external tables over them, made by Trino's `admin`. Laying them again shows what has changed since.
 */
export async function layTables(options: {
  url: string;
  data: string;
  dataDir: string;
  database: string;
  snapshot: Snapshot;
}): Promise<void> {
  const { url, data, dataDir, database, snapshot } = options;
  const engine = trinoEngine(url, 'admin');
  const run = async (text: string) => {
    const answer = await engine(text, database, new AbortController().signal);
    if (answer.kind === 'failed') throw new Error(answer.reason);
  };
  await run(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${database}`);
  for (const [name, table] of Object.entries(snapshot.tables)) {
    const folder = join(data, database, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const file of table.files) {
      const parts = table.partitionColumns.map((column) => `${column}=${encodeURIComponent(file.partition[column] ?? '')}`);
      const target = join(folder, ...parts, basename(file.path));
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(dataDir, 'results', file.path), target);
    }
    const columns = table.columns.map((column) => `"${column.name}" ${column.type}`).join(', ');
    const partitions = table.partitionColumns.map((column) => `'${column}'`).join(', ');
    const properties = [
      `external_location = 'local:///${database}/${name}'`,
      "format = 'PARQUET'",
      ...(partitions ? [`partitioned_by = ARRAY[${partitions}]`] : []),
    ];
    await run(`CREATE TABLE IF NOT EXISTS ${database}.${name} (${columns}) WITH (${properties.join(', ')})`);
    if (partitions) await run(`CALL awsdatacatalog.system.sync_partition_metadata('${database}', '${name}', 'FULL')`);
  }
}

/** `admin` may do everything, everybody else may only read: what IAM is on AWS. */
export const readOnlyRules = {
  catalogs: [
    { user: 'admin', catalog: '.*', allow: 'all' },
    { catalog: 'awsdatacatalog', allow: 'read-only' },
    { catalog: 'system', allow: 'none' },
  ],
  procedures: [{ user: 'admin', privileges: ['EXECUTE'] }],
};
