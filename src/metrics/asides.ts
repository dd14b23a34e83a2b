import { isCurrency } from './dimension-sql.ts';
import type { Aside } from './draft.ts';
import { isPlace } from './filter-sql.ts';
import { firstSide, type MetricPlan } from './metric-plan.ts';
import { leftOutSql, metricSql } from './metric-sql.ts';
import { planScans } from './scan-plan.ts';
import { scanText } from './scan-sql.ts';
import { selectText, withText } from './sql-text.ts';

/** The small queries beside the answer: the total that a cut list does not show, other currencies, groups left out. */
export function metricAsides(plan: MetricPlan): readonly Aside[] {
  const asides: (Aside | undefined)[] = [totals(plan), otherCurrencies(plan), leftOut(plan), unknownPlace(plan)];
  return asides.filter((aside) => aside !== undefined);
}

/** The same columns over everything, one row, without groups, conditions or limit. */
function totals(plan: MetricPlan): Aside | undefined {
  const { frame, reading, metrics } = plan;
  const adds = metrics.every(({ metric, shown }) => !shown || metric.additive);
  const cut = reading.limit !== undefined || reading.share || reading.having.length > 0 || plan.smallGroups !== undefined;
  if (frame.dimensions.length === 0 || frame.grain || (adds && !cut)) return undefined;
  const { share: _s, limit: _l, order: _o, movingAverage: _m, grain: _g, ...rest } = reading;
  // A total over currencies would add them up: it keeps a row for each.
  const kept = frame.dimensions.filter((id) => isCurrency(frame.glossary.dimensions[id]!, frame.glossary));
  const total: MetricPlan = {
    ...plan,
    smallGroups: undefined,
    reading: { ...rest, dimensions: kept, having: [] },
    frame: {
      ...frame,
      dimensions: kept,
      grain: undefined,
      lookback: 0,
      sides: frame.sides.map((side) => ({ ...side, shift: 0 })),
    },
  };
  return { id: 'totals', sql: metricSql(total).sql };
}

/** What else there is of the first amount of money, in the currencies that the answer leaves out. */
function otherCurrencies(plan: MetricPlan): Aside | undefined {
  const { frame, components } = plan;
  const money = components.find(({ ofCurrency, metric }) => ofCurrency && metric.unit === 'money');
  const dimension = Object.entries(frame.glossary.dimensions).find(([, d]) => isCurrency(d, frame.glossary))?.[0];
  if (
    !money ||
    !dimension ||
    frame.segments.length > 0 ||
    !frame.shopCurrencyOnly ||
    !frame.glossary.dimensions[dimension]!.columns[money.measure.table]
  )
    return undefined;
  const other = { dimension, op: 'is_not' as const, values: [frame.currency, 'unknown'] };
  const side = { ...firstSide(frame), suffix: '' as const, shift: 0 };
  const scanFrame = {
    ...frame,
    dimensions: [dimension],
    grain: undefined,
    segments: [],
    lookback: 0,
    shopCurrencyOnly: false,
    sideRows: false,
    sides: [{ ...side, filters: [...side.filters, other] }],
  };
  const [scan] = planScans([money]);
  const text = scanText(scan!, scanFrame.sides[0]!, scanFrame, [money.name]);
  const last = selectText({
    columns: [{ sql: dimension }, { sql: money.name }],
    from: 'counted',
    where: [`${money.name} > 0`],
    order: [`${money.name} DESC`, dimension],
    limit: 10,
  });
  return { id: 'other_currencies', sql: withText([{ name: 'counted', text }], last) };
}

function leftOut(plan: MetricPlan): Aside | undefined {
  return plan.smallGroups ? { id: 'left_out', sql: leftOutSql(plan) } : undefined;
}

/** How much of the whole has no known place, where a filter on places leaves that out. */
function unknownPlace(plan: MetricPlan): Aside | undefined {
  const { frame, reading, metrics } = plan;
  const [filter] = reading.filters.filter(
    ({ dimension, op }) => op === 'is_not' && isPlace(frame.glossary.dimensions[dimension]!),
  );
  const first = metrics[0]!;
  if (!filter || first.formula.kind !== 'measure') return undefined;
  const others = firstSide(frame).filters.filter(({ dimension }) => dimension !== filter.dimension);
  const unknown = [...others, { dimension: filter.dimension, op: 'is' as const, values: ['unknown'] }];
  const total: MetricPlan = {
    ...plan,
    smallGroups: undefined,
    metrics: [first],
    components: [first.formula.component],
    reading: { kind: 'metric', metrics: [first.asked], dimensions: [], filters: [], having: [] },
    frame: {
      ...frame,
      dimensions: [],
      grain: undefined,
      segments: [],
      lookback: 0,
      sideRows: false,
      sides: [{ suffix: '', period: firstSide(frame).period, filters: unknown, shift: 0 }],
    },
  };
  return { id: 'unknown_place', sql: metricSql(total).sql };
}
