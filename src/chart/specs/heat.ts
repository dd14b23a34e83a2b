import type { Cell } from '../../services/warehouse.ts';
import { nameOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { type KnownColumn, knowColumns, numberOf } from '../column-roles.ts';
import { cleanText, fitLabels } from '../fit-text.ts';
import { formatValue, valueWriter } from '../format-value.ts';
import { axisPlace } from '../shape-rows.ts';
import { ink, type Measure, onSequence, pictureWidth, size, textOn } from '../theme.ts';
import { bucketName, grainOf, timeOf } from '../time-values.ts';
import { type Body, banded, edge, type Json, marks, painted, widest, words } from './layers.ts';

/** A grid of cells, dark for high: cohorts by weeks since, weekdays by hours; an empty cell stays white. */
export function buildHeat(chart: Chart, measure: Measure): Body {
  const { down, across, rows, columns, cells } = gridOf(chart);
  const downLabels = fitLabels(rows, 140, size.label, measure);
  const left = edge + widest(downLabels, measure) + 8;
  const wide = (pictureWidth - left - edge) / columns.length;
  const acrossLabels = fitLabels(columns, Math.max(wide - 2, 24), size.label, measure);
  const every = Math.max(1, Math.ceil((widest(acrossLabels, measure) + 4) / wide));
  const x = banded('across', columns.length, 0);
  const y = banded('down', rows.length, 0);
  const [midX, midY] = [
    { ...x, bandPosition: 0.5 },
    { ...y, bandPosition: 0.5 },
  ];
  return {
    left,
    right: edge,
    bottom: edge,
    height: rows.length * (rows.length > 14 ? 21 : 26),
    gap: across.role === 'category' ? 32 : 50,
    layers: [
      ...(across.role === 'category'
        ? []
        : [
            words(
              [{ text: cleanText(across.label) }],
              { x: { value: 0 }, y: { value: -33 } },
              { align: 'left', color: ink.muted },
            ),
          ]),
      words(
        acrossLabels.flatMap((text, at) => (at % every === 0 ? [{ across: at, text }] : [])),
        { x: midX, y: { value: -13 } },
        { align: 'center', color: ink.muted },
      ),
      words(
        downLabels.map((text, at) => ({ down: at, text })),
        { y: midY, x: { value: -8 } },
        { align: 'right', color: down.role === 'category' ? ink.text : ink.muted },
      ),
      ...cellLayers(cells, x, y, wide, measure),
    ],
  };
}

function cellLayers(cells: Grid['cells'], x: Json, y: Json, wide: number, measure: Measure): Json[] {
  const texts = cells.map((cell) => cell.text);
  const fontSize = [size.small, 11.5, 10.5].find((one) => widest(texts, measure, one) + 3 <= wide) ?? 0;
  return [
    marks(cells, { type: 'rect', stroke: ink.ground, strokeWidth: 1.5 }, { x, y, fill: painted() }),
    ...(fontSize === 0
      ? []
      : [
          words(
            cells,
            { x: { ...x, bandPosition: 0.5 }, y: { ...y, bandPosition: 0.5 }, color: painted('ink') },
            { align: 'center', fontSize },
          ),
        ]),
  ];
}

interface Grid {
  readonly down: KnownColumn;
  readonly across: KnownColumn;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly {
    readonly down: number;
    readonly across: number;
    readonly text: string;
    readonly color: string;
    readonly ink: string;
  }[];
}

function gridOf(chart: Chart): Grid {
  const columns = knowColumns(chart.table);
  const [down, across] = [columns[0]!, columns[1]!];
  const value = columns.find((column) => column.role === 'measure')!;
  const numbers = chart.table.rows.flatMap((row) => numberOf(row[value.at]) ?? []);
  const [low, high] = [Math.min(0, ...numbers), highOf(chart, across, value)];
  const [rows, aside] = [headings(chart, down), headings(chart, across)];
  const shares = low >= 0 && (value.unit === 'rate' || value.unit === 'share');
  const write = valueWriter(numbers, value.unit, { currency: value.currency, compact: true });
  const cells = chart.table.rows.flatMap((row) => {
    const number = numberOf(row[value.at]);
    if (number === undefined) return [];
    const color = onSequence(high === low ? 0 : (number - low) / (high - low));
    const text = shares ? percent(number, high) : write(number);
    return [{ down: rows.at(row[down.at]), across: aside.at(row[across.at]), text, color, ink: textOn(color) }];
  });
  return { down, across, rows: rows.labels, columns: aside.labels, cells };
}

/** The value that is darkest: a cohort's own bucket is 100 % by definition and would leave all others pale. */
function highOf(chart: Chart, across: KnownColumn, value: KnownColumn): number {
  const all = chart.table.rows.flatMap((row) => numberOf(row[value.at]) ?? []);
  const later = chart.table.rows.flatMap((row) => (numberOf(row[across.at]) === 0 ? [] : (numberOf(row[value.at]) ?? [])));
  const whole =
    across.role === 'offset' &&
    later.length > 0 &&
    chart.table.rows.every((row) => numberOf(row[across.at]) !== 0 || (numberOf(row[value.at]) ?? 1) === 1);
  return Math.max(...(whole ? later : all));
}

interface Headings {
  readonly labels: readonly string[];
  /** The place of a cell's value among the labels. */
  readonly at: (cell: Cell | undefined) => number;
}

function headings(chart: Chart, column: KnownColumn): Headings {
  const cells = chart.table.rows.map((row) => row[column.at]);
  const distinct = [...new Map(cells.map((cell) => [nameOf(cell), cell])).values()];
  const place = (cell: Cell | undefined) => axisPlace(cell, column.role);
  const ordered = distinct.every((cell) => place(cell) !== undefined)
    ? distinct.toSorted((a, b) => place(a)! - place(b)!)
    : distinct;
  const times = column.role === 'time' ? ordered.flatMap((cell) => timeOf(cell) ?? []) : [];
  const grain = grainOf(times);
  const labels = ordered.map((cell) => (times.length === ordered.length ? bucketName(timeOf(cell)!, grain) : nameOf(cell)));
  const places = new Map(ordered.map((cell, at) => [nameOf(cell), at]));
  return { labels, at: (cell) => places.get(nameOf(cell))! };
}

function percent(value: number, most: number): string {
  const small = value < 0.0995 && value > 0 ? 1 : 0;
  return most >= 0.1
    ? `${(value * 100).toLocaleString('en-US', { minimumFractionDigits: small, maximumFractionDigits: small })}%`
    : formatValue(value, 'rate');
}
