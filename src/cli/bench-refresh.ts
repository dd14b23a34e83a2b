import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { type DuckdbRefresherOptions, openDuckdbRefresher } from '../local/duckdb-refresher.ts';
import { findSparkPython } from '../local/spark-python.ts';
import { refreshWithSpark } from '../local/spark-refresher.ts';
import { readLines } from '../refresh/reader/read-lines.ts';
import { openSampleShop } from '../sample/sample-shop.ts';
import type { RefreshEnd } from '../services/refresher.ts';
import { print } from './json-lines.ts';
import { readArguments, UsageFault } from './usage.ts';

const usage = 'bench refresh [--events N] [--spark] [--json]';
const options = { events: { type: 'string' }, spark: { type: 'boolean' }, json: { type: 'boolean' } } as const;
/** Events of the sample shop in a day at scale 1. */
const EVENTS_OF_DAY = 3550;
const DAYS = 30;
const START = Date.parse('2026-06-01T00:00:00Z');

interface Cost {
  readonly seconds: number;
  readonly cpu: number;
}

/**
 * `bench refresh`: a refresh of the sample shop at a size (100,000 events unless told), one more hour after it, the floor
 * (inflating, one JSON extraction and writing the events, each alone) and, on request, the same files on Spark.
 */
export async function benchRefresh(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args, options, usage);
  const wanted = Number(values.events ?? 100_000);
  if (!Number.isInteger(wanted) || wanted < 1000) throw new UsageFault(`--events takes a number from 1000 on. Usage: ${usage}`);
  const folder = await mkdtemp(join(tmpdir(), 'askstream-bench-'));
  try {
    const figures = await measure(folder, wanted, values.spark ?? false);
    if (values.json) print(figures);
    else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(28)} ${value}`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, wanted: number, spark: boolean): Promise<Readonly<Record<string, number | string>>> {
  const rawDir = join(folder, 'raw');
  await mkdir(rawDir);
  let now = START + DAYS * 86_400_000;
  const clock = { now: () => new Date(now).toISOString() };
  const shop = openSampleShop({ rawDir, seed: 1, zone: 'UTC', clock, days: DAYS, scale: wanted / (EVENTS_OF_DAY * DAYS) });
  console.error('Making the raw files …');
  await shop.topUp();
  const base = { rawDir, dataDir: join(folder, 'data'), zone: 'UTC', currency: 'EUR', aliases: {}, clock, codeVersion: 'bench' };
  console.error('Refreshing …');
  const refresher = openDuckdbRefresher(base);
  const whole = await timed(() => refresher.refresh({ trigger: 'cli' }));
  const events = eventsOf(whole.result);
  const peak = process.resourceUsage().maxRSS / 1024;
  console.error('Measuring the floor …');
  const read = await timed(() => inflateAll(rawDir));
  const written = await timed(() => writeEvents(base.dataDir, folder));
  const floor = read.cost.cpu + written.cost.cpu;
  const onSpark = spark ? await sparkSeconds({ ...base, dataDir: join(folder, 'spark') }) : undefined;
  now += 3_600_000;
  await shop.topUp();
  const hour = await timed(() => refresher.refresh({ trigger: 'cli' }));
  return {
    events,
    events_per_second: Math.round(events / whole.cost.seconds),
    cpu_seconds_per_million: round((whole.cost.cpu / events) * 1e6),
    cpu_over_floor: round(whole.cost.cpu / floor),
    peak_mib: Math.round(peak),
    one_more_hour_seconds: round(hour.cost.seconds),
    one_more_hour_events: eventsOf(hour.result),
    ...(onSpark === undefined
      ? {}
      : { times_faster_than_spark: round(onSpark / whole.cost.seconds), spark_seconds: round(onSpark) }),
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly cost: Cost }> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const used = process.cpuUsage(cpu);
  return { result, cost: { seconds: (performance.now() - start) / 1000, cpu: (used.user + used.system) / 1e6 } };
}

function eventsOf(end: RefreshEnd): number {
  if (end.kind !== 'done') throw new Error('the measured refresh did not go well', { cause: end });
  return end.run.events;
}

async function inflateAll(rawDir: string): Promise<number> {
  let events = 0;
  for (const entry of await readdir(rawDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    for await (const line of readLines(join(entry.parentPath, entry.name))) events += eventsIn(line.text);
  }
  return events;
}

function eventsIn(line: string): number {
  try {
    const { data } = JSON.parse(line) as { data: string };
    return (JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString()) as unknown[]).length;
  } catch {
    return 0; // the shop sends broken lines too
  }
}

async function writeEvents(dataDir: string, folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const from = `read_parquet('${dataDir}/results/events/*/*.parquet', hive_partitioning = true)`;
  await connection.run(`COPY (SELECT * FROM ${from}) TO '${folder}/again' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (dt))`);
  connection.closeSync();
  instance.closeSync();
}

async function sparkSeconds(base: DuckdbRefresherOptions): Promise<number | undefined> {
  const found = await findSparkPython();
  if (found.kind === 'missing') {
    console.error(found.why);
    return undefined;
  }
  console.error('The same on Spark …');
  const { result, cost } = await timed(() => refreshWithSpark({ ...base, python: found.python }, { trigger: 'cli' }));
  eventsOf(result);
  return cost.seconds;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
