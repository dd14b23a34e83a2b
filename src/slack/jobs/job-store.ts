import type { Clock } from '../../services/clock.ts';
import type { Memory } from '../../services/memory.ts';
import type { Job, JobRecord } from './job.ts';

/** Jobs in memory, kept 48 hours, so that a redelivery finds its claim and a restart finds what is open. */
export interface JobStore {
  /** Remembers a new job; false where its key was claimed before. */
  claim(job: Job): Promise<boolean>;
  /** Takes a job for this process; undefined where it is done, unknown, or held by another. */
  take(key: string): Promise<HeldJob | undefined>;
  /** Jobs that are not done, whoever holds them, in the order they were asked. */
  running(): Promise<readonly JobRecord[]>;
  /** Keys of those that no living process holds. */
  open(): Promise<readonly string[]>;
  /** Marks a job for whoever runs it. */
  cancel(key: string, by: string): Promise<void>;
}

/** One job in this process's hands. */
export interface HeldJob {
  readonly record: JobRecord;
  /** Another process, or this one, had it before: something may already stand in Slack. */
  readonly resumed: boolean;
  save(change: Partial<JobRecord>): Promise<void>;
  /** Says that this process still lives; answers who cancelled, if anybody did. */
  renew(): Promise<string | undefined>;
}

const kind = 'question';
/** Which of them are not done: the sweep reads these few, not two days of questions. */
const openKind = 'open';
const keptMs = 48 * 3_600_000;

/** `sole`: no other process shares the memory, so whatever another one held is free at once. `holdMs`: a silent process loses its jobs after this. */
export function openJobStore(world: { memory: Memory; clock: Clock; holder: string; sole: boolean; holdMs?: number }): JobStore {
  const { memory, clock, holder, sole, holdMs = 30_000 } = world;
  const now = () => Date.parse(clock.now());
  const isFree = (r: JobRecord) =>
    r.state !== 'done' && (r.heldBy === undefined || r.heldBy === holder || sole || (r.heldUntil ?? 0) < now());
  const running = async () => {
    const marked = await memory.list(openKind);
    const found = await Promise.all(marked.map(async ({ id }) => [id, (await memory.get<JobRecord>(kind, id))?.value] as const));
    const over = found.filter(([, record]) => record?.state === 'done');
    await Promise.all(over.map(([id]) => memory.delete(openKind, id)));
    return found
      .flatMap(([, record]) => (record && record.state !== 'done' ? [record] : []))
      .toSorted((x, y) => x.job.askedAt.localeCompare(y.job.askedAt));
  };
  return {
    async claim(job) {
      // The marker first: a job without one would be found by nobody after a crash.
      await memory.put(openKind, job.key, {}, { expiresAt: now() + keptMs });
      return memory.put<JobRecord>(kind, job.key, { job, state: 'waiting' }, { if: 'absent', expiresAt: now() + keptMs });
    },
    async take(key) {
      const found = await memory.get<JobRecord>(kind, key);
      if (!found || !isFree(found.value)) return undefined;
      const record: JobRecord = { ...found.value, heldBy: holder, heldUntil: now() + holdMs };
      const taken = await memory.put(kind, key, record, { if: found.version, expiresAt: now() + keptMs });
      return taken ? hold(world, key, record, { resumed: found.value.heldBy !== undefined, now, holdMs }) : undefined;
    },
    running,
    open: async () => (await running()).filter(isFree).map(({ job }) => job.key),
    async cancel(key, by) {
      const found = await memory.get<JobRecord>(kind, key);
      if (found && found.value.state !== 'done')
        await memory.put(kind, key, { ...found.value, cancelledBy: by }, { if: found.version, expiresAt: now() + keptMs });
    },
  };
}

/** Only the holder writes but for `cancelledBy`, which is read back before each write. */
function hold(
  { memory }: { memory: Memory },
  key: string,
  first: JobRecord,
  { resumed, now, holdMs }: { resumed: boolean; now: () => number; holdMs: number },
): HeldJob {
  let record = first;
  let turn: Promise<unknown> = Promise.resolve();
  const write = (change: Partial<JobRecord>) => {
    const next = turn.then(async () => {
      const stored = (await memory.get<JobRecord>(kind, key))?.value;
      const by = stored?.cancelledBy;
      record = { ...record, ...change, ...(by === undefined ? {} : { cancelledBy: by }), heldUntil: now() + holdMs };
      await memory.put(kind, key, record, { expiresAt: now() + keptMs });
      if (record.state === 'done') await memory.delete(openKind, key);
    });
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    resumed,
    get record() {
      return record;
    },
    save: write,
    async renew() {
      await write({});
      return record.cancelledBy;
    },
  };
}
