import type { Chart } from '../chart-table.ts';
import type { KnownColumn } from '../column-roles.ts';
import { fitText } from '../fit-text.ts';
import { ink, type Measure, pictureWidth, size } from '../theme.ts';
import { grainOf, tickNames, tickTimes, timeOf } from '../time-values.ts';
import { type Body, banded, edge, type Json, marks, painted, plotWidth, scaled, widest, words } from './layers.ts';
import { legendAbove } from './legend.ts';
import { buildStackedRows } from './stacked-rows.ts';
import { type ValueAxis, valueAxis, valueAxisLayers } from './value-axis.ts';
import { colorOf, partsOfWhole, type Whole } from './whole.ts';

/** Columns over time whose parts add up to the whole, the greatest part below, touching where there are more than 31; rows for names. */
export function buildStacked(chart: Chart, measure: Measure): Body {
  const whole = partsOfWhole(chart);
  if (whole.axisColumn.role === 'category') return buildStackedRows(chart, whole, measure);
  const { names, places, axisColumn } = whole;
  const axis = wholeAxis(whole);
  const left = edge + widest(axis.labels, measure) + 8;
  const legend = legendAbove(
    names.map((name, at) => ({ name, color: colorOf(chart, names, at) })),
    left,
    14,
    measure,
  );
  const ticks = placeLabels(places, axisColumn, (pictureWidth - left - edge) / places.length, measure);
  const place = {
    left,
    right: edge,
    bottom: edge + (ticks.some((tick) => tick.second !== '') ? 38 : 22),
    height: 182,
    gap: legend.height + 24,
  };
  const x = banded('at', places.length, places.length > touching ? 0 : 0.2);
  const label = (which: 'first' | 'second'): Json =>
    words(
      ticks.map((tick) => ({ at: tick.at, text: tick[which] })),
      { x: { ...x, bandPosition: 0.5 }, y: { value: place.height + (which === 'first' ? 16 : 32) } },
      { align: 'center', color: ink.muted },
    );
  return {
    ...place,
    layers: [
      ...legend.layers,
      ...valueAxisLayers(axis, plotWidth(place)),
      partLayer(chart, whole, x, scaled('y', axis.domain)),
      label('first'),
      label('second'),
    ],
  };
}

function wholeAxis({ parts, places, value }: Whole): ValueAxis {
  const totals = places.map((_, at) =>
    parts.filter((part) => part.at === at).reduce((sum, part) => sum + part.high - part.low, 0),
  );
  const shares = value.unit === 'share';
  return shares
    ? { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], labels: ['0%', '25%', '50%', '75%', '100%'], note: undefined }
    : valueAxis(totals, value.unit, value.currency, false);
}

/** So many columns leave no space between them. */
const touching = 31;

function partLayer(chart: Chart, { names, parts, places }: Whole, x: Json, y: Json): Json {
  const dense = places.length > touching;
  const rects = parts.map((part) => ({
    at: part.at,
    y: part.low,
    top: part.high,
    color: colorOf(chart, names, part.series),
    faint: chart.lastPartial === true && part.at === places.length - 1 ? 0.55 : 1,
  }));
  return marks(
    rects,
    { type: 'bar', strokeWidth: 0.8, ...(dense ? {} : { stroke: ink.ground }) },
    {
      x,
      y,
      y2: { field: 'top' },
      fill: painted(),
      // Columns that touch would leave pale seams between them.
      ...(dense ? { stroke: painted() } : {}),
      opacity: { field: 'faint', type: 'quantitative', scale: null },
    },
  );
}

interface Tick {
  readonly at: number;
  readonly first: string;
  readonly second: string;
}

function placeLabels(places: readonly string[], axis: KnownColumn, band: number, measure: Measure): Tick[] {
  const times = places.flatMap((place) => timeOf(place) ?? []);
  if (axis.role === 'time' && times.length === places.length) {
    const grain = grainOf(times);
    const wide = grain === 'day' || grain === 'week' || grain === 'hour' || grain === 'minute' ? 62 : 34;
    const most = Math.max(2, Math.floor((band * places.length) / wide));
    const { times: shown, grain: named } = tickTimes(times, grain, most);
    const lines = tickNames(shown, named);
    return shown
      .map((time, at) => ({ at: times.indexOf(time), first: lines[at]![0], second: lines[at]![1] }))
      .filter((tick) => tick.at !== -1);
  }
  const labels = places.map((place) => fitText(place, Math.max(band - 2, 40), size.label, measure));
  const every = Math.max(1, Math.ceil((widest(labels, measure) + 6) / band));
  return labels.flatMap((first, at) => (at % every === 0 ? [{ at, first, second: '' }] : []));
}
