import type { Method } from './method.ts';

/** Slack's pace: tells after how many seconds a call may come again, or lets it pass. */
export interface RateLimits {
  /** Seconds to wait (`Retry-After`), or undefined when the call may pass. */
  take(name: string, tier: Method['tier'], channel: string): number | undefined;
}

/** Token buckets on the wall clock (`nowMs`): a tenth of a minute's calls at once, then at the tier's pace. */
export function rateLimits(nowMs: () => number): RateLimits {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(name, tier, channel) {
      if (tier === 'none') return undefined;
      const perSecond = tier === 'post' ? 1 : tier / 60;
      const most = tier === 'post' ? 1 : Math.max(1, Math.floor(tier / 10));
      const key = tier === 'post' ? `${name}:${channel}` : name;
      const now = nowMs();
      const bucket = buckets.get(key) ?? { left: most, at: now };
      const left = Math.min(most, bucket.left + ((now - bucket.at) / 1000) * perSecond);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
      return left >= 1 ? undefined : Math.max(1, Math.ceil((1 - left) / perSecond));
    },
  };
}
