import type { Draft, DraftColumn } from '../../metrics/draft.ts';
import type { Cell, QueryResult } from '../../services/warehouse.ts';
import { formOf, withCurrency } from './say-table.ts';
import { sayValue, type ValueForm } from './say-value.ts';

/** Rows of an answer with what each column is. */
export interface Table {
  readonly rows: readonly (readonly Cell[])[];
  readonly metrics: readonly Column[];
  readonly groups: readonly Column[];
  readonly time: Column | undefined;
  readonly period: Column | undefined;
  readonly before: readonly Column[];
  /** A share of the whole was asked and stands beside the values. */
  readonly hasShare: boolean;
}

export interface Column {
  readonly at: number;
  readonly column: DraftColumn;
  readonly form: ValueForm;
  /** Where the row's own currency stands, in a breakdown by currency; −1 elsewhere. */
  readonly currencyAt: number;
}

/** Columns by their role, with the form in which their values are written. */
export function readTable({ columns }: Draft, { rows }: QueryResult): Table {
  const currencyAt = columns.findIndex((c) => c.of === 'currency');
  const all = columns.map((column, at) => ({
    currencyAt,
    at,
    column,
    form: formOf(
      column,
      rows.map((row) => row[at] ?? null),
    ),
  }));
  const of = (...roles: DraftColumn['role'][]) => all.filter((c) => roles.includes(c.column.role));
  return {
    rows,
    metrics: of('metric'),
    groups: of('dimension', 'segment', 'currency'),
    time: of('time')[0],
    period: of('period')[0],
    before: of('before'),
    hasShare: of('share').length > 0,
  };
}

/** A row's value of a measure, as written. */
export function say({ at, form, currencyAt }: Column, row: readonly Cell[]): string {
  return sayValue(row[at] ?? null, withCurrency(form, row[currencyAt]));
}

/** Sum over the rows, NULL as nothing. */
export function sum(rows: Table['rows'], at: number): number {
  return rows.reduce((n, row) => n + (typeof row[at] === 'number' ? (row[at] as number) : 0), 0);
}
