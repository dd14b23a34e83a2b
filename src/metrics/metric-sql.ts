import { type Layer, layersOf } from './counted-layers.ts';
import type { DraftColumn } from './draft.ts';
import { figureColumns, type OutColumn, sideSql } from './figure-columns.ts';
import { COMPARING } from './filter-sql.ts';
import { formulaSql } from './formula.ts';
import { keysOf, sideColumn } from './frame.ts';
import { firstSide, type MetricPlan, SMALL_SHARE, SMALL_UNITS } from './metric-plan.ts';
import { orderSql, ranksGroups } from './order-sql.ts';
import { planScans } from './scan-plan.ts';
import { scanText } from './scan-sql.ts';
import { timeLimits } from './spine-sql.ts';
import { identifier, selectText, withText } from './sql-text.ts';

/**
 * The SQL of a metric Reading, in up to four layers: `counted` (the measures per group), `filled` (a row for every group
 * and bucket), `figures` (the metrics, where conditions or windows need them named) and the rows that are asked for.
 */
export function metricSql(plan: MetricPlan): { readonly sql: string; readonly columns: readonly DraftColumn[] } {
  const layers = countedLayers(plan);
  const columns = figureColumns(plan);
  const named = needsFigures(plan);
  const figures = named ? [...layers, ...figureLayers(plan, columns, layers.at(-1)!.name)] : layers;
  const last = selectText({
    columns: columns.map(({ sql, as }) => (named ? { sql: identifier(as) } : { sql, as })),
    from: figures.at(-1)!.name,
    where: conditionsOf(plan),
    ...orderSql(plan),
  });
  return { sql: withText(figures, last), columns: columns.map(({ draft }) => draft) };
}

/** Groups that the ranking leaves out: how many, and how many units they hold. */
export function leftOutSql(plan: MetricPlan): string {
  const layers = countedLayers(plan);
  const figures = figureLayers(plan, figureColumns(plan), layers.at(-1)!.name);
  const last = selectText({
    columns: [
      { sql: 'count(*)', as: 'groups' },
      { sql: 'coalesce(sum(small_units), 0)', as: 'units' },
    ],
    from: 'figures',
    where: [`NOT coalesce(${bigEnough()}, false)`],
  });
  return withText([...layers, ...figures], last);
}

function countedLayers(plan: MetricPlan): readonly Layer[] {
  const { frame, components } = plan;
  const scans = planScans(components);
  const parts = (names: readonly string[]) =>
    scans.flatMap((scan) => frame.sides.map((side) => scanText(scan, side, frame, names)));
  return layersOf(plan, parts);
}

function needsFigures(plan: MetricPlan): boolean {
  const { reading, smallGroups, frame, metrics } = plan;
  const conditions = reading.having.length > 0 || smallGroups !== undefined || metrics.some(({ shown }) => !shown);
  return conditions || frame.lookback > 0 || ranksGroups(plan);
}

function figureLayers(plan: MetricPlan, columns: readonly OutColumn[], from: string): readonly Layer[] {
  const { frame, smallGroups } = plan;
  const units = smallGroups && sideSql(plan, smallGroups.over, firstSide(frame));
  const small =
    units === undefined
      ? []
      : [
          { sql: units, as: 'small_units' },
          { sql: `sum(${units}) OVER ()`, as: 'all_units' },
          { sql: `max(${units}) OVER ()`, as: 'largest_units' },
        ];
  const keys = keysOf(frame).filter(({ name }) => !columns.some(({ as }) => as === name));
  const own = [...keys.map(({ name }) => ({ sql: identifier(name), as: name })), ...columns, ...small];
  const total = ranksGroups(plan) ? [{ sql: groupTotalSql(plan), as: 'group_total' }] : [];
  const figures = {
    name: 'figures',
    text: selectText({ columns: [...own, ...total].map(({ sql, as }) => ({ sql, as })), from }),
  };
  return total.length === 0 ? [figures] : [figures, rankedLayer(plan, own)];
}

/** A group's figure over all its buckets, from the sums of what it is counted from. */
function groupTotalSql(plan: MetricPlan): string {
  const { frame, metrics, reading } = plan;
  const groups = keysOf(frame).filter(({ kind }) => kind !== 'time');
  const over = `OVER (PARTITION BY ${groups.map(({ name }) => identifier(name)).join(', ')})`;
  const metric = metrics.find(({ asked }) => asked === reading.order?.by) ?? metrics[0]!;
  const side = firstSide(frame);
  return formulaSql(metric.formula, ({ name }) => `sum(${identifier(sideColumn(name, side, frame))}) ${over}`);
}

function rankedLayer(plan: MetricPlan, columns: readonly { readonly as: string }[]): Layer {
  const groups = keysOf(plan.frame).filter(({ kind }) => kind !== 'time' && kind !== 'segment');
  const direction = plan.reading.order?.direction === 'asc' ? '' : ' DESC';
  const order = [`group_total${direction}`, ...groups.map(({ name }) => identifier(name))].join(', ');
  const rank = { sql: `dense_rank() OVER (ORDER BY ${order})`, as: 'group_rank' };
  return {
    name: 'ranked',
    text: selectText({ columns: [...columns.map(({ as }) => ({ sql: identifier(as) })), rank], from: 'figures' }),
  };
}

function conditionsOf(plan: MetricPlan): readonly string[] {
  const { reading, metrics, smallGroups, frame } = plan;
  const groups = ranksGroups(plan) ? [`group_rank <= ${reading.limit}`] : [];
  const having = reading.having.map(({ metric, op, value }) => {
    const planned = metrics.find(({ asked }) => asked === metric)!;
    return `${identifier(planned.name)} ${COMPARING[op]} ${numberText(value)}`;
  });
  const limits = frame.lookback > 0 ? timeLimits(frame) : undefined;
  return [
    ...having,
    ...(smallGroups ? [bigEnough()] : []),
    ...(limits ? [`${identifier(frame.timeName)} >= ${limits.first}`] : []),
    ...groups,
  ];
}

function bigEnough(): string {
  // Where even the largest of very many groups is under 1 %, the share tells nothing.
  return `small_units >= ${SMALL_UNITS} AND (small_units >= ${SMALL_SHARE} * all_units OR largest_units < ${SMALL_SHARE} * all_units)`;
}

/** Without an exponent, which Trino would read as a double all the same but a person would not. */
function numberText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : String(value);
}
