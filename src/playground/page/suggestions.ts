import { h } from './dom.ts';
import { logo } from './icons.ts';
import { avatar } from './message.ts';
import type { Page } from './page.ts';

/** One line of the pop-up: what it puts into the box and how it looks. */
interface Hint {
  insert: string;
  parts: (Node | string)[];
}

/** The pop-up of commands and people above a message box. */
export interface Suggestions {
  element: HTMLElement;
  /** Looks at what is typed and shows what fits. */
  offer(page: Page, inThread: boolean): void;
  /** Takes a key of the box; true = it was meant for the pop-up. */
  key(event: KeyboardEvent): boolean;
}

/** Makes the pop-up for a text field; `taken` is called after a line was put into it. */
export function suggestions(text: HTMLTextAreaElement, taken: () => void): Suggestions {
  const element = h('div', { class: 'hints', role: 'listbox', 'aria-label': 'Suggestions' });
  let hints: Hint[] = [];
  let chosen = 0;
  element.hidden = true;
  const draw = () => {
    element.hidden = hints.length === 0;
    text.setAttribute('aria-expanded', String(hints.length > 0));
    const title = hints[0]?.insert.startsWith('/') === true ? 'Commands of this app' : 'People';
    element.replaceChildren(
      h('h6', {}, title),
      ...hints.map((hint, index) => hintLine(hint, index === chosen, () => take(hint))),
    );
  };
  const take = (hint: Hint | undefined) => {
    if (hint === undefined) return;
    text.value = hint.insert.startsWith('/') ? hint.insert : text.value.replace(/@[\w-]*$/, hint.insert);
    hints = [];
    draw();
    text.focus();
    taken();
  };
  return {
    element,
    offer(page, inThread) {
      hints = fitting(page, text.value, inThread);
      chosen = 0;
      draw();
    },
    key(event) {
      if (hints.length === 0) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
      const typedOut = hints.length === 1 && hints[0]?.insert.trim() === text.value.trim();
      const accepts = (event.key === 'Enter' || event.key === 'Tab') && !typedOut;
      if (step === 0 && !accepts && event.key !== 'Escape') return false;
      event.preventDefault();
      if (accepts) take(hints[chosen]);
      else if (step === 0) hints = [];
      chosen = (chosen + step + hints.length) % Math.max(1, hints.length);
      draw();
      return true;
    },
  };
}

function hintLine(hint: Hint, on: boolean, take: () => void): HTMLElement {
  const pressed = (event: Event) => {
    event.preventDefault();
    take();
  };
  return h('div', { class: on ? 'on' : '', role: 'option', 'aria-selected': String(on), onpointerdown: pressed }, hint.parts);
}

/** Commands while the first word is typed, people and the app after @. */
function fitting(page: Page, typed: string, inThread: boolean): Hint[] {
  if (/^\/[\w-]*$/.test(typed) && !inThread) {
    const commands = page.state.commands.filter((one) => one.command.startsWith(typed));
    return commands.map((one) => ({
      insert: `${one.command} `,
      parts: [logo(18), h('b', {}, one.command), h('code', {}, one.usageHint), h('span', {}, one.description)],
    }));
  }
  const word = /(?:^|\s)@([\w-]*)$/.exec(typed)?.[1]?.toLowerCase();
  if (word === undefined) return [];
  return Object.entries(page.state.people)
    .filter(([id, one]) => id !== 'USLACKBOT' && one.name.toLowerCase().startsWith(word))
    .sort(([a], [b]) => Number(b === page.state.bot) - Number(a === page.state.bot))
    .map(([id, one]) => ({
      insert: `@${one.name} `,
      parts: [avatar(page.state, id, 18), h('b', {}, one.name), h('span', {}, one.isBot ? 'app' : '')],
    }));
}
