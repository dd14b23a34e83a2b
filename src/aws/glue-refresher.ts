import {
  ConcurrentRunsExceededException,
  GetJobRunCommand,
  GetJobRunsCommand,
  type GlueClient,
  type JobRun,
  StartJobRunCommand,
} from '@aws-sdk/client-glue';
import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { Freshness, RefreshEnd, Refresher, RefreshOptions } from '../services/refresher.ts';
import type { DataSets } from './data-sets.ts';
import { followRun } from './glue-run.ts';
import type { RunInbox } from './run-inbox.ts';
import type { S3Files } from './s3-files.ts';
import type { SnapshotReader } from './snapshot-reader.ts';
import { openWaitingFiles } from './waiting-files.ts';

/** Where the job is, and where it reads and writes. */
export interface GlueRefresherOptions {
  readonly client: GlueClient;
  readonly job: string;
  /** Raw events: only listed. */
  readonly raw: S3Files;
  /** The job's book-keeping: `manifest/` of what has been read, `runs/` of what each run tells of itself. */
  readonly state: S3Files;
  readonly snapshot: SnapshotReader;
  readonly memory: Memory;
  readonly clock: Clock;
  /** Keeps in the log what people are not told. */
  readonly report: (fault: unknown, what: string) => void;
  /** News of ended runs; without it the end is only looked for. */
  readonly inbox?: RunInbox;
  /** Filled anew after a run that changed the tables. */
  readonly dataSets?: DataSets;
  /** Between two looks at a run, 10 s unless told. */
  readonly lookMs?: number;
}

/** Who runs, as other processes see it. */
interface Lease {
  readonly runId: string;
  readonly since: string;
  readonly by: string;
}

/** Longer than Glue lets a run live: a lease never ends before its run. */
const LEASE_MS = 70 * 60_000;
const OVER = new Set(['STOPPED', 'SUCCEEDED', 'FAILED', 'ERROR', 'TIMEOUT', 'EXPIRED']);

/** The refresh as a Glue job: starts it or joins the run under way, tells its steps, and reads how far the tables reach. */
export function openGlueRefresher(options: GlueRefresherOptions): Refresher {
  const waiting = openWaitingFiles(options.raw, options.state);
  let current: Promise<RefreshEnd> | undefined;
  return {
    pending: () => waiting.count(),
    refresh(asked) {
      current ??= refresh(options, asked).finally(() => {
        current = undefined;
        options.snapshot.forget();
      });
      return current;
    },
    follow: (asked) => follow(options, asked).finally(() => options.snapshot.forget()),
    freshness: async () => freshnessOf(options),
  };
}

async function freshnessOf({ snapshot }: GlueRefresherOptions): Promise<Freshness> {
  const now = await snapshot.read();
  return {
    firstDay: now?.firstDay ?? null,
    lastDay: now?.lastDay ?? null,
    newestEventTime: now?.newestEventTime ?? null,
    lastRunAt: now?.writtenAt ?? null,
    dataVersion: now?.version ?? 'none',
    filled: now && Object.keys(now.tables),
  };
}

async function refresh(options: GlueRefresherOptions, asked: RefreshOptions): Promise<RefreshEnd> {
  const lease = await takeLease(options, asked);
  if (lease.kind === 'taken') return running(lease.held);
  try {
    const started = await start(options, asked);
    if (typeof started !== 'string') return running(started);
    await options.memory.put<Lease>('lease', 'refresh', { ...lease.held, runId: started }, { expiresAt: leaseEnd(options) });
    return await toEnd(options, started, asked);
  } finally {
    await options.memory.delete('lease', 'refresh');
  }
}

function running({ since, by, runId }: Lease): RefreshEnd {
  return { kind: 'running', since, by, ...(runId ? { run: runId } : {}) };
}

async function toEnd(options: GlueRefresherOptions, runId: string, asked: RefreshOptions): Promise<RefreshEnd> {
  const end = await followRun(options, runId, asked);
  if (end.kind === 'done' && end.run.status === 'succeeded') await options.dataSets?.refill(runId);
  return end;
}

/** The lease names the run; where it is gone already, the job's own list does. */
async function follow(
  options: GlueRefresherOptions,
  asked: RefreshOptions & { readonly since: string; readonly run?: string },
): Promise<RefreshEnd | undefined> {
  const leased = asked.run ?? (await options.memory.get<Lease>('lease', 'refresh'))?.value.runId;
  const runId = leased || (await begunSince(options, asked));
  if (!runId) return undefined;
  try {
    return await toEnd(options, runId, asked);
  } finally {
    const lease = await options.memory.get<Lease>('lease', 'refresh');
    if (lease?.value.runId === runId) await options.memory.delete('lease', 'refresh');
  }
}

async function begunSince(
  { client, job }: GlueRefresherOptions,
  { since, trigger }: RefreshOptions & { readonly since: string },
): Promise<string | undefined> {
  const { JobRuns = [] } = await client.send(new GetJobRunsCommand({ JobName: job, MaxResults: 10 }));
  // Two clocks differ a little.
  const from = Date.parse(since) - 60_000;
  return JobRuns.find((run) => Number(run.StartedOn) >= from && run.Arguments?.['--trigger'] === trigger)?.Id;
}

/** One process at a time starts the job; a lease whose run has ended is left over from a process that died. */
async function takeLease(options: GlueRefresherOptions, asked: RefreshOptions): Promise<{ kind: 'mine' | 'taken'; held: Lease }> {
  const { memory, clock } = options;
  const held: Lease = { runId: '', since: clock.now(), by: asked.trigger };
  if (await memory.put('lease', 'refresh', held, { if: 'absent', expiresAt: leaseEnd(options) })) return { kind: 'mine', held };
  const other = await memory.get<Lease>('lease', 'refresh');
  if (!other) return takeLease(options, asked);
  const isAbandoned =
    other.value.runId === '' ? isOld(other.value, clock) : OVER.has((await look(options, other.value.runId)).JobRunState ?? '');
  if (!isAbandoned) return { kind: 'taken', held: other.value };
  const isMine = await memory.put('lease', 'refresh', held, { if: other.version, expiresAt: leaseEnd(options) });
  return isMine ? { kind: 'mine', held } : takeLease(options, asked);
}

/** Taken a minute ago and still without a run: whoever took it died between the two. */
function isOld({ since }: Lease, clock: Clock): boolean {
  return Date.parse(clock.now()) - Date.parse(since) > 60_000;
}

/** The new run's id, or which, since when and by whom a run is under way that this house did not start (the schedule's). */
async function start({ client, job, clock }: GlueRefresherOptions, { trigger, full }: RefreshOptions): Promise<string | Lease> {
  try {
    const { JobRunId } = await client.send(
      new StartJobRunCommand({ JobName: job, Arguments: { '--trigger': trigger, ...(full ? { '--full': 'true' } : {}) } }),
    );
    return JobRunId!;
  } catch (fault) {
    if (!(fault instanceof ConcurrentRunsExceededException)) throw new Error('Glue did not start the refresh', { cause: fault });
    const { JobRuns = [] } = await client.send(new GetJobRunsCommand({ JobName: job, MaxResults: 10 }));
    const run = JobRuns.find((candidate) => !OVER.has(candidate.JobRunState ?? ''));
    const since = (run?.StartedOn ?? new Date(clock.now())).toISOString();
    return { runId: run?.Id ?? '', since, by: run?.Arguments?.['--trigger'] ?? 'schedule' };
  }
}

async function look({ client, job }: GlueRefresherOptions, runId: string): Promise<JobRun> {
  return (await client.send(new GetJobRunCommand({ JobName: job, RunId: runId }))).JobRun ?? {};
}

function leaseEnd({ clock }: GlueRefresherOptions): number {
  return Date.parse(clock.now()) + LEASE_MS;
}
