import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Draft } from '../metrics/draft.ts';
import type { Cell, QueryResult } from '../services/warehouse.ts';

/** Yes and no under the names that the glossary gives them («with search», «new»), in rows, table, picture and CSV alike. */
export function nameValues(draft: Draft, result: QueryResult, glossary: Glossary): QueryResult {
  const names = draft.columns.map((column) =>
    column.role === 'dimension' && column.of ? booleanNames(glossary, column.of) : undefined,
  );
  if (names.every((n) => n === undefined)) return result;
  return {
    ...result,
    columns: result.columns.map((column, i) => (names[i] ? { ...column, type: 'varchar' } : column)),
    rows: result.rows.map((row) => row.map((cell, i) => nameOf(cell, names[i]))),
  };
}

function booleanNames(glossary: Glossary, id: string): ReadonlyMap<boolean, string> | undefined {
  const dimension = glossary.dimensions[id];
  if (dimension?.kind !== 'boolean') return undefined;
  const values = Object.values(dimension.values);
  return new Map(values.flatMap((v) => (typeof v.is === 'boolean' ? [[v.is, v.label] as const] : [])));
}

function nameOf(cell: Cell, names: ReadonlyMap<boolean, string> | undefined): Cell {
  return typeof cell === 'boolean' ? (names?.get(cell) ?? cell) : cell;
}
