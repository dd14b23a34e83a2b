import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshot } from '../refresh/snapshot.ts';
import type { Run } from '../services/refresher.ts';

/**
 * What the refresher remembers between runs, one JSON file per run under `state/`. The one that counts is named by
 * `snapshot.json`'s version, so the rename of the snapshot commits tables and memory in one stroke.
 */
export interface RefreshState {
  readonly version: string;
  /** Changes with everything that changes what a raw file means; another one makes the next run a full one. */
  readonly fingerprint: string;
  /** Changes with everything else that the tables are made of; another one makes the next run build all of them from staged. */
  readonly tables: string;
  /** Raw files that are in the tables, by key. */
  readonly files: readonly (readonly [key: string, size: number, modified: number, run: string])[];
  readonly parts: readonly StagedPart[];
  /** Files of (h, rid, dt), one row per good staged row. */
  readonly ids: readonly string[];
  /** File of (rid, h, dt, kind): staged rows that are not in the tables. */
  readonly losers: string | null;
  readonly nextRid: number;
  readonly spans: readonly DayFile[];
  readonly purchases: readonly DayFile[];
  readonly orderSessions: readonly DayFile[];
  /** Rows of `events`. */
  readonly accepted: number;
}

/** A staged Parquet file of records and one of their items, and the days for which it holds good and rejected rows. */
export interface StagedPart {
  readonly run: string;
  readonly records: string;
  readonly items: string | null;
  readonly days: readonly string[];
  readonly rejectedDays: readonly string[];
}

/** A file with rows of several days, of which only the `live` ones still count: later files replaced the others. */
export interface DayFile {
  readonly path: string;
  readonly live: readonly string[];
}

/** A run as it waits to be shown in the table `runs`. */
export type StoredRun = Run & { readonly code_version: string };

/** The folders below DATA_DIR, and how what lies there is read and replaced. Paths in the state are relative to DATA_DIR. */
export interface RefreshStore {
  readonly results: string;
  path(relative: string): string;
  temporary(run: string): string;
  snapshot(): Promise<Snapshot | undefined>;
  /** Undefined where another engine (Spark, here for once) wrote that snapshot: then everything is read again. */
  state(version: string): Promise<RefreshState | undefined>;
  /** Writes the state, then makes `snapshot` the one that readers see. */
  publish(state: RefreshState, snapshot: Snapshot): Promise<void>;
  /** Runs that changed no table; they join the table `runs` with the next one that does. */
  waitingRuns(): Promise<readonly StoredRun[]>;
  keepWaiting(runs: readonly StoredRun[]): Promise<void>;
  /** The last run that went well, whether or not it changed a table. */
  lastRun(): Promise<Run | undefined>;
  rememberRun(run: Run): Promise<void>;
  /** Removes everything that neither of the two states and snapshots names. */
  sweep(named: readonly { readonly state: RefreshState; readonly snapshot: Snapshot }[]): Promise<void>;
}

const FOLDERS = ['results', 'state', 'staged', 'derived', 'tmp'];

/** Opens the store, making the folders that are missing. */
export async function openRefreshStore(dataDir: string): Promise<RefreshStore> {
  for (const folder of FOLDERS) await mkdir(join(dataDir, folder), { recursive: true });
  const path = (relative: string) => join(dataDir, relative);
  const states = new Map<string, RefreshState>();
  return {
    results: path('results'),
    path,
    temporary: (run) => path(`tmp/${run}`),
    snapshot: () => readJson<Snapshot>(path('results/snapshot.json')),
    state: async (version) => {
      const known = states.get(version);
      if (known !== undefined) return known;
      const state = await readJson<RefreshState>(path(`state/${version}.json`));
      if (state === undefined) return undefined;
      states.clear();
      states.set(version, state);
      return state;
    },
    publish: async (state, snapshot) => {
      await replaceJson(path(`state/${state.version}.json`), state);
      await replaceJson(path('results/snapshot.json'), snapshot);
    },
    waitingRuns: async () => (await readJson<readonly StoredRun[]>(path('state/waiting-runs.json'))) ?? [],
    keepWaiting: (runs) => replaceJson(path('state/waiting-runs.json'), runs.slice(-MOST_WAITING)),
    lastRun: () => readJson<Run>(path('state/last-run.json')),
    rememberRun: (run) => replaceJson(path('state/last-run.json'), run),
    sweep: (named) => sweep(dataDir, named),
  };
}

const MOST_WAITING = 1000;

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error('a file of the refresher cannot be read', { cause: error });
  }
}

// Written aside and renamed: a reader sees the old text or the new one, also after a crash.
async function replaceJson(path: string, value: unknown): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(aside, JSON.stringify(value), { flush: true });
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function sweep(dataDir: string, named: Parameters<RefreshStore['sweep']>[0]): Promise<void> {
  const keep = new Set<string>(['results/snapshot.json', 'state/waiting-runs.json', 'state/last-run.json']);
  for (const { state, snapshot } of named) {
    keep.add(`state/${state.version}.json`);
    for (const part of state.parts) {
      keep.add(part.records);
      if (part.items !== null) keep.add(part.items);
    }
    for (const file of [...state.spans, ...state.purchases, ...state.orderSessions]) keep.add(file.path);
    for (const path of state.ids) keep.add(path);
    if (state.losers !== null) keep.add(state.losers);
    for (const table of Object.values(snapshot.tables)) for (const file of table.files) keep.add(`results/${file.path}`);
  }
  for (const folder of FOLDERS.filter((name) => name !== 'tmp')) await sweepFolder(dataDir, folder, keep);
  for (const left of await readdir(join(dataDir, 'tmp'))) await rm(join(dataDir, 'tmp', left), { recursive: true, force: true });
}

async function sweepFolder(dataDir: string, folder: string, keep: ReadonlySet<string>): Promise<void> {
  if (!existsSync(join(dataDir, folder))) return;
  for (const entry of await readdir(join(dataDir, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const relative = full.slice(join(dataDir, '/').length).replaceAll('\\', '/');
    if (!keep.has(relative)) await rm(full, { force: true });
  }
}
