import type { Snapshot } from '../../../src/refresh/snapshot.ts';
import { trinoEngine } from './trino-engine.ts';

/** `admin` may do everything, everybody else may only read: what IAM is on AWS. */
export const readOnlyRules = {
  catalogs: [
    { user: 'admin', catalog: '.*', allow: 'all' },
    { catalog: 'awsdatacatalog', allow: 'read-only' },
    { catalog: 'system', allow: 'none' },
  ],
  procedures: [{ user: 'admin', privileges: ['EXECUTE'] }],
};

/**
 * Tells Trino of the snapshot's tables, as Glue's catalog does with Athena: external tables over the folders
 * `FOLDER/TABLE/dt=…` below Trino's data. Told again, it sees what has changed since.
 */
export async function layTables(options: {
  url: string;
  /** Below Trino's data folder, such as `results/results`. */
  folder: string;
  database: string;
  snapshot: Snapshot;
}): Promise<void> {
  const { url, folder, database, snapshot } = options;
  const engine = trinoEngine(url, 'admin');
  const run = async (text: string) => {
    const answer = await engine(text, database, new AbortController().signal);
    if (answer.kind === 'failed') throw new Error(answer.reason);
  };
  await run(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${database}`);
  for (const [name, table] of Object.entries(snapshot.tables)) {
    const columns = table.columns.map((column) => `"${column.name}" ${column.type}`).join(', ');
    const partitions = table.partitionColumns.map((column) => `'${column}'`).join(', ');
    const properties = [
      `external_location = 'local:///${folder}/${name}'`,
      "format = 'PARQUET'",
      ...(partitions ? [`partitioned_by = ARRAY[${partitions}]`] : []),
    ];
    await run(`CREATE TABLE IF NOT EXISTS ${database}.${name} (${columns}) WITH (${properties.join(', ')})`);
    if (partitions) await run(`CALL awsdatacatalog.system.sync_partition_metadata('${database}', '${name}', 'FULL')`);
  }
}
