import { type Facts, numbersOf } from '../chart-facts.ts';
import type { ChartTable } from '../chart-table.ts';
import { type KnownColumn, numberOf } from '../column-roles.ts';
import { type Shaped, sorted } from '../shape-rows.ts';

/** One type of chart: whether a table can be drawn so at all (hard limits), and how its rows are prepared. */
export interface Way {
  readonly fits: (facts: Facts) => boolean;
  readonly shape: (facts: Facts) => Shaped;
}

/** The dimensions of a table, apart from texts: what a row is about. */
export function dimensions(facts: Facts): KnownColumn[] {
  return [
    ...facts.time,
    ...facts.cyclic,
    ...facts.offset,
    ...facts.step,
    ...facts.bin,
    ...facts.country,
    ...facts.category,
    ...facts.id,
  ];
}

/** The dimensions but these; ids count only where there is no other name. */
export function rest(facts: Facts, ...taken: readonly (KnownColumn | undefined)[]): KnownColumn[] {
  const ids = named(facts).length > 0 && !facts.id.some((id) => taken.includes(id)) ? facts.id : [];
  return dimensions(facts).filter((column) => !taken.includes(column) && !ids.includes(column));
}

/** Whether the first drawn measure has at least so many values. */
export function hasValues(facts: Facts, least = 2): boolean {
  const first = facts.drawn[0];
  return first !== undefined && numbersOf(facts, first).length >= least;
}

/** What has a natural order: time, hours and weekdays, bins, offsets. */
export function columnAxis(facts: Facts): KnownColumn | undefined {
  return [...facts.time, ...facts.cyclic, ...facts.bin, ...facts.offset][0];
}

/** Groups in the order of their greatest total. */
export function bySize(table: ChartTable): ChartTable {
  const sizes = Map.groupBy(table.rows, (row) => String(row[0]));
  const size = (row: ChartTable['rows'][number]) =>
    sizes.get(String(row[0]))!.reduce((sum, other) => sum + (numberOf(other[2]) ?? 0), 0);
  return sorted(table, size, 'down');
}

/** A column of the shaped table as a plain category; a natural order at the first place is kept. */
export function asCategory(table: ChartTable, at: number): ChartTable {
  return {
    ...table,
    columns: table.columns.map((column, place) =>
      place === at && (at > 0 || !['time', 'offset', 'cyclic'].includes(column.role!))
        ? { ...column, role: 'category' as const }
        : column,
    ),
  };
}

/** Without the columns of the earlier period. */
export function withoutBefore(table: ChartTable): ChartTable {
  const kept = table.columns.flatMap((column, at) => (column.before === true ? [] : [at]));
  return { ...table, columns: kept.map((at) => table.columns[at]!), rows: table.rows.map((row) => kept.map((at) => row[at]!)) };
}

function named(facts: Facts): KnownColumn[] {
  const names = [...facts.country, ...facts.category];
  return names.length > 0 ? names : [...facts.id];
}
