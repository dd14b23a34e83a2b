import { bucketsOf, bucketsSql, unrolledBucket } from './bucket-sql.ts';
import { zeroWithoutRows } from './formula.ts';
import { type Frame, keysOf, sideColumn } from './frame.ts';
import { fillsGrid, firstSide, type MetricPlan } from './metric-plan.ts';
import { spineText, timeLimits } from './spine-sql.ts';
import { identifier, indent, selectText } from './sql-text.ts';

/** A named SELECT of the WITH. */
export interface Layer {
  readonly name: string;
  readonly text: string;
}

/** A measure on one side: a column of the first layer. */
interface Counted {
  readonly name: string;
  /** Without rows it is zero, where the data reach at all. */
  readonly zero: boolean;
}

/** The counted measures of all sides in one row per group, and where a grain is asked a row for every bucket. */
export function layersOf(
  plan: Pick<MetricPlan, 'frame' | 'components'>,
  partsOf: (names: readonly string[]) => readonly string[],
): readonly Layer[] {
  const { frame } = plan;
  const counted = countedColumns(plan);
  const names = counted.map(({ name }) => name);
  const parts = partsOf(names);
  const grouped = frame.dimensions.length > 0;
  const spine = !grouped && (frame.grain || frame.segments.length > 0) ? spineText(frame, names.length) : undefined;
  const all = spine === undefined ? parts : [...parts, spine];
  const first = { name: 'counted', text: all.length === 1 ? all[0]! : regroupText({ frame }, all, counted) };
  return fillsGrid(frame) ? [first, gridLayer(plan, counted)] : [first];
}

function countedColumns({ frame, components }: Pick<MetricPlan, 'frame' | 'components'>): readonly Counted[] {
  const all = components.flatMap((component) =>
    frame.sides.map((side) => ({
      name: sideColumn(component.name, side, frame),
      zero: zeroWithoutRows(component) && side.period.beyondData !== 'all' && !frame.sideRows,
    })),
  );
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/** Puts the parts side by side. Each holds a group at most once, so the largest of its values is its only one. */
function regroupText({ frame }: { readonly frame: Frame }, parts: readonly string[], counted: readonly Counted[]): string {
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
function gridLayer({ frame }: { readonly frame: Frame }, counted: readonly Counted[]): Layer {
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
