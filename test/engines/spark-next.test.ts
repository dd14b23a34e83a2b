import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { findSparkPython } from '../../src/local/spark-python.ts';
import { nastyFiles } from '../refresh/nasty-files.ts';
import { copyAwsSamples } from './spark/aws-samples.ts';
import { openTwoEngines, type TwoEngines } from './spark/two-engines.ts';

const NEXT = '4.1.1';
jest.setTimeout(900_000);
const found = await findSparkPython(NEXT);
const whenSpark = found.kind === 'ready' ? test : test.skip;
let engines: TwoEngines;

beforeAll(() => {
  if (found.kind !== 'ready') return console.warn(`Spark ${NEXT} is skipped: ${found.why}`);
  engines = openTwoEngines(found.python);
});

afterAll(async () => {
  await engines?.close();
});

whenSpark(`Spark ${NEXT} makes the same tables as DuckDB, at first and when files are late and written again`, async () => {
  const { house } = engines;
  copyAwsSamples(house.rawDir);
  const nasty = nastyFiles(11);
  for (const { key, content } of nasty.slice(0, 9)) house.put(`nasty/${key}`, content);
  await engines.refresh();
  expect(await engines.differences()).toEqual([]);
  for (const { key, content } of nasty.slice(7))
    house.put(`nasty/${key}`, `${content}${content.split('\n')[0]}\n`, 1_800_000_000);
  await engines.refresh();
  expect(await engines.differences()).toEqual([]);
});
