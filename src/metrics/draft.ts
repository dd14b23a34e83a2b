import type { DataReading } from '../glossary/reading.ts';

/** A Reading turned into one Athena SELECT, with what the later stations must know of it. Nothing here is resolved twice. */
export interface Draft {
  readonly reading: DataReading;
  readonly sql: string;
  /** What each output column is, in the order of the SELECT. */
  readonly columns: readonly DraftColumn[];
  readonly period: ResolvedPeriod;
  readonly before?: ResolvedPeriod;
  /** Small extra queries whose rows become notes: what else there is that the answer leaves out. */
  readonly asides: readonly Aside[];
  /** Facts that the answer must tell: codes and values, words later. */
  readonly notes: readonly DraftNote[];
}

export interface DraftColumn {
  readonly name: string;
  /** «Conversion rate», «Device», «30 days before». */
  readonly label: string;
  readonly role:
    | 'time'
    | 'dimension'
    | 'step'
    | 'metric'
    | 'before'
    | 'change'
    | 'change_share'
    | 'share'
    | 'count'
    | 'period'
    | 'currency'
    | 'segment'
    | 'moving_average';
  /** Metric or dimension id. */
  readonly of?: string;
  readonly unit:
    | 'text'
    | 'count'
    | 'rate'
    | 'share'
    | 'money'
    | 'seconds'
    | 'milliseconds'
    | 'days'
    | 'number'
    | 'date'
    | 'timestamp'
    | 'points';
  readonly currency?: string;
  readonly additive?: boolean;
  readonly better?: 'up' | 'down' | 'none';
  /** How NULL is called in this column. */
  readonly unknown?: string;
}

/** Days are inclusive, in the shop's zone. */
export interface ResolvedPeriod {
  readonly from: string;
  readonly to: string;
  /** The last day (bucket) is not over yet. */
  readonly partial: boolean;
  /** UTC instants for periods finer than a day. */
  readonly fromTime?: string;
  readonly toTime?: string;
  /** «25 Oct – 23 Nov 2026», «Mon 23 Nov 2026». */
  readonly label: string;
  /** Where the data do not reach the whole period: days that are missing at its start or its end. */
  readonly beyondData?: 'start' | 'end' | 'all';
}

export interface Aside {
  readonly id: 'other_currencies' | 'unknown_place' | 'totals' | 'sample_sizes' | 'left_out';
  readonly sql: string;
}

/** `code` with its facts: `default_period`, `bots_included`, `currency`, `small_groups_left_out`, `caveat`, `variant`, `beyond_data`, `partial`, `learned_value` … */
export interface DraftNote {
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
}
