import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openGlueRefresher } from '../../src/aws/glue-refresher.ts';
import { openRunInbox, type RunInbox } from '../../src/aws/run-inbox.ts';
import { openS3Files } from '../../src/aws/s3-files.ts';
import { openSnapshotReader } from '../../src/aws/snapshot-reader.ts';
import type { RefreshStep } from '../../src/services/refresher.ts';
import { type Job, openGlueServer, type RunState } from '../box/servers/glue-server.ts';
import { openS3Server } from '../box/servers/s3-server.ts';
import { openSqsServer } from '../box/servers/sqs-server.ts';
import { openMapMemory } from '../doors/map-memory.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const region = 'eu-central-1';
const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A shop whose job does what the test says, over buckets that are folders. */
async function openShop(job: Job, { pageSize = 1000, withInbox = false } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'glue-'));
  const write = (path: string, content: unknown) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  for (const path of ['raw/raw/.keep', 'results/results/.keep', 'state/state/.keep']) write(path, '');
  const sqs = withInbox ? await openSqsServer() : undefined;
  const onEnd = ({ id, state }: { id: string; state: RunState }) =>
    sqs?.send(JSON.stringify({ 'detail-type': 'Glue Job State Change', detail: { jobRunId: id, state } }));
  const glue = await openGlueServer({ name: 'refresh', job, onEnd });
  const s3 = await openS3Server({ root, pageSize });
  const s3Client = new S3Client({ endpoint: s3.endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  const glueClient = new GlueClient({ endpoint: glue.endpoint, region, credentials, maxAttempts: 1 });
  const files = (name: string) => openS3Files({ client: s3Client, location: `s3://${name}/${name}` });
  let time = Date.parse('2026-11-24T10:00:00Z');
  const clock = { now: () => new Date(time).toISOString() };
  const reports: string[] = [];
  let inbox: RunInbox | undefined;
  if (sqs) {
    const client = new SQSClient({ endpoint: sqs.endpoint, region, credentials, maxAttempts: 1 });
    inbox = openRunInbox({ client, queueUrl: sqs.queueUrl });
    opened.push(
      () => sqs.close(),
      () => client.destroy(),
    );
    opened.push(() => inbox!.close());
  }
  opened.push(
    () => rmSync(root, { recursive: true, force: true }),
    () => glue.close(),
    () => s3.close(),
    () => s3Client.destroy(),
    () => glueClient.destroy(),
  );
  const memory = openMapMemory();
  const open = (lookMs = 5) =>
    openGlueRefresher({
      client: glueClient,
      job: 'refresh',
      raw: files('raw'),
      state: files('state'),
      snapshot: openSnapshotReader(files('results'), clock),
      memory,
      clock,
      report: (fault, what) => reports.push(`${what}: ${(fault as Error).message}`),
      ...(inbox ? { inbox } : {}),
      lookMs,
    });
  return { open, write, glue, memory, reports, sqs, pass: (ms: number) => (time += ms) };
}

const account = {
  run_id: 'jr_00000001',
  run_trigger: 'slack',
  status: 'succeeded',
  started_at: '2026-11-24T10:00:00Z',
  finished_at: '2026-11-24T10:02:00Z',
  files_read: 12,
  records_read: 40_112,
  events: 40_100,
  duplicates: 10,
  quarantined: 2,
  late_events: 0,
  reasons: { not_json: 2 },
  partitions_written: ['2026-11-23'],
  newest_event_time: '2026-11-24T09:59:00Z',
  unreadable: [],
};

/** A promise and the hand that ends it. */
function held<T>(): { promise: Promise<T>; end: (value: T) => void } {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { promise, end: resolve };
}

describe('a refresh on Glue', () => {
  test('starts the job, tells its steps as its file does, and ends with its account', async () => {
    const shop = await openShop(async ({ id }) => {
      shop.write(`state/state/runs/${id}.json`, { status: 'running', step: 'stage', records: 20_000 });
      await seen.promise;
      shop.write(`state/state/runs/${id}.json`, account);
      return { state: 'SUCCEEDED' };
    });
    const seen = held<void>();
    const steps: RefreshStep[] = [];
    const end = await shop.open().refresh({
      trigger: 'slack',
      full: true,
      onStep: (step) => {
        steps.push(step);
        seen.end();
      },
    });
    expect(end).toEqual({ kind: 'done', run: account });
    expect(steps).toEqual([{ step: 'stage', records: 20_000 }]);
    expect(shop.glue.runs.map((run) => run.args)).toEqual([{ '--trigger': 'slack', '--full': 'true' }]);
    expect(await shop.memory.get('lease', 'refresh')).toBeUndefined();
  });

  test('is joined by everybody in the same process', async () => {
    const over = held<{ state: RunState }>();
    const shop = await openShop(({ id }) => {
      shop.write(`state/state/runs/${id}.json`, account);
      return over.promise;
    });
    const refresher = shop.open();
    const both = [refresher.refresh({ trigger: 'slack' }), refresher.refresh({ trigger: 'schedule' })];
    over.end({ state: 'SUCCEEDED' });
    expect((await Promise.all(both)).map((end) => end.kind)).toEqual(['done', 'done']);
    expect(shop.glue.runs).toHaveLength(1);
  });

  test.each(['leased', 'listed'])('that another process began is followed to its end (%s)', async (known) => {
    const over = held<{ state: RunState }>();
    const shop = await openShop(async ({ id }) => {
      await over.promise;
      shop.write(`state/state/runs/${id}.json`, account);
      return { state: 'SUCCEEDED' };
    });
    const dead = shop.open().refresh({ trigger: 'slack' });
    while (!(await shop.memory.get<{ runId: string }>('lease', 'refresh'))?.value.runId) await new Promise(setImmediate);
    if (known === 'listed') await shop.memory.delete('lease', 'refresh');
    const followed = shop.open().follow!({ trigger: 'slack', since: '2026-11-24T10:00:00Z' });
    over.end({ state: 'SUCCEEDED' });
    expect(await followed).toEqual({ kind: 'done', run: account });
    await dead;
    expect(shop.glue.runs).toHaveLength(1);
    expect(await shop.memory.get('lease', 'refresh')).toBeUndefined();
  });

  test('that was never begun can’t be followed', async () => {
    const shop = await openShop(async () => ({ state: 'SUCCEEDED' }));
    expect(await shop.open().follow!({ trigger: 'slack', since: '2026-11-24T10:00:00Z' })).toBeUndefined();
  });

  test('whose end was told before anybody waited for it is seen at once', async () => {
    const shop = await openShop(
      async ({ id }) => {
        shop.write(`state/state/runs/${id}.json`, account);
        return { state: 'SUCCEEDED' };
      },
      { withInbox: true },
    );
    shop.sqs!.send(JSON.stringify({ detail: { jobRunId: 'jr_00000001' } }));
    while (shop.sqs!.left() > 0) await new Promise(setImmediate);
    expect(await shop.open(3_600_000).refresh({ trigger: 'slack' })).toMatchObject({ kind: 'done' });
  });

  test('of another process is named with its time and who began it', async () => {
    const over = held<{ state: RunState }>();
    const shop = await openShop(({ id }) => {
      shop.write(`state/state/runs/${id}.json`, account);
      return over.promise;
    });
    const first = shop.open().refresh({ trigger: 'slack' });
    while (!(await shop.memory.get<{ runId: string }>('lease', 'refresh'))?.value.runId) await new Promise(setImmediate);
    expect(await shop.open().refresh({ trigger: 'slack' })).toEqual({
      kind: 'running',
      since: '2026-11-24T10:00:00.000Z',
      by: 'slack',
      run: 'jr_00000001',
    });
    over.end({ state: 'SUCCEEDED' });
    expect((await first).kind).toBe('done');
    expect(shop.glue.runs).toHaveLength(1);
  });

  test('that the schedule began is joined and can be followed, not started beside', async () => {
    const over = held<{ state: RunState }>();
    const shop = await openShop(async ({ id }) => {
      const end = await over.promise;
      shop.write(`state/state/runs/${id}.json`, { ...account, run_trigger: 'schedule' });
      return end;
    });
    const client = new GlueClient({ endpoint: shop.glue.endpoint, region, credentials });
    const { StartJobRunCommand } = await import('@aws-sdk/client-glue');
    await client.send(new StartJobRunCommand({ JobName: 'refresh', Arguments: { '--trigger': 'schedule' } }));
    client.destroy();
    const end = await shop.open().refresh({ trigger: 'slack' });
    expect(end).toMatchObject({ kind: 'running', by: 'schedule', run: 'jr_00000001' });
    expect(await shop.memory.get('lease', 'refresh')).toBeUndefined();
    const { since, run } = end as Extract<typeof end, { kind: 'running' }>;
    const followed = shop.open().follow!({ trigger: 'slack', since, ...(run ? { run } : {}) });
    over.end({ state: 'SUCCEEDED' });
    expect(await followed).toMatchObject({ kind: 'done', run: { run_trigger: 'schedule' } });
    expect(shop.glue.runs).toHaveLength(1);
  });

  test('begins anew where the lease is left over from a process that died', async () => {
    const shop = await openShop(async ({ id }) => {
      shop.write(`state/state/runs/${id}.json`, { ...account, run_id: id });
      return { state: 'SUCCEEDED' };
    });
    await shop.open().refresh({ trigger: 'slack' });
    await shop.memory.put('lease', 'refresh', { runId: 'jr_00000001', since: '2026-11-24T09:00:00Z', by: 'slack' });
    expect(await shop.open().refresh({ trigger: 'slack' })).toMatchObject({ kind: 'done', run: { run_id: 'jr_00000002' } });

    await shop.memory.put('lease', 'refresh', { runId: '', since: '2026-11-24T10:00:00Z', by: 'slack' });
    expect(await shop.open().refresh({ trigger: 'slack' })).toMatchObject({ kind: 'running' });
    shop.pass(61_000);
    expect(await shop.open().refresh({ trigger: 'slack' })).toMatchObject({ kind: 'done' });
  });

  test('that fails says why in plain words and keeps Glue’s own for the log', async () => {
    const shop = await openShop(async ({ id }) => {
      shop.write(`state/state/runs/${id}.json`, { ...account, status: 'failed', code: 'not_conserved' });
      return { state: 'FAILED', message: 'AssertionError: /tmp/spark 40112 != 40111' };
    });
    const end = await shop.open().refresh({ trigger: 'slack' });
    expect(end).toMatchObject({ kind: 'failed', code: 'not_conserved', run: { records_read: 40_112, status: 'failed' } });
    expect(end.kind === 'failed' && end.message).toMatch(/do not add up/);
    expect(shop.reports).toEqual(['the run jr_00000001: Glue: FAILED: AssertionError: /tmp/spark 40112 != 40111']);
  });

  test('that died before it wrote anything fails with an empty account', async () => {
    const shop = await openShop(async () => ({ state: 'TIMEOUT' }));
    expect(await shop.open().refresh({ trigger: 'cli' })).toMatchObject({
      kind: 'failed',
      code: 'fault',
      message: expect.stringContaining('longer than it may'),
      run: { run_id: 'jr_00000001', run_trigger: 'cli', records_read: 0, status: 'failed' },
    });
  });

  test('bears looks that fail, and gives the lease back when it must give up', async () => {
    const over = held<{ state: RunState }>();
    const shop = await openShop(() => over.promise);
    shop.glue.faults.failingLooks = 50;
    await expect(shop.open(1).refresh({ trigger: 'slack' })).rejects.toThrow('can no longer be followed');
    expect(await shop.memory.get('lease', 'refresh')).toBeUndefined();
    over.end({ state: 'SUCCEEDED' });
  });

  test('that Glue does not start is a fault with its cause, and leaves no lease', async () => {
    const shop = await openShop(async () => ({ state: 'SUCCEEDED' }));
    shop.glue.faults.isAccessDenied = true;
    await expect(shop.open().refresh({ trigger: 'slack' })).rejects.toMatchObject({ cause: { name: 'AccessDeniedException' } });
    expect(await shop.memory.get('lease', 'refresh')).toBeUndefined();
  });

  test('ends at once when news of its end arrive, without waiting for the next look', async () => {
    const shop = await openShop(
      async ({ id }) => {
        shop.write(`state/state/runs/${id}.json`, account);
        // The follower must have begun to wait, else it would see the end by looking.
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { state: 'SUCCEEDED' };
      },
      { withInbox: true },
    );
    const end = await shop.open(600_000).refresh({ trigger: 'slack' });
    expect(end.kind).toBe('done');
    expect(shop.glue.calls.GetJobRun).toBe(1);
  });
});

describe('what waits and how far the tables reach', () => {
  test('counts raw files that no manifest names, over several pages; one written again waits again', async () => {
    const shop = await openShop(async () => ({ state: 'SUCCEEDED' }), { pageSize: 2 });
    const refresher = shop.open();
    expect(await refresher.pending()).toEqual({ files: 0, bytes: 0 });
    for (const hour of ['00', '01', '02']) shop.write(`raw/raw/2026/11/24/${hour}.json.gz`, 'x'.repeat(10));
    shop.write('raw/raw/_tmp/part', 'on its way');
    expect(await refresher.pending()).toEqual({ files: 3, bytes: 30 });
    shop.write('state/state/manifest/jr_1.json', [
      ['s3://raw/raw/2026/11/24/00.json.gz', 10, 1],
      ['s3://raw/raw/2026/11/24/01.json.gz', 10, 1],
    ]);
    expect(await refresher.pending()).toEqual({ files: 1, bytes: 10 });
    shop.write('raw/raw/2026/11/24/00.json.gz', 'x'.repeat(11));
    expect(await refresher.pending()).toEqual({ files: 2, bytes: 21 });
    shop.write('state/state/manifest/jr_2.json', { files: [['s3://raw/raw/2026/11/24/00.json.gz', 11, 2]] });
    expect(await refresher.pending()).toEqual({ files: 1, bytes: 10 });
  });

  test('is empty before the first run, then what the snapshot says, with a version that moves', async () => {
    const shop = await openShop(async ({ id }) => {
      shop.write('results/results/snapshot.json', { ...snapshot, version: 'second' });
      shop.write(`state/state/runs/${id}.json`, account);
      return { state: 'SUCCEEDED' };
    });
    const snapshot = {
      version: 'first',
      writtenAt: '2026-11-24T06:00:00Z',
      zone: 'UTC',
      firstDay: '2026-10-01',
      lastDay: '2026-11-23',
      newestEventTime: '2026-11-23T23:59:00Z',
      tables: {},
    };
    const refresher = shop.open();
    expect(await refresher.freshness()).toEqual({
      firstDay: null,
      lastDay: null,
      newestEventTime: null,
      lastRunAt: null,
      dataVersion: 'none',
    });
    shop.write('results/results/snapshot.json', snapshot);
    shop.pass(11_000);
    expect(await refresher.freshness()).toEqual({
      firstDay: '2026-10-01',
      lastDay: '2026-11-23',
      newestEventTime: '2026-11-23T23:59:00Z',
      lastRunAt: '2026-11-24T06:00:00Z',
      dataVersion: 'first',
      filled: [],
    });
    await refresher.refresh({ trigger: 'slack' });
    expect((await refresher.freshness()).dataVersion).toBe('second');
  });
});
