import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Snapshot } from '../refresh/snapshot.ts';
import { TABLES } from '../refresh/tables.ts';
import { openSampleShop } from '../sample/sample-shop.ts';
import { print } from './json-lines.ts';
import { readArguments, UsageFault } from './usage.ts';

const usage = 'bench kill [--times N]';
const options = { times: { type: 'string' } } as const;
const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const HOOKS = fileURLToPath(new URL('../hooks.ts', import.meta.url));
/** All that a refresh writes but its own book-keeping, which names each run. */
const COMPARED = Object.keys(TABLES).filter((table) => table !== 'runs');

/**
 * `bench kill`: SIGKILL at random moments of a refresh (50 unless told) while another reader asks all the time. Exit 1 where a
 * reader saw anything but the whole before or the whole after, or where what came out at last differs from an unharmed run.
 */
export async function benchKill(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args, options, usage);
  const times = Number(values.times ?? 50);
  if (!Number.isInteger(times) || times < 1) throw new UsageFault(`--times takes a whole number. Usage: ${usage}`);
  const folder = await mkdtemp(join(tmpdir(), 'askstream-kill-'));
  try {
    const figures = await killing(folder, times);
    print(figures);
    return figures.half_seen === 0 && figures.ends_equal ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function killing(folder: string, times: number) {
  const rawDir = join(folder, 'raw');
  const [harmed, unharmed] = [join(folder, 'harmed'), join(folder, 'unharmed')];
  await mkdir(rawDir);
  let now = Date.parse('2026-06-04T00:00:00Z');
  const clock = { now: () => new Date(now).toISOString() };
  const shop = openSampleShop({ rawDir, seed: 1, zone: 'UTC', clock, days: 3, scale: 0.3 });
  await shop.topUp();
  for (const dataDir of [harmed, unharmed]) await ended(refresh(rawDir, dataDir));
  const seen = { killed: 0, finished: 0, asked: 0, half_seen: 0, ends_equal: true };
  const reader = readAllTheTime(harmed, seen);
  for (let round = 0; round < times; round += 1) {
    now += 1_800_000;
    await shop.topUp();
    const start = performance.now();
    await ended(refresh(rawDir, unharmed));
    const length = performance.now() - start;
    const child = refresh(rawDir, harmed);
    const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * length);
    const signal = await ended(child);
    clearTimeout(timer);
    seen[signal === 'SIGKILL' ? 'killed' : 'finished'] += 1;
  }
  await ended(refresh(rawDir, harmed));
  await reader.stop();
  seen.ends_equal = JSON.stringify(await allOf(harmed)) === JSON.stringify(await allOf(unharmed));
  return seen;
}

function refresh(rawDir: string, dataDir: string): ChildProcess {
  return spawn(process.execPath, ['--import', HOOKS, CLI, 'refresh'], {
    stdio: 'ignore',
    env: { RAW_DIR: rawDir, DATA_DIR: dataDir },
  });
}

function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
}

// Every answer must hold together: what the snapshot says of its files, what they hold, and events against their sessions.
function readAllTheTime(dataDir: string, seen: { asked: number; half_seen: number }): { stop(): Promise<void> } {
  let over = false;
  const reading = (async () => {
    while (!over) {
      const snapshot = await snapshotOf(dataDir);
      const counts = await countsOf(dataDir, snapshot).catch(() => undefined);
      const moved = (await snapshotOf(dataDir)).version !== snapshot.version;
      if (counts === undefined ? !moved : counts !== expectedOf(snapshot)) seen.half_seen += 1;
      seen.asked += 1;
    }
  })();
  return {
    stop: async () => {
      over = true;
      await reading;
    },
  };
}

async function snapshotOf(dataDir: string): Promise<Snapshot> {
  return JSON.parse(await readFile(join(dataDir, 'results', 'snapshot.json'), 'utf8')) as Snapshot;
}

function expectedOf(snapshot: Snapshot): string {
  const rows = (table: string) => (snapshot.tables[table]?.files ?? []).reduce((sum, file) => sum + file.rows, 0);
  return `${rows('events')} ${rows('events')} ${rows('sessions')}`;
}

async function countsOf(dataDir: string, snapshot: Snapshot): Promise<string> {
  const [row] =
    await rowsOf(`SELECT (SELECT count(*) FROM ${filesOf(dataDir, snapshot, 'events')}) AS events, sum(event_count)::BIGINT AS of_sessions,
    count(*) AS sessions FROM ${filesOf(dataDir, snapshot, 'sessions')}`);
  return `${row?.events} ${row?.of_sessions} ${row?.sessions}`;
}

async function allOf(dataDir: string): Promise<unknown> {
  const snapshot = await snapshotOf(dataDir);
  const all: unknown[] = [];
  for (const table of COMPARED) {
    if ((snapshot.tables[table]?.files ?? []).length === 0) continue;
    const names = (snapshot.tables[table]?.columns ?? []).map((column) => column.name).filter((name) => name !== 'run_id');
    all.push(await rowsOf(`SELECT ${names.join(', ')} FROM ${filesOf(dataDir, snapshot, table)} ORDER BY ALL`));
  }
  return all;
}

function filesOf(dataDir: string, snapshot: Snapshot, table: string): string {
  const files = (snapshot.tables[table]?.files ?? []).map((file) => `'${dataDir}/results/${file.path}'`);
  return `read_parquet([${files.join(', ')}], hive_partitioning = true, hive_types_autocast = false)`;
}

async function rowsOf(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
