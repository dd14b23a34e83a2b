import type { Piece } from '../shapes.ts';
import { pieces } from '../validate/walk.ts';
import { chartBlock } from './chart.ts';
import { dataTable, plainTable } from './data-table.ts';
import { append, h } from './dom.ts';
import { control } from './elements.ts';
import { taskIcon } from './icons.ts';
import { cannotDraw, linkNode, plainWords, richInline, textNodes } from './inline.ts';
import { inputBlock } from './inputs.ts';
import { markdownBlock } from './markdown.ts';
import type { Around, Page } from './page.ts';

type Draw = (page: Page, block: Piece, around: Around) => HTMLElement;

/** Draws blocks in order; an unknown one, or one that fails to draw, is a red box with its name. */
export function drawBlocks(page: Page, blocks: readonly Piece[], around: Around): HTMLElement[] {
  return blocks.map((block) => drawBlock(page, block, around));
}

function drawBlock(page: Page, block: Piece, around: Around): HTMLElement {
  const draw = Object.hasOwn(DRAW, block.type) ? DRAW[block.type] : undefined;
  if (draw === undefined) return cannotDraw(block.type);
  try {
    const drawn = draw(page, block, around);
    drawn.dataset.block = block.type;
    return drawn;
  } catch {
    return cannotDraw(block.type);
  }
}

const DRAW: Record<string, Draw> = {
  header: (page, block) => h('h3', { class: 'header' }, textNodes(page, block.text)),
  divider: () => h('hr'),
  section: drawSection,
  context: drawContext,
  actions: (page, block, around) =>
    h(
      'div',
      { class: 'actions' },
      pieces(block.elements).map((one) => control(page, one, block, around)),
    ),
  context_actions: (page, block, around) =>
    h(
      'div',
      { class: 'cactions', role: 'group', 'aria-label': 'Feedback' },
      pieces(block.elements).map((one) => control(page, one, block, around)),
    ),
  image: drawImage,
  rich_text: (page, block) => richText(page, block),
  markdown: (page, block) => markdownBlock(page, String(block.text)),
  data_table: dataTable,
  table: plainTable,
  data_visualization: (_page, block) => chartBlock(block),
  container: drawContainer,
  plan: drawPlan,
  task_card: (page, block) => h('div', { class: 'plan' }, drawTask(page, block)),
  input: inputBlock,
  alert: (page, block) => {
    const level = String(block.level ?? 'default');
    const sign = { warning: '⚠️', error: '⛔', success: '✅' }[level] ?? 'ℹ️';
    return h(
      'div',
      { class: `alert ${level}`, role: 'note' },
      h('span', { class: 'em', 'aria-hidden': 'true' }, sign),
      h('div', {}, textNodes(page, block.text)),
    );
  },
  card: drawCard,
  carousel: (page, block, around) => h('div', { class: 'carousel' }, drawBlocks(page, pieces(block.elements), around)),
  video: (page, block) =>
    h(
      'div',
      { class: 'card' },
      h('b', {}, textNodes(page, block.title)),
      h('div', { class: 'context' }, `Video · ${String(block.alt_text)}`),
    ),
  file: (_page, block) => h('div', { class: 'file-chip' }, `Remote file ${String(block.external_id)}`),
};

/** A rich_text block, wherever it stands. */
export function richText(page: Page, block: Piece): HTMLElement {
  return h('div', { class: 'rich' }, listed(page, pieces(block.elements)));
}

/** Lists with an indent belong into the list before them. */
function listed(page: Page, parts: Piece[]): HTMLElement[] {
  const drawn: HTMLElement[] = [];
  for (const part of parts) {
    if (part.type === 'rich_text_section') drawn.push(h('div', { class: 'rt' }, richInline(page, part.elements)));
    else if (part.type === 'rich_text_quote') drawn.push(h('blockquote', {}, richInline(page, part.elements)));
    else if (part.type === 'rich_text_preformatted') drawn.push(h('pre', { tabindex: 0 }, richInline(page, part.elements)));
    else if (part.type === 'rich_text_list') drawn.push(drawList(page, part));
    else drawn.push(cannotDraw(part.type));
  }
  return drawn;
}

function drawList(page: Page, part: Piece): HTMLElement {
  const start = typeof part.offset === 'number' ? part.offset + 1 : undefined;
  const items = pieces(part.elements).map((item) => h('li', {}, richInline(page, item.elements)));
  return h(part.style === 'ordered' ? 'ol' : 'ul', { class: `indent-${Number(part.indent ?? 0)}`, start }, items);
}

function drawSection(page: Page, block: Piece, around: Around): HTMLElement {
  const accessory = block.accessory as Piece | undefined;
  const fields = Array.isArray(block.fields) ? block.fields.map((field) => h('div', {}, textNodes(page, field))) : [];
  return h(
    'div',
    { class: 'section' },
    h('div', { class: 'grow' }, textNodes(page, block.text), fields.length > 0 && h('div', { class: 'fields' }, fields)),
    accessory !== undefined &&
      (accessory.type === 'image' ? picture(page, accessory, 'accessory') : control(page, accessory, block, around)),
  );
}

function drawContext(page: Page, block: Piece): HTMLElement {
  const parts = pieces(block.elements).map((one) =>
    one.type === 'image' ? picture(page, one, 'small') : h('div', {}, textNodes(page, one)),
  );
  return h('div', { class: 'context' }, parts);
}

function drawImage(page: Page, block: Piece): HTMLElement {
  const title = block.title === undefined ? undefined : h('div', { class: 'context' }, textNodes(page, block.title));
  return h('div', { class: 'image' }, title, picture(page, block, 'large'));
}

/** Only uploaded pictures are loaded; a picture at another address stays words, since the page loads nothing from outside. */
function picture(page: Page, piece: Piece, kind: string): HTMLElement {
  const id = (piece.slack_file as { id?: string } | undefined)?.id;
  const alt = String(piece.alt_text);
  if (id === undefined) return h('span', { class: 'elsewhere' }, 'Picture: ', linkNode(page, String(piece.image_url ?? ''), alt));
  return h('img', { src: `/play/files/${encodeURIComponent(id)}`, alt, class: kind, loading: 'lazy' });
}

function drawContainer(page: Page, block: Piece, around: Around): HTMLElement {
  const inner = drawBlocks(page, pieces(block.child_blocks), around);
  const title = block.title === undefined ? [plainWords(block.rich_text_title as Piece)] : textNodes(page, block.title);
  const subtitle = block.subtitle === undefined ? undefined : h('span', { class: 'mute' }, textNodes(page, block.subtitle));
  if (block.is_collapsible !== true)
    return h('div', { class: 'container' }, h('div', { class: 'ctitle' }, ...title.map((one) => one), subtitle), inner);
  const key = `fold:${around.key}:${String(block.block_id)}`;
  const name = `fold:${around.key}:${typeof title[0] === 'string' ? title[0] : (title[0]?.textContent ?? '')}`;
  const open = (page.memory.get(name) ?? page.memory.get(key)) as boolean | undefined;
  const details = h('details', { class: 'container', open: open ?? block.default_collapsed !== true }) as HTMLDetailsElement;
  append(details, [h('summary', { class: 'ctitle' }, ...title, subtitle), h('div', { class: 'cbody' }, inner)]);
  details.addEventListener('toggle', () => page.memory.set(name, details.open));
  return details;
}

function drawPlan(page: Page, block: Piece): HTMLElement {
  return h(
    'div',
    { class: 'plan' },
    h('div', { class: 'ptitle' }, String(block.title)),
    pieces(block.tasks).map((task) => drawTask(page, task)),
  );
}

function drawTask(page: Page, task: Piece): HTMLElement {
  const more = (['details', 'output'] as const).flatMap((name) =>
    task[name] === undefined ? [] : [h('div', { class: 'task-more' }, richText(page, task[name] as Piece))],
  );
  const sources = pieces(task.sources).map((source) => linkNode(page, String(source.url), String(source.text)));
  const icon = h('span', { class: 'task-sign' });
  icon.append(taskIcon(String(task.status)));
  return h(
    'div',
    { class: `task ${String(task.status)}` },
    icon,
    h('div', {}, String(task.title), more, sources.length > 0 && h('div', { class: 'task-more' }, sources)),
  );
}

function drawCard(page: Page, block: Piece, around: Around): HTMLElement {
  const hero = block.hero_image as Piece | undefined;
  return h(
    'div',
    { class: 'card' },
    hero !== undefined && picture(page, hero, 'large'),
    block.title !== undefined && h('b', {}, textNodes(page, block.title)),
    block.subtitle !== undefined && h('div', { class: 'context' }, textNodes(page, block.subtitle)),
    block.body !== undefined && h('div', {}, textNodes(page, block.body)),
    pieces(block.actions).length > 0 &&
      h(
        'div',
        { class: 'actions' },
        pieces(block.actions).map((one) => control(page, one, block, around)),
      ),
  );
}
