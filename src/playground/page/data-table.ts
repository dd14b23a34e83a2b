import type { Json, Piece } from '../shapes.ts';
import { pieces } from '../validate/walk.ts';
import { h, hidden } from './dom.ts';
import { icon } from './icons.ts';
import { plainWords, richInline } from './inline.ts';
import type { Around, Page } from './page.ts';

type Cell = Piece & { text?: string; value?: number };
interface Shown {
  column?: number;
  down?: boolean;
  from: number;
}

/** A data_table: sorted by a click on a column's head (numbers by value, only if all are), shown in pages. */
export function dataTable(page: Page, block: Piece, around: Around): HTMLElement {
  const key = `table:${around.key}:${String(block.caption)}`;
  const box = h('div', { class: 'dt' });
  const redraw = () => {
    const shown = (page.memory.get(key) as Shown | undefined) ?? { from: 0 };
    box.replaceChildren(
      ...parts(page, block, shown, (next) => {
        page.memory.set(key, next);
        const focused = (document.activeElement as HTMLElement | null)?.dataset.focus;
        redraw();
        if (focused !== undefined) box.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus();
      }),
    );
  };
  redraw();
  return box;
}

function parts(page: Page, block: Piece, shown: Shown, show: (next: Shown) => void): HTMLElement[] {
  const [head = [], ...body] = block.rows as Cell[][];
  const size = Number(block.page_size ?? 5);
  const sorted = shown.column === undefined ? body : sort(body, shown.column, shown.down === true);
  const right = head.map((_, column) => body.every((row) => row[column]?.type === 'raw_number' || row[column]?.text === '–'));
  const rows = sorted.slice(shown.from, shown.from + size);
  const heads = head.map((cell, column) => headCell(cell, column, right[column] === true, shown, show));
  const main = Number(block.row_header_column_index ?? 0);
  const lines = rows.map((row) =>
    h(
      'tr',
      {},
      row.map((cell, column) =>
        h(
          column === main ? 'th' : 'td',
          { class: right[column] ? 'r' : undefined, scope: column === main ? 'row' : undefined },
          cellNodes(page, cell),
        ),
      ),
    ),
  );
  const table = h(
    'table',
    {},
    h('caption', { class: 'sr' }, String(block.caption)),
    h('thead', {}, h('tr', {}, heads)),
    h('tbody', {}, lines),
  );
  const sign = h('span', { class: 'tools' });
  sign.append(icon('sort'));
  const caption = h('div', { class: 'cap', 'aria-hidden': 'true' }, String(block.caption), sign);
  const scroll = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': String(block.caption) }, table);
  return [caption, scroll, ...(body.length > size ? [pager(shown, size, body.length, show)] : [])];
}

function headCell(cell: Cell, column: number, right: boolean, shown: Shown, show: (next: Shown) => void): HTMLElement {
  const active = shown.column === column;
  const next: Shown = active && shown.down === true ? { from: 0 } : { from: 0, column, down: active };
  const order = active ? (shown.down === true ? 'descending' : 'ascending') : 'none';
  const mark = active ? (shown.down === true ? ' ↓' : ' ↑') : '';
  const button = h(
    'button',
    { class: 'sort', type: 'button', 'data-focus': `sort${column}`, onclick: () => show(next) },
    String(cell.text),
    h('span', { 'aria-hidden': 'true' }, mark),
    hidden(', sort'),
  );
  return h('th', { scope: 'col', class: right ? 'r' : undefined, 'aria-sort': order }, button);
}

function pager(shown: Shown, size: number, all: number, show: (next: Shown) => void): HTMLElement {
  const to = Math.min(all, shown.from + size);
  const step = (name: string, from: number, label: string) =>
    h(
      'button',
      {
        class: 'step',
        type: 'button',
        'data-focus': name,
        disabled: from < 0 || from >= all,
        onclick: () => show({ ...shown, from }),
        'aria-label': label,
      },
      name,
    );
  return h(
    'div',
    { class: 'pager' },
    h('span', { 'aria-live': 'polite' }, `${shown.from + 1}–${to} of ${all}`),
    step('‹', shown.from - size, 'Previous rows'),
    step('›', shown.from + size, 'Next rows'),
  );
}

function sort(body: Cell[][], column: number, down: boolean): Cell[][] {
  const numeric = body.every((row) => row[column]?.type === 'raw_number');
  const turn = down ? -1 : 1;
  const compare = (a: Cell | undefined, b: Cell | undefined) =>
    numeric ? Number(a?.value) - Number(b?.value) : words(a).localeCompare(words(b), 'en', { numeric: true });
  return [...body].sort((a, b) => turn * compare(a[column], b[column]));
}

function words(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return cell.type === 'rich_text' ? plainWords(cell) : String(cell.text ?? '');
}

function cellNodes(page: Page, cell: Cell): Node[] {
  if (cell.type !== 'rich_text') return [document.createTextNode(String(cell.text ?? cell.value ?? ''))];
  return pieces(cell.elements).flatMap((part) => richInline(page, part.elements));
}

/** A plain table: no sorting, no pages, columns aligned as told. */
export function plainTable(page: Page, block: Piece): HTMLElement {
  const settings = (block.column_settings as (Json | null)[] | undefined) ?? [];
  const rows = (block.rows as Cell[][]).map((row, index) =>
    h(
      'tr',
      {},
      row.map((cell, column) =>
        h(
          index === 0 ? 'th' : 'td',
          { class: align(settings[column]), scope: index === 0 ? 'col' : undefined },
          cellNodes(page, cell),
        ),
      ),
    ),
  );
  return h(
    'div',
    { class: 'dt' },
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table' }, h('table', {}, rows)),
  );
}

function align(setting: Json | null | undefined): string | undefined {
  const side = setting?.align === 'right' ? 'r' : setting?.align === 'center' ? 'c' : '';
  const wrapped = setting?.is_wrapped === true ? ' wrap' : '';
  return side + wrapped === '' ? undefined : side + wrapped;
}
