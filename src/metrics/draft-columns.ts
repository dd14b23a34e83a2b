import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Grain } from '../glossary/reading.ts';
import { isCurrency } from './dimension-sql.ts';
import type { DraftColumn } from './draft.ts';
import { currencyFilter, type MetricPlan, type PlannedMetric } from './metric-plan.ts';

/** What the time column is: hours are timestamps of the shop's clock, the rest dates. */
export function timeColumn(name: string, grain: Grain): DraftColumn {
  return { name, label: capital(grain), role: 'time', unit: grain === 'hour' ? 'timestamp' : 'date' };
}

/** What a column of groups is. */
export function dimensionColumn(id: string, glossary: Glossary): DraftColumn {
  const dimension = glossary.dimensions[id]!;
  const role = isCurrency(dimension, glossary) ? 'currency' : 'dimension';
  const unit = dimension.kind === 'number' || dimension.kind === 'cyclic' ? 'number' : 'text';
  return { name: id, label: capital(dimension.label), role, of: id, unit, unknown: dimension.unknown };
}

/** What a column of figures is, by its role. A change of a rate is in points: the difference of the fractions. */
export function metricColumn(
  { id, metric }: Pick<PlannedMetric, 'id' | 'metric'>,
  name: string,
  role: DraftColumn['role'],
  plan: MetricPlan,
): DraftColumn {
  const currency = metric.unit === 'money' && role !== 'share' && role !== 'change_share' ? currencyOf(plan) : undefined;
  const whole = role === 'metric' || role === 'before' || role === 'count';
  return {
    name,
    label: labelOf(capital(metric.label), role, plan),
    role,
    of: id,
    unit: unitOf(metric.unit, role),
    ...(currency === undefined ? {} : { currency }),
    ...(whole ? { additive: metric.additive && plan.reading.per === undefined } : {}),
    better: metric.better,
  };
}

/** First letter in capitals, as columns and axes are headed. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function labelOf(label: string, role: DraftColumn['role'], plan: MetricPlan): string {
  const { reading } = plan;
  const beside = besideLabel(role, plan);
  if (beside !== undefined)
    return reading.metrics.length === 1 ? beside : `${label}, ${beside.charAt(0).toLowerCase()}${beside.slice(1)}`;
  if (role === 'moving_average') return `${label}, ${reading.movingAverage}-${reading.grain ?? 'day'} average`;
  return role === 'metric' && reading.per ? `${label} per ${reading.per}` : label;
}

/** The heading of a column that stands beside its metric: enough alone where there is only one metric. */
function besideLabel(role: DraftColumn['role'], { beforeLabel, reading, frame }: MetricPlan): string | undefined {
  switch (role) {
    case 'before':
      return beforeLabel;
    case 'change':
      return 'Change';
    case 'change_share':
      return 'Change, %';
    case 'share':
      return reading.within
        ? `Share within ${frame.glossary.dimensions[reading.within]?.label ?? reading.within}`
        : 'Share of all';
    default:
      return undefined;
  }
}

function unitOf(unit: PlannedMetric['metric']['unit'], role: DraftColumn['role']): DraftColumn['unit'] {
  if (role === 'share' || role === 'change_share') return 'share';
  return role === 'change' && (unit === 'rate' || unit === 'share') ? 'points' : unit;
}

/** The one currency that all rows are in; undefined where each row names its own. */
function currencyOf({ frame, reading }: MetricPlan): string | undefined {
  const { glossary } = frame;
  if (frame.dimensions.some((id) => isCurrency(glossary.dimensions[id]!, glossary))) return undefined;
  const filter = currencyFilter(reading.filters, glossary);
  if (!filter) return frame.shopCurrencyOnly ? frame.currency : undefined;
  const value = filter.values[0]!;
  const listed = glossary.dimensions[filter.dimension]!.values[value]?.is;
  return typeof listed === 'string' ? listed : value.toUpperCase();
}
