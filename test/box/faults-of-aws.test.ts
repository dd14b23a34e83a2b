import { GlueClient, StartJobRunCommand } from '@aws-sdk/client-glue';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { holdRow } from './fault-table.ts';
import { type FaultBench, openFaultBench } from './open-fault-bench.ts';

const question = 'sessions last 3 days';
const long = "```SELECT event_id FROM events WHERE dt >= '2026-11-20'```";
let bench: FaultBench;

beforeAll(async () => {
  bench = await openFaultBench();
}, 120_000);

afterEach(() => {
  const { athena, s3, quicksight } = bench.shop.box;
  Object.assign(athena.faults, {
    failingLooks: 0,
    lostResults: 0,
    staleTokens: 0,
    isWorkgroupGone: false,
    isAccessDenied: false,
  });
  Object.assign(quicksight.faults, { throttled: 0, missing: [] });
  s3.faults.slowDowns = 0;
  delete athena.faults.pageRows;
});

afterAll(() => bench?.close(), 60_000);

const athena = () => bench.shop.box.athena;

describe('S3', () => {
  test('asks to slow down for a moment', async () => {
    bench.clock.forward(60_000);
    bench.shop.box.s3.faults.slowDowns = 2;
    await bench.row('S3 asks to slow down for a moment (503)', question, 'one query; the SDK asks again');
    expect(bench.shop.box.s3.faults.slowDowns).toBe(0);
  });

  test('asks to slow down until the SDK gives up', async () => {
    bench.clock.forward(60_000);
    bench.shop.box.s3.faults.slowDowns = 1_000_000;
    await bench.row(
      'S3 asks to slow down until the SDK gives up',
      question,
      'no query: nobody knows what the tables hold',
      undefined,
      0,
    );
    bench.shop.box.s3.faults.slowDowns = 0;
    expect((await bench.asked(question)).saw).toContain('Sessions');
  });
});

describe('the rows of a finished query', () => {
  test('are gone', async () => {
    athena().faults.lostResults = 1;
    await bench.row(
      'The rows of a finished query are gone',
      question,
      'one query, its price stays counted; asked again it is a new one',
    );
  });

  test('come in many pages, and the token of the next one has expired', async () => {
    athena().faults.staleTokens = 1;
    await bench.row('The token of the next page has expired', long, 'one query, its price stays counted');
  });

  test('come in pages that are not full', async () => {
    athena().faults.pageRows = 2;
    await bench.row('Pages of rows come short', question, 'one query, every row');
  });
});

describe('Athena', () => {
  test('finds the caller’s clock off', async () => {
    athena().faults.skewedStarts = 1;
    await bench.row('The task’s clock is off', question, 'one query: the SDK sets its clock by the answer and asks again');
    expect(athena().faults.skewedStarts).toBe(0);
  });

  test('knows no such workgroup, as in another region', async () => {
    athena().faults.isWorkgroupGone = true;
    await bench.row('The workgroup is not there (another region or name)', question, 'no query', undefined, 0);
  });

  test('refuses the role', async () => {
    athena().faults.isAccessDenied = true;
    const { saw } = await bench.asked(question);
    expect(saw).not.toMatch(/arn:|\d{12}|athena:/);
    holdRow({ fault: 'The bot’s role has lost its right to ask', saw, kept: 'no query' });
  });

  test('may not use the key of a file', async () => {
    const reason =
      'com.amazonaws.services.s3.model.AmazonS3Exception: User: arn:aws:sts::123456789012:assumed-role/bot/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-central-1:123456789012:key/1 (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: X)';
    athena().faults.nextFailures.push({ reason, category: 2, type: 1100 });
    await bench.row('KMS refuses the key of a file', question, 'one query, never tried again');
  });

  test('answers no look any more', async () => {
    athena().faults.isQueueStuck = true;
    athena().faults.failingLooks = 1_000_000;
    await bench.row(
      'No look at a running query is answered any more',
      question,
      'one query, stopped there since nobody would read it',
    );
    expect(athena().log.stopped.at(-1)).toBe(athena().log.started.at(-1)!.id);
    athena().faults.isQueueStuck = false;
    athena().faults.failingLooks = 0;
    expect((await bench.asked(question)).saw).toContain('Sessions');
  });
});

describe('a refresh', () => {
  const ingestions = () => bench.shop.box.quicksight.begun.length;

  test('is told of twice, and late', async () => {
    const { sqs } = bench.shop.box;
    const before = sqs.sent.length;
    const saw = await bench.refreshed();
    expect(saw).toContain('Refreshed');
    for (const body of sqs.sent.slice(before)) for (let times = 0; times < 2; times++) sqs.send(body);
    await emptied();
    const messages = () => bench.doors.slack.world.messages('#shop-numbers').filter((m) => m.botId).length;
    const told = messages();
    expect(await bench.refreshed()).toContain('Refreshed');
    expect(messages()).toBe(told + 1);
    holdRow({
      fault: 'News of a refresh’s end come three times, and late',
      saw,
      kept: 'one message; the next refresh is not taken for ended',
    });
  });

  test('is stopped by hand', async () => {
    bench.shop.runs.push({ end: { state: 'STOPPED' } });
    const before = await bench.shop.house.refresher.freshness();
    holdRow({
      fault: 'Somebody stops the refresh in the console',
      saw: await bench.refreshed(),
      kept: 'the tables are the old ones; the files wait for the next run',
    });
    expect(await bench.shop.house.refresher.freshness()).toEqual(before);
  });

  test('is started twice by its clock', async () => {
    const over = Promise.withResolvers<void>();
    bench.shop.runs.push({ until: over.promise });
    const glue = new GlueClient({ region: 'eu-central-1' });
    const start = () =>
      glue.send(new StartJobRunCommand({ JobName: 'askstream-refresh', Arguments: { '--trigger': 'schedule' } }));
    const runs = bench.shop.box.glue.runs.length;
    const ends = await Promise.allSettled([start(), start()]);
    glue.destroy();
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(bench.shop.box.glue.runs.length).toBe(runs + 1);
    over.resolve();
    while (bench.shop.box.glue.runs.some((run) => run.state === 'RUNNING')) await new Promise(setImmediate);
    const { saw } = await bench.asked(question);
    holdRow({
      fault: 'The clock starts the refresh twice',
      saw,
      kept: 'one run: Glue refuses the second; each file is read once',
    });
  });

  test('fills the dashboards anew although QuickSight is throttled at first', async () => {
    bench.shop.box.quicksight.faults.throttled = 2;
    const before = ingestions();
    const saw = await bench.refreshed();
    expect(ingestions()).toBe(before + 2);
    holdRow({ fault: 'QuickSight is throttled', saw, kept: 'each data set is filled once; the SDK asks again' });
  });

  test('is not failed by a data set that can’t be filled', async () => {
    bench.shop.box.quicksight.faults.missing = ['askstream-shop'];
    const [before, faults] = [ingestions(), bench.shop.faults.length];
    const saw = await bench.refreshed();
    expect(ingestions()).toBe(before + 1);
    expect(bench.shop.faults.slice(faults).join()).toContain('askstream-shop');
    holdRow({
      fault: 'A data set of the dashboards can’t be filled',
      saw,
      kept: 'the tables are new, the other data sets too; the log names the one',
    });
  });
});

async function emptied(): Promise<void> {
  while (bench.shop.box.sqs.left() > 0) await new Promise(setImmediate);
}
