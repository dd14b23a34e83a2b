declare const checked: unique symbol;

/**
 * One read-only Athena statement that passed the guard. Only `guard.ts` can make one (a house test forbids the cast
 * elsewhere), and a warehouse takes nothing else. Line and column numbers are 1-based, of the text as it was written.
 */
export interface SafeSql {
  readonly [checked]: true;
  /** The statement as written, without a trailing semicolon. */
  readonly text: string;
  readonly kind: 'query' | 'show' | 'describe' | 'explain';
  /** Qualified lower-case names `database.table`, each once, in order of appearance. */
  readonly tables: readonly string[];
  /** Columns read, as `database.table.column`; a star counts as every column. */
  readonly columns: readonly string[];
  /** Bounds found on partition columns, for the price and for advice: never for security. */
  readonly partitions: readonly PartitionBound[];
  /** Top-level LIMIT, where the statement has one. */
  readonly limit?: number;
  /** Names of the output columns as Athena gives them (`_col0` where unnamed); empty where a star hides them. */
  readonly outputColumns: readonly string[];
  /** Remarks that do not refuse: code, place, and the facts a sentence needs. */
  readonly advice: readonly Advice[];
  /** The catalog that the statement was checked against. */
  readonly catalog: Catalog;
}

/** `from` and `to` are inclusive values of the partition column as text; absent = unbounded on that side. */
export interface PartitionBound {
  readonly table: string;
  readonly column: string;
  readonly from?: string;
  readonly to?: string;
}

export interface Advice {
  readonly code: 'no_partition_bound' | 'limit_without_order' | 'decimal_ratio' | 'integer_division' | 'approximate';
  readonly line: number;
  readonly column: number;
  readonly facts: Readonly<Record<string, string | number>>;
  /** A safer text of the whole statement, where one can be offered. */
  readonly rewrite?: string;
}

/** The tables that a statement may read. Keys of `tables` are lower-case `database.table`. */
export interface Catalog {
  readonly defaultCatalog: string;
  readonly defaultDatabase: string;
  readonly tables: Readonly<Record<string, TableFacts>>;
  /** `column` (in every table) or `database.table.column`. */
  readonly blockedColumns: readonly string[];
}

export interface TableFacts {
  /** In table order, partition columns last. Types are Athena's (`varchar`, `decimal(18,2)`, `timestamp(3)`, `array(varchar)` …); `unknown` where not given. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitionColumns: readonly string[];
  /** Folder of Parquet files, for tables that an owner brings. */
  readonly location?: string;
}

/** Why a text was refused. `code` is one of the closed list in `refusals.ts`; `facts` feed the faces. */
export interface GuardRefusal {
  readonly ok: false;
  readonly code: string;
  readonly line?: number;
  readonly column?: number;
  /** A plain English sentence: what was wrong, where, what to do. Never names a table that is not allowed to be known, beyond what the person wrote. */
  readonly message: string;
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  /** Every fault found, where there are several of one kind (forbidden tables and columns). */
  readonly all?: readonly { readonly code: string; readonly line: number; readonly column: number; readonly name: string }[];
}

export interface GuardPass {
  readonly ok: true;
  readonly sql: SafeSql;
}

export type Verdict = GuardPass | GuardRefusal;
