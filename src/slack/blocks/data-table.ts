import type { ShownTable } from '../../answer/stations.ts';
import { cut, type Piece } from './pieces.ts';
import { sizeOf } from './size-of.ts';

/** A table that fits a message, and what of it does not: then all rows go into a CSV file. */
export interface FittedTable {
  readonly block: Piece;
  readonly shownRows: number;
  readonly allRows: number;
  readonly shownColumns: number;
  readonly allColumns: number;
}

/**
 * ShownTable → data_table: numbers as numbers for sorting, empty cells as «–», names of columns made unique. Over 100 rows or
 * `budget` characters only the first ten rows (fewer if they are long) are shown; over 20 columns the first 20.
 */
export function dataTable(table: ShownTable, pageSize: number, budget = 9000): FittedTable {
  const header = uniqueNames(table.header.slice(0, 20));
  const width = header.length;
  const all = table.rows.map((row) => Array.from({ length: width }, (_, i) => cell(row[i])));
  const fits = all.length <= 100 && sizeOf([header.map(nameCell), all]) <= budget;
  const rows = fits ? all : withinBudget(all.slice(0, 10), budget - sizeOf(header.map(nameCell)));
  return {
    block: {
      type: 'data_table',
      caption: cut(captionOf(table, rows.length), 150) || 'Rows',
      page_size: Math.min(pageSize, 100),
      row_header_column_index: 0,
      rows: [header.map(nameCell), ...rows],
    },
    shownRows: rows.length,
    allRows: table.rows.length,
    shownColumns: width,
    allColumns: table.header.length,
  };
}

function captionOf(table: ShownTable, shown: number): string {
  if (shown === table.rows.length) return table.caption;
  const counted = `, first ${shown.toLocaleString('en')} of ${table.rows.length.toLocaleString('en')}`;
  return `${cut(table.caption, 150 - counted.length)}${counted}`;
}

function nameCell(name: string): Piece {
  return { type: 'raw_text', text: name };
}

/** One cell holds at most 200 characters: the rest is in the CSV. */
function cell(shown: { readonly text: string; readonly value?: number } | undefined): Piece {
  const text = cut(shown?.text ?? '', 200);
  const said = text.trim() === '' ? '–' : text;
  return shown?.value !== undefined && Number.isFinite(shown.value)
    ? { type: 'raw_number', value: shown.value, text: said }
    : { type: 'raw_text', text: said };
}

/** At least one row, since a table without any is refused. */
function withinBudget(rows: readonly (readonly Piece[])[], budget: number): readonly (readonly Piece[])[] {
  let left = budget;
  const kept = rows.filter((row) => {
    left -= sizeOf(row);
    return left >= 0;
  });
  return kept.length > 0 ? kept : rows.slice(0, 1).map((row) => row.map(shorter));
}

function shorter(piece: Piece): Piece {
  return { ...piece, text: cut(String(piece.text), 40) };
}

function uniqueNames(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return (names.length > 0 ? names : ['–']).map((name) => {
    const base = cut(name.trim(), 60) || '–';
    let unique = base;
    for (let n = 2; seen.has(unique); n++) unique = `${base} (${n})`;
    seen.add(unique);
    return unique;
  });
}
