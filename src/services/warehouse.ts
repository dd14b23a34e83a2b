import type { SafeSql } from '../sql/safe-sql.ts';

/** An engine that answers Athena SQL: Athena itself, or the local engine in its place. */
export interface Warehouse {
  readonly engine: 'athena' | 'duckdb';
  /** Bytes that the statement will read, before it runs; never below what Athena would bill by more than 20 %. */
  estimate(sql: SafeSql): Promise<Estimate>;
  /**
   * Whether the engine would take a checked query, without running it: undefined, or why not. Free of charge; for SQL that a
   * model wrote. Positions are those of the query's text.
   */
  explain(sql: SafeSql, options: Pick<RunOptions, 'timeoutMs' | 'signal'>): Promise<QueryRefusal | undefined>;
  /** Runs one checked statement. Expected ends are values; a fault of the engine itself is thrown with its cause. */
  run(sql: SafeSql, options: RunOptions): Promise<QueryEnd>;
  close(): Promise<void>;
}

export interface RunOptions {
  /** Rows kept; `truncated` tells whether there were more. */
  readonly rowLimit: number;
  /** Time at work; what waits in an engine's queue costs nothing and has a longer patience of its own. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Names the question across restarts: the same statement asked again under it takes up the run of before, and is paid once. */
  readonly askedFor?: string;
  /** The person saw the price and approved it: it may read more than others. */
  readonly approved?: boolean;
}

export interface Estimate {
  readonly bytes: number;
  /** Tables whose size nobody knows: `bytes` are then those of the others. */
  readonly unknown?: readonly string[];
}

export type QueryEnd = QueryResult | QueryRefusal;

export interface QueryResult {
  readonly kind: 'rows';
  /** Names and types as Athena gives them: `_col0`, `bigint`, `varchar`, `decimal(18,2)`, `timestamp(3)`. */
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly truncated: boolean;
  readonly scannedBytes: number;
  readonly ms: number;
  readonly executionId: string;
}

export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** A JSON value: numbers as numbers (decimals too), dates, timestamps and varbinary as text, arrays as lists, maps and rows as objects, NULL as null. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };

/**
 * `unsupported_locally`: right on Athena, not on the local engine. `query_failed`: the engine refused or stopped it, as
 * Athena would (type mismatch, division by zero …). `cancelled`, `timed_out`, `over_limit` (bytes cut-off).
 */
export interface QueryRefusal {
  readonly kind: 'refusal';
  readonly code: 'unsupported_locally' | 'query_failed' | 'cancelled' | 'timed_out' | 'over_limit';
  /** Trino's error name where there is one: TYPE_MISMATCH, DIVISION_BY_ZERO, FUNCTION_NOT_FOUND … */
  readonly error?: string;
  readonly line?: number;
  readonly column?: number;
  /** A plain sentence without paths or engine internals. */
  readonly message: string;
  readonly construct?: string;
  readonly scannedBytes: number;
}
