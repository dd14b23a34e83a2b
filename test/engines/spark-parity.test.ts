import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { findSparkPython } from '../../src/local/spark-python.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import { putBadFiles } from '../refresh/bad-files.ts';
import { hugeNumbers } from '../refresh/huge-numbers.ts';
import { nastyFiles } from '../refresh/nasty-files.ts';
import { copyAwsSamples } from './spark/aws-samples.ts';
import { CHOICES, openTwoEngines, type TwoEngines } from './spark/two-engines.ts';
import { wildFile } from './spark/wild-lines.ts';

jest.setTimeout(900_000);
const found = await findSparkPython();
const whenSpark = found.kind === 'ready' ? test : test.skip;
let engines: TwoEngines;

beforeAll(() => {
  if (found.kind !== 'ready') return console.warn(`Spark is skipped: ${found.why}`);
  engines = openTwoEngines(found.python);
});

afterAll(async () => {
  await engines?.close();
});

whenSpark(
  'DuckDB and Spark make the same tables of the same files, row by row, and again when files come, change and repeat',
  async () => {
    const { house } = engines;
    await fillRaw();
    const nasty = nastyFiles(7).map(({ key, content }) => [`nasty/${key}`, content] as const);
    for (const [key, content] of nasty.slice(0, 9)) house.put(key, content);
    await engines.refresh();
    expect(await engines.differences()).toEqual([]);

    // late files, one written again with other content, copies that arrive earlier than what is known, one that is damaged
    for (const [key, content] of nasty.slice(7)) house.put(key, `${content}${content.split('\n')[0]}\n`, 1_800_000_000);
    for (let seed = 21; seed < 24; seed += 1) house.put(`wild/w${seed}.jsonl`, wildFile(seed, 40));
    house.put('wild/w3.jsonl', wildFile(99, 40), 1_800_000_000);
    house.put('damaged.jsonl', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
    await engines.refresh();
    expect(await engines.differences()).toEqual([]);

    const again = await engines.refreshSpark(); // nothing has come but the damaged file, which is as it was
    expect(again).toMatchObject({ status: 'nothing_new', files_read: 0, unreadable: [{ file: 'damaged.jsonl' }] });
  },
);

whenSpark(
  'bad files of every kind end by the same counts, reasons and days on either engine, and what cannot be read is told',
  async () => {
    putBadFiles(engines.house);
    await engines.refresh();
  },
);

// AWS's sample and edge cases where the studies lie beside the checkout, a small sample shop, wild lines.
async function fillRaw(): Promise<void> {
  const { house } = engines;
  copyAwsSamples(house.rawDir);
  const clock = { now: () => '2026-11-20T06:00:00.000Z' };
  await openSampleShop({ rawDir: join(house.rawDir, 'shop'), seed: 5, zone: CHOICES.zone, clock, days: 3, scale: 0.1 }).topUp();
  for (let seed = 1; seed < 12; seed += 1) house.put(`wild/w${seed}.jsonl`, wildFile(seed, 40));
  house.put('huge.jsonl', hugeNumbers());
  house.put('odd names/a b*[1]{x}?é%20.jsonl', wildFile(77, 10));
  house.put('_written/now.jsonl', 'not yet');
}
