import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { type DuckdbRefresherOptions, openDuckdbRefresher } from '../../src/local/duckdb-refresher.ts';
import type { Snapshot } from '../../src/refresh/snapshot.ts';
import type { RefreshEnd, Refresher, Run } from '../../src/services/refresher.ts';

/** A folder with raw files and the tables made of them, for one test. */
export interface RawHouse {
  readonly rawDir: string;
  readonly dataDir: string;
  readonly refresher: Refresher;
  /** Another refresher over the same folders, as another process would have. */
  reopen(options?: Partial<DuckdbRefresherOptions>): Refresher;
  /** Writes a raw file; `modified` is its time in seconds since 1970. */
  put(key: string, content: string | Buffer, modified?: number): void;
  remove(key: string): void;
  refresh(full?: boolean): Promise<Run>;
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Every row of the tables as text, sorted, without what names a run. */
  everything(): Promise<Readonly<Record<string, readonly string[]>>>;
  snapshot(): Snapshot;
  clear(): void;
}

/** Opens one in a temporary folder. The clock stands at `now` and moves a second per look. */
export function openRawHouse(options: Partial<DuckdbRefresherOptions> & { readonly now?: string } = {}): RawHouse {
  const folder = mkdtempSync(join(tmpdir(), 'askstream-refresh-'));
  const rawDir = join(folder, 'raw');
  const dataDir = options.dataDir ?? join(folder, 'data');
  mkdirSync(rawDir);
  let time = Date.parse(options.now ?? '2026-05-20T12:00:00.000Z');
  const clock = {
    now: () => {
      time += 1000;
      return new Date(time).toISOString();
    },
  };
  const { now: _now, ...given } = options;
  const base = { rawDir, dataDir, zone: 'UTC', currency: 'EUR', aliases: {}, codeVersion: 'test', clock, ...given };
  const refresher = openDuckdbRefresher(base);
  const snapshot = () => JSON.parse(readFileSync(join(dataDir, 'results/snapshot.json'), 'utf8')) as Snapshot;
  const rows = async (sql: string) => query(dataDir, snapshot(), sql);
  return {
    rawDir,
    dataDir,
    refresher,
    reopen: (more = {}) => openDuckdbRefresher({ ...base, ...more }),
    put: (key, content, modified) => {
      const path = join(rawDir, key);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      if (modified !== undefined) utimesSync(path, modified, modified);
    },
    remove: (key) => rmSync(join(rawDir, key)),
    refresh: async (full = false) => runOf(await refresher.refresh({ trigger: 'cli', full })),
    rows,
    everything: async () => {
      const all: Record<string, readonly string[]> = {};
      for (const [table, { columns }] of Object.entries(snapshot().tables)) {
        if (table === 'runs') continue;
        const names = columns.map((c) => c.name).filter((name) => name !== 'run_id');
        all[table] = (await rows(`SELECT ${names.join(', ')} FROM ${table}`)).map((row) => JSON.stringify(row)).sort();
      }
      return all;
    },
    snapshot,
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The run of a refresh that went well; anything else fails the test with what it was. */
export function runOf(end: RefreshEnd): Run {
  if (end.kind !== 'done') {
    throw new Error(`expected a run that went well, got ${JSON.stringify(end)}`, { cause: (end as { cause?: unknown }).cause });
  }
  return end.run;
}

async function query(dataDir: string, snapshot: Snapshot, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    for (const [name, table] of Object.entries(snapshot.tables)) {
      const list = table.files.map((file) => `'${dataDir}/results/${file.path}'`).join(', ');
      const empty = `SELECT ${table.columns.map((c) => `NULL::VARCHAR AS ${c.name}`).join(', ')} WHERE false`;
      const full = `SELECT ${table.columns.map((c) => c.name).join(', ')} FROM read_parquet([${list}], hive_partitioning = true, hive_types_autocast = false)`;
      await connection.run(`CREATE VIEW ${name} AS ${table.files.length > 0 ? full : empty}`);
    }
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** What of an event a test wants to say; the rest is filled in. Times are ISO 8601 UTC. */
export interface TestEvent {
  readonly id?: string;
  readonly type?: string;
  readonly at: string;
  readonly user?: string;
  readonly device?: string;
  readonly session?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly items?: readonly unknown[];
  readonly userId?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

/** One raw event as AWS's web SDK sends it. */
export function rawEvent(event: TestEvent): Record<string, unknown> {
  const user = event.user ?? 'u1';
  const type = event.type ?? '_page_view';
  return {
    event_type: type,
    event_id: event.id ?? `${user}-${type}-${event.at}`,
    timestamp: Date.parse(event.at),
    app_id: 'shop',
    platform: 'Web',
    unique_id: user,
    device_id: event.device ?? `d-${user}`,
    ...(event.userId === undefined ? {} : { user: { _user_id: { value: event.userId, set_timestamp: 1 } } }),
    attributes: { ...(event.session === undefined ? {} : { _session_id: event.session }), ...event.attributes },
    ...(event.items === undefined ? {} : { items: event.items }),
    ...event.more,
  };
}

/** One envelope line. Ingested at `ingest` (default: the time of its last event). */
export function envelope(
  events: readonly TestEvent[],
  fields: Readonly<Record<string, unknown>> & { readonly ingest?: string } = {},
): string {
  const { ingest, gzip, ...rest } = fields;
  const times = events.map((event) => Date.parse(event.at));
  const text = JSON.stringify(events.map(rawEvent));
  const data = gzip === true ? gzipSync(text).toString('base64') : text;
  return `${JSON.stringify({ data, ua: CHROME, ip: '203.0.113.9', ingest_time: ingest === undefined ? Math.max(...times) : Date.parse(ingest), ...rest })}\n`;
}
