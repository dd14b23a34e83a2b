import { partsOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { numberOf } from '../column-roles.ts';
import { formatTicks } from '../format-value.ts';
import { ink, type Measure } from '../theme.ts';
import { type Body, edge, marks, painted, plotWidth, scaled, widest, words } from './layers.ts';
import { niceTicks, valueAxis, valueAxisLayers } from './value-axis.ts';

/** How often values fall into about twelve equal stretches; what lies beyond the 99th percentile is one grey bar at the end. */
export function buildHistogram(chart: Chart, measure: Measure): Body {
  const column = partsOf(chart.table).measures[0]!;
  const values = chart.table.rows.flatMap((row) => numberOf(row[column.at]) ?? []).sort((a, b) => a - b);
  const high = values[Math.min(values.length - 1, Math.floor(values.length * 0.99))]!;
  const low = values[0]!;
  const edges = niceTicks(low >= 0 && low < high * 0.3 ? 0 : low, high === low ? low + 1 : high, column.unit === 'count', 12);
  const step = edges[1]! - edges[0]!;
  const last = edges.at(-1)!;
  const beyond = values.filter((value) => value > last).length;
  const bins = edges.slice(0, -1).map((from, at) => ({
    x: from,
    x2: from + step,
    y: values.filter((value) => value >= from && (value < from + step || (at === edges.length - 2 && value === last))).length,
    color: ink.single as string,
  }));
  const all = beyond === 0 ? bins : [...bins, { x: last, x2: last + step, y: beyond, color: ink.other }];
  const axis = valueAxis(
    all.map((bin) => bin.y),
    'count',
    undefined,
    false,
  );
  const every = Math.ceil(edges.length / 6);
  const labels = formatTicks(edges, column.unit, { currency: column.currency });
  const place = { left: edge + widest(axis.labels, measure) + 8, right: edge + 10, bottom: edge + 22, height: 182, gap: 26 };
  const x = scaled('x', [edges[0]!, beyond === 0 ? last : last + step]);
  const y = scaled('y', axis.domain);
  return {
    ...place,
    note: beyond === 0 ? undefined : `grey: above ${labels.at(-1)}`,
    layers: [
      ...valueAxisLayers(axis, plotWidth(place)),
      marks(
        all,
        { type: 'rect', stroke: ink.ground, strokeWidth: 1 },
        { x, x2: { field: 'x2' }, y, y2: { datum: 0 }, fill: painted() },
      ),
      words(
        edges.flatMap((tick, at) => (at % every === 0 ? [{ x: tick, text: labels[at]! }] : [])),
        { x, y: { value: place.height + 16 } },
        { align: 'center', color: ink.muted },
      ),
    ],
  };
}
