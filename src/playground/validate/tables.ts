import { both, byType, type Check, fields, flag, isObject, law, list, number, oneOf, size, text } from './check.ts';
import { richText } from './rich-text.ts';

const notEmpty: Check = law((cell) =>
  typeof cell.text === 'string' && cell.text === '' ? 'must be more than 0 characters' : undefined,
);
const finite = number(-Number.MAX_VALUE, Number.MAX_VALUE);
const rawText: Check = both(fields({ text: text(0, 10_000) }), notEmpty);
const rawNumber: Check = both(fields({ value: finite, text: text(0, 10_000) }), notEmpty);
const cell: Check = byType(() => ({ raw_text: rawText, raw_number: rawNumber, rich_text: richText }));
const headerCell: Check = byType(() => ({ raw_text: rawText, raw_number: rawNumber }));

const sameWidth: Check = law((table) => {
  const rows = Array.isArray(table.rows) ? table.rows : [];
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  return rows.every((row) => Array.isArray(row) && row.length === width)
    ? undefined
    : 'all rows must have the same number of cells';
});

/** All characters of all cells together. */
function cellLimit(most: number): Check {
  return law((table) => {
    const total = letters(table.rows);
    return total > most ? `${total} characters in all cells, no more than ${most} allowed` : undefined;
  });
}

function letters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + letters(entry), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? size(value.text) : 0;
  return own + letters(value.elements);
}

/** A `table` block: 100 rows with the header, 20 columns, 10,000 characters. */
export const tableFields: [Record<string, Check>, Record<string, Check>, ...Check[]] = [
  { rows: list(list(cell, 1, 20), 1, 100) },
  { column_settings: list(tableColumn(), 0, 20) },
  sameWidth,
  cellLimit(10_000),
];

function tableColumn(): Check {
  const setting = fields({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag });
  return (value, path, faults) => {
    if (value !== null) setting(value, path, faults);
  };
}

const headerRow: Check = (value, path, faults) => {
  if (!Array.isArray(value)) return;
  list(list(headerCell, 1, 20), 1, 1)([value[0]], path, faults);
};

/** A `data_table` block: header and 1 to 100 rows, 20 columns, 10,000 characters, no empty cell, no rich header. */
export const dataTableFields: [Record<string, Check>, Record<string, Check>, ...Check[]] = [
  { caption: text(1, 150), rows: both(list(list(cell, 1, 20), 2, 101), headerRow) },
  { page_size: number(1, 100, true), row_header_column_index: number(0, 19, true) },
  sameWidth,
  cellLimit(10_000),
];

const label = text(1, 20);
const point = fields({ label, value: finite });
const axis = fields({ categories: list(label, 1, 20) }, { x_label: text(1, 50), y_label: text(1, 50) });
const byCategory: Check = fields({
  series: list(fields({ name: label, data: list(point, 1, 20) }), 1, 12),
  axis_config: axis,
});
const everyCategory: Check = law((chart) => {
  const config = isObject(chart.axis_config) ? chart.axis_config : {};
  const categories = JSON.stringify(config.categories);
  const series = Array.isArray(chart.series) ? chart.series : [];
  const told = series.map((one) =>
    JSON.stringify((isObject(one) && Array.isArray(one.data) ? one.data : []).map((p) => p?.label)),
  );
  return told.every((labels) => labels === categories) ? undefined : 'every series must have one value for each category';
});
const positive = fields({ label, value: number(Number.MIN_VALUE, Number.MAX_VALUE) });
const lines = both(byCategory, everyCategory);

/** A `data_visualization` block: pie of 1 to 12 segments, or bars, lines, areas of 1 to 12 series and 1 to 20 points. */
export const dataVisualizationFields: [Record<string, Check>, Record<string, Check>, ...Check[]] = [
  {
    title: text(1, 50),
    chart: byType(() => ({ pie: fields({ segments: list(positive, 1, 12) }), bar: lines, line: lines, area: lines })),
  },
  {},
];
