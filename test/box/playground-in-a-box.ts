import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { type House, openHouse } from '../../src/open-house.ts';
import type { Snapshot, SnapshotFile } from '../../src/refresh/snapshot.ts';
import { openSampleShop, type SampleShop } from '../../src/sample/sample-shop.ts';
import { type Doors, type HandClock, openDoors } from '../doors/open-doors.ts';
import { openSpark } from '../engines/spark/spark-session.ts';
import { duckdbJob, sparkSessionJob } from './engines/refresh-jobs.ts';
import { type Box, openBox } from './open-box.ts';

/** The simulated Slack in front of AWS in a box, with a real Trino behind Athena and a real Spark behind Glue. */
export interface PlaygroundInABox {
  readonly box: Box;
  readonly shop: SampleShop;
  /** What was reported to the log. */
  readonly faults: string[];
  /** A house in the box with settings of its own, and its doors; who was in there before goes out. */
  enter(settings?: Readonly<Record<string, string>>): Promise<{ house: House; doors: Doors }>;
  /** From now on the tables say that they weigh a hundred thousand times as much as they do, and reach back another four weeks. */
  swell(): void;
  close(): Promise<void>;
}

const settings = { zone: 'Europe/Berlin', currency: 'EUR' };

/** Opens it, or answers with a plain word why it can't be; `python` is one that has PySpark, and the local refresh stands in its place without. */
export async function openPlaygroundInABox(clock: HandClock, python?: string): Promise<PlaygroundInABox | string> {
  const work = mkdtempSync(join(tmpdir(), 'box-playground-'));
  const spark = python ? openSpark(python) : undefined;
  const job = (buckets: Box['buckets']) =>
    spark ? sparkSessionJob(spark, buckets, settings) : duckdbJob(buckets, join(work, 'job'), { ...settings, aliases: {} });
  const box = await openBox({ database: 'shop', job, model: () => ({ text: 'no' }) });
  let leave = async () => {};
  const close = async () => {
    await leave();
    await spark?.close();
    if (typeof box !== 'string') await box.close();
    rmSync(work, { recursive: true, force: true });
  };
  if (typeof box === 'string') return close().then(() => box);
  // The SDK's own clients read where their services are from the environment.
  Object.assign(process.env, box.environment);
  const shop = openSampleShop({ rawDir: box.buckets.raw, seed: 7, zone: settings.zone, clock, days: 2, scale: 0.15 });
  const faults: string[] = [];
  const report = (fault: unknown, what: string) => {
    faults.push(`${what}: ${String(fault)} ${String((fault as Error).cause ?? '')}`);
    return 'AS-TEST1';
  };
  return {
    box,
    shop,
    faults,
    close,
    async enter(more = {}) {
      await leave();
      // Slack's ids are times: the next workspace must not use those of the last.
      clock.forward(60_000);
      const config = readConfig({ SHOP_TIME_ZONE: settings.zone, SHOP_CURRENCY: settings.currency, ...box.environment, ...more });
      const house = openHouse(config, { clock, report });
      const { line, refresher, memory, spending } = house;
      const shared = { line, refresher, memory: memory!, spending: spending!, approveUsd: config.APPROVE_USD, report, clock };
      const doors = await openDoors({ ...shared, engine: 'Athena', sole: false });
      leave = async () => {
        await doors.close();
        await house.close();
      };
      return { house, doors };
    },
    swell: () => rewrite(join(box.buckets.results, 'snapshot.json'), swollen),
  };
}

function rewrite(file: string, change: (snapshot: Snapshot) => Snapshot): void {
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Snapshot)));
}

const times = 100_000;
const daysMore = 28;

/** Prices come from the snapshot alone, so it may name files that nobody ever opens. */
function swollen(snapshot: Snapshot): Snapshot {
  const tables = Object.entries(snapshot.tables).map(([name, table]) => {
    const files = table.files.flatMap((file) => [heavier(file), ...older(heavier(file))]);
    return [name, { ...table, files }] as const;
  });
  return { ...snapshot, firstDay: dayBefore(snapshot.firstDay!, daysMore), tables: Object.fromEntries(tables) };
}

function heavier(file: SnapshotFile): SnapshotFile {
  const columns = Object.entries(file.columnBytes).map(([column, size]) => [column, size * times] as const);
  return { ...file, bytes: file.bytes * times, columnBytes: Object.fromEntries(columns) };
}

function older(file: SnapshotFile): SnapshotFile[] {
  const { dt } = file.partition;
  if (!dt) return [];
  return Array.from({ length: daysMore }, (_, i) => ({ ...file, partition: { dt: dayBefore(dt, i + 1) } }));
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}
