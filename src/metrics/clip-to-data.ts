import type { ResolvedPeriod } from './draft.ts';

/** First and last day of the data (`yyyy-MM-dd`, shop zone); null while there are none. */
export interface DataReach {
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** Newest event, ISO 8601 UTC: hours after it have not been seen yet. */
  readonly newestEventTime?: string | null;
}

/** Marks where the data do not reach the whole period. The days stay as asked: an answer says what is missing, not hides it. */
export function clipToData(period: ResolvedPeriod, reach: DataReach): ResolvedPeriod {
  const edge = beyond(period, reach);
  return edge ? { ...period, beyondData: edge } : period;
}

function beyond({ from, to }: ResolvedPeriod, { firstDay, lastDay }: DataReach): ResolvedPeriod['beyondData'] {
  if (firstDay === null || lastDay === null || to < firstDay || from > lastDay) return 'all';
  if (from < firstDay) return 'start';
  return to > lastDay ? 'end' : undefined;
}
