import type { Chart } from '../chart-table.ts';
import { type KnownColumn, knowColumns, numberOf } from '../column-roles.ts';
import { cleanText } from '../fit-text.ts';
import { formatTicks } from '../format-value.ts';
import { ink, type Measure, size } from '../theme.ts';
import { type Body, edge, type Json, marks, plotWidth, scaled, widest, words } from './layers.ts';
import { niceTicks } from './value-axis.ts';

/** Points of two measures, the first across; an axis is logarithmic where its values span more than a thousandfold. */
export function buildScatter(chart: Chart, measure: Measure): Body {
  const [first, second] = knowColumns(chart.table).filter((column) => column.role === 'measure') as [KnownColumn, KnownColumn];
  const points = chart.table.rows.flatMap((row) => {
    const [x, y] = [numberOf(row[first.at]), numberOf(row[second.at])];
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
  const across = axisOf(
    points.map((point) => point.x),
    first,
  );
  const up = axisOf(
    points.map((point) => point.y),
    second,
  );
  const place = { left: edge + widest(up.labels, measure) + 8, right: edge + 14, bottom: edge + 42, height: 210, gap: 34 };
  const [x, y] = [scaled('x', across.domain, across.more), scaled('y', up.domain, up.more)];
  const width = plotWidth(place);
  return {
    ...place,
    note: across.log || up.log ? 'logarithmic' : undefined,
    layers: [
      ...gridLayers({ across, up, x, y }, width, place.height),
      ...nameLayers(first, second, place, width),
      marks(
        points,
        {
          type: 'point',
          filled: true,
          color: ink.single,
          opacity: points.length > 200 ? 0.35 : 0.65,
          size: points.length > 200 ? 18 : 34,
        },
        { x, y },
      ),
    ],
  };
}

interface Axes {
  readonly across: Axis;
  readonly up: Axis;
  readonly x: Json;
  readonly y: Json;
}

function gridLayers({ across, up, x, y }: Axes, width: number, height: number): Json[] {
  return [
    marks(
      up.ticks.map((tick) => ({ y: tick })),
      { type: 'rule', color: ink.grid },
      { y, x: { value: 0 }, x2: { value: width } },
    ),
    marks(
      across.ticks.map((tick) => ({ x: tick })),
      { type: 'rule', color: ink.grid },
      { x, y: { value: 0 }, y2: { value: height } },
    ),
    words(
      up.ticks.map((tick, at) => ({ y: tick, text: up.labels[at] })),
      { y, x: { value: -7 } },
      { align: 'right', color: ink.muted },
    ),
    words(
      across.ticks.map((tick, at) => ({ x: tick, text: across.labels[at] })),
      { x, y: { value: height + 15 } },
      { align: 'center', color: ink.muted },
    ),
  ];
}

function nameLayers(
  first: KnownColumn,
  second: KnownColumn,
  place: { readonly left: number; readonly height: number },
  width: number,
): Json[] {
  return [
    words(
      [{ text: cleanText(second.label) }],
      { x: { value: edge - place.left }, y: { value: -18 } },
      { align: 'left', color: ink.muted, fontSize: size.label },
    ),
    words(
      [{ text: cleanText(first.label) }],
      { x: { value: width }, y: { value: place.height + 35 } },
      { align: 'right', color: ink.muted, fontSize: size.label },
    ),
  ];
}

interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  readonly log: boolean;
  readonly more: Json;
}

function axisOf(values: readonly number[], column: KnownColumn): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low > 0 && high / low > 1000) {
    const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
    const ticks = Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at));
    const labels = ticks.flatMap((tick) => formatTicks([tick], column.unit, { currency: column.currency }));
    return { domain: [10 ** from, 10 ** to], ticks, labels, log: true, more: { type: 'log' } };
  }
  const ticks = niceTicks(Math.min(0, low), high === low && high <= 0 ? 1 : Math.max(high, 0), false);
  return {
    domain: [ticks[0]!, ticks.at(-1)!],
    ticks,
    labels: formatTicks(ticks, column.unit, { currency: column.currency }),
    log: false,
    more: {},
  };
}
