import { h } from './dom.ts';
import { readFiles, type Sending } from './file-field.ts';
import type { Page } from './page.ts';

/** Files that wait in a message box to be sent. */
export interface Attachments {
  /** A chip for each file; a press takes it away. */
  chips: HTMLElement;
  picker: HTMLInputElement;
  add(page: Page, files: Iterable<File>): Promise<void>;
  count(): number;
  /** Hands the files over and is empty again. */
  take(): Sending[];
}

/** Makes an empty list; `changed` is called whenever it grew or shrank. */
export function attachments(changed: () => void): Attachments {
  const chips = h('div', { class: 'chips' });
  const picker = h('input', {
    type: 'file',
    class: 'sr',
    multiple: true,
    tabindex: -1,
    'aria-hidden': 'true',
  }) as HTMLInputElement;
  let files: Sending[] = [];
  const set = (next: Sending[]) => {
    files = next;
    const drop = (file: Sending) => () => set(files.filter((one) => one !== file));
    chips.replaceChildren(
      ...files.map((file) =>
        h('button', { type: 'button', class: 'file-chip', title: 'Remove', onclick: drop(file) }, `${file.name} ×`),
      ),
    );
    changed();
  };
  return {
    chips,
    picker,
    add: async (page, list) => set([...files, ...(await readFiles(page, list))]),
    count: () => files.length,
    take() {
      const taken = files;
      set([]);
      return taken;
    },
  };
}
