import { setTimeout } from 'node:timers/promises';

/** How waiting is done: the real one, or a test's own. `now` counts milliseconds from any point on and never goes back. */
export interface Pace {
  now(): number;
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Waits in the world's own time. */
export const realPace: Pace = { now: () => performance.now(), pause };

/** Waits so many milliseconds, or until `signal` is aborted. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => {});
}
