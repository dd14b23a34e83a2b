import { mkdir, rm } from 'node:fs/promises';
import { RAW_ITEM_COLUMNS, RAW_RECORD_COLUMNS } from '../refresh/reader/raw-columns.ts';
import { transform } from '../refresh/transforms.ts';
import { literal, parquet, type RefreshEngine, type Sql } from './refresh-engine.ts';
import { PLACES_SQL } from './refresh-geo.ts';
import { type Chunk, type ListedFile, type ReadFile, readFiles } from './refresh-readers.ts';
import type { RefreshStore, StagedPart } from './refresh-store.ts';

/** What a run brings beside the raw files. */
export interface RunSettings {
  readonly runId: string;
  readonly zone: string;
  readonly currency: string;
  readonly unitsPerItem: 'quantity' | 'one';
  readonly aliases: Readonly<Record<string, string>>;
  readonly attributeAliases: Readonly<Record<string, string>>;
  /** The owner's ranges of addresses, or undefined. */
  readonly geoRanges: string | undefined;
}

export interface Staged {
  readonly parts: readonly StagedPart[];
  readonly files: readonly ReadFile[];
  readonly nextRid: number;
}

/**
 * Parses raw files once into Parquet under `staged/RUN/`: one row per record, good or bad, and one per item. `rid` numbers
 * the rows through all runs from `firstRid`. Nothing refers to the files before the run is published.
 */
export async function stageFiles(
  context: {
    readonly engine: RefreshEngine;
    readonly store: RefreshStore;
    readonly settings: RunSettings;
    readonly firstRid: number;
  },
  files: readonly ListedFile[],
  onRecords: (records: number) => void,
): Promise<Staged> {
  const { engine, store, settings } = context;
  const folder = `${store.temporary(settings.runId)}/lines`;
  await mkdir(folder, { recursive: true });
  await mkdir(store.path(`staged/${settings.runId}`), { recursive: true });
  const parts: StagedPart[] = [];
  const free: Sql[] = [];
  let nextRid = context.firstRid;
  let number = 0;
  let records = 0;
  const take = async (chunk: Chunk) => {
    const rid = nextRid;
    nextRid += chunk.count;
    number += 1;
    const name = `staged/${settings.runId}/${String(number).padStart(5, '0')}`;
    const sql = free.pop() ?? (await prepared(engine, settings));
    parts.push(await stageChunk(sql, store, chunk, { run: settings.runId, name, rid }));
    free.push(sql);
    records += chunk.count;
    onRecords(records);
  };
  const read = await readFiles(
    files,
    {
      folder,
      threads: 2,
      eventAliases: Object.entries(settings.aliases),
      attributeAliases: Object.entries(settings.attributeAliases),
    },
    take,
  );
  for (const sql of free) sql.close();
  parts.sort((a, b) => (a.records < b.records ? -1 : 1));
  return { parts, files: read, nextRid };
}

/** Makes the view `settings` (one row) that the transforms read. */
export function settingsSql(settings: RunSettings): string {
  const { runId, zone, currency, unitsPerItem } = settings;
  return `CREATE OR REPLACE TEMP TABLE settings AS SELECT ${literal(zone)} AS zone, ${literal(currency)} AS currency,
    ${literal(unitsPerItem)} AS units_per_item, ${literal(runId)} AS run_id`;
}

async function prepared(engine: RefreshEngine, settings: RunSettings): Promise<Sql> {
  const sql = await engine.connect();
  await sql.run(settingsSql(settings));
  return sql;
}

async function stageChunk(
  sql: Sql,
  store: RefreshStore,
  chunk: Chunk,
  part: { readonly run: string; readonly name: string; readonly rid: number },
): Promise<StagedPart> {
  await sql.run(loadRecords(chunk));
  await sql.run(loadItems(chunk));
  await rm(chunk.records);
  await rm(chunk.items);
  await sql.run('CREATE OR REPLACE TEMP TABLE user_agents AS SELECT DISTINCT ua FROM raw_records');
  await sql.run(`CREATE OR REPLACE TEMP TABLE agents AS ${transform('agents')}`);
  await sql.run('CREATE OR REPLACE TEMP TABLE page_paths AS SELECT DISTINCT page_path FROM raw_records');
  await sql.run(`CREATE OR REPLACE TEMP TABLE page_kinds AS ${transform('page_kinds')}`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE item_totals AS ${transform('item_totals')}`);
  await sql.run(PLACES_SQL);
  const records = `${part.name}.records.parquet`;
  const items = `${part.name}.items.parquet`;
  const format = '(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 20480)';
  const numbered = `SELECT ${part.rid} + ord AS rid, CAST(md5_number_lower(event_id) >> 1 AS BIGINT) AS h, s.* FROM (${transform('staged')}) s`;
  await sql.run(`COPY (${numbered}) TO ${literal(store.path(records))} ${format}`);
  // what follows needs few of its columns: reading them back costs less than holding all of them in memory
  await sql.run(`CREATE OR REPLACE TEMP VIEW staged_records AS SELECT * FROM ${parquet([store.path(records)], '')}`);
  if (chunk.itemCount > 0)
    await sql.run(`COPY (SELECT * FROM (${transform('staged_items')})) TO ${literal(store.path(items))} ${format}`);
  const days = await sql.rows(
    'SELECT dt, bool_or(reason IS NULL) AS good, bool_or(reason IS NOT NULL) AS bad FROM staged_records GROUP BY dt ORDER BY dt',
  );
  return {
    run: part.run,
    records,
    items: chunk.itemCount > 0 ? items : null,
    days: days.filter((day) => day.good).map((day) => String(day.dt)),
    rejectedDays: days.filter((day) => day.bad).map((day) => String(day.dt)),
  };
}

function loadRecords(chunk: Chunk): string {
  const columns = RAW_RECORD_COLUMNS.map((name) => {
    if (name === 'ord') return 'CAST(ord AS BIGINT) AS ord';
    return name === 'raw_record' ? "json_extract_string(raw_record, '$') AS raw_record" : name;
  });
  return `CREATE OR REPLACE TEMP TABLE raw_records AS SELECT ${columns.join(', ')} FROM ${csv(chunk.records, RAW_RECORD_COLUMNS, chunk.longest)}`;
}

function loadItems(chunk: Chunk): string {
  const columns = RAW_ITEM_COLUMNS.map((name) => (name === 'ord' ? 'CAST(ord AS BIGINT) AS ord' : name));
  return `CREATE OR REPLACE TEMP TABLE raw_items AS SELECT ${columns.join(', ')} FROM ${csv(chunk.items, RAW_ITEM_COLUMNS, chunk.longest)}`;
}

// The buffer is the longest line's, not the default's sixteen times of it: what is not needed is not allocated.
function csv(path: string, columns: readonly string[], longest: number): string {
  const line = Math.max(longest + 1024, 65_536);
  const types = columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${literal(path)}, delim = chr(9), quote = '', escape = '', comment = '', header = false, auto_detect = false,
    nullstr = '', max_line_size = ${line}, buffer_size = ${Math.max(2 * line, 2_097_152)}, strict_mode = false, columns = {${types}})`;
}
