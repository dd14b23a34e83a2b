import { distinctNames, nameOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { type KnownColumn, knowColumns, numberOf } from '../column-roles.ts';
import { fitText } from '../fit-text.ts';
import { ink, type Measure, seriesColors } from '../theme.ts';
import { grainOf, tickGrain, tickName, tickTimes, timeOf } from '../time-values.ts';
import { type Body, banded, edge, type Json, marks, plotWidth, scaled, widest, words } from './layers.ts';
import { legendAbove } from './legend.ts';
import { valueAxis, valueAxisLayers } from './value-axis.ts';

/** Columns whose parts add up to the whole, the greatest part below; columns touch where there are more than 31. */
export function buildStacked(chart: Chart, measure: Measure): Body {
  const { names, parts, places, axisColumn, value } = partsOfWhole(chart);
  const totals = places.map((_, at) =>
    parts.filter((part) => part.at === at).reduce((sum, part) => sum + part.high - part.low, 0),
  );
  const shares = value.unit === 'share';
  const axis = shares
    ? { domain: [0, 1] as const, ticks: [0, 0.25, 0.5, 0.75, 1], labels: ['0%', '25%', '50%', '75%', '100%'], note: undefined }
    : valueAxis(totals, value.unit, value.currency, false);
  const left = edge + widest(axis.labels, measure) + 8;
  const legend = legendAbove(
    names.map((name, at) => ({ name, color: colorOf(chart, names, at) })),
    left,
    14,
    measure,
  );
  const ticks = placeLabels(places, axisColumn, (500 - left - edge) / places.length, measure);
  const place = {
    left,
    right: edge,
    bottom: edge + (ticks.some((tick) => tick.second !== '') ? 38 : 22),
    height: 182,
    gap: legend.height + 24,
  };
  const x = banded('at', places.length, places.length > 31 ? 0 : 0.2);
  const y = scaled('y', axis.domain);
  const label = (which: 'first' | 'second'): Json =>
    words(
      ticks.map((tick) => ({ at: tick.at, text: tick[which] })),
      { x: { ...x, bandPosition: 0.5 }, y: { value: place.height + (which === 'first' ? 16 : 32) } },
      { align: 'center', color: ink.muted },
    );
  const rects = parts.map((part) => ({
    at: part.at,
    y: part.low,
    top: part.high,
    color: colorOf(chart, names, part.series),
    faint: chart.lastPartial === true && part.at === places.length - 1 ? 0.55 : 1,
  }));
  return {
    ...place,
    layers: [
      ...legend.layers,
      ...valueAxisLayers(axis, plotWidth(place)),
      marks(
        rects,
        { type: 'bar', stroke: ink.ground, strokeWidth: places.length > 31 ? 0 : 0.8 },
        {
          x,
          y,
          y2: { field: 'top' },
          fill: { field: 'color', type: 'nominal', scale: null },
          opacity: { field: 'faint', type: 'quantitative', scale: null },
        },
      ),
      label('first'),
      label('second'),
    ],
  };
}

interface Whole {
  readonly names: readonly string[];
  readonly places: readonly string[];
  readonly axisColumn: KnownColumn;
  readonly value: KnownColumn;
  readonly parts: readonly { readonly at: number; readonly series: number; readonly low: number; readonly high: number }[];
}

function partsOfWhole(chart: Chart): Whole {
  const columns = knowColumns(chart.table);
  const [axisColumn, seriesColumn] = [columns[0]!, columns[1]!];
  const value = columns.find((column) => column.role === 'measure')!;
  const names = distinctNames(chart.table, seriesColumn);
  const found = distinctNames(chart.table, axisColumn);
  const places = axisColumn.role === 'time' ? found.toSorted((a, b) => (timeOf(a) ?? 0) - (timeOf(b) ?? 0)) : found;
  const [placeOf, seriesAt] = [new Map(places.map((name, at) => [name, at])), new Map(names.map((name, at) => [name, at]))];
  const reached = places.map(() => 0);
  const rows = chart.table.rows.map((row) => ({
    at: placeOf.get(nameOf(row[axisColumn.at]))!,
    series: seriesAt.get(nameOf(row[seriesColumn.at]))!,
    size: numberOf(row[value.at]) ?? 0,
  }));
  const parts = rows
    .toSorted((a, b) => a.series - b.series)
    .map((row) => {
      const low = reached[row.at]!;
      reached[row.at] = low + row.size;
      return { at: row.at, series: row.series, low, high: low + row.size };
    });
  return { names, places, axisColumn, value, parts };
}

function colorOf(chart: Chart, names: readonly string[], series: number): string {
  return chart.otherLast === true && series === names.length - 1 ? ink.other : seriesColors[series % seriesColors.length]!;
}

interface Tick {
  readonly at: number;
  readonly first: string;
  readonly second: string;
}

function placeLabels(places: readonly string[], axis: KnownColumn, band: number, measure: Measure): Tick[] {
  const times = places.flatMap((place) => timeOf(place) ?? []);
  if (axis.role === 'time' && times.length === places.length) {
    const most = Math.max(2, Math.floor((band * places.length) / 62));
    const grain = grainOf(times);
    const [named, shown] = [tickGrain(times, grain, most), tickTimes(times, grain, most)];
    return shown.map((time, at) => {
      const [first, second] = tickName(time, shown[at - 1], named);
      return { at: times.indexOf(time), first, second };
    });
  }
  const labels = places.map((place) => fitText(place, Math.max(band - 2, 40), 13.5, measure));
  const every = Math.max(1, Math.ceil((widest(labels, measure) + 6) / band));
  return labels.flatMap((first, at) => (at % every === 0 ? [{ at, first, second: '' }] : []));
}
