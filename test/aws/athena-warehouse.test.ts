import { afterEach, describe, expect, test } from '@jest/globals';
import { openAthenaWarehouse } from '../../src/aws/athena-warehouse.ts';
import type { RunOptions, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { SafeSql } from '../../src/sql/safe-sql.ts';
import { type AthenaEngine, type AthenaServer, type EngineAnswer, openAthenaServer } from '../box/servers/athena-server.ts';
import { smallCatalog } from '../contracts/small-tables.ts';
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
}

async function open(options: Opening = {}) {
  const { engine = async () => oneRow, cutoffBytes, maxRunning } = options;
  const server = await openAthenaServer({ engine, workgroup: 'ask', ...(cutoffBytes ? { cutoffBytes } : {}) });
  const warehouse = openAthenaWarehouse({
    client: athenaClient(server.endpoint, options.maxAttempts),
    workgroup: options.workgroup ?? 'ask',
    database: 'shop',
    catalog: 'AwsDataCatalog',
    snapshotStats: async () => undefined,
    pollMs: 2,
    ...(maxRunning ? { maxRunning } : {}),
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

  test('that is still queued when its time is over is stopped, and says so', async () => {
    const { server, warehouse } = await open();
    server.faults.isQueueStuck = true;
    expect(await ask(warehouse, undefined, { timeoutMs: 60 })).toMatchObject({ kind: 'refusal', code: 'timed_out' });
    expect(server.log.stopped).toHaveLength(1);
  });

  test('that waits for its turn never reaches Athena', async () => {
    const { server, warehouse } = await open({ engine: endless, maxRunning: 1 });
    const stop = new AbortController();
    const first = ask(warehouse, 'SELECT 1 AS n', { signal: stop.signal });
    await started(server, 1);
    expect(await ask(warehouse, 'SELECT 2 AS n', { timeoutMs: 30 })).toMatchObject({ code: 'timed_out', scannedBytes: 0 });
    stop.abort();
    await first;
    expect(server.log.started).toHaveLength(1);
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
