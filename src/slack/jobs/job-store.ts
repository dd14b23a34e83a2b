import type { Clock } from '../../services/clock.ts';
import type { Memory } from '../../services/memory.ts';
import type { Job, JobRecord } from './job.ts';

/** Jobs in memory, kept 48 hours, so that a redelivery finds its claim and a restart finds what is open. */
export interface JobStore {
  /** Remembers a new job; false where its key was claimed before. */
  claim(job: Job): Promise<boolean>;
  /** Takes a job for this process; undefined where it is done, unknown, or held by another. */
  take(key: string): Promise<HeldJob | undefined>;
  /** Keys of jobs that are not done and that no living process holds. */
  open(): Promise<readonly string[]>;
  get(key: string): Promise<JobRecord | undefined>;
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
const keptMs = 48 * 3_600_000;

/** `sole`: no other process shares the memory, so whatever another one held is free at once. `holdMs`: a silent process loses its jobs after this. */
export function openJobStore(world: { memory: Memory; clock: Clock; holder: string; sole: boolean; holdMs?: number }): JobStore {
  const { memory, clock, holder, sole, holdMs = 30_000 } = world;
  const now = () => Date.parse(clock.now());
  const isFree = (r: JobRecord) =>
    r.state !== 'done' && (r.heldBy === undefined || r.heldBy === holder || sole || (r.heldUntil ?? 0) < now());
  return {
    claim: (job) => memory.put<JobRecord>(kind, job.key, { job, state: 'waiting' }, { if: 'absent', expiresAt: now() + keptMs }),
    async take(key) {
      const found = await memory.get<JobRecord>(kind, key);
      if (!found || !isFree(found.value)) return undefined;
      const record: JobRecord = { ...found.value, heldBy: holder, heldUntil: now() + holdMs };
      const taken = await memory.put(kind, key, record, { if: found.version, expiresAt: now() + keptMs });
      return taken ? hold(world, key, record, { resumed: found.value.heldBy !== undefined, now, holdMs }) : undefined;
    },
    async open() {
      const all = await memory.list<JobRecord>(kind);
      return all
        .filter(({ value }) => isFree(value))
        .toSorted((a, b) => a.value.job.askedAt.localeCompare(b.value.job.askedAt))
        .map(({ id }) => id);
    },
    get: async (key) => (await memory.get<JobRecord>(kind, key))?.value,
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
