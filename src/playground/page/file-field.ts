import type { Piece } from '../shapes.ts';
import { h } from './dom.ts';
import type { Page } from './page.ts';

/** A file on its way to the fake Slack. */
export interface Sending {
  name: string;
  base64: string;
}

/** Reads chosen files; those over 4 MB are left out and named. */
export async function readFiles(page: Page, files: Iterable<File>): Promise<Sending[]> {
  const read: Sending[] = [];
  for (const file of files) {
    if (file.size > 4_000_000) {
      page.say(`${file.name} is over 4 MB and was left out.`);
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    read.push({ name: file.name, base64: btoa(binary) });
  }
  return read;
}

/** The file field of a modal: the file goes to Slack at once, its object into the state. */
export function fileField(page: Page, element: Piece, keep: (value: unknown) => void): HTMLElement {
  const types = (element.filetypes as string[] | undefined)?.map((type) => `.${type}`).join(',');
  const input = h('input', {
    type: 'file',
    class: 'sr',
    accept: types,
    multiple: Number(element.max_files ?? 1) > 1,
  }) as HTMLInputElement;
  const words = h('span', {}, 'Upload a file');
  input.addEventListener('change', async () => {
    const files = await readFiles(page, input.files ?? []);
    const reply = await page.act('upload', { files });
    keep(reply.files ?? []);
    words.textContent = files.length === 0 ? 'Upload a file' : files.map((file) => file.name).join(', ');
  });
  return h('label', { class: 'drop' }, words, input);
}
