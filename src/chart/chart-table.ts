import type { Cell } from '../services/warehouse.ts';

/** What a picture is drawn from: the rows of an answer, with what is known of each column. */
export interface ChartTable {
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** The row limit was reached: no shares, no «Other», and the subtitle says so. */
  readonly truncated: boolean;
}

/** Absent `role`, `unit` and `additive` are guessed from values and name (SQL results); present ones are believed. */
export interface ChartColumn {
  readonly name: string;
  /** As people read it: «Conversion rate», «Device». */
  readonly label: string;
  /** Athena type. */
  readonly type: string;
  readonly role?: Role;
  readonly unit?: Unit;
  /** ISO 4217, for `money`. */
  readonly currency?: string;
  /** May be summed over rows (counts, money); rates, averages and distinct counts may not. */
  readonly additive?: boolean;
  /** The same measure in the earlier period: drawn pale, never as strong as the current one. */
  readonly before?: boolean;
}

export type Role =
  | 'time'
  | 'cyclic'
  | 'category'
  | 'country'
  | 'step'
  | 'bin'
  | 'offset'
  | 'latitude'
  | 'longitude'
  | 'id'
  | 'measure'
  | 'text';

/** `rate` is a fraction (0.021). Durations in the unit named. */
export type Unit = 'count' | 'rate' | 'share' | 'money' | 'seconds' | 'milliseconds' | 'days' | 'number';

/** What the question said about the picture. */
export interface ChartIntent {
  /** «Conversion rate by device». */
  readonly title: string;
  /** Period, grain, caveats: «25 Oct – 23 Nov 2026, daily». */
  readonly subtitle: string;
  readonly wants?: 'none' | 'line' | 'bars' | 'map' | 'funnel' | 'share' | 'top';
  /** The last time bucket is not over yet: drawn hollow or dashed. */
  readonly lastPartial?: boolean;
}

/** A chosen chart: its kind and rule, the builder's input, and the words for who cannot see it (100 to 500 characters). */
export interface Chart {
  readonly type:
    | 'line'
    | 'columns'
    | 'bars'
    | 'grouped_bars'
    | 'stacked'
    | 'funnel'
    | 'map'
    | 'bubbles'
    | 'heat'
    | 'histogram'
    | 'scatter';
  /** Id of the first rule that matched, for the log. */
  readonly rule: string;
  readonly title: string;
  readonly subtitle: string;
  readonly altText: string;
  /** Other types that this table allows, for «Draw it another way». */
  readonly others: readonly Chart['type'][];
  /** Shaped for the drawing: every column has role, unit and additive, rows are sorted, cut and summed as drawn. */
  readonly table: ChartTable;
  /** The last time bucket is not over yet: drawn hollow or dashed. */
  readonly lastPartial?: boolean;
  /** The last row sums the rest («Other (12)»): drawn grey. */
  readonly otherLast?: boolean;
}
