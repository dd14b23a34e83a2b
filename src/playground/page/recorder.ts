import type { Recorded } from '../shapes.ts';
import { h } from './dom.ts';
import type { Page } from './page.ts';
import { timeOf } from './page.ts';

/** Every call to Slack and every delivery to the app, newest first; a line opens its JSON, Save makes a fixture of it. */
export async function openRecorder(page: Page): Promise<void> {
  const records = ((await (await fetch('/play/records')).json()) as Recorded[]).reverse();
  const back = document.activeElement as HTMLElement | null;
  const dialog = h('dialog', { class: 'modal recorder', 'aria-label': 'Recorder of Slack calls' }) as HTMLDialogElement;
  const list = h('div', { class: 'mb records' });
  const filter = h('input', {
    class: 'field',
    type: 'search',
    placeholder: 'Filter by name, refused, late, to app',
    'aria-label': 'Filter',
  }) as HTMLInputElement;
  const show = () => {
    const words = filter.value.toLowerCase();
    const found = records.filter((one) =>
      `${one.name} ${one.way} ${one.ok ? '' : 'refused'} ${one.error ?? ''} ${one.late ? 'late' : ''}`
        .toLowerCase()
        .includes(words),
    );
    list.replaceChildren(...found.slice(0, 300).map((one) => drawRecord(page, one)));
    if (found.length === 0) list.append(h('p', {}, 'Nothing was recorded that fits.'));
  };
  const close = () => {
    dialog.close();
    dialog.remove();
    back?.focus();
  };
  filter.addEventListener('input', show);
  dialog.addEventListener('close', close, { once: true });
  dialog.append(
    h(
      'div',
      { class: 'mh' },
      h('b', {}, 'Slack calls'),
      filter,
      h('button', { type: 'button', class: 'btn', onclick: () => page.act('redeliver', {}) }, 'Send the last event again'),
      h('button', { type: 'button', class: 'btn', onclick: close }, 'Close'),
    ),
    list,
  );
  document.body.append(dialog);
  show();
  dialog.showModal();
}

function drawRecord(page: Page, one: Recorded): HTMLElement {
  const state = one.ok ? 'ok' : (one.error ?? 'failed');
  const retry = one.retry === undefined ? '' : ` · retry ${one.retry}`;
  const late = one.late === true ? ' · over 3 s' : '';
  const details = h(
    'details',
    { class: `record${one.ok && one.late !== true ? '' : ' bad'}` },
    h(
      'summary',
      {},
      h('time', {}, timeOf(page, one.at)),
      h('span', { class: 'way' }, one.way === 'to app' ? '→ app' : '→ Slack'),
      h('b', {}, one.name),
      h('span', {}, `${state} · ${one.ms} ms${retry}${late}`),
    ),
  ) as HTMLDetailsElement;
  details.addEventListener('toggle', () => {
    if (!details.open || details.childElementCount > 1) return;
    const save = h('button', { type: 'button', class: 'btn', onclick: () => saveAs(one) }, 'Save as fixture');
    details.append(
      h('pre', { tabindex: 0 }, JSON.stringify(one.request, null, 2)),
      h('pre', { tabindex: 0 }, JSON.stringify(one.response, null, 2)),
      save,
    );
  });
  return details;
}

function saveAs(one: Recorded): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(one, null, 2)], { type: 'application/json' }));
  const link = h('a', { href: url, download: `${one.n}-${one.name.replace(/[^\w.]+/g, '-')}.json` });
  link.click();
  URL.revokeObjectURL(url);
}
