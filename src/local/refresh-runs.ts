import type { SnapshotFile } from '../refresh/snapshot.ts';
import { TABLES } from '../refresh/tables.ts';
import { literal, type Sql } from './refresh-engine.ts';
import type { RefreshStore, StoredRun } from './refresh-store.ts';
import { tableSql, writeFile } from './refresh-tables.ts';

/**
 * Writes the table `runs` anew: what stands in the files `old`, and the runs that came since, of which the last one writes. A
 * run that stands there already (the one before died while it tidied up) is not written twice.
 */
export async function writeRuns(
  sql: Sql,
  store: RefreshStore,
  old: readonly SnapshotFile[],
  runs: readonly StoredRun[],
): Promise<SnapshotFile> {
  const rows = runs.map(runRow).join(', ');
  const { columns } = TABLES.runs as (typeof TABLES)[string];
  const names = columns.map((c) => c.name).join(', ');
  const stand = `SELECT ${names} FROM ${tableSql(store, 'runs', old)}`;
  const select = `${stand} UNION ALL SELECT * FROM (VALUES ${rows}) AS t(${names}) WHERE run_id NOT IN (SELECT run_id FROM (${stand}))`;
  return writeFile(sql, store, {
    table: 'runs',
    run: runs.at(-1)?.run_id ?? '',
    select: `SELECT * FROM (${select}) ORDER BY started_at, run_id`,
  });
}

function runRow(run: StoredRun): string {
  const time = (iso: string | null) =>
    iso === null ? 'CAST(NULL AS TIMESTAMP)' : `CAST(${literal(iso.replace('Z', ''))} AS TIMESTAMP)`;
  const texts = [literal(run.run_id), literal(run.run_trigger), literal(run.status), time(run.started_at), time(run.finished_at)];
  const numbers = [run.files_read, run.records_read, run.events, run.duplicates, run.quarantined, run.late_events].map(String);
  return `(${[...texts, ...numbers, time(run.newest_event_time), literal(run.partitions_written.join(',')), literal(run.code_version)].join(', ')})`;
}
