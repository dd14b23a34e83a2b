import type { MetricReading } from '../glossary/reading.ts';
import { metricAsides } from './asides.ts';
import { bucketsBetween, bucketsOf } from './bucket-sql.ts';
import type { ComposeContext } from './compose.ts';
import { isCurrency } from './dimension-sql.ts';
import type { Draft, ResolvedPeriod } from './draft.ts';
import { isPlace } from './filter-sql.ts';
import type { Component } from './formula.ts';
import type { Frame, Side } from './frame.ts';
import { type MetricPlan, planComponents, planDimensions, planMetrics, planSmallGroups } from './metric-plan.ts';
import { metricSql } from './metric-sql.ts';
import { metricNotes } from './notes.ts';
import { type Periods, resolvePeriods } from './periods.ts';
import { allFilters, firstOutOfReach, type NotComposable } from './reach-check.ts';

/** More buckets than this are no answer, and Trino's `sequence` stops there too. */
const MOST_BUCKETS = 10_000;

/** A metric Reading → its SELECT, what its columns are, and what must be said beside it. */
export function composeMetric(reading: MetricReading, context: ComposeContext): Draft | NotComposable {
  const asked = reading.movingAverage && !reading.grain ? { ...reading, grain: 'day' as const } : reading;
  const periods = resolvePeriods(asked, context);
  if (periods.kind !== 'periods') return periods;
  const plan = planMetric(asked, periods, context);
  if (plan.kind !== 'plan') return plan;
  const { sql, columns } = metricSql(plan);
  return {
    reading,
    sql,
    columns,
    period: periods.now,
    ...(periods.before ? { before: periods.before } : {}),
    asides: metricAsides(plan),
    notes: metricNotes(plan, periods),
  };
}

function planMetric(
  reading: MetricReading,
  periods: Periods,
  context: ComposeContext,
): (MetricPlan & { kind: 'plan' }) | NotComposable {
  const { glossary } = context;
  const filters = allFilters(reading);
  const cutBy = [...reading.dimensions, ...filters.map(({ dimension }) => dimension)];
  const metrics = planMetrics(reading, cutBy, glossary);
  const components = planComponents(metrics);
  const dimensions = planDimensions(reading, metrics, glossary);
  const lost = firstOutOfReach(components, dimensions, filters, glossary) ?? tooFine(reading, components);
  if (lost) return lost;
  const frame = frameOf(reading, dimensions, periods, context);
  const buckets = frame.grain && bucketsOf(frame.grain, periods.now, context, context.zone, frame.lookback);
  if (buckets && buckets.count > MOST_BUCKETS)
    return { kind: 'not_composable', code: 'too_many_buckets', facts: { grain: frame.grain!, buckets: buckets.count } };
  const smallGroups = planSmallGroups(reading, metrics, dimensions);
  return { kind: 'plan', reading, frame, metrics, components, smallGroups, beforeLabel: periods.beforeLabel };
}

/** Daily and monthly users are counted by whole days: there are none of an hour. */
function tooFine({ grain }: MetricReading, components: readonly Component[]): NotComposable | undefined {
  const daily = components.find(({ measure }) => measure.trailingDays !== undefined || measure.averageOfDays);
  if (grain !== 'hour' || !daily) return undefined;
  return {
    kind: 'not_composable',
    code: 'grain_too_fine',
    facts: { metric: daily.metricId, metric_label: daily.metric.label, grain },
  };
}

function frameOf(reading: MetricReading, dimensions: readonly string[], periods: Periods, context: ComposeContext): Frame {
  const { glossary, zone, currency, firstDay, lastDay, newestEventTime } = context;
  const { grain } = reading;
  const isMoney = (id: string) => isCurrency(glossary.dimensions[id]!, glossary);
  const inSegments = (reading.segments ?? []).every(({ filters }) => filters.some(({ dimension }) => isMoney(dimension)));
  const named =
    [...dimensions, ...reading.filters.map(({ dimension }) => dimension)].some(isMoney) ||
    (reading.segments !== undefined && inSegments);
  const segments = reading.segments ?? [];
  const flat = dimensions.length === 0 && segments.length === 0 && grain === undefined;
  const sides = sidesOf(reading, periods, dimensions, glossary);
  return {
    glossary,
    zone,
    currency,
    firstDay,
    lastDay,
    newestEventTime,
    dimensions,
    grain,
    timeName: grain && dimensions.includes(grain) ? `${grain}_start` : (grain ?? ''),
    segments,
    bots: reading.bots,
    shopCurrencyOnly: !named,
    lookback: grain && reading.movingAverage ? reading.movingAverage - 1 : 0,
    sides,
    sideRows: flat && sides.length === 2 && sides[1]!.suffix === '_before',
  };
}

function sidesOf(
  reading: MetricReading,
  { now, before }: Periods,
  dimensions: readonly string[],
  glossary: ComposeContext['glossary'],
): readonly Side[] {
  const { filters, grain } = reading;
  const side = (suffix: Side['suffix'], period: ResolvedPeriod, own: Side['filters'] = filters): Side => ({
    suffix,
    period,
    filters: own,
    shift: grain && suffix === '_before' ? bucketsBetween(grain, period, now) : 0,
  });
  // Money of one currency is a share of that currency, never of several added up.
  const money = filters.filter(({ dimension }) => isCurrency(glossary.dimensions[dimension]!, glossary));
  const ofWhole = reading.share && dimensions.length === 0 && !reading.segments && filters.length > money.length;
  // Rows without a known place are in neither part of «share from outside the EU».
  const places = [...new Set(filters.map(({ dimension }) => dimension))].filter((id) => isPlace(glossary.dimensions[id]!));
  const known = places.map((dimension) => ({ dimension, op: 'is_not' as const, values: ['unknown'] }));
  return [
    side('', now),
    ...(before ? [side('_before', before)] : []),
    ...(ofWhole ? [side('_whole', now, [...known, ...money])] : []),
  ];
}
