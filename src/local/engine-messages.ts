import type { Cell, ResultColumn } from '../services/warehouse.ts';
import type { Catalog } from '../sql/safe-sql.ts';

/** One table as the engine opens it: its files, in Athena's types. */
export interface TableSource {
  /** Lower-case `database.table`. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitionColumns: readonly string[];
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Files whose columns may differ, brought by an owner: they are looked at before they are read. */
  readonly foreign: boolean;
}

/** The tables of one moment; `key` changes whenever one of them does. */
export interface Sources {
  readonly key: string;
  readonly tables: readonly TableSource[];
}

export type Request =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly text: string;
      readonly catalog: Catalog;
      readonly sources: Sources;
      readonly startedAt: string;
      readonly rowLimit: number;
      /** Bound, translated and prepared, but not run: its columns come back without rows. */
      readonly onlyPrepare?: boolean;
    }
  | { readonly kind: 'measure'; readonly id: number; readonly files: readonly string[] }
  | { readonly kind: 'interrupt'; readonly id: number }
  | { readonly kind: 'setup'; readonly memoryLimitMb: number; readonly threads: number };

/** Compressed bytes of the columns of one file. */
export type ColumnBytes = Readonly<Record<string, number>>;

export type Reply =
  | {
      readonly kind: 'rows';
      readonly id: number;
      readonly columns: readonly ResultColumn[];
      readonly rows: readonly (readonly Cell[])[];
      readonly truncated: boolean;
    }
  | { readonly kind: 'refused'; readonly id: number; readonly refusal: EngineRefusal }
  | { readonly kind: 'measured'; readonly id: number; readonly files: readonly ColumnBytes[] }
  | { readonly kind: 'fault'; readonly id: number; readonly message: string }
  | { readonly kind: 'ready' };

export interface EngineRefusal {
  readonly code: 'unsupported_locally' | 'query_failed' | 'cancelled';
  readonly error?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly message: string;
  readonly construct?: string | undefined;
}
