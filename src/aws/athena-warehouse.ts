import type { AthenaClient } from '@aws-sdk/client-athena';
import type { Snapshot } from '../refresh/snapshot.ts';
import type { Estimate, QueryEnd, QueryRefusal, QueryResult, RunOptions, Warehouse } from '../services/warehouse.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import { scanPrice } from '../sql/scan-price.ts';
import { type Ended, execute } from './athena-execution.ts';
import { refusalOf, stoppedRefusal, worthAnotherTry } from './athena-refusals.ts';
import { fetchRows } from './athena-results.ts';
import { Turnstile } from './turnstile.ts';

/** Where Athena is and how it may be used. */
export interface AthenaWarehouseOptions {
  readonly client: AthenaClient;
  /** Its cut-off and where results go are set there: by the stack, not by this client. */
  readonly workgroup: string;
  /** Database that unqualified tables belong to. */
  readonly database: string;
  /** Data catalog, `AwsDataCatalog` for Glue's. */
  readonly catalog: string;
  /** What the tables are made of right now, for the price; undefined before the first refresh. */
  readonly snapshotStats: () => Promise<Snapshot | undefined>;
  /** First look after so many milliseconds, then half as long again each time, up to 3 s. */
  readonly pollMs?: number;
  /** Queries under way at once; more wait here instead of being throttled there. */
  readonly maxRunning?: number;
  /** Answers SHOW and DESCRIBE without Athena, where handed in and known. */
  readonly known?: (sql: SafeSql, rowLimit: number) => Pick<QueryResult, 'columns' | 'rows' | 'truncated'> | undefined;
}

/** Amazon Athena: a checked statement goes in as it stands, rows or a refusal come out. */
export function openAthenaWarehouse(options: AthenaWarehouseOptions): Warehouse {
  const turnstile = new Turnstile(options.maxRunning ?? 10);
  return {
    engine: 'athena',
    estimate: (sql) => estimate(options, sql),
    run: (sql, runOptions) => run(options, turnstile, sql, runOptions),
    close: async () => options.client.destroy(),
  };
}

async function estimate({ snapshotStats }: AthenaWarehouseOptions, sql: SafeSql): Promise<Estimate> {
  if (sql.kind !== 'query') return { bytes: 0 };
  const tables = Object.entries((await snapshotStats())?.tables ?? {});
  return {
    bytes: scanPrice(sql, new Map(tables.map(([name, table]) => [`${sql.catalog.defaultDatabase}.${name}`, table.files]))),
  };
}

async function run(options: AthenaWarehouseOptions, turnstile: Turnstile, sql: SafeSql, asked: RunOptions): Promise<QueryEnd> {
  const started = performance.now();
  const known = sql.kind === 'show' || sql.kind === 'describe' ? options.known?.(sql, asked.rowLimit) : undefined;
  if (known) return { kind: 'rows', ...known, scannedBytes: 0, ms: 0, executionId: 'catalog' };
  const patience = AbortSignal.timeout(asked.timeoutMs);
  const signal = asked.signal ? AbortSignal.any([asked.signal, patience]) : patience;
  const stopped = (scannedBytes: number): QueryRefusal =>
    stoppedRefusal(asked.signal?.aborted ? 'cancelled' : 'timed_out', asked.timeoutMs, scannedBytes);

  const leave = await turnstile.enter(signal);
  if (!leave) return stopped(0);
  try {
    const { ended, scannedBytes } = await tryTwice(options, sql, signal);
    if (ended.kind === 'stopped') return stopped(scannedBytes);
    if (ended.kind === 'refused') return refusalOf(ended, scannedBytes);
    const rows = await fetchRows(options.client, ended, sql, asked.rowLimit, signal);
    if (!rows) return stopped(scannedBytes);
    return { kind: 'rows', ...rows, scannedBytes, ms: Math.round(performance.now() - started), executionId: ended.executionId };
  } catch (cause) {
    throw new Error('Athena could not be asked', { cause });
  } finally {
    leave();
  }
}

/** A fault of Athena's own is tried once more, under a new token; what both attempts read is billed. */
async function tryTwice(options: AthenaWarehouseOptions, sql: SafeSql, signal: AbortSignal) {
  const first = await execute(options, sql.text, signal);
  if (!worthAnotherTry(first) || signal.aborted) return { ended: first, scannedBytes: first.scannedBytes };
  const second = await execute(options, sql.text, signal);
  return { ended: second satisfies Ended, scannedBytes: first.scannedBytes + second.scannedBytes };
}
