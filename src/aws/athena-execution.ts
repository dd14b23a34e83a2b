import { randomUUID } from 'node:crypto';
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
import { pause } from './pause.ts';

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

/** The caller's signal ended it. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly scannedBytes: number;
}

/** Where a statement runs. */
export interface Workplace {
  readonly client: AthenaClient;
  readonly workgroup: string;
  readonly database: string;
  readonly catalog: string;
  readonly pollMs?: number;
}

const SLOWEST_LOOK_MS = 3000;
const FAULTS_BORNE = 3;

/** Starts one statement under a token of its own and follows it to its end; stops it there when `signal` is aborted. Faults are thrown. */
export async function execute(place: Workplace, text: string, signal: AbortSignal): Promise<Ended> {
  const started = await start(place, text, signal);
  if (typeof started !== 'string') return started;
  try {
    return await follow(place, started, signal);
  } catch (fault) {
    // Nobody will read what it finds: it must not go on costing.
    await stop(place, started).catch(() => {});
    throw fault;
  }
}

/** The execution's id, or why there is none. A full account is waited for. */
async function start(place: Workplace, text: string, signal: AbortSignal): Promise<string | Refused | Stopped> {
  const command = new StartQueryExecutionCommand({
    QueryString: text,
    WorkGroup: place.workgroup,
    QueryExecutionContext: { Catalog: place.catalog, Database: place.database },
    ClientRequestToken: randomUUID(),
  });
  for (let wait = firstLook(place); ; wait = Math.min(wait * 1.5, SLOWEST_LOOK_MS)) {
    if (signal.aborted) return { kind: 'stopped', scannedBytes: 0 };
    try {
      // Not aborted by the signal: an execution that began must be known to be stopped.
      const { QueryExecutionId } = await place.client.send(command);
      return QueryExecutionId!;
    } catch (fault) {
      if (fault instanceof InvalidRequestException && isAboutText(fault))
        return { kind: 'refused', reason: fault.message, error: undefined, scannedBytes: 0 };
      if (!(fault instanceof TooManyRequestsException)) throw fault;
      await pause(wait, signal);
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

async function follow(place: Workplace, executionId: string, signal: AbortSignal): Promise<Ended> {
  let faults = 0;
  for (let wait = firstLook(place); ; wait = Math.min(wait * 1.5, SLOWEST_LOOK_MS)) {
    await pause(wait, signal);
    if (signal.aborted) return { kind: 'stopped', scannedBytes: await stop(place, executionId) };
    try {
      const ended = endOf(await look(place, executionId), executionId);
      if (ended) return ended;
      faults = 0;
    } catch (fault) {
      if (++faults > FAULTS_BORNE) throw fault;
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
    await pause(firstLook(place));
  }
}

async function look({ client }: Workplace, executionId: string): Promise<QueryExecution> {
  const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: executionId }));
  return QueryExecution ?? {};
}

function bytesOf(execution: QueryExecution): number {
  return execution.Statistics?.DataScannedInBytes ?? 0;
}

function firstLook({ pollMs }: Workplace): number {
  return pollMs ?? 250;
}
