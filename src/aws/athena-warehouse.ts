import type { AthenaClient } from '@aws-sdk/client-athena';
import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { QueryEnd, QueryResult, RunOptions, Warehouse } from '../services/warehouse.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import { type ExecutionClaims, openExecutionClaims } from './athena-claims.ts';
import { estimateOnAthena, type SizeWorld } from './athena-estimate.ts';
import { type Ended, execute, type Order, type Stopped, type Workplace } from './athena-execution.ts';
import { explainOnAthena } from './athena-explain.ts';
import { refusalOf, stoppedRefusal, worthAnotherTry } from './athena-refusals.ts';
import { fetchRows } from './athena-results.ts';
import { type Pace, realPace } from './pause.ts';
import { Turnstile } from './turnstile.ts';

/** Where Athena is and how it may be used. */
export interface AthenaWarehouseOptions extends SizeWorld {
  readonly client: AthenaClient;
  /** Its cut-off and where results go are set there: by the stack, not by this client. */
  readonly workgroup: string;
  /** Workgroup of what a person approved, with a higher cut-off; without it the same is asked. */
  readonly largeWorkgroup?: string;
  /** Database that unqualified tables belong to. */
  readonly database: string;
  /** Data catalog, `AwsDataCatalog` for Glue's. */
  readonly catalog: string;
  /** Remembers executions, so that a restart takes them up; without it each start is a new one. */
  readonly executions?: { readonly memory: Memory; readonly clock: Clock };
  /** How long a query may wait to begin, 10 min unless told. */
  readonly queueMs?: number;
  /** Waits in the world's own time unless told. */
  readonly pace?: Pace;
  /** Keeps in the log what people are not told. */
  readonly report?: (fault: unknown, what: string) => void;
  /** First look after so many milliseconds, then half as long again each time, up to 3 s. */
  readonly pollMs?: number;
  /** Queries under way at once; more wait here instead of being throttled there. */
  readonly maxRunning?: number;
  /** Answers SHOW and DESCRIBE without Athena, where handed in and known. */
  readonly known?: (sql: SafeSql, rowLimit: number) => Pick<QueryResult, 'columns' | 'rows' | 'truncated'> | undefined;
}

/** Amazon Athena: a checked statement goes in as it stands, rows or a refusal come out. */
export function openAthenaWarehouse(options: AthenaWarehouseOptions): Warehouse {
  const world: World = {
    ...options,
    turnstile: new Turnstile(options.maxRunning ?? 10),
    pace: options.pace ?? realPace,
    queueMs: options.queueMs ?? 600_000,
    claims: openExecutionClaims(options),
  };
  return {
    engine: 'athena',
    estimate: (sql) => estimateOnAthena(options, sql),
    explain: (sql, limits) => explainOnAthena(world, sql, limits),
    run: (sql, runOptions) => run(world, sql, runOptions),
    close: async () => options.client.destroy(),
  };
}

interface World extends AthenaWarehouseOptions {
  readonly turnstile: Turnstile;
  readonly pace: Pace;
  readonly queueMs: number;
  readonly claims: ExecutionClaims;
}

async function run(world: World, sql: SafeSql, asked: RunOptions): Promise<QueryEnd> {
  const { pace } = world;
  const started = pace.now();
  const known = sql.kind === 'show' || sql.kind === 'describe' ? world.known?.(sql, asked.rowLimit) : undefined;
  if (known) return { kind: 'rows', ...known, scannedBytes: 0, ms: 0, executionId: 'catalog' };
  const signal = asked.signal ?? new AbortController().signal;
  const patience = { workMs: asked.timeoutMs, queueMs: world.queueMs };
  const stopped = (why: Stopped['why'], scannedBytes: number) => stoppedRefusal(why, patience, scannedBytes);

  const leave = await world.turnstile.enter(AbortSignal.any([signal, AbortSignal.timeout(world.queueMs)]));
  if (!leave) return stopped(signal.aborted ? 'cancelled' : 'queued', 0);
  try {
    const { ended, scannedBytes } = await tryTwice(world, sql, asked, { ...patience, signal });
    if (ended.kind === 'stopped') return stopped(ended.why, scannedBytes);
    if (ended.kind === 'refused') return refusalOf(ended, scannedBytes);
    const rows = await fetchRows(world.client, ended, sql, asked.rowLimit, signal);
    if (!rows) return stopped('cancelled', scannedBytes);
    return { kind: 'rows', ...rows, scannedBytes, ms: Math.round(pace.now() - started), executionId: ended.executionId };
  } catch (cause) {
    throw new Error('Athena could not be asked', { cause });
  } finally {
    leave();
  }
}

/** A fault of Athena's own is tried once more, under a new token; what both attempts read is billed. */
async function tryTwice(
  world: World,
  sql: SafeSql,
  asked: RunOptions,
  how: Pick<Order, 'signal' | 'workMs' | 'queueMs'>,
): Promise<{ ended: Ended; scannedBytes: number }> {
  const place: Workplace = { ...world, workgroup: (asked.approved && world.largeWorkgroup) || world.workgroup };
  const attempt = async (index: number) => execute(place, { ...how, ...(await world.claims.claim(sql, asked, index)) });
  const first = await attempt(1);
  if (!worthAnotherTry(first) || how.signal.aborted) return { ended: first, scannedBytes: first.scannedBytes };
  const second = await attempt(2);
  return { ended: second, scannedBytes: first.scannedBytes + second.scannedBytes };
}
