import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dayIn } from '../../src/answer/brief.ts';
import type { Answer, Outcome } from '../../src/answer/stations.ts';
import { readConfig } from '../../src/config.ts';
import { type House, openHouse } from '../../src/open-house.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import type { Cell } from '../../src/services/warehouse.ts';
import { duckdbJob, sparkJob } from './engines/refresh-jobs.ts';
import { type Box, openBox } from './open-box.ts';

/** PySpark's Python, where there is one; the local refresh stands in Spark's place without it. */
const python = process.env.BOX_PYTHON;
const settings = { zone: 'Europe/Berlin', currency: 'EUR' };
const now = new Date().toISOString();
const clock = { now: () => now };
const work = mkdtempSync(join(tmpdir(), 'box-'));
const found = await openBox({
  database: 'shop',
  job: (buckets) =>
    python ? sparkJob(python, buckets, settings) : duckdbJob(buckets, join(work, 'job'), { ...settings, aliases: {} }),
  model: ({ body }) =>
    JSON.stringify(body.messages).includes('zuckerguss')
      ? { call: { reading: { kind: 'metric', metrics: ['sessions'], dimensions: ['device'], period: { type: 'all' } } } }
      : { text: 'no' },
});

if (typeof found === 'string') test.skip(`AWS in a box: skipped, ${found}`, () => {});
else suite(found);

function suite(box: Box): void {
  const reports: string[] = [];
  const report = (fault: unknown, what: string) => {
    reports.push(`${what}: ${String(fault)} ${String((fault as Error).cause ?? '')}`);
    return 'AS-TEST';
  };
  let aws: House;
  let local: House;

  beforeAll(async () => {
    const shop = openSampleShop({
      rawDir: box.buckets.raw,
      seed: 7,
      zone: settings.zone,
      clock,
      days: python ? 10 : 35,
      scale: python ? 0.05 : 0.1,
    });
    await shop.topUp();
    const common = { SHOP_TIME_ZONE: settings.zone, SHOP_CURRENCY: settings.currency, DATA_DIR: join(work, 'data') };
    Object.assign(process.env, box.environment);
    aws = openHouse(readConfig({ ...common, ...box.environment }), { clock, report });
    local = openHouse(readConfig({ ...common, RAW_DIR: box.buckets.raw }), { clock, report });
    await local.refresher.refresh({ trigger: 'cli' });
  }, 300_000);

  afterAll(async () => {
    await aws?.close();
    await local?.close();
    await box.close();
    rmSync(work, { recursive: true, force: true });
  }, 60_000);

  const ask = (house: House, text: string): Promise<Outcome> =>
    house.line.ask({ id: text, text, askedAt: now }, { noPicture: true });

  test('before the first refresh the tables are empty and everything waits', async () => {
    expect(await aws.refresher.freshness()).toMatchObject({ lastDay: null, dataVersion: 'none' });
    expect((await aws.refresher.pending()).files).toBeGreaterThan(100);
    const sentence = 'There are no data yet. Run /refresh, then ask again.';
    expect(await ask(aws, 'conversion rate by device last 28 days')).toMatchObject({ kind: 'decline', sentence });
  });

  test('a refresh runs the job, tells its steps, and leaves nothing waiting', async () => {
    const steps: string[] = [];
    const began = performance.now();
    const end = await aws.refresher.refresh({ trigger: 'slack', onStep: ({ step }) => steps.push(step) });
    console.log(`refresh on Glue in the box (${python ? 'Spark' : 'DuckDB'}): ${Math.round(performance.now() - began)} ms`);
    expect(reports).toEqual([]);
    expect(end).toMatchObject({ kind: 'done', run: { status: 'succeeded', run_trigger: 'slack' } });
    const { run } = end as Extract<typeof end, { kind: 'done' }>;
    expect(run.records_read).toBe(run.events + run.duplicates + run.quarantined);
    // A run that is over before the first look has told its steps to nobody.
    if (python) expect(steps.length).toBeGreaterThan(0);
    expect(await aws.refresher.pending()).toEqual({ files: 0, bytes: 0 });
    expect((await aws.refresher.freshness()).lastDay).toBe(dayIn(settings.zone, now));
  }, 600_000);

  test('a question in words is answered by Athena, with what it cost', async () => {
    const outcome = (await ask(aws, 'conversion rate by device last 28 days')) as Answer;
    expect(reports).toEqual([]);
    expect(outcome.kind).toBe('answer');
    expect(outcome.price.billed).toBe(true);
    expect(outcome.price.scannedBytes).toBeGreaterThan(0);
    expect(outcome.rows.length).toBeGreaterThan(1);
    console.log(`answered in ${Math.round(outcome.ms.total ?? 0)} ms: ${outcome.headline}`);
  }, 60_000);

  test('what the grammar can’t read the model reads, and its answer says so', async () => {
    const outcome = await ask(aws, 'wieviel zuckerguss nach gerätetyp');
    expect(outcome).toMatchObject({
      kind: 'answer',
      reading: { metrics: ['sessions'], assumed: ['read with the help of a model'] },
    });
    expect((await ask(aws, 'frobnicate the gizmos')).kind).toBe('clarify');
  }, 60_000);

  test('SHOW and DESCRIBE never reach Athena, and name only what may be read', async () => {
    const before = box.athena.log.started.length;
    const outcome = (await aws.line.sql({ id: 's', text: 'DESCRIBE sessions', askedAt: now })) as Answer;
    expect(outcome.rows.map((row) => row[0])).toContain('session_id');
    expect(box.athena.log.started).toHaveLength(before);
  });

  test('new raw files are in the next answer after the next refresh', async () => {
    const before = (await ask(aws, 'events all time')) as Answer;
    const record = readFileSync(join(box.buckets.raw, firstFile(box.buckets.raw)));
    writeFileSync(join(box.buckets.raw, 'zz-again.json.gz'), record);
    expect(await aws.refresher.pending()).toMatchObject({ files: 1 });
    const end = await aws.refresher.refresh({ trigger: 'slack' });
    // The same records again: all of them are duplicates, and none is counted twice.
    expect(end).toMatchObject({ kind: 'done', run: { files_read: 1, events: 0 } });
    expect(((await ask(aws, 'events all time')) as Answer).rows).toEqual(before.rows);
  }, 600_000);

  describe('the same question on Athena and on the local engine', () => {
    const lines = ['numbers', 'fashion-shop'].flatMap((name) =>
      readFileSync(new URL(`../../prompts/evals/${name}.jsonl`, import.meta.url), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { id: string; question: string; thread?: string }),
    );

    test('gives the same rows, for every question of the evals that is whole in itself', async () => {
      const questions = [...new Set(lines.filter((line) => !line.thread).map((line) => line.question))];
      const differing: string[] = [];
      let approximate = 0;
      const counts: Record<string, number> = {};
      for (const question of questions) {
        const [a, b] = [await ask(aws, question), await ask(local, question)];
        counts[a.kind] = (counts[a.kind] ?? 0) + 1;
        if (a.kind !== b.kind) differing.push(`${question}: ${a.kind} against ${b.kind}`);
        if (a.kind !== 'answer' || b.kind !== 'answer' || sameRows(a, b)) continue;
        // An approximate percentile is another one on another engine.
        if (a.sql.includes('approx_')) approximate++;
        else differing.push(`${question}: other rows`);
      }
      console.log(
        `evals on both engines: ${JSON.stringify(counts)}, ${differing.length} differ, ${approximate} in an approximate percentile`,
      );
      expect(differing).toEqual([]);
    }, 1_200_000);
  });
}

function sameRows(a: Answer, b: Answer): boolean {
  const shown = ({ columns, rows }: Answer) => [
    columns.map((c) => c.name).join(),
    ...rows.map((row) => JSON.stringify(row.map(rounded))).sort(),
  ];
  return JSON.stringify(shown(a)) === JSON.stringify(shown(b));
}

/** Sums of doubles depend on the order of the rows in their last digits. */
function rounded(cell: Cell): Cell {
  return typeof cell === 'number' ? Number(cell.toPrecision(10)) : cell;
}

function firstFile(folder: string): string {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.gz')).sort()[0]!;
}
