import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter, Grain, Segment } from '../glossary/reading.ts';
import type { ResolvedPeriod } from './draft.ts';

/** What every scan of one answer has in common: which rows, and by what they are grouped. */
export interface Frame {
  readonly glossary: Glossary;
  readonly zone: string;
  readonly currency: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly newestEventTime: string | null;
  readonly dimensions: readonly string[];
  readonly grain?: Grain | undefined;
  /** Name of the time column: the grain, unless a dimension has that name. */
  readonly timeName: string;
  readonly segments: readonly Segment[];
  readonly bots?: 'include' | 'only' | undefined;
  /** Money is cut to the shop's currency, since neither a dimension nor a filter names one. */
  readonly shopCurrencyOnly: boolean;
  /** Buckets before the period that a moving average needs. */
  readonly lookback: number;
  readonly sides: readonly Side[];
  /** Groups and filters are those of the row's session, not of the row itself. */
  readonly bySession?: boolean;
  /** Each side is a row of its own, instead of columns side by side. */
  readonly sideRows: boolean;
}

/** One period (and its rows) that the measures are counted over; its columns carry the suffix. */
export interface Side {
  readonly suffix: '' | '_before' | '_whole';
  readonly period: ResolvedPeriod;
  readonly filters: readonly Filter[];
  /** Buckets by which this side's are moved to lie on the first side's. */
  readonly shift: number;
}

/** A column that rows are grouped by. */
export interface Key {
  readonly name: string;
  readonly kind: 'period_no' | 'period' | 'segment_no' | 'segment' | 'dimension' | 'time' | 'average';
}

/** The grouping columns in the order of the SELECT. */
export function keysOf(frame: Frame): readonly Key[] {
  const keys: Key[] = [];
  if (frame.sideRows) keys.push({ name: 'period_no', kind: 'period_no' }, { name: 'period', kind: 'period' });
  if (frame.segments.length > 0) keys.push({ name: 'segment_no', kind: 'segment_no' }, { name: 'segment', kind: 'segment' });
  keys.push(...frame.dimensions.map((name): Key => ({ name, kind: 'dimension' })));
  if (frame.grain) keys.push({ name: frame.timeName, kind: 'time' });
  return keys;
}

/** Column name of a measure on one side; rows of their own need no suffix. */
export function sideColumn(name: string, side: Side, frame: Frame): string {
  return frame.sideRows ? name : `${name}${side.suffix}`;
}
