/**
 * What the data themselves say, learned once per data version: which events and values have been seen. Reading uses it to
 * know a brand from a typo and «not tracked» from zero. Days are `yyyy-MM-dd` in the shop's zone.
 */
export interface DataFacts {
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** ISO 8601 UTC. */
  readonly newestEventTime: string | null;
  readonly lastRunAt: string | null;
  readonly dataVersion: string;
  /** Tables that have been filled, where that is known. */
  readonly filled?: readonly string[] | undefined;
  /** Canonical names of the events that were ever seen. */
  readonly seenEvents: readonly string[];
  /** Dimension id → values as the data hold them, most frequent first, at most 2,000 each. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}
