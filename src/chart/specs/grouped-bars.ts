import { distinctNames, nameOf, partsOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { knowColumns, numberOf } from '../column-roles.ts';
import { cleanText, fitLabels } from '../fit-text.ts';
import { formatValue } from '../format-value.ts';
import { type Measure, seriesColors, size } from '../theme.ts';
import { bucketName, grainOf, timeOf } from '../time-values.ts';
import { type Body, edge, type Json, marks, painted, pixel, scaled, widest, words } from './layers.ts';
import { legendAbove } from './legend.ts';

/** Horizontal bars in groups: one bar for each series or measure, values at their ends, a legend above. */
export function buildGroupedBars(chart: Chart, measure: Measure): Body {
  const { groups, series, bars } = groupsOf(chart);
  const groupHeight = series.length * thick + between;
  const labels = fitLabels(groups, 160, size.label, measure);
  const values = bars.map((bar) => bar.value);
  const domain: [number, number] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (domain[0] === domain[1]) domain[1] = 1;
  const losses = bars.filter((bar) => bar.value < 0).map((bar) => bar.text);
  const lossRoom = losses.length === 0 ? 0 : widest(losses, measure, size.small) + 10;
  const left = edge + widest(labels, measure) + 8 + lossRoom;
  const legend = legendAbove(
    series.map((name, at) => ({ name, color: seriesColors[at]! })),
    left,
    8,
    measure,
  );
  return {
    left,
    right:
      edge +
      widest(
        bars.map((bar) => bar.text),
        measure,
        size.small,
      ) +
      8,
    bottom: edge,
    height: groups.length * groupHeight,
    gap: legend.height + 18,
    layers: [
      ...legend.layers,
      words(
        labels.map((text, at) => ({ text, y: (at + 0.5) * groupHeight })),
        { y: pixel('y'), x: { value: -8 - lossRoom } },
        { align: 'right' },
      ),
      ...barLayers(bars, groupHeight, scaled('value', domain)),
    ],
  };
}

const thick = 16;
const between = 14;

function barLayers(bars: Groups['bars'], groupHeight: number, x: Json): Json[] {
  const placed = bars.map((bar) => {
    const top = between / 2 + bar.group * groupHeight + bar.series * thick;
    return { ...bar, top: top + 1.5, bottom: top + thick - 1.5, middle: top + thick / 2 };
  });
  return [
    marks(placed, { type: 'rect' }, { x, x2: { datum: 0 }, y: pixel('top'), y2: { field: 'bottom' }, fill: painted() }),
    words(
      placed.filter((bar) => bar.value >= 0),
      { x, y: pixel('middle') },
      { align: 'left', dx: 5, fontSize: size.small },
    ),
    words(
      placed.filter((bar) => bar.value < 0),
      { x, y: pixel('middle') },
      { align: 'right', dx: -5, fontSize: size.small },
    ),
  ];
}

interface Groups {
  readonly groups: readonly string[];
  readonly series: readonly string[];
  readonly bars: readonly {
    readonly group: number;
    readonly series: number;
    readonly value: number;
    readonly text: string;
    readonly color: string;
  }[];
}

function groupsOf(chart: Chart): Groups {
  const columns = knowColumns(chart.table);
  const { measures } = partsOf(chart.table);
  const [axis, second] = columns.filter((column) => column.role !== 'measure');
  const groups = distinctNames(chart.table, axis!);
  const series = second === undefined ? measures.map((measure) => cleanText(measure.label)) : distinctNames(chart.table, second);
  const bars = chart.table.rows.flatMap((row) =>
    (second === undefined ? measures : measures.slice(0, 1)).flatMap((measure, at) => {
      const value = numberOf(row[measure.at]);
      const place = second === undefined ? at : series.indexOf(nameOf(row[second.at]));
      const text = formatValue(value, measure.unit, { currency: measure.currency, compact: true });
      return value === undefined
        ? []
        : [{ group: groups.indexOf(nameOf(row[axis!.at])), series: place, value, text, color: seriesColors[place]! }];
    }),
  );
  return { groups: axis!.role === 'time' ? inWords(groups) : groups, series, bars };
}

function inWords(days: readonly string[]): string[] {
  const times = days.map((day) => timeOf(day) ?? 0);
  return times.map((time) => bucketName(time, grainOf(times)));
}
