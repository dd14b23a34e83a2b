import type { Json, Piece } from '../shapes.ts';
import { askFirst } from './dialog.ts';
import { h, hidden } from './dom.ts';
import { field } from './fields.ts';
import { icon } from './icons.ts';
import { cannotDraw, textNodes } from './inline.ts';
import { openMenu } from './menu.ts';
import type { Around, Page } from './page.ts';

/** An element that acts: drawn with its confirm dialog, and sent as the true payload when used. */
export function control(page: Page, element: Piece, block: Piece, around: Around): HTMLElement {
  const send = async (choice?: unknown) => {
    if (element.confirm !== undefined && !(await askFirst(page, element.confirm as Json))) return;
    if (around.where === 'modal') await page.act('fill', { values: around.values ?? {} });
    await page.act('click', { where: around.where, actionId: element.action_id, choice });
  };
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return button(page, element, send);
    case 'icon_button':
      return iconButton(page, element, send);
    case 'overflow':
      return overflow(page, element, send);
    case 'feedback_buttons':
      return feedback(page, element, around, send);
    default:
      return acting(page, element, block, around, send);
  }
}

type Send = (choice?: unknown) => Promise<void>;

function label(element: Json): string {
  return String((element.text as Json | undefined)?.text ?? '');
}

/** Pressed twice in a moment counts once, as Slack's own buttons behave. */
function pressing(target: HTMLElement, send: Send, choice?: unknown): void {
  if (target.getAttribute('aria-busy') === 'true') return;
  target.setAttribute('aria-busy', 'true');
  void send(choice).finally(() => target.removeAttribute('aria-busy'));
}

function button(page: Page, element: Piece, send: Send): HTMLElement {
  const target = h(
    'button',
    {
      type: 'button',
      class: `btn ${String(element.style ?? '')}`,
      'aria-label': element.accessibility_label as string | undefined,
    },
    textNodes(page, element.text),
  );
  target.addEventListener('click', () => {
    pressing(target, send);
    const url = element.url;
    if (typeof url !== 'string') return;
    const inside = page.placeOf(url);
    if (inside !== undefined) page.go(inside);
    else if (/^https?:/.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
  });
  return target;
}

function iconButton(page: Page, element: Piece, send: Send): HTMLElement {
  const ids = element.visible_to_user_ids;
  if (Array.isArray(ids) && !ids.includes(page.state.me)) return h('span');
  const target = h('button', { type: 'button', class: 'fb', title: label(element) }, `${label(element)}`);
  target.addEventListener('click', () => pressing(target, send));
  return target;
}

function overflow(page: Page, element: Piece, send: Send): HTMLElement {
  const target = h(
    'button',
    { type: 'button', class: 'btn icon', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    h('span', { 'aria-hidden': 'true' }, '···'),
    hidden('More actions'),
  );
  target.addEventListener('click', () => {
    const options = element.options as Json[];
    openMenu(
      target,
      options.map((option) => ({
        nodes: textNodes(page, option.text),
        more: (option.description as Json | undefined)?.text as string | undefined,
        pick: () => {
          if (typeof option.url === 'string') window.open(option.url, '_blank', 'noopener,noreferrer');
          void send(option.value);
        },
      })),
    );
  });
  return target;
}

/** Thumbs with labels; the one that was pressed stays marked. */
function feedback(page: Page, element: Piece, around: Around, send: Send): HTMLElement {
  const key = `thumb:${page.as}:${around.key}`;
  const box = h('span', { class: 'thumbs' });
  const side = (name: 'positive_button' | 'negative_button', sign: 'up' | 'down') => {
    const own = element[name] as Json;
    const words = String(own.accessibility_label ?? label(own));
    const target = h('button', {
      type: 'button',
      class: 'fb',
      title: label(own),
      'aria-label': words,
      'aria-pressed': String(page.memory.get(key) === own.value),
    });
    target.append(icon(sign));
    target.addEventListener('click', () => {
      page.memory.set(key, own.value);
      for (const other of box.children) other.setAttribute('aria-pressed', String(other === target));
      pressing(target, send, own.value);
    });
    return target;
  };
  box.append(side('positive_button', 'up'), side('negative_button', 'down'));
  return box;
}

/** Selects, pickers, radios and checkboxes outside inputs: each change is an action at once. */
function acting(page: Page, element: Piece, block: Piece, around: Around, send: Send): HTMLElement {
  const drawn = field(page, element, block, around, (value) => void send(value));
  return drawn ?? cannotDraw(element.type);
}
