import { afterEach, describe, expect, test } from '@jest/globals';
import { openAthenaWarehouse } from '../../src/aws/athena-warehouse.ts';
import type { Pace } from '../../src/aws/pause.ts';
import type { Clock } from '../../src/services/clock.ts';
import type { Memory } from '../../src/services/memory.ts';
import type { RunOptions, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { SafeSql } from '../../src/sql/safe-sql.ts';
import { type AthenaEngine, type AthenaServer, type EngineAnswer, openAthenaServer } from '../box/servers/athena-server.ts';
import { smallCatalog } from '../contracts/small-tables.ts';
import { openMapMemory } from '../doors/map-memory.ts';
import { athenaClient } from './athena-client.ts';

const oneRow: EngineAnswer = {
  kind: 'rows',
  columns: [{ name: 'n', type: 'bigint' }],
  rows: [['7']],
  scannedBytes: 1000,
  statementType: 'DML',
};

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

interface Opening {
  engine?: AthenaEngine;
  cutoffBytes?: number;
  maxRunning?: number;
  workgroup?: string;
  maxAttempts?: number;
  queueMs?: number;
  pace?: Pace;
  executions?: { memory: Memory; clock: Clock };
  server?: AthenaServer;
}

async function open(options: Opening = {}) {
  const { engine = async () => oneRow, cutoffBytes, maxRunning } = options;
  const server =
    options.server ??
    (await openAthenaServer({
      engine,
      workgroup: 'ask',
      ...(cutoffBytes ? { cutoffBytes } : {}),
      largeWorkgroup: { name: 'ask-large', cutoffBytes: 10_000 },
    }));
  const warehouse = openAthenaWarehouse({
    client: athenaClient(server.endpoint, options.maxAttempts),
    workgroup: options.workgroup ?? 'ask',
    database: 'shop',
    catalog: 'AwsDataCatalog',
    snapshotStats: async () => undefined,
    largeWorkgroup: 'ask-large',
    pollMs: 2,
    ...(maxRunning ? { maxRunning } : {}),
    ...(options.queueMs ? { queueMs: options.queueMs } : {}),
    ...(options.pace ? { pace: options.pace } : {}),
    ...(options.executions ? { executions: options.executions } : {}),
  });
  opened.push(warehouse, server);
  return { server, warehouse };
}

function safe(text: string): SafeSql {
  const verdict = checkSql(text, smallCatalog);
  if (!verdict.ok) throw new Error(verdict.message);
  return verdict.sql;
}

const ask = (warehouse: Warehouse, text = 'SELECT count(*) AS n FROM visits', options: Partial<RunOptions> = {}) =>
  warehouse.run(safe(text), { rowLimit: 10, timeoutMs: 20_000, ...options });

/** An engine that works until it is stopped. */
const endless: AthenaEngine = (_text, _database, signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve({ ...oneRow, scannedBytes: 0 })));

/** Resolves as soon as the server has started so many executions. */
async function started(server: AthenaServer, count: number): Promise<void> {
  while (server.log.started.length < count) await new Promise(setImmediate);
}

describe('a question to Athena', () => {
  test('goes there word for word, in the house’s catalog and database, under a token of its own', async () => {
    const { server, warehouse } = await open();
    await ask(warehouse);
    await ask(warehouse);
    expect(server.log.started.map(({ text, catalog, database }) => ({ text, catalog, database }))).toEqual(
      Array(2).fill({ text: 'SELECT count(*) AS n FROM visits', catalog: 'AwsDataCatalog', database: 'shop' }),
    );
    expect(new Set(server.log.started.map((s) => s.token)).size).toBe(2);
  });

  test('tells the bytes that Athena billed and the execution’s id', async () => {
    const { server, warehouse } = await open();
    expect(await ask(warehouse)).toMatchObject({
      kind: 'rows',
      rows: [[7]],
      scannedBytes: 1000,
      executionId: server.log.started[0]!.id,
    });
  });

  test('starts once although the answer to the start was lost', async () => {
    const { server, warehouse } = await open({ maxAttempts: 3 });
    server.faults.lostStarts = 1;
    expect(await ask(warehouse)).toMatchObject({ rows: [[7]] });
    expect(server.log.calls.StartQueryExecution).toBe(2);
    expect(server.log.started).toHaveLength(1);
  });

  test('waits where the account is full, and still answers', async () => {
    const { server, warehouse } = await open();
    server.faults.throttledStarts = 3;
    expect(await ask(warehouse)).toMatchObject({ rows: [[7]] });
    expect(server.log.started).toHaveLength(1);
  });

  test('bears looks that fail', async () => {
    const { server, warehouse } = await open();
    server.faults.failingLooks = 3;
    expect(await ask(warehouse)).toMatchObject({ rows: [[7]] });
    expect(server.log.started).toHaveLength(1);
  });

  test('stops there what it can’t follow any more', async () => {
    const { server, warehouse } = await open({ engine: endless });
    server.faults.failingLooks = 4;
    await expect(ask(warehouse)).rejects.toThrow('Athena could not be asked');
    expect(server.log.stopped).toEqual([server.log.started[0]!.id]);
  });

  test('lets only so many run at once, the others in order', async () => {
    let running = 0;
    let most = 0;
    const engine: AthenaEngine = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return oneRow;
    };
    const { server, warehouse } = await open({ engine, maxRunning: 2 });
    const ends = await Promise.all(['1', '2', '3', '4', '5'].map((n) => ask(warehouse, `SELECT ${n} AS n`)));
    expect(ends.map((end) => end.kind)).toEqual(Array(5).fill('rows'));
    expect(most).toBeLessThanOrEqual(2);
    expect(server.log.started.map((s) => s.text)).toEqual(['1', '2', '3', '4', '5'].map((n) => `SELECT ${n} AS n`));
  });
});

describe('a stopped question', () => {
  test('is stopped at Athena too', async () => {
    const { server, warehouse } = await open({ engine: endless });
    const stop = new AbortController();
    const end = ask(warehouse, undefined, { signal: stop.signal });
    await started(server, 1);
    stop.abort();
    expect(await end).toMatchObject({ kind: 'refusal', code: 'cancelled', message: 'The query was stopped.' });
    expect(server.log.stopped).toEqual([server.log.started[0]!.id]);
  });

  test('that waits five minutes in Athena’s queue is answered when it comes to its turn', async () => {
    let now = 0;
    const pace: Pace = {
      now: () => now,
      async pause(ms) {
        now += ms;
        if (now >= 300_000) server.release();
        await new Promise(setImmediate);
      },
    };
    const { server, warehouse } = await open({ pace });
    server.faults.isQueueStuck = true;
    const end = await ask(warehouse, undefined, { timeoutMs: 60_000 });
    expect(end).toMatchObject({ kind: 'rows', rows: [[7]] });
    expect(now).toBeGreaterThanOrEqual(300_000);
    expect(server.log.started).toHaveLength(1);
    expect(server.log.stopped).toEqual([]);
  });

  test('that never comes to its turn is stopped there, and says that it cost nothing', async () => {
    let now = 0;
    const pace: Pace = {
      now: () => now,
      async pause(ms) {
        now += ms;
        await new Promise(setImmediate);
      },
    };
    const { server, warehouse } = await open({ pace });
    server.faults.isQueueStuck = true;
    const end = await ask(warehouse, undefined, { timeoutMs: 60_000 });
    expect(end).toMatchObject({
      code: 'timed_out',
      scannedBytes: 0,
      message: expect.stringMatching(/waited 10 min and never began/),
    });
    expect(server.log.stopped).toEqual([server.log.started[0]!.id]);
    expect(server.log.calls.GetQueryExecution).toBeLessThan(300);
  });

  test('that works longer than it may is stopped, with what it had read', async () => {
    let now = 0;
    const pace: Pace = {
      now: () => now,
      async pause(ms) {
        now += ms;
        await new Promise(setImmediate);
      },
    };
    const { server, warehouse } = await open({ engine: endless, pace });
    const end = await ask(warehouse, undefined, { timeoutMs: 60_000 });
    expect(end).toMatchObject({ code: 'timed_out', message: 'The query was stopped after 60 s. Read fewer days or columns.' });
    expect(server.log.stopped).toEqual([server.log.started[0]!.id]);
  });

  test('that waits for its turn never reaches Athena', async () => {
    const { server, warehouse } = await open({ engine: endless, maxRunning: 1, queueMs: 1_000 });
    const stop = new AbortController();
    const first = ask(warehouse, 'SELECT 1 AS n', { signal: stop.signal });
    await started(server, 1);
    expect(await ask(warehouse, 'SELECT 2 AS n')).toMatchObject({ code: 'timed_out', scannedBytes: 0 });
    stop.abort();
    await first;
    expect(server.log.started).toHaveLength(1);
  });
});

describe('a question taken up after its process died', () => {
  const clock: Clock = { now: () => '2026-11-24T12:00:00Z' };
  const statement = 'SELECT count(*) AS n FROM visits';
  const forQuestion = { askedFor: '01QUESTION' };

  test('follows the execution that it had started, and starts none', async () => {
    const executions = { memory: openMapMemory(), clock };
    const { server, warehouse } = await open({ engine: endless, executions });
    const dead = ask(warehouse, statement, forQuestion);
    while ((await executions.memory.list('execution')).length === 0) await new Promise(setImmediate);
    const next = await open({ server, executions });
    const end = ask(next.warehouse, statement, forQuestion);
    server.finish(oneRow);
    expect(await end).toMatchObject({ kind: 'rows', rows: [[7]], executionId: server.log.started[0]!.id });
    expect(server.log.calls.StartQueryExecution).toBe(1);
    await dead;
  });

  test('finds it by its token where the process died before it could remember it', async () => {
    const { server, warehouse } = await open({ executions: { memory: openMapMemory(), clock } });
    await ask(warehouse, statement, forQuestion);
    const next = await open({ server, executions: { memory: openMapMemory(), clock } });
    expect(await ask(next.warehouse, statement, forQuestion)).toMatchObject({ executionId: server.log.started[0]!.id });
    expect(server.log.calls.StartQueryExecution).toBe(2);
    expect(server.log.started).toHaveLength(1);
  });

  test('starts a new one where Athena no longer knows the old', async () => {
    const memory = openMapMemory();
    const first = await open({ executions: { memory, clock } });
    await ask(first.warehouse, statement, forQuestion);
    const { server, warehouse } = await open({ executions: { memory, clock } });
    expect(await ask(warehouse, statement, forQuestion)).toMatchObject({ rows: [[7]] });
    expect(server.log.started).toHaveLength(1);
  });

  test('asks again for another question, another statement, and another try', async () => {
    const { server, warehouse } = await open({ executions: { memory: openMapMemory(), clock } });
    await ask(warehouse, statement, forQuestion);
    await ask(warehouse, statement, { askedFor: '01OTHER' });
    await ask(warehouse, 'SELECT 1 AS n', forQuestion);
    server.faults.nextFailures.push({ reason: 'INTERNAL_ERROR: node lost', category: 1 });
    await ask(warehouse, 'SELECT 2 AS n', forQuestion);
    expect(server.log.started).toHaveLength(5);
    expect(new Set(server.log.started.map((s) => s.token)).size).toBe(5);
  });

  test('is answered although the memory can’t be asked, under the same token', async () => {
    const gone = async () => {
      throw new Error('throttled');
    };
    const executions = { memory: { ...openMapMemory(), get: gone, put: gone }, clock };
    const { server, warehouse } = await open({ executions });
    await ask(warehouse, statement, forQuestion);
    await ask(warehouse, statement, forQuestion);
    expect(server.log.started).toHaveLength(1);
  });
});

describe('a question whose price a person approved', () => {
  test('runs in the workgroup with the higher cut-off, every other in the usual one', async () => {
    const { server, warehouse } = await open({ cutoffBytes: 500 });
    expect(await ask(warehouse)).toMatchObject({ code: 'over_limit' });
    expect(await ask(warehouse, undefined, { approved: true })).toMatchObject({ rows: [[7]] });
    expect(server.log.started.map((s) => s.workgroup)).toEqual(['ask', 'ask-large']);
  });
});

describe('what Athena refuses', () => {
  test.each([
    [
      'a failure of its own that it calls worth a retry',
      { reason: 'GENERIC_INTERNAL_ERROR: oops', category: 3 as const, retryable: true },
    ],
    ['a failure of the system', { reason: 'INTERNAL_ERROR: node lost', category: 1 as const, type: 100 }],
  ])('%s is asked once more under a new token', async (_, failure) => {
    const { server, warehouse } = await open();
    server.faults.nextFailures.push(failure);
    expect(await ask(warehouse)).toMatchObject({ kind: 'rows', rows: [[7]] });
    expect(new Set(server.log.started.map((s) => s.token)).size).toBe(2);
  });

  test('a system that fails twice is told without its words', async () => {
    const { server, warehouse } = await open();
    const failure = { reason: 'GENERIC_INTERNAL_ERROR: java.lang.Foo at com.bar', category: 1 as const };
    server.faults.nextFailures.push(failure, failure);
    const end = await ask(warehouse);
    expect(end).toMatchObject({ kind: 'refusal', code: 'query_failed', error: 'GENERIC_INTERNAL_ERROR' });
    expect(end.kind === 'refusal' && end.message).not.toMatch(/java|com\.bar/);
    expect(server.log.started).toHaveLength(2);
  });

  test('a person’s mistake is told with its place, and never tried again', async () => {
    const { server, warehouse } = await open();
    server.faults.nextFailures.push({
      reason:
        'COLUMN_NOT_FOUND: line 3:12: Column \'nope\' cannot be resolved or requester is not authorized to access requested resources. This query ran against the "shop" database, unless qualified by the query. Please post the error message on our forum or contact customer support with Query Id: 1',
      category: 2,
    });
    expect(await ask(warehouse)).toEqual({
      kind: 'refusal',
      code: 'query_failed',
      error: 'COLUMN_NOT_FOUND',
      line: 3,
      column: 12,
      message: "Column 'nope' cannot be resolved.",
      scannedBytes: 0,
    });
    expect(server.log.started).toHaveLength(1);
  });

  test.each([
    [
      { reason: 'Query exhausted resources at this scale factor', category: 2 as const, type: 3 },
      'EXHAUSTED_RESOURCES',
      /fewer days/,
    ],
    [
      { reason: 'HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://secret-bucket/results/x.parquet', category: 2 as const },
      'HIVE_CANNOT_OPEN_SPLIT',
      /file of the table/,
    ],
    [
      { reason: 'Insufficient permissions to execute the query. User: arn:aws:iam::123456789012:role/x', category: 2 as const },
      'PERMISSION_DENIED',
      /may not read/,
    ],
    [{ reason: 'NOT_SUPPORTED: see arn:aws:glue:eu:123456789012:x', category: 3 as const }, 'NOT_SUPPORTED', /see …/],
    [{ reason: '', category: 3 as const }, 'QUERY_FAILED', /without saying why/],
  ])('%j becomes %s in plain words', async (failure, error, words) => {
    const { server, warehouse } = await open();
    server.faults.nextFailures.push(failure);
    const end = await ask(warehouse);
    expect(end).toMatchObject({ kind: 'refusal', code: 'query_failed', error });
    expect(end.kind === 'refusal' && end.message).toMatch(words);
    expect(end.kind === 'refusal' && end.message).not.toMatch(/s3:|secret-bucket|\d{12}|arn:/);
  });

  test('a query over the workgroup’s cut-off is over the limit, and what it read is told', async () => {
    const { warehouse } = await open({ cutoffBytes: 500 });
    expect(await ask(warehouse)).toMatchObject({ kind: 'refusal', code: 'over_limit', scannedBytes: 1000 });
  });
});

describe('a fault of ours', () => {
  test('expired credentials are thrown with their cause', async () => {
    const { server, warehouse } = await open();
    server.faults.areCredentialsExpired = true;
    await expect(ask(warehouse)).rejects.toMatchObject({
      message: 'Athena could not be asked',
      cause: { name: 'ExpiredTokenException' },
    });
  });

  test('a workgroup that is not there is thrown, not told as the person’s mistake', async () => {
    const { warehouse } = await open({ workgroup: 'other' });
    await expect(ask(warehouse)).rejects.toMatchObject({ cause: { message: 'WorkGroup other is not found.' } });
  });
});

describe('values in Athena’s texts', () => {
  test('lists and maps of numbers become JSON, and what could be read in two ways stays as it is', async () => {
    const engine: AthenaEngine = async () => ({
      ...oneRow,
      columns: ['array(integer)', 'array(varchar)', 'map(varchar, double)', 'row(a integer, b boolean)'].map((type, i) => ({
        name: `c${i}`,
        type,
      })),
      rows: [
        ['[1, -2.5, null, [3]]', '[a, b, c]', '{x=1.0E10, y=null}', '{a=1, b=true}'],
        ['[]', null, '{}', '{a=1, b=two, c=3}'],
      ],
    });
    const { warehouse } = await open({ engine });
    expect(await ask(warehouse, 'SELECT 1 AS n')).toMatchObject({
      columns: [{ type: 'array' }, { type: 'array' }, { type: 'map' }, { type: 'row' }],
      rows: [
        [[1, -2.5, null, [3]], '[a, b, c]', { x: 1e10, y: null }, { a: 1, b: true }],
        [[], null, {}, '{a=1, b=two, c=3}'],
      ],
    });
  });

  test('DESCRIBE’s one text a row is cut at its tabs, and no row of it is taken for a header', async () => {
    const engine: AthenaEngine = async () => ({
      ...oneRow,
      statementType: 'DDL',
      columns: ['col_name', 'data_type', 'comment'].map((name) => ({ name, type: 'string' })),
      rows: [['id                  \tbigint              \t'], ['device\tstring\twhat it was\t']],
    });
    const { warehouse } = await open({ engine });
    expect(await ask(warehouse, 'DESCRIBE visits')).toMatchObject({
      rows: [
        ['id', 'bigint', ''],
        ['device', 'string', 'what it was'],
      ],
    });
  });
});
