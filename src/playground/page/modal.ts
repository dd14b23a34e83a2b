import type { OpenView } from '../shapes.ts';
import { drawBlocks } from './blocks.ts';
import { h } from './dom.ts';
import { icon, logo } from './icons.ts';
import { textNodes } from './inline.ts';
import type { Page } from './page.ts';

/** The modal on top of a person's screen; keeps what was typed while the app changes it. */
export interface ModalPane {
  show(page: Page): void;
}

/** What was typed into one modal by one person, and what is wrong with it. */
interface Typed {
  of: string;
  values: Record<string, Record<string, unknown>>;
  errors: Record<string, string>;
}

/** Makes the pane, closed. */
export function modalPane(): ModalPane {
  const dialog = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' }) as HTMLDialogElement;
  let typed: Typed = { of: '', values: {}, errors: {} };
  let drawn = '';
  let back: HTMLElement | null = null;
  let page: Page | undefined;
  document.body.append(dialog);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    void page?.act('close', {});
  });
  const redraw = (now: Page, open: OpenView) => drawInto(dialog, now, open, typed, () => redraw(now, now.state.modal ?? open));
  return {
    show(next) {
      page = next;
      const open = next.state.modal;
      if (open === undefined) {
        drawn = '';
        if (dialog.open) dialog.close();
        back?.focus();
        back = null;
        return;
      }
      const of = `${next.as}${open.id}`;
      if (typed.of !== of) typed = { of, values: structuredClone(open.values), errors: {} };
      if (drawn !== of + open.hash) redraw(next, open);
      drawn = of + open.hash;
      if (dialog.open) return;
      back = document.activeElement as HTMLElement | null;
      dialog.showModal();
      dialog.querySelector<HTMLElement>('.mb input, .mb textarea, .mb select')?.focus();
    },
  };
}

function drawInto(dialog: HTMLDialogElement, page: Page, open: OpenView, typed: Typed, failed: () => void): void {
  const { view } = open;
  const close = () => void page.act('close', {});
  const cross = h('button', { type: 'button', class: 'cross', 'aria-label': 'Close', onclick: close });
  cross.append(icon('x'));
  const head = h('div', { class: 'mh' });
  head.append(logo(22), h('b', { id: 'modal-title' }, textNodes(page, view.title)), cross);
  const no = h(
    'button',
    { type: 'button', class: 'btn', onclick: close },
    view.close === undefined ? 'Cancel' : textNodes(page, view.close),
  );
  const yes =
    view.submit === undefined ? undefined : h('button', { type: 'submit', class: 'btn primary' }, textNodes(page, view.submit));
  const blocks = drawBlocks(page, view.blocks, { where: 'modal', key: open.id, values: typed.values, errors: typed.errors });
  const form = h('form', { novalidate: true }, head, h('div', { class: 'mb' }, blocks), h('div', { class: 'mf' }, no, yes));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(dialog, page, typed, failed);
  });
  const focused = (document.activeElement as HTMLElement | null)?.id ?? '';
  dialog.replaceChildren(form);
  if (focused !== '') dialog.querySelector<HTMLElement>(`#${CSS.escape(focused)}`)?.focus();
}

/** Sends what was typed; sentences that come back stand at their inputs, the first of which gets the focus. */
async function submit(dialog: HTMLDialogElement, page: Page, typed: Typed, failed: () => void): Promise<void> {
  if (dialog.getAttribute('aria-busy') === 'true') return;
  dialog.setAttribute('aria-busy', 'true');
  const reply = await page.act('submit', { values: typed.values }).finally(() => dialog.removeAttribute('aria-busy'));
  typed.errors = (reply.errors as Record<string, string> | undefined) ?? {};
  if (Object.keys(typed.errors).length === 0) return;
  failed();
  dialog.querySelector<HTMLElement>('.wrong input, .wrong textarea, .wrong select')?.focus();
}
