import type { Comparison, Period, PeriodUnit } from '../glossary/period.ts';
import type { Filter, Grain, Schedule } from '../glossary/reading.ts';

/** What a phrase of the lexicon can stand for. One phrase may have several meanings; the company it keeps decides. */
export type Meaning =
  | { readonly as: 'metric'; readonly id: string }
  | { readonly as: 'dimension'; readonly id: string }
  | {
      readonly as: 'value';
      readonly dimension: string;
      readonly value: string;
      readonly learned?: boolean;
      readonly group?: boolean;
    }
  | { readonly as: 'step'; readonly id: string }
  | { readonly as: 'funnel'; readonly id: string }
  | { readonly as: 'ambiguous'; readonly id: string }
  | { readonly as: 'reason'; readonly id: string }
  | { readonly as: 'later'; readonly id: string }
  | { readonly as: 'word'; readonly role: Role };

/** What a function word does. */
export type Role =
  | 'noise'
  | 'the'
  | 'population'
  | 'where'
  | 'by'
  | 'which'
  | 'in'
  | 'not'
  | 'left_out'
  | 'only'
  | 'include'
  | 'versus'
  | 'and'
  | 'or'
  | 'of'
  | 'with'
  | 'also'
  | 'instead'
  | 'about'
  | 'best'
  | 'worst'
  | 'high'
  | 'low'
  | 'long'
  | 'busy'
  | 'bestseller'
  | 'order_by'
  | 'ascending'
  | 'descending'
  | 'share'
  | 'average'
  | 'how_long'
  | 'in_total'
  | 'trend'
  | 'change'
  | 'compare'
  | 'split'
  | 'map'
  | 'line'
  | 'bars'
  | 'no_picture'
  | 'everything'
  | 'complement'
  | 'doing'
  | 'lose'
  | 'in_order'
  | 'better_than'
  | 'before'
  | 'first_choice'
  | 'how_many'
  | 'distinct'
  | 'together'
  | 'anaphora';

/** A stretch of tokens that was understood as one thing. `from` and `to` are token positions, `to` exclusive. */
export type Item = { readonly from: number; readonly to: number; readonly text: string } & Sense;

/** What a stretch of tokens can be. */
export type Sense =
  | { readonly type: 'term'; readonly meanings: readonly Meaning[] }
  | { readonly type: 'filter'; readonly filter: Filter; readonly cue: string }
  | { readonly type: 'period'; readonly period: Period }
  | { readonly type: 'either_period'; readonly periods: readonly { readonly label: string; readonly text: string }[] }
  | {
      readonly type: 'compare';
      readonly compare: Comparison;
      readonly count?: number;
      readonly unit?: PeriodUnit;
      readonly per?: Grain;
    }
  | { readonly type: 'grain'; readonly grain: Grain; readonly way: 'by' | 'each' | 'adverb' | 'over' | 'which' }
  | { readonly type: 'moving_average'; readonly buckets: number; readonly unit?: Grain }
  | { readonly type: 'limit'; readonly count: number; readonly way: 'best' | 'worst' | 'high' | 'low' | 'none' }
  | {
      readonly type: 'amount';
      readonly op: Filter['op'];
      readonly value: number;
      readonly mark: 'none' | 'percent' | 'money' | 'seconds';
      /** «viewed more than 500 times»: it bounds what was said before it. */
      readonly times?: boolean;
      /** Value of the currency dimension that the amount is in. */
      readonly currency?: string;
      /** «hide those under 50»: said from the other side. */
      readonly inverted?: boolean;
    }
  | { readonly type: 'baseline'; readonly of: 'all' | 'average' }
  | { readonly type: 'hours'; readonly values: readonly number[] }
  | { readonly type: 'chain'; readonly steps: readonly string[] }
  | { readonly type: 'window'; readonly minutes: number }
  | { readonly type: 'schedule'; readonly schedule: Schedule; readonly assumed?: string }
  | { readonly type: 'clock'; readonly hour: number; readonly minute: number }
  | { readonly type: 'unknown_value'; readonly dimension: string; readonly value: string }
  | { readonly type: 'unknown' };
