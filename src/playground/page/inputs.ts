import type { Piece } from '../shapes.ts';
import { h } from './dom.ts';
import { field } from './fields.ts';
import { cannotDraw, textNodes } from './inline.ts';
import type { Around, Page } from './page.ts';

/** An input block: label, field, hint, and the sentence when something is wrong with it. */
export function inputBlock(page: Page, block: Piece, around: Around): HTMLElement {
  const element = block.element as Piece;
  const id = `in-${String(block.block_id)}`;
  const tell =
    block.dispatch_action === true
      ? (value: unknown) => void page.act('click', { where: around.where, actionId: element.action_id, choice: value })
      : () => {};
  const drawn = field(page, element, block, around, tell) ?? cannotDraw(element.type);
  const error = around.errors?.[String(block.block_id)];
  const group = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const target = drawn.matches('input, textarea, select, button')
    ? drawn
    : (drawn.querySelector('input, textarea, select') ?? drawn);
  if (!group) target.id = id;
  const notes = [block.hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(
    (one) => one !== '',
  );
  if (notes.length > 0) target.setAttribute('aria-describedby', notes.join(' '));
  if (error !== undefined) target.setAttribute('aria-invalid', 'true');
  const words = [...textNodes(page, block.label), ...(block.optional === true ? [h('em', {}, ' (optional)')] : [])];
  return h(
    group ? 'fieldset' : 'div',
    { class: `input${error === undefined ? '' : ' wrong'}` },
    group ? h('legend', {}, words) : h('label', { for: id }, words),
    drawn,
    error !== undefined && h('div', { class: 'error', id: `${id}-error`, role: 'alert' }, error),
    block.hint !== undefined && h('div', { class: 'hint', id: `${id}-hint` }, textNodes(page, block.hint)),
  );
}
