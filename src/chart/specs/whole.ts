import { distinctNames, nameOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { type KnownColumn, knowColumns, numberOf } from '../column-roles.ts';
import { ink, seriesColors } from '../theme.ts';
import { timeOf } from '../time-values.ts';

/** Parts stacked upon each other, and what they are stacked over. */
export interface Whole {
  readonly names: readonly string[];
  readonly places: readonly string[];
  readonly axisColumn: KnownColumn;
  readonly value: KnownColumn;
  readonly parts: readonly { readonly at: number; readonly series: number; readonly low: number; readonly high: number }[];
}

/** Every part with where it begins and ends, the first series lowest. */
export function partsOfWhole(chart: Chart): Whole {
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

/** The colour of a part: grey for «Other». */
export function colorOf(chart: Chart, names: readonly string[], series: number): string {
  return chart.otherLast === true && series === names.length - 1 ? ink.other : seriesColors[series % seriesColors.length]!;
}
