import type { Cell } from '../services/warehouse.ts';
import { distinctCount, type Facts } from './chart-facts.ts';
import { nameOf } from './chart-series.ts';
import type { ChartColumn, ChartTable } from './chart-table.ts';
import { type KnownColumn, numberOf } from './column-roles.ts';
import { formatValue } from './format-value.ts';
import { timeOf } from './time-values.ts';

/** A table as it will be drawn, and what was done to it. */
export interface Shaped {
  readonly table: ChartTable;
  /** For the subtitle: «top 15 of 60». */
  readonly notes: readonly string[];
  readonly otherLast?: boolean;
}

/** Only these dimensions and the drawn measures (each followed by its earlier period), every column fully known. */
export function keep(
  facts: Facts,
  dimensions: readonly KnownColumn[],
  measures: readonly KnownColumn[] = facts.drawn,
): ChartTable {
  const pairs = measures.flatMap((measure) => [measure, facts.before[facts.drawn.indexOf(measure)] ?? []].flat());
  const kept = [...dimensions, ...pairs];
  const columns = kept.map(({ at: _, ...column }): ChartColumn => column);
  return {
    columns,
    rows: facts.table.rows.map((row) => kept.map((column) => row[column.at] ?? null)),
    truncated: facts.table.truncated,
  };
}

/** Rows sorted by one column: `up` or `down`; missing numbers last. */
export function sorted(table: ChartTable, by: (row: readonly Cell[]) => number | undefined, way: 'up' | 'down'): ChartTable {
  const sign = way === 'up' ? 1 : -1;
  const rows = table.rows
    .map((row) => ({ row, value: by(row) }))
    .sort((a, b) =>
      a.value === undefined || b.value === undefined
        ? Number(a.value === undefined) - Number(b.value === undefined)
        : sign * (a.value - b.value),
    )
    .map((entry) => entry.row);
  return { ...table, rows };
}

/** The first `most` of sorted rows; the rest summed as «Other (n)» where sums are allowed, or named in a note. */
export function topRows(table: ChartTable, most: number, withOther: boolean): Shaped {
  if (table.rows.length <= most) return { table, notes: [] };
  const head = table.rows.slice(0, most);
  const rest = table.rows.slice(most);
  const sums = table.columns.map((column, at) => (column.role === 'measure' ? sumOf(rest, at) : null));
  if (!withOther || !maySum(table)) {
    const note = `top ${most} of ${grouped(table.rows.length)}${table.truncated ? ' or more' : ''}`;
    return { table: { ...table, rows: head }, notes: [note] };
  }
  const value = table.columns.findIndex((column) => column.role === 'measure');
  const { unit, currency } = table.columns[value]!;
  // A remainder far above every bar would press them all against the axis.
  if (sums[value]! > 1.5 * (numberOf(head[0]![value]) ?? 0)) {
    const together = formatValue(sums[value], unit ?? 'number', { currency, compact: true });
    return { table: { ...table, rows: head }, notes: [`not drawn: ${grouped(rest.length)} more, ${together} together`] };
  }
  const name = `Other (${grouped(rest.length)})`;
  const other = table.columns.map((column, at): Cell => (column.role === 'measure' ? sums[at]! : name));
  return { table: { ...table, rows: [...head, other] }, notes: [], otherLast: true };
}

/** The `most` greatest series of a long table (axis, series, measures), in order of size; the rest summed as «Other (n)» or left out with a note. */
export function topSeries(table: ChartTable, series: number, most: number): Shaped {
  const value = table.columns.findIndex((column) => column.role === 'measure');
  const sizes = new Map<string, number>();
  for (const row of table.rows) {
    const name = nameOf(row[series]);
    sizes.set(name, (sizes.get(name) ?? 0) + Math.abs(numberOf(row[value]) ?? 0));
  }
  const names = [...sizes].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const place = new Map(names.map((name, at) => [name, at]));
  const at = (row: readonly Cell[]) => place.get(nameOf(row[series]))!;
  if (names.length <= most) return { table: sorted(table, at, 'up'), notes: [] };
  const additive = maySum(table);
  const head = sorted({ ...table, rows: table.rows.filter((row) => at(row) < (additive ? most - 1 : most)) }, at, 'up');
  if (!additive) return { table: head, notes: [`the ${most} greatest of ${grouped(names.length)}`] };
  const rest = table.rows.filter((row) => at(row) >= most - 1);
  const others = sumByAxis(table, rest, series, `Other (${grouped(names.length - most + 1)})`);
  return { table: { ...table, rows: [...head.rows, ...others] }, notes: [], otherLast: true };
}

/** The values as shares of the totals of `whole`: of each value of the column `by`, or of everything. */
export function asShares(table: ChartTable, whole: ChartTable, by?: number): ChartTable {
  const value = table.columns.findIndex((column) => column.role === 'measure');
  const group = (row: readonly Cell[]) => (by === undefined ? '' : nameOf(row[by]));
  const totals = new Map<string, number>();
  for (const row of whole.rows) totals.set(group(row), (totals.get(group(row)) ?? 0) + (numberOf(row[value]) ?? 0));
  const columns = table.columns.map(
    (column, at): ChartColumn => (at === value ? { ...column, unit: 'share', additive: false } : column),
  );
  const rows = table.rows.map((row) => {
    const total = totals.get(group(row))!;
    return row.map((cell, at) => (at === value ? (total === 0 ? null : (numberOf(cell) ?? 0) / total) : cell));
  });
  return { ...table, columns, rows };
}

/** Where a row stands on an axis of times, numbers, weekday or month names, or bins such as «10–20»; undefined where that cannot be told. */
export function axisPlace(cell: Cell | undefined, role: ChartColumn['role']): number | undefined {
  if (role === 'time') return timeOf(cell);
  const number = numberOf(cell);
  if (number !== undefined) return number;
  const text = nameOf(cell).toLowerCase();
  const named = naturalOrder.findIndex((start) => text.startsWith(start));
  if (role === 'cyclic') return named === -1 ? undefined : named;
  const inBin = /-?\d[\d,]*(\.\d+)?/u.exec(text)?.[0];
  if (role !== 'bin' || inBin === undefined) return undefined;
  return (
    Number(inBin.replaceAll(',', '')) -
    (/^[<≤]|^under|^less|^up to/u.test(text) ? 1e-9 : 0) * Math.abs(Number(inBin.replaceAll(',', '')) || 1)
  );
}

/** Whether every value of the table's measures may be summed: additive, nothing negative, all rows present. */
export function maySum(table: ChartTable): boolean {
  return (
    !table.truncated &&
    table.columns.every(
      (column, at) =>
        column.role !== 'measure' || (column.additive === true && table.rows.every((row) => (numberOf(row[at]) ?? 0) >= 0)),
    )
  );
}

/** At most `most` points of a line: the least and the greatest of every pixel's worth. */
export function thinLine(table: ChartTable, facts: Facts, series: KnownColumn | undefined, most: number): Shaped {
  const lines = series === undefined ? 1 : distinctCount(facts, series);
  if (table.rows.length / lines <= most) return { table, notes: [] };
  const value = table.columns.findIndex((column) => column.role === 'measure');
  const names = table.columns.findIndex((column) => column.role === 'category');
  const groups = Map.groupBy(table.rows, (row) => (names === -1 ? '' : nameOf(row[names])));
  const rows = [...groups.values()].flatMap((group) => {
    const bucket = Math.ceil((group.length / most) * 2);
    return Array.from({ length: Math.ceil(group.length / bucket) }, (_, at) =>
      group.slice(at * bucket, (at + 1) * bucket),
    ).flatMap((part) => {
      const ranked = sorted({ ...table, rows: part }, (row) => numberOf(row[value]), 'up').rows;
      return [...new Set([ranked[0]!, ranked.at(-1)!])].sort((a, b) => part.indexOf(a) - part.indexOf(b));
    });
  });
  return { table: { ...table, rows }, notes: ['highs and lows of each stretch'] };
}

/** A count in words. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

const naturalOrder = 'mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function sumByAxis(table: ChartTable, rows: ChartTable['rows'], series: number, name: string): Cell[][] {
  const axis = series === 0 ? 1 : 0;
  return [...Map.groupBy(rows, (row) => nameOf(row[axis])).values()].map((group) =>
    table.columns.map((column, at): Cell => {
      if (column.role === 'measure') return sumOf(group, at);
      return at === series ? name : (group[0]![at] ?? null);
    }),
  );
}

function sumOf(rows: ChartTable['rows'], at: number): number | null {
  const numbers = rows.flatMap((row) => numberOf(row[at]) ?? []);
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
}
