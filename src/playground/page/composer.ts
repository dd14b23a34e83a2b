import { attachments } from './attachments.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import type { Page } from './page.ts';
import { suggestions } from './suggestions.ts';

/** Where the words of a message box go. */
interface Target {
  channel: string;
  threadTs?: string | undefined;
}

/** A message box. */
export interface Composer {
  element: HTMLElement;
  show(page: Page, placeholder: string, target: Target): void;
  focus(): void;
}

/** Makes a message box: Enter sends, shift-Enter makes a line, / and @ offer, files by paste or button; drafts are kept by place. */
export function composer(): Composer {
  let page: Page | undefined;
  let target: Target = { channel: '' };
  const drafts = new Map<string, string>();
  const text = messageField();
  const key = () => `${page?.as}:${target.channel}:${target.threadTs ?? ''}`;
  const resize = () => fitHeight(text, send, files.count() > 0);
  const files = attachments(() => resize());
  const popup = suggestions(text, () => resize());
  const offer = () => {
    if (page !== undefined) popup.offer(page, target.threadTs !== undefined);
    resize();
  };
  const submit = async () => {
    if (page === undefined || (text.value.trim() === '' && files.count() === 0)) return;
    const fault = faultOf(page, text.value, target);
    if (fault !== undefined) return page.say(fault);
    const words = text.value;
    text.value = '';
    drafts.delete(key());
    const sending = files.take();
    offer();
    await deliver(page, words, sending, target);
  };
  const send = tool(icon('send'), 'Send now', () => void submit());
  send.classList.add('send');
  const begin = (sign: string) => {
    text.value = sign === '/' ? '/' : `${text.value}${sign}`;
    text.focus();
    offer();
  };
  const tools = [
    tool(icon('plus'), 'Attach a file', () => files.picker.click()),
    tool('@', 'Mention', () => begin('@')),
    tool('/', 'Commands', () => begin('/')),
  ];
  const box = h('div', { class: 'box' }, text, files.chips, h('div', { class: 'bar' }, tools, files.picker, send));
  const element = h('form', { class: 'composer' }, popup.element, box);
  text.addEventListener('input', () => {
    drafts.set(key(), text.value);
    offer();
  });
  text.addEventListener('keydown', (event) => onKey(event, popup.key, submit));
  listenForFiles(text, files.picker, (list) => page !== undefined && files.add(page, list));
  element.addEventListener('submit', (event) => event.preventDefault());
  return {
    element,
    focus: () => text.focus(),
    show(next, placeholder, where) {
      const before = key();
      page = next;
      target = where;
      text.placeholder = placeholder;
      text.setAttribute('aria-label', placeholder);
      if (key() === before) return;
      text.value = drafts.get(key()) ?? '';
      offer();
    },
  };
}

function messageField(): HTMLTextAreaElement {
  const combobox = { role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list' };
  return h('textarea', { rows: 1, spellcheck: 'false', ...combobox }) as HTMLTextAreaElement;
}

function fitHeight(text: HTMLTextAreaElement, send: HTMLElement, hasFiles: boolean): void {
  text.style.height = 'auto';
  text.style.height = `${Math.min(220, text.scrollHeight)}px`;
  send.classList.toggle('ready', text.value.trim() !== '' || hasFiles);
}

/** Escape that closed the pop-up must not close the thread too. */
function onKey(event: KeyboardEvent, forPopup: (event: KeyboardEvent) => boolean, submit: () => Promise<void>): void {
  const taken = forPopup(event);
  if (taken) event.stopPropagation();
  if (taken || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void submit();
}

function listenForFiles(text: HTMLElement, picker: HTMLInputElement, add: (files: Iterable<File>) => unknown): void {
  text.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    add(pasted);
  });
  text.addEventListener('drop', (event) => {
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length === 0) return;
    event.preventDefault();
    add(dropped);
  });
  picker.addEventListener('change', () => {
    add([...(picker.files ?? [])]);
    picker.value = '';
  });
}

const COMMAND = /^(\/[\w-]+)\s*([\s\S]*)$/;

function faultOf(page: Page, words: string, target: Target): string | undefined {
  const command = COMMAND.exec(words)?.[1];
  if (command === undefined) return undefined;
  if (target.threadTs !== undefined) return 'Slash commands can’t be used in threads.';
  const known = page.state.commands.some((one) => one.command === command);
  return known ? undefined : `${command} is not a command here. Type / to see them.`;
}

/** Sends a command or a message; a question to the app opens its thread. */
async function deliver(page: Page, words: string, files: unknown[], { channel, threadTs }: Target): Promise<void> {
  const [, command, rest] = COMMAND.exec(words) ?? [];
  if (command !== undefined) {
    await page.act('command', { channel, command, text: rest ?? '' });
    return;
  }
  const app = page.state.people[page.state.bot]?.name.toLowerCase() ?? '';
  const reply = await page.act('say', { channel, text: words, files, threadTs });
  const opens = threadTs === undefined && reply.ok === true && words.toLowerCase().includes(`@${app}`);
  if (opens) page.go({ channel, thread: String(reply.ts) });
}

function tool(sign: Node | string, label: string, press: () => void): HTMLElement {
  const button = h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick: press });
  button.append(sign);
  return button;
}
