import type { Comparison, Period, PeriodUnit } from '../glossary/period.ts';
import type { Filter, Grain, Schedule, Segment } from '../glossary/reading.ts';
import type { Role } from './meaning.ts';

/** A value that was said, where in the question, and whether it was taken out («without direct»). */
export interface ValueRef {
  readonly at: number;
  readonly text: string;
  readonly filter: Filter;
  readonly group: boolean;
  /** Other dimensions that the same word is a value of. */
  readonly others: readonly { readonly dimension: string; readonly value: string }[];
}

/** A measure that was said, with the company it keeps. */
export interface MetricRef {
  readonly id: string;
  readonly at: number;
  readonly text: string;
  /** «users» may only say whose conversion rate. */
  readonly population: boolean;
  /** «how many users …»: it is what is counted. */
  readonly counted: boolean;
  /** «sessions that …», «users with …»: it tells of the population before it. */
  readonly link?: 'that' | 'with';
  /** In one list with the metric before it. */
  joined: boolean;
  /** «per user»: the word before it, which makes a ratio that the glossary may not have. */
  readonly per: boolean;
  /** «sorted by revenue»: it orders what others measure. */
  readonly sorts?: boolean;
}

interface AmountRef {
  readonly at: number;
  readonly text: string;
  readonly op: Filter['op'];
  readonly value: number;
  readonly mark: 'none' | 'percent' | 'money' | 'seconds';
  readonly times?: boolean;
  readonly currency?: string;
  readonly inverted?: boolean;
}

/** Everything that a question said, sorted by what it is, before it becomes a Reading or changes one. */
export interface Parts {
  metrics: MetricRef[];
  /** «apple products» taken as a noun, which only a bound makes a breakdown. */
  goods: boolean;
  /** Measures that were said to be zero: «but no orders». */
  absent: { id: string; text: string }[];
  orderBy: string | undefined;
  /** `word` is «per», or «each» for «each», «every», «in each», where that led to it. */
  dimensions: { id: string; at: number; by: boolean; text: string; word?: string }[];
  values: ValueRef[];
  /** Positions of «vs» and the like. */
  versus: number[];
  /** Positions of «the rest», «those who don't». */
  complement: number[];
  /** «vs overall»: one side is everybody; the average of everybody is that only where nothing adds up. */
  baseline: { at: number; text: string; of: 'all' | 'average' } | undefined;
  joins: { at: number; or: boolean; text: string }[];
  /** `text` is as typed, where it was said in one piece. */
  periods: { period: Period; at: number; text?: string }[];
  eitherPeriod: readonly { readonly label: string; readonly text: string }[] | undefined;
  eitherPeriodText: string;
  compare: Comparison | undefined;
  compareCount: number | undefined;
  compareUnit: PeriodUnit | undefined;
  /** «vs the daily average of october» */
  comparePer: Grain | undefined;
  grains: { grain: Grain; way: 'by' | 'each' | 'adverb' | 'over' | 'which'; at: number }[];
  ranks: { way: 'best' | 'worst' | 'high' | 'low' | 'long' | 'busy' | 'none'; text: string; at: number }[];
  limit: number | undefined;
  amounts: AmountRef[];
  moving: { buckets: number; unit?: Grain } | undefined;
  steps: { id: string; at: number }[];
  chain: readonly string[] | undefined;
  funnel: string | undefined;
  window: number | undefined;
  schedule: Schedule | undefined;
  /** A time of day that stands apart from its rhythm. */
  clock: { hour: number; minute: number } | undefined;
  assumed: string[];
  bots: 'include' | 'only' | 'left_out' | 'apart' | undefined;
  reasons: { id: string; text: string }[];
  later: { id: string; text: string }[];
  ambiguous: string[];
  unknown: { text: string; at: number }[];
  unknownValues: { dimension: string; value: string }[];
  roles: Map<Role, { at: number; text: string }[]>;
  /** How many things with a meaning were said. */
  content: number;
  segments: Segment[] | undefined;
  filters: Filter[];
}

/** Nothing said yet. */
export function emptyParts(): Parts {
  return {
    metrics: [],
    absent: [],
    goods: false,
    orderBy: undefined,
    dimensions: [],
    values: [],
    versus: [],
    complement: [],
    baseline: undefined,
    joins: [],
    periods: [],
    eitherPeriod: undefined,
    eitherPeriodText: '',
    compare: undefined,
    compareCount: undefined,
    compareUnit: undefined,
    comparePer: undefined,
    grains: [],
    ranks: [],
    limit: undefined,
    amounts: [],
    moving: undefined,
    steps: [],
    chain: undefined,
    funnel: undefined,
    window: undefined,
    schedule: undefined,
    clock: undefined,
    assumed: [],
    bots: undefined,
    reasons: [],
    later: [],
    ambiguous: [],
    unknown: [],
    unknownValues: [],
    roles: new Map(),
    content: 0,
    segments: undefined,
    filters: [],
  };
}

/** True if a function word of this role was said. */
export function said(parts: Parts, role: Role): boolean {
  return parts.roles.has(role);
}
