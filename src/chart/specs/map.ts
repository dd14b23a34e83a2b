import { partsOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { numberOf } from '../column-roles.ts';
import { countryOf } from '../country-names.ts';
import { formatValue } from '../format-value.ts';
import { mapSize, mapWindow } from '../map-window.ts';
import { ink, type Measure, sequence, size } from '../theme.ts';
import { worldShapes } from '../world.ts';
import { type Body, edge, type Json, marks, painted, pixel, widest, words } from './layers.ts';

/** Countries coloured by up to five classes of about equally many countries, zoomed to where the data are. */
export function buildMap(chart: Chart, measure: Measure): Body {
  const column = partsOf(chart.table).measures[0]!;
  const values = new Map(
    chart.table.rows.flatMap((row) => {
      const [country, value] = [countryOf(String(row[0])), numberOf(row[1])];
      return country === undefined || value === undefined ? [] : [[country.numeric, value] as const];
    }),
  );
  const shapes = worldShapes();
  const weights = new Map(
    chart.table.rows.flatMap((row) => {
      const country = countryOf(String(row[0]));
      return country === undefined ? [] : [[country.numeric, numberOf(row[2]) ?? 1] as const];
    }),
  );
  const window = mapWindow(shapes, weights);
  const breaks = classBreaks([...values.values()]);
  const colors = classColors(breaks.length + 1);
  const features = shapes.map((shape) => {
    const value = values.get(shape.numeric);
    const color = value === undefined ? ink.noData : colors[breaks.filter((limit) => value >= limit).length]!;
    return { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: shape.pieces }, color };
  });
  const legend = legendRows(breaks, colors, (value) =>
    formatValue(value, column.unit, { currency: column.currency, compact: true }),
  );
  return {
    left: edge,
    right: edge,
    bottom: 26 + Math.ceil(legend.length / 3) * 24,
    height: mapSize.height,
    gap: 14,
    projection: { ...window.projection },
    layers: [
      marks(features, { type: 'geoshape', stroke: ink.ground, strokeWidth: 0.6, clip: true }, { fill: painted() }),
      ...legendLayers(legend, measure),
    ],
  };
}

/** Limits between classes: quantiles of the values rounded to two digits; none that would leave a class empty. */
export function classBreaks(values: readonly number[]): number[] {
  const ordered = values.toSorted((a, b) => a - b);
  const classes = Math.min(5, new Set(ordered).size);
  const limits: number[] = [];
  for (let at = 1; at < classes; at += 1) {
    const exact = ordered[Math.min(ordered.length - 1, Math.round((at / classes) * ordered.length))]!;
    const limit = separating(exact, ordered);
    const previous = limits.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (
      limit > previous &&
      ordered.some((value) => value >= previous && value < limit) &&
      ordered.some((value) => value >= limit)
    )
      limits.push(limit);
  }
  return limits;
}

function separating(exact: number, ordered: readonly number[]): number {
  const below = ordered.filter((value) => value < exact).at(-1) ?? Number.NEGATIVE_INFINITY;
  for (const digits of [1, 2, 3]) {
    const power = 10 ** (Math.floor(Math.log10(Math.abs(exact) || 1)) - digits + 1);
    const rounded = Number((Math.floor(exact / power + 1e-9) * power).toPrecision(digits));
    if (rounded > below && rounded <= exact) return rounded;
  }
  return exact;
}

function classColors(count: number): string[] {
  const picks: readonly (readonly number[])[] = [[3], [1, 4], [0, 2, 4], [0, 1, 3, 4], [0, 1, 2, 3, 4]];
  return picks[count - 1]!.map((at) => sequence[at]!);
}

interface Swatch {
  readonly color: string;
  readonly text: string;
}

function legendRows(breaks: readonly number[], colors: readonly string[], format: (value: number) => string): Swatch[] {
  const texts = colors.map((_, at) => {
    if (breaks.length === 0) return 'Any';
    if (at === 0) return `under ${format(breaks[0]!)}`;
    return at === breaks.length ? `${format(breaks[at - 1]!)} or more` : `${format(breaks[at - 1]!)} – ${format(breaks[at]!)}`;
  });
  return [...texts.map((text, at) => ({ text, color: colors[at]! })), { text: 'No data', color: ink.noData }];
}

function legendLayers(legend: readonly Swatch[], measure: Measure): Json[] {
  const wide = Math.min(
    155,
    widest(
      legend.map((one) => one.text),
      measure,
      size.label,
    ) + 45,
  );
  const placed = legend.map((one, at) => ({ ...one, x: (at % 3) * wide, y: mapSize.height + 26 + Math.floor(at / 3) * 24 }));
  return [
    marks(
      placed.map((one) => ({ ...one, x: one.x + 7 })),
      { type: 'square', size: 130, opacity: 1, filled: true },
      { x: pixel('x'), y: pixel('y'), color: painted() },
    ),
    words(
      placed.map((one) => ({ ...one, x: one.x + 20 })),
      { x: pixel('x'), y: pixel('y') },
      { align: 'left' },
    ),
  ];
}
