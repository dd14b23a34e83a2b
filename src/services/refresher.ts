/** Brings new raw files into the tables. */
export interface Refresher {
  /** Files that wait, without reading them. */
  pending(): Promise<{ readonly files: number; readonly bytes: number }>;
  /** Runs, or joins the run that is under way. `onStep` is called at each change of step. */
  refresh(options: RefreshOptions): Promise<RefreshEnd>;
  /**
   * Follows a run to its end: the one of the id `run`, or the one that a process began after `since` (ISO 8601 UTC) and did not
   * see end; undefined where there was none. Absent where a run ends with its process.
   */
  follow?(options: RefreshOptions & { readonly since: string; readonly run?: string }): Promise<RefreshEnd | undefined>;
  /** How far the tables reach. */
  freshness(): Promise<Freshness>;
}

export interface RefreshOptions {
  /** Rebuilds everything from raw instead of reading only new files. */
  readonly full?: boolean;
  readonly trigger: 'cli' | 'slack' | 'start' | 'schedule';
  readonly onStep?: (step: RefreshStep) => void;
}

export interface RefreshStep {
  readonly step: 'list' | 'stage' | 'build' | 'publish';
  readonly files?: number;
  readonly records?: number;
  readonly partitions?: number;
}

export type RefreshEnd =
  | { readonly kind: 'done'; readonly run: Run }
  /** Another began it; `run` is what `follow` takes, where it can be followed. */
  | { readonly kind: 'running'; readonly since: string; readonly by: string; readonly run?: string }
  | { readonly kind: 'failed'; readonly run: Run; readonly code: RefreshFault; readonly message: string };

export type RefreshFault = 'raw_missing' | 'disk_full' | 'not_conserved' | 'fault';

/** One row of the table `runs`. `records_read = events + duplicates + quarantined`. Times are ISO 8601 UTC. */
export interface Run {
  readonly run_id: string;
  readonly run_trigger: string;
  readonly status: 'succeeded' | 'failed' | 'nothing_new';
  readonly started_at: string;
  readonly finished_at: string;
  readonly files_read: number;
  readonly records_read: number;
  readonly events: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly late_events: number;
  /** Quarantined records by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Days (`yyyy-MM-dd`) whose partitions were written. */
  readonly partitions_written: readonly string[];
  readonly newest_event_time: string | null;
  /** Files that could not be read at all, with the reason; their turn comes again. */
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

/** Days are `yyyy-MM-dd` in the shop's time zone; times ISO 8601 UTC. */
export interface Freshness {
  /** First and last day with events; null while the tables are empty. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly newestEventTime: string | null;
  readonly lastRunAt: string | null;
  /** Changes whenever the tables change: the key of every cache over them. */
  readonly dataVersion: string;
  /** Tables that the last run left; tables that came to the house later are not among them yet. Absent: all of them. */
  readonly filled?: readonly string[] | undefined;
}
