import type { HeldJob, JobStore } from './job-store.ts';

/** Runs jobs: in one thread one after the other, in several at once, each stoppable. */
export interface Runner {
  /** Begins a claimed job; nothing where it runs already, is done, or is another process's. Never throws. */
  start(key: string): Promise<void>;
  /** Stops what runs here and marks it for other processes; the keys that ran. */
  cancel(isMeant: (held: HeldJob['record']) => boolean, by: string): Promise<readonly string[]>;
  /** Takes up every job that nobody holds. */
  sweep(): Promise<void>;
  /** Waits for what runs, at most `ms`. */
  close(ms: number): Promise<void>;
}

export interface RunnerWorld {
  readonly store: JobStore;
  /** Brings one job to its end; must not throw but for a fault of ours. */
  readonly work: (held: HeldJob, signal: AbortSignal) => Promise<void>;
  readonly report: (fault: unknown, what: string) => string;
  readonly heartbeatMs: number;
}

/** Opens a runner over a store. */
export function openRunner(world: RunnerWorld): Runner {
  const running = new Map<string, { held: HeldJob; abort: AbortController }>();
  const waiting = new Map<string, Promise<void>>();
  const queues = new Map<string, Promise<void>>();

  const start = (key: string): Promise<void> => {
    const already = waiting.get(key);
    if (already) return already;
    const begun = begin(key).finally(() => waiting.delete(key));
    waiting.set(key, begun);
    return begun;
  };

  async function begin(key: string): Promise<void> {
    const held = await world.store.take(key).catch((fault: unknown) => {
      world.report(fault, 'memory');
      return undefined;
    });
    if (!held) return;
    const abort = new AbortController();
    running.set(key, { held, abort });
    const queue = queueOf(held);
    const turn = (queues.get(queue) ?? Promise.resolve()).then(() => runOne(world, held, abort));
    queues.set(queue, turn);
    await turn;
    running.delete(key);
    if (queues.get(queue) === turn) queues.delete(queue);
  }

  return {
    start,
    async cancel(isMeant, by) {
      const meant = [...running].filter(([, { held }]) => isMeant(held.record));
      for (const [, { abort }] of meant) abort.abort(by);
      return meant.map(([key]) => key);
    },
    async sweep() {
      const keys = await world.store.open();
      await Promise.all(keys.map(start));
    },
    async close(ms) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([Promise.all([...waiting.values()]), late]);
      clearTimeout(timer);
    },
  };
}

/** A fault of ours ends the job as done, since running it again would only repeat it; its words are posted by `work` itself. */
async function runOne(world: RunnerWorld, held: HeldJob, abort: AbortController): Promise<void> {
  const beat = setInterval(() => {
    held
      .renew()
      .then((by) => by !== undefined && abort.abort(by))
      .catch((fault: unknown) => world.report(fault, 'memory'));
  }, world.heartbeatMs);
  // Signs of life must not keep a process alive that has closed its doors.
  beat.unref();
  try {
    await world.work(held, abort.signal);
    await held.save({ state: 'done' });
  } catch (fault) {
    world.report(fault, 'job');
    await held.save({ state: 'done' }).catch((again: unknown) => world.report(again, 'memory'));
  } finally {
    clearInterval(beat);
  }
}

function queueOf({ record: { job } }: HeldJob): string {
  const { place } = job;
  return place.to === 'direct' ? `direct:${place.user}:${job.id}` : `${place.channel}:${place.thread ?? job.id}`;
}
