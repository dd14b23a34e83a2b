import type { Chart } from './chart-table.ts';
import { cleanText } from './fit-text.ts';
import { buildBars } from './specs/bars.ts';
import { buildBubbles } from './specs/bubbles.ts';
import { buildColumns } from './specs/columns.ts';
import { buildFunnel } from './specs/funnel.ts';
import { buildGroupedBars } from './specs/grouped-bars.ts';
import { buildHeat } from './specs/heat.ts';
import { buildHistogram } from './specs/histogram.ts';
import { type Body, frame, type Json } from './specs/layers.ts';
import { buildLine } from './specs/line.ts';
import { buildMap } from './specs/map.ts';
import { buildScatter } from './specs/scatter.ts';
import { buildStacked } from './specs/stacked.ts';
import type { Measure } from './theme.ts';

/** The Vega-Lite specification of a chosen chart; `measure` tells how wide the painter's fonts draw a text. */
export function buildSpec(chart: Chart, measure: Measure): Json {
  const clean = { ...chart, title: cleanText(chart.title), subtitle: cleanText(chart.subtitle) };
  return frame(clean, builders[chart.type](clean, measure), measure);
}

const builders: Record<Chart['type'], (chart: Chart, measure: Measure) => Body> = {
  line: buildLine,
  columns: buildColumns,
  bars: buildBars,
  grouped_bars: buildGroupedBars,
  stacked: buildStacked,
  funnel: buildFunnel,
  map: buildMap,
  heat: buildHeat,
  histogram: buildHistogram,
  scatter: buildScatter,
  bubbles: buildBubbles,
};
