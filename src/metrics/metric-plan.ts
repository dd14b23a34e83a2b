import type { Glossary, Metric } from '../glossary/glossary-schema.ts';
import type { Filter, MetricReading } from '../glossary/reading.ts';
import { isCurrency, isOfDay } from './dimension-sql.ts';
import { type Component, componentsOf, type Formula, formulaOf, type PerUnit, ratioOf } from './formula.ts';
import type { Frame, Side } from './frame.ts';

/** A metric as it is asked, as it is meant here, and under which column name it goes. */
export interface PlannedMetric {
  readonly asked: string;
  readonly id: string;
  readonly name: string;
  readonly metric: Metric;
  readonly formula: Formula;
  /** Named in the question, not only in a condition or an order. */
  readonly shown: boolean;
}

/** Everything that the SQL of a metric Reading is made from. */
export interface MetricPlan {
  readonly reading: MetricReading;
  readonly frame: Frame;
  readonly metrics: readonly PlannedMetric[];
  readonly components: readonly Component[];
  /** Ranks groups by a rate: groups too small to be ranked are left out. */
  readonly smallGroups?: SmallGroups | undefined;
  /** Heading of the column of the earlier period: «30 days before». */
  readonly beforeLabel: string;
}

export interface SmallGroups {
  readonly metric: PlannedMetric;
  readonly over: Formula;
}

/** Definitions, 23: groups under 1 % of the whole or 100 units have no place in a ranking of rates. */
export const SMALL_SHARE = 0.01;
export const SMALL_UNITS = 100;

/** The metrics of a Reading with their formulas; those that only a condition or the order names come last. */
export function planMetrics(reading: MetricReading, dimensions: readonly string[], glossary: Glossary): readonly PlannedMetric[] {
  const context = { glossary, dimensions, per: reading.per as PerUnit | undefined };
  const orderBy = reading.order && reading.order.by in glossary.metrics ? [reading.order.by] : [];
  const shown = [...new Set(reading.metrics)];
  const needed = [...new Set([...reading.having.map(({ metric }) => metric), ...orderBy])].filter((id) => !shown.includes(id));
  const taken = new Set<string>([...reading.dimensions]);
  return [...shown, ...needed].map((asked) => {
    const { id, metric, formula } = formulaOf(asked, context);
    // A variant of the same name is the same number to a person: it keeps the name that was asked for.
    const wanted = metric.label === glossary.metrics[asked]!.label ? asked : id;
    const name = taken.has(wanted) ? `${wanted}_value` : wanted;
    taken.add(name);
    return { asked, id, name, metric, formula, shown: shown.includes(asked) };
  });
}

/** Measures of all metrics, each once. */
export function planComponents(metrics: readonly PlannedMetric[]): readonly Component[] {
  const all = metrics.flatMap(({ formula }) => componentsOf(formula));
  return all.filter((component, index) => all.findIndex((other) => other.name === component.name) === index);
}

/** Dimensions that rows are grouped by: money of several currencies is never one row. */
export function planDimensions(reading: MetricReading, metrics: readonly PlannedMetric[], glossary: Glossary): readonly string[] {
  const dimensions = [...new Set(reading.dimensions)];
  const money = planComponents(metrics).some((component) => component.ofCurrency);
  if (!money || dimensions.some((id) => isCurrency(glossary.dimensions[id]!, glossary))) return dimensions;
  const filter = currencyFilter(reading.filters, glossary);
  const one = filter === undefined || (filter.op === 'is' && filter.values.length === 1);
  return one ? dimensions : [...dimensions, filter.dimension];
}

/** The filter that names currencies, if there is one. */
export function currencyFilter(filters: readonly Filter[], glossary: Glossary): Filter | undefined {
  return filters.find(({ dimension }) => isCurrency(glossary.dimensions[dimension]!, glossary));
}

/** Whether groups are ranked by a rate without a minimum of the asker's own. */
export function planSmallGroups(
  reading: MetricReading,
  metrics: readonly PlannedMetric[],
  dimensions: readonly string[],
): SmallGroups | undefined {
  if (dimensions.length === 0 || reading.grain || reading.having.length > 0) return undefined;
  if (!reading.order && reading.limit === undefined) return undefined;
  const by = reading.order?.by ?? reading.metrics[0];
  const metric = metrics.find(({ asked, id }) => asked === by || id === by);
  const ratio = metric?.metric.unit === 'rate' ? ratioOf(metric.formula) : undefined;
  return metric && ratio ? { metric, over: ratio.over } : undefined;
}

/** Whether every group has a row for every bucket: not where a group is made of days. */
export function fillsGrid(frame: Frame): boolean {
  return (
    frame.grain !== undefined &&
    frame.dimensions.length > 0 &&
    !frame.dimensions.some((id) => isOfDay(frame.glossary.dimensions[id]!))
  );
}

/** The side that the figures are of. */
export function firstSide(frame: Frame): Side {
  return frame.sides[0]!;
}

/** The side that they are compared with, in columns of its own. */
export function beforeSide(frame: Frame): Side | undefined {
  return frame.sideRows ? undefined : frame.sides.find(({ suffix }) => suffix === '_before');
}

/** The side without filters that a share is of. */
export function wholeSide(frame: Frame): Side | undefined {
  return frame.sides.find(({ suffix }) => suffix === '_whole');
}
