import type { Cell } from '../services/warehouse.ts';
import type { Chart, ChartTable, Unit } from './chart-table.ts';
import { type KnownColumn, knowColumns, numberOf } from './column-roles.ts';
import { cleanText } from './fit-text.ts';
import { timeOf } from './time-values.ts';

/** One measure over one axis: a line, a colour of bars. */
export interface Series {
  readonly name: string;
  readonly unit: Unit;
  readonly currency: string | undefined;
  /** Drawn pale, in the colour of the series of the same `slot`. */
  readonly before: boolean;
  /** Place of its colour. */
  readonly slot: number;
  /** In the order of the axis; null where the value is missing. */
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
}

/** The columns of a shaped table by what they do. */
export interface Parts {
  readonly axis: KnownColumn | undefined;
  readonly category: KnownColumn | undefined;
  readonly measures: readonly KnownColumn[];
  readonly befores: readonly KnownColumn[];
}

/** The first time, offset, step, bin or cyclic column is the axis; else the first category. */
export function partsOf(table: ChartTable): Parts {
  const columns = knowColumns(table);
  const measures = columns.filter((column) => column.role === 'measure' && column.before !== true);
  const befores = columns.filter((column) => column.role === 'measure' && column.before === true);
  const names = columns.filter((column) => ['category', 'country', 'id', 'bin'].includes(column.role));
  const axis = columns.find((column) => ['time', 'cyclic', 'offset', 'step'].includes(column.role)) ?? names[0];
  return { axis, category: names.find((column) => column !== axis), measures, befores };
}

/** Lines over a time or an offset: one for each category of the first measure, or one for each measure. */
export function seriesOf(chart: Chart): Series[] {
  const { axis, category, measures, befores } = partsOf(chart.table);
  if (axis === undefined) return [];
  const groups = category === undefined ? [undefined] : distinctNames(chart.table, category);
  const drawn = category === undefined ? measures : measures.slice(0, 1);
  return groups.flatMap((group, groupAt) =>
    drawn.flatMap((measure, measureAt) => {
      const rows = chart.table.rows.filter((row) => group === undefined || nameOf(row[category!.at]) === group);
      const make = (column: KnownColumn, before: boolean): Series => ({
        name: group ?? cleanText(measure.label),
        unit: measure.unit,
        currency: measure.currency,
        before,
        slot: group === undefined ? measureAt : groupAt,
        points: pointsOf(rows, axis, column),
      });
      const earlier = befores[measureAt];
      return earlier === undefined ? [make(measure, false)] : [make(earlier, true), make(measure, false)];
    }),
  );
}

/** The distinct names of a column, in the order of the rows. */
export function distinctNames(table: ChartTable, column: KnownColumn): string[] {
  return [...new Set(table.rows.map((row) => nameOf(row[column.at])))];
}

/** A cell as a label; a missing one is «Unknown». */
export function nameOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return 'Unknown';
  const text = cleanText(typeof cell === 'object' ? JSON.stringify(cell) : String(cell));
  return text === '' ? '(empty)' : text;
}

function pointsOf(rows: ChartTable['rows'], axis: KnownColumn, column: KnownColumn): Series['points'] {
  const points = rows.flatMap((row) => {
    const x = axis.role === 'time' ? timeOf(row[axis.at]) : numberOf(row[axis.at]);
    return x === undefined ? [] : [{ x, y: numberOf(row[column.at]) ?? null }];
  });
  return points.sort((a, b) => a.x - b.x);
}
