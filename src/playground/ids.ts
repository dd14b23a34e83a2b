import type { Clock } from '../services/clock.ts';

/** Hands out Slack's kinds of identity: timestamps that only grow, and ids with a prefix. */
export interface Ids {
  /** A message timestamp, `seconds.micros` of the clock, always later than the last one. */
  ts(): string;
  /** An id such as F0000000A1: prefix and a counter in upper-case base 36, eleven characters. */
  next(prefix: string): string;
  /** The counters, to be kept over a restart. */
  state(): { lastTs: string; count: number };
}

/** Continues from kept counters, or from the beginning. */
export function issueIds(clock: Clock, from?: { lastTs: string; count: number }): Ids {
  let last = micros(from?.lastTs ?? '0.000000');
  let count = from?.count ?? 0;
  return {
    ts() {
      const now = BigInt(Date.parse(clock.now())) * 1000n;
      last = now > last ? now : last + 100n;
      return `${last / 1_000_000n}.${String(last % 1_000_000n).padStart(6, '0')}`;
    },
    next(prefix) {
      count += 1;
      return prefix + count.toString(36).toUpperCase().padStart(10, '0');
    },
    state: () => ({ lastTs: `${last / 1_000_000n}.${String(last % 1_000_000n).padStart(6, '0')}`, count }),
  };
}

function micros(ts: string): bigint {
  const [seconds = '0', part = '0'] = ts.split('.');
  return BigInt(seconds) * 1_000_000n + BigInt(part.padEnd(6, '0'));
}
