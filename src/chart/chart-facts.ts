import { nameOf } from './chart-series.ts';
import type { ChartIntent, ChartTable } from './chart-table.ts';
import { type KnownColumn, knowColumns, numberOf } from './column-roles.ts';

/** What the rules look at. */
export interface Facts {
  readonly table: ChartTable;
  readonly intent: ChartIntent;
  readonly columns: readonly KnownColumn[];
  readonly time: readonly KnownColumn[];
  readonly cyclic: readonly KnownColumn[];
  readonly offset: readonly KnownColumn[];
  readonly step: readonly KnownColumn[];
  readonly bin: readonly KnownColumn[];
  readonly country: readonly KnownColumn[];
  /** Categories and ids; those with one value throughout are left out where there is another dimension. */
  readonly category: readonly KnownColumn[];
  readonly id: readonly KnownColumn[];
  readonly text: readonly KnownColumn[];
  readonly latitude: KnownColumn | undefined;
  readonly longitude: KnownColumn | undefined;
  readonly measures: readonly KnownColumn[];
  /** The first measure and those that can share its axis: same unit, within 20 times, no changes; at most three. */
  readonly drawn: readonly KnownColumn[];
  /** For each drawn measure, the same one in the earlier period. */
  readonly before: readonly (KnownColumn | undefined)[];
}

/** Reads a table for the rules. */
export function readFacts(table: ChartTable, intent: ChartIntent): Facts {
  const columns = withoutConstants(table, knowColumns(table));
  const of = (...roles: readonly KnownColumn['role'][]) => columns.filter((column) => roles.includes(column.role));
  const measures = of('measure').filter((column) => column.before !== true);
  const drawn = drawnTogether(table, measures);
  return {
    table,
    intent,
    columns,
    time: of('time'),
    cyclic: of('cyclic'),
    offset: of('offset'),
    step: of('step'),
    bin: of('bin'),
    country: of('country'),
    category: of('category'),
    id: of('id'),
    text: of('text'),
    latitude: of('latitude')[0],
    longitude: of('longitude')[0],
    measures,
    drawn,
    before: drawn.map((measure) => beforeOf(measure, columns)),
  };
}

/** The distinct names in a column. */
export function distinctCount(facts: Facts, column: KnownColumn): number {
  return new Set(facts.table.rows.map((row) => nameOf(row[column.at]))).size;
}

/** Whether no two rows have the same values in these columns. */
export function isUnique(facts: Facts, ...keys: readonly KnownColumn[]): boolean {
  const seen = new Set(facts.table.rows.map((row) => JSON.stringify(keys.map((column) => nameOf(row[column.at])))));
  return seen.size === facts.table.rows.length;
}

/** The numbers of a measure. */
export function numbersOf(facts: Facts, column: KnownColumn): number[] {
  return facts.table.rows.flatMap((row) => numberOf(row[column.at]) ?? []);
}

/** A dimension whose value never changes says nothing in the picture, as long as another one remains. */
function withoutConstants(table: ChartTable, columns: readonly KnownColumn[]): KnownColumn[] {
  const varies = (column: KnownColumn) => new Set(table.rows.map((row) => nameOf(row[column.at]))).size > 1;
  const named = (column: KnownColumn) => ['category', 'country', 'id', 'text', 'cyclic', 'bin'].includes(column.role);
  const dimension = (column: KnownColumn) => column.role !== 'measure' && column.role !== 'text';
  const remains = columns.some((column) => dimension(column) && varies(column));
  return columns.filter((column) => !(remains && table.rows.length > 1 && named(column) && !varies(column)));
}

function drawnTogether(table: ChartTable, measures: readonly KnownColumn[]): KnownColumn[] {
  const [first, ...rest] = measures;
  if (first === undefined) return [];
  const most = (column: KnownColumn) => Math.max(0, ...table.rows.map((row) => Math.abs(numberOf(row[column.at]) ?? 0)));
  const alike = rest.filter((column) => {
    const ratio = most(first) === 0 ? 0 : most(column) / most(first);
    const sameKind = column.unit === first.unit && column.currency === first.currency && column.unit !== 'number';
    return sameKind && ratio >= 1 / 20 && ratio <= 20 && !/change|delta|diff|effect|(^|_)prev/u.test(column.name.toLowerCase());
  });
  return [first, ...alike].slice(0, 3);
}

function beforeOf(measure: KnownColumn, columns: readonly KnownColumn[]): KnownColumn | undefined {
  const befores = columns.filter((column) => column.role === 'measure' && column.before === true && column.unit === measure.unit);
  const following = columns.filter((column) => column.at > measure.at && column.role === 'measure');
  const next = following[0];
  if (next?.before === true && befores.includes(next)) return next;
  const same = columns.filter((column) => column.role === 'measure' && column.before !== true && column.unit === measure.unit);
  return befores[same.indexOf(measure)];
}
