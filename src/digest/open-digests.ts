import type { DataReading, Schedule } from '../glossary/reading.ts';
import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { Refresher } from '../services/refresher.ts';
import { isComplete, lastDayNeeded } from './data-complete.ts';
import { latestDue, nextRun } from './next-run.ts';
import { idOf, type Subscription } from './subscription.ts';

export interface DigestsWorld {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly zone: string;
  readonly refresher: Pick<Refresher, 'freshness'>;
}

/** Subscriptions in memory, and what is due. */
export interface Digests {
  /** All, or those of one owner, by name. */
  list(owner?: string): Promise<readonly Subscription[]>;
  /** By id or name, however it is written. */
  find(name: string): Promise<Subscription | undefined>;
  add(draft: NewSubscription): Promise<Subscription>;
  setPaused(id: string, paused: boolean): Promise<void>;
  remove(id: string): Promise<void>;
  /** The next due time, ISO 8601 UTC. */
  next(subscription: Subscription): string;
  /**
   * Hands over everything that is due and whose data are complete. `tell` must itself do one due time once (`key` is its name in
   * every process); a due time is over when `tell` has returned.
   */
  tick(tell: (due: Due) => Promise<void>): Promise<void>;
}

export interface NewSubscription {
  readonly name: string;
  readonly question: string;
  readonly reading: DataReading;
  readonly schedule: Schedule;
  readonly channel: string;
  readonly owner: string;
}

/** One due time of one subscription. `waiting`: twelve hours over and the data are still not complete, so one line says so. */
export interface Due {
  readonly key: string;
  readonly subscription: Subscription;
  readonly dueAt: string;
  readonly kind: 'post' | 'waiting';
  /** Milliseconds late and why; absent when on time. */
  readonly late?: { readonly ms: number; readonly why: 'data' | 'asleep' };
  /** The day whose data it needs, `yyyy-MM-dd`. */
  readonly needs: string;
}

const kind = 'digest';
const hour = 3_600_000;

export function openDigests(world: DigestsWorld): Digests {
  const { memory, clock } = world;
  const change = async (id: string, how: (s: Subscription) => Subscription | undefined) => {
    for (;;) {
      const found = await memory.get<Subscription>(kind, id);
      const changed = found && how(found.value);
      if (!changed || (await memory.put(kind, id, changed, { if: found.version }))) return;
    }
  };
  const list = async (owner?: string) => {
    const all = (await memory.list<Subscription>(kind)).map(({ value }) => value);
    return all.filter((s) => owner === undefined || s.owner === owner).toSorted((a, b) => a.name.localeCompare(b.name));
  };
  return {
    list,
    find: async (name) => (await memory.get<Subscription>(kind, idOf(name)))?.value,
    add: (draft) => add(draft, world),
    // What came due while it was paused is not made up for.
    setPaused: (id, paused) => change(id, (s) => ({ ...s, paused, ...(paused ? {} : { doneThrough: clock.now() }) })),
    remove: (id) => memory.delete(kind, id),
    next: (s) => nextRun(s.schedule, s.zone, clock.now()),
    async tick(tell) {
      for (const s of await list()) if (!s.paused) await tickOne(s, world, change, tell);
    },
  };
}

/** A name that is taken gets a number: «Weekly numbers 2». */
async function add(draft: NewSubscription, { memory, clock, zone }: DigestsWorld): Promise<Subscription> {
  const now = clock.now();
  for (let n = 1; ; n++) {
    const name = n === 1 ? draft.name : `${draft.name} ${n}`;
    const subscription: Subscription = { ...draft, id: idOf(name), name, zone, createdAt: now, doneThrough: now };
    if (await memory.put(kind, subscription.id, subscription, { if: 'absent' })) return subscription;
  }
}

type Change = (id: string, how: (s: Subscription) => Subscription | undefined) => Promise<void>;

async function tickOne(s: Subscription, world: DigestsWorld, change: Change, tell: (due: Due) => Promise<void>): Promise<void> {
  const now = world.clock.now();
  const dueAt = latestDue(s.schedule, s.zone, s.doneThrough, now);
  if (!dueAt) return;
  const ms = Date.parse(now) - Date.parse(dueAt);
  const due = { subscription: s, dueAt, needs: lastDayNeeded(dueAt, s.zone) };
  if (!isComplete(await world.refresher.freshness(), dueAt, s.zone)) {
    if (s.waitedFor !== dueAt) await change(s.id, (x) => ({ ...x, waitedFor: dueAt }));
    if (ms >= 12 * hour) await tell({ ...due, kind: 'waiting', key: `digest-waits:${s.id}:${dueAt}` });
    return;
  }
  const why = s.waitedFor === dueAt ? 'data' : 'asleep';
  await tell({ ...due, kind: 'post', key: `digest:${s.id}:${dueAt}`, ...(ms > hour / 4 ? { late: { ms, why } } : {}) });
  await change(s.id, (x) => (x.doneThrough < dueAt ? { ...x, doneThrough: dueAt, lastPosted: now } : undefined));
}
