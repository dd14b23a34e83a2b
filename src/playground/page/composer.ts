import { h } from './dom.ts';
import { readFiles, type Sending } from './file-field.ts';
import { icon, logo } from './icons.ts';
import { avatar } from './message.ts';
import type { Page } from './page.ts';

/** A message box; `threadTs` says where its words go. */
export interface Composer {
  element: HTMLElement;
  show(page: Page, placeholder: string, target: { channel: string; threadTs?: string | undefined }): void;
  focus(): void;
}

interface Hint {
  insert: string;
  draw(page: Page): (Node | string)[];
}

/** Makes a message box with its pop-up of commands and people. */
export function composer(): Composer {
  let page: Page | undefined;
  let target: { channel: string; threadTs?: string | undefined } = { channel: '' };
  let files: Sending[] = [];
  let hints: Hint[] = [];
  let chosen = 0;
  const drafts = new Map<string, string>();
  const text = h('textarea', {
    rows: 1,
    spellcheck: 'false',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
  }) as HTMLTextAreaElement;
  const popup = h('div', { class: 'hints', role: 'listbox', 'aria-label': 'Suggestions' });
  const chips = h('div', { class: 'chips' });
  const picker = h('input', {
    type: 'file',
    class: 'sr',
    multiple: true,
    tabindex: -1,
    'aria-hidden': 'true',
  }) as HTMLInputElement;
  const send = tool('send', 'Send now', () => void submit());
  const element = h(
    'form',
    { class: 'composer' },
    popup,
    h(
      'div',
      { class: 'box' },
      text,
      chips,
      h(
        'div',
        { class: 'bar' },
        tool('plus', 'Attach a file', () => picker.click()),
        wordTool('@', 'Mention', () => type('@')),
        wordTool('/', 'Commands', () => type('/')),
        picker,
        send,
      ),
    ),
  );
  send.classList.add('send');
  popup.hidden = true;

  function grow(): void {
    text.style.height = 'auto';
    text.style.height = `${Math.min(220, text.scrollHeight)}px`;
    send.classList.toggle('ready', text.value.trim() !== '' || files.length > 0);
  }

  function type(sign: string): void {
    text.value = sign === '/' ? '/' : `${text.value}${sign}`;
    text.focus();
    suggest();
  }

  async function attach(list: Iterable<File>): Promise<void> {
    if (page === undefined) return;
    files.push(...(await readFiles(page, list)));
    chips.replaceChildren(
      ...files.map((file) =>
        h('button', { type: 'button', class: 'file-chip', title: 'Remove', onclick: () => drop(file) }, `${file.name} ×`),
      ),
    );
    grow();
  }

  function drop(file: Sending): void {
    files = files.filter((one) => one !== file);
    void attach([]);
  }

  async function submit(): Promise<void> {
    if (page === undefined) return;
    const words = text.value;
    const [, command, rest] = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(words) ?? [];
    if (words.trim() === '' && files.length === 0) return;
    if (command !== undefined && target.threadTs !== undefined) return page.say('Slash commands can’t be used in threads.');
    if (command !== undefined && !page.state.commands.some((one) => one.command === command))
      return page.say(`${command} is not a command here. Type / to see them.`);
    const sending = files;
    text.value = '';
    files = [];
    drafts.delete(key());
    void attach([]);
    suggest();
    const to = { channel: target.channel };
    if (command !== undefined) return void (await page.act('command', { ...to, command, text: rest ?? '' }));
    const threadTs = target.threadTs;
    const mentions = words.toLowerCase().includes(`@${(page.state.people[page.state.bot]?.name ?? '').toLowerCase()}`);
    const reply = await page.act('say', { ...to, text: words, files: sending, threadTs });
    if (mentions && threadTs === undefined && reply.ok === true) page.go({ channel: target.channel, thread: String(reply.ts) });
  }

  const key = () => `${page?.as}:${target.channel}:${target.threadTs ?? ''}`;

  function suggest(): void {
    hints = page === undefined ? [] : suggestions(page, text.value, target.threadTs !== undefined);
    chosen = 0;
    drawHints();
    grow();
  }

  function drawHints(): void {
    popup.hidden = hints.length === 0;
    text.setAttribute('aria-expanded', String(hints.length > 0));
    if (page === undefined || hints.length === 0) return;
    const title = hints[0]?.insert.startsWith('/') === true ? `Commands of ${page.state.people[page.state.bot]?.name}` : 'People';
    popup.replaceChildren(
      h('h6', {}, title),
      ...hints.map((hint, index) =>
        h(
          'div',
          {
            class: index === chosen ? 'on' : '',
            role: 'option',
            'aria-selected': String(index === chosen),
            onpointerdown: (event: Event) => {
              event.preventDefault();
              accept(index);
            },
          },
          hint.draw(page as Page),
        ),
      ),
    );
  }

  function accept(index: number): void {
    const hint = hints[index];
    if (hint === undefined) return;
    text.value = hint.insert.startsWith('/') ? hint.insert : text.value.replace(/@[\w-]*$/, hint.insert);
    hints = [];
    drawHints();
    grow();
    text.focus();
  }

  text.addEventListener('input', () => {
    drafts.set(key(), text.value);
    suggest();
  });
  text.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (hints.length > 0 && step !== undefined) {
      event.preventDefault();
      chosen = (chosen + step + hints.length) % hints.length;
      return drawHints();
    }
    if (hints.length > 0 && event.key === 'Escape') {
      event.stopPropagation();
      hints = [];
      return drawHints();
    }
    const whole = hints.length === 1 && hints[0]?.insert.trim() === text.value.trim();
    if (hints.length > 0 && !whole && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      return accept(chosen);
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  });
  text.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    void attach(pasted);
  });
  picker.addEventListener('change', () => {
    void attach(picker.files ?? []).then(() => {
      picker.value = '';
    });
  });
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
      suggest();
    },
  };
}

/** Commands while the first word is typed, people and the app after @. */
function suggestions(page: Page, value: string, inThread: boolean): Hint[] {
  if (/^\/[\w-]*$/.test(value) && !inThread) {
    return page.state.commands
      .filter((one) => one.command.startsWith(value))
      .map((one) => ({
        insert: `${one.command} `,
        draw: () => [logo(18), h('b', {}, one.command), h('code', {}, one.usageHint), h('span', {}, one.description)],
      }));
  }
  const at = /(?:^|\s)@([\w-]*)$/.exec(value);
  if (at === null) return [];
  const members = Object.entries(page.state.people).filter(
    ([id, one]) => id !== 'USLACKBOT' && one.name.toLowerCase().startsWith((at[1] ?? '').toLowerCase()),
  );
  return members
    .sort(([a]) => (a === page.state.bot ? -1 : 1))
    .map(([id, one]) => ({
      insert: `@${one.name} `,
      draw: (now: Page) => [avatar(now.state, id, 18), h('b', {}, one.name), h('span', {}, one.isBot ? 'app' : '')],
    }));
}

function tool(name: 'plus' | 'send', label: string, press: () => void): HTMLElement {
  const button = h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick: press });
  button.append(icon(name));
  return button;
}

function wordTool(sign: string, label: string, press: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick: press }, sign);
}
