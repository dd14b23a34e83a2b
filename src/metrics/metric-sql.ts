import { bucketsOf, bucketsSql, unrolledBucket } from './bucket-sql.ts';
import type { DraftColumn } from './draft.ts';
import { figureColumns, type OutColumn, sideSql } from './figure-columns.ts';
import { COMPARING } from './filter-sql.ts';
import { formulaSql, zeroWithoutRows } from './formula.ts';
import { keysOf, sideColumn } from './frame.ts';
import { fillsGrid, firstSide, type MetricPlan, SMALL_SHARE, SMALL_UNITS } from './metric-plan.ts';
import { orderSql, ranksGroups } from './order-sql.ts';
import { planScans } from './scan-plan.ts';
import { scanText, spineText, timeLimits } from './scan-sql.ts';
import { identifier, indent, selectText, withText } from './sql-text.ts';

interface Layer {
  readonly name: string;
  readonly text: string;
}

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

/** A measure on one side: a column of the first layer. */
interface Counted {
  readonly name: string;
  /** Without rows it is zero, where the data reach at all. */
  readonly zero: boolean;
}

function countedLayers(plan: MetricPlan): readonly Layer[] {
  const { frame, components } = plan;
  const counted = countedColumns(plan);
  const names = counted.map(({ name }) => name);
  const parts = planScans(components).flatMap((scan) => frame.sides.map((side) => scanText(scan, side, frame, names)));
  const grouped = frame.dimensions.length > 0;
  const spine = !grouped && (frame.grain || frame.segments.length > 0) ? spineText(frame, names.length) : undefined;
  const all = spine === undefined ? parts : [...parts, spine];
  const first = { name: 'counted', text: all.length === 1 ? all[0]! : regroupText(plan, all, counted) };
  return fillsGrid(frame) ? [first, gridLayer(plan, counted)] : [first];
}

function countedColumns({ frame, components }: MetricPlan): readonly Counted[] {
  const all = components.flatMap((component) =>
    frame.sides.map((side) => ({
      name: sideColumn(component.name, side, frame),
      zero: zeroWithoutRows(component) && side.period.beyondData !== 'all' && !frame.sideRows,
    })),
  );
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/** Puts the parts side by side. Each holds a group at most once, so the largest of its values is its only one. */
function regroupText({ frame }: MetricPlan, parts: readonly string[], counted: readonly Counted[]): string {
  const keys = keysOf(frame);
  const limits = frame.sides.some(({ shift }) => shift !== 0) ? timeLimits(frame) : undefined;
  return selectText({
    columns: [
      ...keys.map(({ name }) => ({ sql: identifier(name) })),
      ...counted.map(({ name, zero }) => ({ sql: orZero(`max(${identifier(name)})`, zero), as: name })),
    ],
    from: `(\n${indent(parts.join('\nUNION ALL\n'))}\n)`,
    // The earlier period may be longer: what has no counterpart is not shown as if it were of the later one.
    where: limits ? [`${identifier(frame.timeName)} <= ${limits.last}`] : [],
    group: keys.length,
  });
}

function orZero(sql: string, zero: boolean): string {
  return zero ? `coalesce(${sql}, 0)` : sql;
}

/** A row for each group and bucket, by maps from bucket to value: a second reading of the table would cost as much again. */
function gridLayer({ frame }: MetricPlan, counted: readonly Counted[]): Layer {
  const keys = keysOf(frame).filter(({ kind }) => kind !== 'time');
  const time = identifier(frame.timeName);
  const buckets = bucketsOf(frame.grain!, firstSide(frame).period, frame, frame.zone, frame.lookback);
  const maps = selectText({
    columns: [
      ...keys.map(({ name }) => ({ sql: identifier(name) })),
      ...counted.map(({ name }) => ({ sql: `map_agg(${time}, ${identifier(name)})`, as: name })),
    ],
    from: 'counted',
    group: keys.length,
  });
  const bucket = unrolledBucket(frame.grain!, 'b.bucket', frame.zone);
  // Beyond the data there is no bucket to fill: no rows.
  const all = buckets ?? { first: '2000-01-01', last: '2000-01-01', count: 1 };
  const text = selectText({
    columns: [
      ...keys.map(({ name }) => ({ sql: `m.${identifier(name)}`, as: name })),
      { sql: bucket, as: frame.timeName },
      ...counted.map(({ name, zero }) => ({ sql: orZero(`element_at(m.${identifier(name)}, ${bucket})`, zero), as: name })),
    ],
    from: `(\n${indent(maps)}\n) AS m\nCROSS JOIN ${bucketsSql(frame.grain!, all, frame.zone)} AS b (bucket)`,
    where: buckets ? [] : ['false'],
  });
  return { name: 'filled', text };
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
  return `small_units >= ${SMALL_UNITS} AND small_units >= ${SMALL_SHARE} * all_units`;
}

/** Without an exponent, which Trino would read as a double all the same but a person would not. */
function numberText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : String(value);
}
