import { mkdir } from 'node:fs/promises';
import type { SnapshotFile } from '../refresh/snapshot.ts';
import { TABLES } from '../refresh/tables.ts';
import { transform } from '../refresh/transforms.ts';
import { dayFilesSql, dayGroups, loadGroup, writeDayFile } from './refresh-days.ts';
import { inList, literal, parquet, type Sql } from './refresh-engine.ts';
import type { DayFile, RefreshStore, StagedPart } from './refresh-store.ts';

/** Files of each table as they stand or will stand in the snapshot. */
export type TableFiles = Readonly<Record<string, readonly SnapshotFile[]>>;

/** Rows that a group of days may hold in memory. */
export const ROWS_OF_GROUP = 200_000;
const BY_DAY = ['events', 'sessions', 'page_views', 'product_events'] as const;

/**
 * Builds `events`, `sessions`, `page_views` and `product_events` of the days anew, and their share of `order_sessions`: for all
 * users, or for those of the table `again`, whose rows join what stands of the others. Needs the tables that
 * `rebuildDayTables` leaves.
 */
export async function buildDays(
  sql: Sql,
  store: RefreshStore,
  run: {
    readonly id: string;
    readonly parts: readonly StagedPart[];
    readonly days: readonly string[];
    readonly files: TableFiles;
    readonly orderSessions: readonly DayFile[];
    readonly whose: 'all' | 'again';
  },
  onPartitions: (partitions: number) => void,
): Promise<{ readonly files: TableFiles; readonly orderSessions: readonly DayFile[] }> {
  const days = new Set(run.days);
  const files: Record<string, SnapshotFile[]> = {};
  for (const table of BY_DAY) files[table] = (run.files[table] ?? []).filter((file) => !days.has(file.partition.dt ?? ''));
  await sql.run(`CREATE OR REPLACE TEMP TABLE order_sessions AS ${keptOrderSessions(store, run.orderSessions, days, run.whose)}`);
  await sql.run(JOIN_AS_WRITTEN);
  let done = 0;
  for (const group of await dayGroups(sql, run.days, ROWS_OF_GROUP)) {
    await loadGroup(sql, store, run.parts, group, run.whose);
    await sql.run(`CREATE OR REPLACE TEMP TABLE session_keys AS ${transform('session_keys')}`);
    await sql.run(`CREATE OR REPLACE TEMP TABLE session_traffic AS ${transform('session_traffic')}`);
    await sql.run(
      'CREATE OR REPLACE TEMP TABLE traffic AS SELECT DISTINCT kind, source, medium, campaign, host FROM session_traffic',
    );
    await sql.run(`CREATE OR REPLACE TEMP TABLE channels AS ${transform('channels')}`);
    const inGroup = inList(group);
    await sql.run(`INSERT INTO order_sessions SELECT * FROM (${transform('order_sessions')}) WHERE dt IN ${inGroup}`);
    for (const table of BY_DAY) {
      const built = `SELECT ${castColumns(table)}, dt FROM (${transform(table)}) WHERE dt IN ${inGroup}`;
      const stands = run.whose === 'all' ? '' : `UNION ALL ${ofOthers(store, table, run.files[table] ?? [], group)}`;
      files[table]?.push(...(await writePartitions(sql, store, { table, run: run.id, select: `${built} ${stands}` })));
    }
    done += group.length;
    onPartitions(done);
  }
  await sql.run('RESET disabled_optimizers');
  const orderSessions = await writeDayFile(sql, store, { table: 'order_sessions', run: run.id, days, before: run.orderSessions });
  return { files, orderSessions };
}

function ofOthers(store: RefreshStore, table: string, files: readonly SnapshotFile[], days: readonly string[]): string {
  const old = files.filter((file) => days.includes(file.partition.dt ?? ''));
  return `SELECT ${castColumns(table)}, dt FROM ${tableSql(store, table, old)} o ANTI JOIN again a ON a.user_pseudo_id = o.user_pseudo_id`;
}

// What stands of other days, and on these days of users whose purchases are as they were.
function keptOrderSessions(
  store: RefreshStore,
  old: readonly DayFile[],
  days: ReadonlySet<string>,
  whose: 'all' | 'again',
): string {
  if (old.length === 0) return NO_ORDER_SESSIONS;
  const others = 'SELECT event_id FROM purchases WHERE user_pseudo_id NOT IN (SELECT user_pseudo_id FROM again)';
  const too = whose === 'all' ? '' : `OR order_event_id IN (${others})`;
  return `SELECT * FROM (${dayFilesSql(store, old)}) WHERE dt NOT IN ${inList(days.size > 0 ? days : [''])} ${too}`;
}

// The transforms name the large side of a join first. Guessing from filters, DuckDB would rather hold the wide rows in memory
// and run the narrow keys past them: twice the time and twice the memory. Only here: its ASOF JOIN dies of it (1.5.6).
const JOIN_AS_WRITTEN = `SET disabled_optimizers = 'join_order,build_side_probe_side'`;

const NO_ORDER_SESSIONS = `SELECT CAST(NULL AS VARCHAR) AS order_event_id, CAST(NULL AS VARCHAR) AS order_session_id, CAST(NULL AS VARCHAR) AS dt WHERE false`;

/**
 * Builds `users` whole (from what stands, but for those of the table `again`) and `orders` of the days on which they differ from
 * what stands; both look at all data. `whose` all: nothing stands.
 */
export async function buildUsersAndOrders(
  sql: Sql,
  store: RefreshStore,
  run: { readonly id: string; readonly files: TableFiles; readonly whose: 'all' | 'again' },
): Promise<TableFiles> {
  await sql.run(`CREATE OR REPLACE TEMP VIEW sessions AS SELECT * FROM ${tableSql(store, 'sessions', run.files.sessions ?? [])}`);
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE users AS ${run.whose === 'all' ? transform('users') : mergedUsers(store, run.files)}`,
  );
  const users = await writeFile(sql, store, {
    table: 'users',
    run: run.id,
    select: 'SELECT * FROM users ORDER BY user_pseudo_id',
  });
  await sql.run(`CREATE OR REPLACE TEMP TABLE orders AS SELECT ${castColumns('orders')}, dt FROM (${transform('orders')})`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE old_orders AS SELECT * FROM ${tableSql(store, 'orders', run.files.orders ?? [])}`);
  const changed = await sql.rows(
    `SELECT DISTINCT dt FROM ((SELECT * FROM orders EXCEPT SELECT * FROM old_orders) UNION ALL (SELECT * FROM old_orders EXCEPT SELECT * FROM orders)) ORDER BY dt`,
  );
  const days = new Set(changed.map((row) => String(row.dt)));
  const kept = (run.files.orders ?? []).filter((file) => !days.has(file.partition.dt ?? ''));
  const written =
    days.size === 0
      ? []
      : await writePartitions(sql, store, {
          table: 'orders',
          run: run.id,
          select: `SELECT * FROM orders WHERE dt IN ${inList(days)}`,
        });
  return { ...run.files, users: [users], orders: [...kept, ...written] };
}

function mergedUsers(store: RefreshStore, files: TableFiles): string {
  const sources = ['spans', 'sessions', 'counted_orders'].map(
    (name) => `${name} AS (SELECT * FROM temp.main.${name} WHERE user_pseudo_id IN (SELECT user_pseudo_id FROM again))`,
  );
  const text = transform('users')
    .replace(/^--[^\n]*\n/gm, '')
    .replace(/^WITH /, '');
  const columns = (TABLES.users as (typeof TABLES)[string]).columns.map((c) => c.name).join(', ');
  return `WITH ${sources.join(', ')},
    merged AS (WITH ${text})
    SELECT ${columns} FROM merged
    UNION ALL SELECT ${columns} FROM ${tableSql(store, 'users', files.users ?? [])} WHERE user_pseudo_id NOT IN (SELECT user_pseudo_id FROM again)`;
}

/** FROM clause over the files of a result table, with its partition column; empty tables have their columns too. */
export function tableSql(store: RefreshStore, table: string, files: readonly SnapshotFile[]): string {
  const { columns, partitionColumns } = TABLES[table] as (typeof TABLES)[string];
  if (files.length === 0)
    return `(SELECT ${columns.map((c) => `CAST(NULL AS ${duckType(c.type)}) AS ${c.name}`).join(', ')} WHERE false)`;
  const paths = files.map((file) => literal(`${store.results}/${file.path}`)).join(', ');
  const hive =
    partitionColumns.length > 0 ? "hive_partitioning = true, hive_types = {'dt': VARCHAR}" : 'hive_partitioning = false';
  return `read_parquet([${paths}], ${hive})`;
}

/** Writes the rows of a SELECT below `TABLE/dt=DAY/`, one file a day named after the run, and says what was written. */
export async function writePartitions(
  sql: Sql,
  store: RefreshStore,
  write: { readonly table: string; readonly run: string; readonly select: string },
): Promise<readonly SnapshotFile[]> {
  const folder = `${store.results}/${write.table}`;
  const order = ORDER[write.table];
  const select = `SELECT ${castColumns(write.table)}, dt FROM (${write.select}) ${order === undefined ? '' : `ORDER BY dt, ${order}`}`;
  const rows = await sql.rows(
    `COPY (${select}) TO ${literal(folder)} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (dt), FILENAME_PATTERN ${literal(`${write.run}_{i}`)},
     OVERWRITE_OR_IGNORE true, RETURN_STATS)`,
  );
  return rows.map((stats) => snapshotFile(String(stats.filename).slice(store.results.length + 1), stats));
}

/** Writes the rows of a SELECT as the one file of an unpartitioned table. */
export async function writeFile(
  sql: Sql,
  store: RefreshStore,
  write: { readonly table: string; readonly run: string; readonly select: string },
): Promise<SnapshotFile> {
  const select = `SELECT ${castColumns(write.table)} FROM (${write.select})`;
  const path = `${write.table}/${write.run}.parquet`;
  await mkdir(`${store.results}/${write.table}`, { recursive: true });
  const target = literal(`${store.results}/${path}`);
  const [stats] = await sql.rows(`COPY (${select}) TO ${target} (FORMAT parquet, COMPRESSION zstd, RETURN_STATS)`);
  return snapshotFile(path, stats ?? {});
}

// What is asked together lies together. Events stay as they arrived, nearly in order of time: sorting their wide rows costs
// as much as writing them.
const ORDER: Readonly<Record<string, string>> = {
  sessions: 'session_start, session_id',
  page_views: 'session_id, view_number',
  orders: 'order_time, order_id',
  quarantine: 'source_file, line_number, item_number',
  daily_kpis: 'is_bot, channel_group, device_category, country_code, is_new_user, currency',
  funnel_daily: 'is_bot, channel_group, device_category, country_code, is_new_user',
  product_daily: 'is_bot, product_id, device_category, country_code, currency',
};

function snapshotFile(path: string, stats: Readonly<Record<string, unknown>>): SnapshotFile {
  const day = /[/]dt=([0-9-]+)[/]/.exec(path)?.[1];
  return {
    path,
    partition: day === undefined ? {} : { dt: day },
    rows: Number(stats.count),
    bytes: Number(stats.file_size_bytes),
    columnBytes: columnBytes(stats.column_statistics),
  };
}

// [{key: '"name"', value: [{key: 'column_size_bytes', value: '40'}, …]}, …]
function columnBytes(statistics: unknown): Readonly<Record<string, number>> {
  type Entry = { readonly key: string; readonly value: readonly { readonly key: string; readonly value: string }[] };
  const entries = (statistics ?? []) as readonly Entry[];
  return Object.fromEntries(
    entries.map((entry) => [
      entry.key.replaceAll('"', ''),
      Number(entry.value.find((v) => v.key === 'column_size_bytes')?.value ?? 0),
    ]),
  );
}

function castColumns(table: string): string {
  const { columns } = TABLES[table] as (typeof TABLES)[string];
  return columns
    .filter((c) => c.name !== 'dt')
    .map((c) => `CAST(${c.name} AS ${duckType(c.type)}) AS ${c.name}`)
    .join(', ');
}

function duckType(type: string): string {
  return type === 'timestamp(3)' ? 'TIMESTAMP_MS' : type;
}

/** Rebuilds the quarantine of the days from the staged rows that were rejected. */
export async function buildQuarantine(
  sql: Sql,
  store: RefreshStore,
  run: {
    readonly id: string;
    readonly parts: readonly StagedPart[];
    readonly days: readonly string[];
    readonly files: readonly SnapshotFile[];
  },
): Promise<readonly SnapshotFile[]> {
  if (run.days.length === 0) return run.files;
  const days = new Set(run.days);
  const near = run.parts.filter((part) => part.rejectedDays.some((day) => days.has(day))).map((part) => store.path(part.records));
  const kept = run.files.filter((file) => !days.has(file.partition.dt ?? ''));
  if (near.length === 0) return kept;
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE rejected AS SELECT * FROM ${parquet(near, '')} r ANTI JOIN losers l ON l.rid = r.rid AND l.kind = 'dropped'
     WHERE r.reason IS NOT NULL AND r.dt IN ${inList(days)}`,
  );
  return [...kept, ...(await writePartitions(sql, store, { table: 'quarantine', run: run.id, select: transform('quarantine') }))];
}
