import { h } from './dom.ts';
import { linkNode } from './inline.ts';
import type { Page } from './page.ts';

/** The markdown block: headings, lists, quotes, fences, tables, bold, italic, code, links; never a picture or HTML. */
export function markdownBlock(page: Page, text: string): HTMLElement {
  const box = h('div', { class: 'rich' });
  text.split(/(```[\s\S]*?```)/).forEach((part) => {
    if (/^```[\s\S]*```$/.test(part)) box.append(h('pre', { tabindex: 0 }, part.slice(3, -3).replace(/^[\w-]*\n/, '')));
    else
      for (const paragraph of part.split(/\n{2,}/))
        if (paragraph.trim() !== '') box.append(...group(page, paragraph.trim().split('\n')));
  });
  return box;
}

function group(page: Page, rows: string[]): HTMLElement[] {
  const first = rows[0] ?? '';
  const heading = /^(#{1,6}) +(.*)/.exec(first);
  if (heading !== null)
    return [h('h3', { class: 'header' }, inline(page, heading[2] ?? '')), ...(rows.length > 1 ? group(page, rows.slice(1)) : [])];
  if (rows.every((row) => /^\s*[-*] /.test(row)))
    return [
      h(
        'ul',
        {},
        rows.map((row) => h('li', {}, inline(page, row.replace(/^\s*[-*] /, '')))),
      ),
    ];
  if (rows.every((row) => /^\s*\d+[.)] /.test(row)))
    return [
      h(
        'ol',
        {},
        rows.map((row) => h('li', {}, inline(page, row.replace(/^\s*\d+[.)] /, '')))),
      ),
    ];
  if (rows.every((row) => row.startsWith('>')))
    return [
      h(
        'blockquote',
        {},
        rows.flatMap((row) => [...inline(page, row.replace(/^> ?/, '')), h('br')]),
      ),
    ];
  if (rows.length > 2 && /^\|?[\s:|-]+\|?$/.test(rows[1] ?? '') && first.includes('|')) return [table(page, rows)];
  if (/^(-{3,}|\*{3,})$/.test(first)) return [h('hr')];
  return [
    h(
      'div',
      { class: 'rt' },
      rows.flatMap((row, index) => [...(index > 0 ? [h('br')] : []), ...inline(page, row)]),
    ),
  ];
}

function table(page: Page, rows: string[]): HTMLElement {
  const cells = (row: string) =>
    row
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const lines = rows
    .filter((_, index) => index !== 1)
    .map((row, index) =>
      h(
        'tr',
        {},
        cells(row).map((cell) => h(index === 0 ? 'th' : 'td', {}, inline(page, cell))),
      ),
    );
  return h('div', { class: 'dt' }, h('div', { class: 'scroll' }, h('table', {}, lines)));
}

const TOKEN = /(`[^`]+`|!?\[[^\]]*\]\([^)\s]+\)|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|_[^_\s][^_]*_|~~[^~]+~~)/;

function inline(page: Page, text: string): Node[] {
  return text.split(TOKEN).flatMap((part): Node[] => {
    const link = /^!?\[([^\]]*)\]\(([^)\s]+)\)$/.exec(part);
    if (link !== null) return [linkNode(page, link[2] ?? '', link[1] || (link[2] ?? ''))];
    if (/^`[^`]+`$/.test(part)) return [h('code', {}, part.slice(1, -1))];
    if (/^\*\*[^*]+\*\*$/.test(part)) return [h('b', {}, inline(page, part.slice(2, -2)))];
    if (/^~~[^~]+~~$/.test(part)) return [h('s', {}, part.slice(2, -2))];
    if (/^(\*[^*\s][^*]*\*|_[^_\s][^_]*_)$/.test(part)) return [h('i', {}, part.slice(1, -1))];
    return part === '' ? [] : [document.createTextNode(part)];
  });
}
