import type { SnapshotFile } from '../refresh/snapshot.ts';
import { transform } from '../refresh/transforms.ts';
import { dayGroups } from './refresh-days.ts';
import { inList, type Sql } from './refresh-engine.ts';
import type { RefreshStore } from './refresh-store.ts';
import { type TableFiles, tableSql, writePartitions } from './refresh-tables.ts';

const ROLLUPS = ['daily_kpis', 'funnel_daily', 'product_daily'] as const;
const BASES = ['events', 'sessions', 'page_views', 'product_events', 'orders'] as const;
// Only sums and the traits of sessions are held, so more days go together than where rows are built.
const ROWS_OF_GROUP = 2_000_000;

/**
 * Sums up the days whose rows differ from those that stood before, from the tables as they will stand. Nothing but the files
 * of these days is read, and of other days the sessions that reach into them.
 */
export async function buildRollups(
  sql: Sql,
  store: RefreshStore,
  run: { readonly id: string; readonly before: TableFiles; readonly files: TableFiles },
): Promise<TableFiles> {
  const days = [...new Set([...changedDays(run.before, run.files), ...daysWithoutSums(run.before, run.files)])].sort();
  const files: Record<string, readonly SnapshotFile[]> = { ...run.files };
  for (const table of ROLLUPS) files[table] = (run.before[table] ?? []).filter((file) => !days.includes(dayOf(file)));
  for (const group of await dayGroups(sql, days, ROWS_OF_GROUP)) {
    await findStrays(sql, store, run.files, group);
    const bases = BASES.map((table) => `${table} AS NOT MATERIALIZED (${baseSql(store, table, run.files, group)})`).join(', ');
    for (const table of ROLLUPS) {
      const select = `WITH ${bases} SELECT * FROM (${transform(table)}) WHERE dt IN ${inList(group)}`;
      files[table] = [...(files[table] ?? []), ...(await writePartitions(sql, store, { table, run: run.id, select }))];
    }
  }
  return files;
}

// Days of which any file came or went.
function changedDays(before: TableFiles, after: TableFiles): readonly string[] {
  const paths = (files: TableFiles) => new Map(BASES.flatMap((table) => (files[table] ?? []).map((f) => [f.path, dayOf(f)])));
  const [old, fresh] = [paths(before), paths(after)];
  const moved = [...old, ...fresh].filter(([path]) => old.has(path) !== fresh.has(path));
  return [...new Set(moved.map(([, day]) => day))];
}

// Days that a house without rollups has filled.
function daysWithoutSums(before: TableFiles, after: TableFiles): readonly string[] {
  const summed = new Set((before.daily_kpis ?? []).map(dayOf));
  return (after.events ?? []).map(dayOf).filter((day) => !summed.has(day));
}

// Sessions of other days to which events of these days belong.
async function findStrays(sql: Sql, store: RefreshStore, files: TableFiles, group: readonly string[]): Promise<void> {
  const [events, own] = [ofDays(files, 'events', group), ofDays(files, 'sessions', group)];
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE stray_sessions AS SELECT DISTINCT session_id FROM ${tableSql(store, 'events', events)} e
     WHERE NOT EXISTS (SELECT 1 FROM ${tableSql(store, 'sessions', own)} s WHERE s.session_id = e.session_id)`,
  );
}

function baseSql(store: RefreshStore, table: (typeof BASES)[number], files: TableFiles, group: readonly string[]): string {
  const own = `SELECT * FROM ${tableSql(store, table, ofDays(files, table, group))}`;
  if (table !== 'sessions') return own;
  const all = tableSql(store, table, files.sessions ?? []);
  return `${own} UNION ALL SELECT * FROM ${all} WHERE dt NOT IN ${inList(group)} AND session_id IN (SELECT session_id FROM stray_sessions)`;
}

function ofDays(files: TableFiles, table: string, days: readonly string[]): readonly SnapshotFile[] {
  return (files[table] ?? []).filter((file) => days.includes(dayOf(file)));
}

function dayOf(file: SnapshotFile): string {
  return file.partition.dt ?? '';
}
