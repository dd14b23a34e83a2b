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

/** Makes the pane, closed. */
export function modalPane(): ModalPane {
  const dialog = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' }) as HTMLDialogElement;
  let shown = '';
  let values: Record<string, Record<string, unknown>> = {};
  let valuesOf = '';
  let errors: Record<string, string> = {};
  let back: HTMLElement | null = null;
  let page: Page | undefined;
  document.body.append(dialog);

  async function submit(): Promise<void> {
    if (page === undefined || dialog.getAttribute('aria-busy') === 'true') return;
    dialog.setAttribute('aria-busy', 'true');
    const reply = await page.act('submit', { values }).finally(() => dialog.removeAttribute('aria-busy'));
    errors = (reply.errors as Record<string, string> | undefined) ?? {};
    shown = '';
    if (page.state.modal !== undefined) draw(page, page.state.modal);
    dialog.querySelector<HTMLElement>('.wrong input, .wrong textarea, .wrong select')?.focus();
  }

  function draw(now: Page, open: OpenView): void {
    const { view } = open;
    const close = () => void now.act('close', {});
    const cross = h('button', { type: 'button', class: 'cross', 'aria-label': 'Close', onclick: close });
    cross.append(icon('x'));
    const head = h('div', { class: 'mh' });
    head.append(logo(22), h('b', { id: 'modal-title' }, textNodes(now, view.title)), cross);
    const no = h(
      'button',
      { type: 'button', class: 'btn', onclick: close },
      view.close === undefined ? 'Cancel' : textNodes(now, view.close),
    );
    const yes =
      view.submit === undefined ? undefined : h('button', { type: 'submit', class: 'btn primary' }, textNodes(now, view.submit));
    const around = { where: 'modal' as const, key: open.id, values, errors };
    const form = h(
      'form',
      { novalidate: true },
      head,
      h('div', { class: 'mb' }, drawBlocks(now, view.blocks, around)),
      h('div', { class: 'mf' }, no, yes),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void submit();
    });
    const focused = (document.activeElement as HTMLElement | null)?.id;
    dialog.replaceChildren(form);
    if (focused !== undefined && focused !== '') dialog.querySelector<HTMLElement>(`#${CSS.escape(focused)}`)?.focus();
  }

  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    void page?.act('close', {});
  });
  return {
    show(next) {
      page = next;
      const open = next.state.modal;
      if (open === undefined) {
        shown = '';
        if (!dialog.open) return;
        dialog.close();
        back?.focus();
        return;
      }
      if (`${next.as}${open.id}` !== valuesOf) {
        valuesOf = `${next.as}${open.id}`;
        values = structuredClone(open.values);
        errors = {};
      }
      const mark = `${next.as}${open.id}${open.hash}`;
      if (mark !== shown) draw(next, open);
      shown = mark;
      if (dialog.open) return;
      back = document.activeElement as HTMLElement | null;
      dialog.showModal();
      dialog.querySelector<HTMLElement>('.mb input, .mb textarea, .mb select')?.focus();
    },
  };
}
