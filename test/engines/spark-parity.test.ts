import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { findSparkPython } from '../../src/local/spark-python.ts';
import { sparkArguments } from '../../src/local/spark-refresher.ts';
import type { Snapshot } from '../../src/refresh/snapshot.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import { sharedPath } from '../helpers/shared.ts';
import { nastyFiles } from '../refresh/nasty-files.ts';
import { openRawHouse, type RawHouse } from '../refresh/raw-house.ts';
import { openSpark, type SparkSession } from './spark/spark-session.ts';
import { wildFile } from './spark/wild-lines.ts';

jest.setTimeout(900_000);
const found = await findSparkPython();
const whenSpark = found.kind === 'ready' ? test : test.skip;
const TABLES = ['events', 'sessions', 'page_views', 'product_events', 'orders', 'users', 'quarantine'] as const;
const COUNTED = [
  'files_read',
  'records_read',
  'events',
  'duplicates',
  'quarantined',
  'late_events',
  'reasons',
  'newest_event_time',
  'unreadable',
] as const;

const options = {
  zone: 'Europe/Berlin',
  currency: 'EUR',
  codeVersion: 'test',
  aliases: { kauf: 'purchase', bestellt: 'purchase' },
  attributeAliases: { betrag: 'value' },
};
let spark: SparkSession;
let house: RawHouse;
let runs = 0;

beforeAll(async () => {
  if (found.kind !== 'ready') return console.warn(`Spark is skipped: ${found.why}`);
  house = openRawHouse({ ...options, now: '2026-11-24T12:00:00.000Z' });
  writeFileSync(
    join(house.dataDir, '..', 'ranges.csv'),
    'network,country,city,lat,lon\n203.0.113.0/24,at,Wien,48.2,16.37\n2001:db8::/32,ch,,,\n198.51.100.7/32,fr,Lyon,x,4.8\n',
  );
  spark = openSpark(found.python);
});

afterAll(async () => {
  await spark?.close();
  house?.clear();
});

whenSpark(
  'DuckDB and Spark make the same tables of the same files, row by row, and again when files come, change and repeat',
  async () => {
    await fillRaw();
    const nasty = nastyFiles(7).map(({ key, content }) => [`nasty/${key}`, content] as const);
    for (const [key, content] of nasty.slice(0, 9)) house.put(key, content);
    await bothRefresh('succeeded');
    expect(await differences()).toEqual([]);

    // late files, one written again with other content, copies that arrive earlier than what is known, one that is damaged
    for (const [key, content] of nasty.slice(7)) house.put(key, `${content}${content.split('\n')[0]}\n`, 1_800_000_000);
    for (let seed = 21; seed < 24; seed += 1) house.put(`wild/w${seed}.jsonl`, wildFile(seed, 40));
    house.put('wild/w3.jsonl', wildFile(99, 40), 1_800_000_000);
    house.put('damaged.jsonl', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
    await bothRefresh('succeeded');
    expect(await differences()).toEqual([]);

    const again = await runSpark(); // nothing has come but the damaged file, which is tried again
    expect(again).toMatchObject({ status: 'succeeded', files_read: 0, records_read: 0, partitions_written: [] });
    expect(await differences()).toEqual([]);
  },
);

// AWS's sample and edge cases where the studies lie beside the checkout, a small sample shop, wild lines.
async function fillRaw(): Promise<void> {
  const samples = sharedPath('data', 'aws-clickstream');
  if (samples !== undefined) {
    mkdirSync(join(house.rawDir, 'aws'), { recursive: true });
    copyFileSync(join(samples, 'aws-clickstream-shopping', 'envelope-gzip.jsonl'), join(house.rawDir, 'aws', 'sample.jsonl'));
    for (const name of readdirSync(join(samples, 'aws-clickstream-edge-cases')))
      copyFileSync(join(samples, 'aws-clickstream-edge-cases', name), join(house.rawDir, 'aws', name));
  } else console.warn('The samples of AWS are skipped: the studies do not lie beside this checkout.');
  const clock = { now: () => '2026-11-20T06:00:00.000Z' };
  await openSampleShop({ rawDir: join(house.rawDir, 'shop'), seed: 5, zone: options.zone, clock, days: 3, scale: 0.1 }).topUp();
  for (let seed = 1; seed < 12; seed += 1) house.put(`wild/w${seed}.jsonl`, wildFile(seed, 40));
  house.put('odd names/a b*[1]{x}?é%20.jsonl', wildFile(77, 10));
  house.put('_written/now.jsonl', 'not yet');
}

async function bothRefresh(status: string): Promise<void> {
  const geoRanges = join(house.dataDir, '..', 'ranges.csv');
  const [oursBefore, theirsBefore] = [filesOf(house.dataDir), filesOf(sparkDir())];
  const end = await house.reopen({ geoRanges }).refresh({ trigger: 'cli' });
  const theirs = await runSpark();
  expect({ end: end.kind, status: theirs.status, said: theirs.status === status ? '' : spark.said() }).toEqual({
    end: 'done',
    status,
    said: '',
  });
  if (end.kind === 'done') for (const name of COUNTED) expect([name, theirs[name]]).toEqual([name, end.run[name]]);
  expect(newDays(filesOf(sparkDir()), theirsBefore)).toEqual(newDays(filesOf(house.dataDir), oursBefore));
}

// Files of each table by day, as the snapshot names them.
function filesOf(dataDir: string): ReadonlyMap<string, string> {
  const path = join(dataDir, 'results', 'snapshot.json');
  if (!existsSync(path)) return new Map();
  const { tables } = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const entries = TABLES.flatMap(
    (table) => tables[table]?.files.map((file) => [file.path, `${table} ${file.partition.dt ?? ''}`] as const) ?? [],
  );
  return new Map(entries);
}

function newDays(after: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...after].flatMap(([path, day]) => (before.has(path) ? [] : [day])))].sort();
}

async function runSpark(): Promise<Readonly<Record<string, unknown>>> {
  runs += 1;
  const base = { ...options, rawDir: house.rawDir, dataDir: sparkDir(), geoRanges: join(house.dataDir, '..', 'ranges.csv') };
  return spark.run(await sparkArguments(base, { trigger: 'cli', runId: `run-${runs}` }));
}

function sparkDir(): string {
  return join(house.dataDir, '..', 'spark-data');
}

// For each table what differs, row by row of the same key: at most a few of each table.
async function differences(): Promise<readonly unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const different: unknown[] = [];
  for (const table of TABLES) {
    const [ours, theirs] = [tableSql(house.dataDir, table), tableSql(sparkDir(), table)];
    const here = await rows(`SELECT * FROM (${ours} EXCEPT ALL ${theirs}) ORDER BY ALL LIMIT 100`);
    const there = await rows(`SELECT * FROM (${theirs} EXCEPT ALL ${ours}) ORDER BY ALL LIMIT 100`);
    different.push(...pairs(table, here, there).slice(0, 12));
    const [count] = await rows(`SELECT count(*)::INT AS n FROM (${ours})`);
    expect({ table, some: Number(count?.n) > 0 }).toEqual({ table, some: true });
  }
  connection.closeSync();
  instance.closeSync();
  return different;
}

type Row = Readonly<Record<string, unknown>>;

function pairs(table: string, here: readonly Row[], there: readonly Row[]): readonly unknown[] {
  const keyOf = (row: Row) => JSON.stringify(Object.values(row).slice(0, table === 'events' ? 1 : 2));
  const others = new Map(there.map((row) => [keyOf(row), row]));
  const unpaired = there.filter((row) => !here.some((other) => keyOf(other) === keyOf(row)));
  const paired = here.map((row) => {
    const other = others.get(keyOf(row));
    if (other === undefined) return { table, duckdb: row };
    const columns = Object.keys(row).filter((name) => JSON.stringify(row[name]) !== JSON.stringify(other[name]));
    return { table, key: keyOf(row), columns: columns.map((name) => [name, row[name], other[name]]) };
  });
  return [...paired, ...unpaired.map((row) => ({ table, spark: row }))];
}

// What the snapshot names, without the run's name; Spark's timestamps are adjusted to UTC.
function tableSql(dataDir: string, table: string): string {
  const snapshot = JSON.parse(readFileSync(join(dataDir, 'results', 'snapshot.json'), 'utf8')) as Snapshot;
  const { columns, files } = snapshot.tables[table] as Snapshot['tables'][string];
  const cells = columns
    .filter(({ name }) => name !== 'run_id')
    .map(({ name, type }) =>
      type === 'timestamp(3)' ? `CAST(${name} AS TIMESTAMP) AS ${name}` : `CAST(${name} AS ${type}) AS ${name}`,
    );
  const list = files.map((file) => `'${dataDir}/results/${file.path}'`).join(', ');
  return `SELECT ${cells.join(', ')} FROM read_parquet([${list}], hive_partitioning = true, hive_types_autocast = false)`;
}
