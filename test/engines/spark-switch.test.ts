import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { findSparkPython } from '../../src/local/spark-python.ts';
import { sparkArguments } from '../../src/local/spark-refresher.ts';
import { hugeNumbers } from '../refresh/huge-numbers.ts';
import { nastyFiles } from '../refresh/nasty-files.ts';
import { openRawHouse, type RawHouse } from '../refresh/raw-house.ts';
import { openSpark, type SparkSession } from './spark/spark-session.ts';
import { CHOICES, differencesOf } from './spark/two-engines.ts';

jest.setTimeout(900_000);
const found = await findSparkPython();
const whenSpark = found.kind === 'ready' ? test : test.skip;
let house: RawHouse;
let spark: SparkSession;

beforeAll(() => {
  if (found.kind !== 'ready') return console.warn(`Spark is skipped: ${found.why}`);
  house = openRawHouse({ ...CHOICES, now: '2026-11-24T12:00:00.000Z' });
  spark = openSpark(found.python);
});

afterAll(async () => {
  await spark?.close();
  house?.clear();
});

whenSpark('either engine takes over the tables of the other: Spark after DuckDB, and DuckDB after Spark', async () => {
  const other = join(house.dataDir, '..', 'duckdb-alone');
  const alone = house.reopen({ dataDir: other });
  const nasty = nastyFiles(23);
  for (const { key, content } of nasty.slice(0, 5)) house.put(key, content);
  await house.refresh();

  for (const { key, content } of nasty.slice(5, 9)) house.put(key, content);
  house.put('huge.jsonl', hugeNumbers());
  const bySpark = await spark.run(
    await sparkArguments({ ...CHOICES, rawDir: house.rawDir, dataDir: house.dataDir }, { trigger: 'cli', runId: 'by-spark' }),
  );
  expect({ status: bySpark.status, said: bySpark.status === 'succeeded' ? '' : spark.said() }).toEqual({
    status: 'succeeded',
    said: '',
  });
  await alone.refresh({ trigger: 'cli' });
  expect(await differencesOf(house.dataDir, other)).toEqual([]);
  expect(lying()).toEqual(named()); // Athena reads what lies in a day, whoever wrote it

  for (const { key, content } of nasty.slice(9)) house.put(key, content);
  await house.refresh();
  await alone.refresh({ trigger: 'cli' });
  expect(await differencesOf(house.dataDir, other)).toEqual([]);
});

function lying(): readonly string[] {
  const files = readdirSync(join(house.dataDir, 'results'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.parquet')).sort();
}

function named(): readonly string[] {
  return Object.values(house.snapshot().tables)
    .flatMap((table) => table.files.map((file) => file.path))
    .sort();
}
