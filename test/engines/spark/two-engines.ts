import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from '@jest/globals';
import { sparkArguments } from '../../../src/local/spark-refresher.ts';
import type { Snapshot } from '../../../src/refresh/snapshot.ts';
import { TABLES } from '../../../src/refresh/tables.ts';
import { openRawHouse, type RawHouse } from '../../refresh/raw-house.ts';
import { openSpark } from './spark-session.ts';

/** Raw files that both engines read, each into its own folder of tables. */
export interface TwoEngines {
  readonly house: RawHouse;
  /** Refreshes both; fails unless both succeed, count alike and write the same days. */
  refresh(): Promise<void>;
  /** The job alone, into the folder of Spark; answers with its account. */
  refreshSpark(): Promise<Readonly<Record<string, unknown>>>;
  /** What differs between the tables of the two, row by row of the same key: at most a few of each table. */
  differences(): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** The settings of both, with every kind of owner's choice. */
export const CHOICES = {
  zone: 'Europe/Berlin',
  currency: 'EUR',
  codeVersion: 'test',
  aliases: { kauf: 'purchase', bestellt: 'purchase' },
  attributeAliases: { betrag: 'value' },
};

const NAMES = Object.keys(TABLES).filter((table) => table !== 'runs');
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

const SERVE = fileURLToPath(new URL('./serve.py', import.meta.url));

/** Opens a temporary house and one Spark for all its runs, which loses files named `lost-…`; `python` is one that has PySpark. */
export function openTwoEngines(python: string): TwoEngines {
  const house = openRawHouse({ ...CHOICES, now: '2026-11-24T12:00:00.000Z' });
  const geoRanges = join(house.dataDir, '..', 'ranges.csv');
  const sparkDir = join(house.dataDir, '..', 'spark-data');
  writeFileSync(
    geoRanges,
    'network,country,city,lat,lon\n203.0.113.0/24,at,Wien,48.2,16.37\n2001:db8::/32,ch,,,\n198.51.100.7/32,fr,Lyon,x,4.8\n',
  );
  const spark = openSpark(python, [SERVE]);
  let runs = 0;
  const refreshSpark = async () => {
    runs += 1;
    const options = { ...CHOICES, rawDir: house.rawDir, dataDir: sparkDir, geoRanges };
    return spark.run(await sparkArguments(options, { trigger: 'cli', runId: `run-${runs}` }));
  };
  return {
    house,
    refresh: async () => {
      const [oursBefore, theirsBefore] = [filesOf(house.dataDir), filesOf(sparkDir)];
      const ours = await house.reopen({ geoRanges }).refresh({ trigger: 'cli' });
      const theirs = await refreshSpark();
      const said = theirs.status === 'succeeded' ? '' : spark.said();
      expect({ ours: ours.kind, theirs: theirs.status, said }).toEqual({ ours: 'done', theirs: 'succeeded', said: '' });
      if (ours.kind === 'done')
        for (const name of COUNTED) expect([name, inOrder(theirs[name])]).toEqual([name, inOrder(ours.run[name])]);
      expect(newDays(filesOf(sparkDir), theirsBefore)).toEqual(newDays(filesOf(house.dataDir), oursBefore));
    },
    refreshSpark,
    differences: () => differencesOf(house.dataDir, sparkDir),
    close: async () => {
      await spark.close();
      house.clear();
    },
  };
}

function inOrder(told: unknown): unknown {
  return Array.isArray(told) ? told.map((one) => JSON.stringify(one)).sort() : told;
}

// Files of each table by day, as the snapshot names them.
function filesOf(dataDir: string): ReadonlyMap<string, string> {
  if (!existsSync(join(dataDir, 'results', 'snapshot.json'))) return new Map();
  const { tables } = snapshotOf(dataDir);
  const entries = NAMES.flatMap(
    (table) => tables[table]?.files.map((file) => [file.path, `${table} ${file.partition.dt ?? ''}`] as const) ?? [],
  );
  return new Map(entries);
}

function newDays(after: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...after].flatMap(([path, day]) => (before.has(path) ? [] : [day])))].sort();
}

function snapshotOf(dataDir: string): Snapshot {
  return JSON.parse(readFileSync(join(dataDir, 'results', 'snapshot.json'), 'utf8')) as Snapshot;
}

/** What differs between the tables of two folders, whichever engine wrote them; every table must have rows. */
export async function differencesOf(dataDir: string, otherDir: string): Promise<readonly unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const different: unknown[] = [];
  for (const table of NAMES) {
    const [ours, theirs] = [tableSql(dataDir, table), tableSql(otherDir, table)];
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
    if (other === undefined) return { table, first: row };
    const columns = Object.keys(row).filter((name) => JSON.stringify(row[name]) !== JSON.stringify(other[name]));
    return { table, key: keyOf(row), columns: columns.map((name) => [name, row[name], other[name]]) };
  });
  return [...paired, ...unpaired.map((row) => ({ table, second: row }))];
}

// What the snapshot names, without the run's name; Spark's timestamps are adjusted to UTC.
function tableSql(dataDir: string, table: string): string {
  const { columns, files } = snapshotOf(dataDir).tables[table] as Snapshot['tables'][string];
  const cells = columns
    .filter(({ name }) => name !== 'run_id')
    .map(({ name, type }) => `CAST(${name} AS ${type === 'timestamp(3)' ? 'TIMESTAMP' : type}) AS ${name}`);
  const list = files.map((file) => `'${dataDir}/results/${file.path}'`).join(', ');
  return `SELECT ${cells.join(', ')} FROM read_parquet([${list}], hive_partitioning = true, hive_types_autocast = false)`;
}
