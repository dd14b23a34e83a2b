import type { Json } from '../shapes.ts';
import { h } from './dom.ts';
import { textNodes } from './inline.ts';
import type { Page } from './page.ts';

/** Shows a confirm object; true = the person confirmed. */
export function askFirst(page: Page, confirm: Json): Promise<boolean> {
  return new Promise((resolve) => {
    const back = document.activeElement as HTMLElement | null;
    const dialog = h('dialog', { class: 'modal confirm', 'aria-labelledby': 'confirm-title' }) as HTMLDialogElement;
    const done = (answer: boolean) => {
      dialog.close();
      dialog.remove();
      back?.focus();
      resolve(answer);
    };
    const text = (name: string, otherwise: string) =>
      confirm[name] === undefined ? [document.createTextNode(otherwise)] : textNodes(page, confirm[name]);
    const yes = h(
      'button',
      { type: 'button', class: `btn ${String(confirm.style ?? 'primary')}`, onclick: () => done(true) },
      text('confirm', 'Yes'),
    );
    const no = h('button', { type: 'button', class: 'btn', onclick: () => done(false) }, text('deny', 'Cancel'));
    dialog.append(
      h('div', { class: 'mh' }, h('b', { id: 'confirm-title' }, text('title', 'Are you sure?'))),
      h('div', { class: 'mb' }, h('p', {}, text('text', ''))),
      h('div', { class: 'mf' }, no, yes),
    );
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      done(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    yes.focus();
  });
}
