import {
  type AthenaClient,
  type AthenaError,
  GetQueryExecutionCommand,
  InvalidRequestException,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-athena';
import type { Pace } from './pause.ts';

/** How one execution ended. `scannedBytes` are those that Athena bills, also where it was stopped. */
export type Ended = Succeeded | Refused | Stopped;

export interface Succeeded {
  readonly kind: 'succeeded';
  readonly executionId: string;
  readonly scannedBytes: number;
  /** DML (a SELECT), DDL or UTILITY: decides whether the first row is the header. */
  readonly statementType: string | undefined;
}

/** Athena failed or ended it; `reason` is its own text and never shown as it is. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
  readonly error: AthenaError | undefined;
  readonly scannedBytes: number;
}

/** The caller's signal ended it, or its time: `queued` never began. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly why: 'cancelled' | 'timed_out' | 'queued';
  readonly scannedBytes: number;
}

/** Where a statement runs. */
export interface Workplace {
  readonly client: AthenaClient;
  readonly workgroup: string;
  readonly database: string;
  readonly catalog: string;
  readonly pace: Pace;
  readonly pollMs?: number;
}

/** One run of a statement. */
export interface Order {
  readonly text: string;
  /** Athena answers the same token with the same execution: 32 to 128 characters, never a person's. */
  readonly token: string;
  /** The execution of before, where it is remembered. */
  readonly known?: string;
  /** Told as soon as there is one. */
  readonly onStart?: (executionId: string) => void;
  readonly signal: AbortSignal;
  /** How long it may work, and how long it may wait to begin. */
  readonly workMs: number;
  readonly queueMs: number;
}

const SLOWEST_LOOK_MS = 3000;
const FAULTS_BORNE = 3;

/** Starts one statement, or takes up its execution, and follows it to its end; stops it there when the signal or its time ends it. Faults are thrown. */
export async function execute(place: Workplace, order: Order): Promise<Ended> {
  const began = place.pace.now();
  const started = order.known ?? (await start(place, order, began));
  if (typeof started !== 'string') return started;
  order.onStart?.(started);
  try {
    return await follow(place, started, order, began);
  } catch (fault) {
    // Athena forgets executions after 45 days, and those of a workgroup with it: a new one then.
    if (order.known && fault instanceof InvalidRequestException) return execute(place, withoutKnown(order));
    // Nobody will read what it finds: it must not go on costing.
    await stop(place, started).catch(() => {});
    throw fault;
  }
}

/** The execution's id, or why there is none. A full account is waited for. */
async function start(place: Workplace, order: Order, began: number): Promise<string | Refused | Stopped> {
  const command = new StartQueryExecutionCommand({
    QueryString: order.text,
    WorkGroup: place.workgroup,
    QueryExecutionContext: { Catalog: place.catalog, Database: place.database },
    ClientRequestToken: order.token,
  });
  for (let wait = firstLook(place); ; wait = Math.min(wait * 1.5, SLOWEST_LOOK_MS)) {
    if (order.signal.aborted) return { kind: 'stopped', why: 'cancelled', scannedBytes: 0 };
    if (place.pace.now() - began > order.queueMs) return { kind: 'stopped', why: 'queued', scannedBytes: 0 };
    try {
      // Not aborted by the signal: an execution that began must be known to be stopped.
      const { QueryExecutionId } = await place.client.send(command);
      return QueryExecutionId!;
    } catch (fault) {
      if (fault instanceof InvalidRequestException && isAboutText(fault))
        return { kind: 'refused', reason: fault.message, error: undefined, scannedBytes: 0 };
      if (!(fault instanceof TooManyRequestsException)) throw fault;
      await place.pace.pause(wait, order.signal);
    }
  }
}

/** Athena refuses some texts at the door; everything else it refuses there is our fault. */
function isAboutText(fault: InvalidRequestException): boolean {
  return (
    fault.AthenaErrorCode === 'MALFORMED_QUERY' ||
    /\bline \d+:\d+:/.test(fault.message) ||
    /queries of this type are not supported/i.test(fault.message)
  );
}

async function follow(place: Workplace, executionId: string, order: Order, began: number): Promise<Ended> {
  const { pace } = place;
  let faults = 0;
  let state: string | undefined = 'QUEUED';
  let worksSince = began;
  for (let wait = firstLook(place); ; wait = Math.min(wait * 1.5, SLOWEST_LOOK_MS)) {
    const left = state === 'QUEUED' ? began + order.queueMs - pace.now() : worksSince + order.workMs - pace.now();
    await pace.pause(Math.min(wait, Math.max(left, 0)), order.signal);
    const why = order.signal.aborted ? 'cancelled' : state === 'QUEUED' ? 'queued' : 'timed_out';
    if (order.signal.aborted || left <= 0) return { kind: 'stopped', why, scannedBytes: await stop(place, executionId) };
    try {
      const execution = await look(place, executionId);
      const ended = endOf(execution, executionId);
      if (ended) return ended;
      if (state === 'QUEUED') worksSince = pace.now();
      state = execution.Status?.State;
      faults = 0;
    } catch (fault) {
      if (++faults > FAULTS_BORNE || fault instanceof InvalidRequestException) throw fault;
    }
  }
}

function endOf(execution: QueryExecution, executionId: string): Ended | undefined {
  const scannedBytes = bytesOf(execution);
  const { State: state, StateChangeReason: reason, AthenaError: error } = execution.Status ?? {};
  if (state === 'SUCCEEDED') return { kind: 'succeeded', executionId, scannedBytes, statementType: execution.StatementType };
  if (state !== 'FAILED' && state !== 'CANCELLED') return undefined;
  return { kind: 'refused', reason: error?.ErrorMessage ?? reason ?? '', error, scannedBytes };
}

/** Stops an execution and answers with the bytes that it had read: they are billed. */
async function stop(place: Workplace, executionId: string): Promise<number> {
  await place.client.send(new StopQueryExecutionCommand({ QueryExecutionId: executionId }));
  for (let looks = 0; ; looks++) {
    const execution = await look(place, executionId);
    const isOver = !['QUEUED', 'RUNNING'].includes(execution.Status?.State ?? '');
    if (isOver || looks >= 3) return bytesOf(execution);
    await place.pace.pause(firstLook(place));
  }
}

async function look({ client }: Workplace, executionId: string): Promise<QueryExecution> {
  const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: executionId }));
  return QueryExecution ?? {};
}

function withoutKnown({ known: _, ...order }: Order): Order {
  return order;
}

function bytesOf(execution: QueryExecution): number {
  return execution.Statistics?.DataScannedInBytes ?? 0;
}

function firstLook({ pollMs }: Workplace): number {
  return pollMs ?? 250;
}
