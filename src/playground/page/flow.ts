import type { Message } from '../shapes.ts';
import { type Drawn, h, once, reconcile } from './dom.ts';
import { dayLine, drawMessage, drawRefused, statusLine } from './message.ts';
import { dayOf, type Page } from './page.ts';

/** A scrolling list of messages that redraws only what changed and stays at its end when it was there. */
export interface Flow {
  element: HTMLElement;
  show(page: Page, kind: 'channel' | 'thread' | 'app'): void;
}

/** Makes an empty list. */
export function flow(label: string): Flow {
  const element = h('div', { class: 'flow', role: 'log', 'aria-label': label, tabindex: 0 });
  const inner = h('div', { class: 'flow-in' });
  element.append(inner);
  const drawn: Drawn = new Map();
  let shownPlace = '';
  return {
    element,
    show(page, kind) {
      const place = `${page.as}:${kind}:${page.place.channel}:${kind === 'thread' ? page.place.thread : ''}`;
      const atEnd = place !== shownPlace || element.scrollHeight - element.scrollTop - element.clientHeight < 80;
      if (place !== shownPlace) drawn.clear();
      shownPlace = place;
      reconcile(inner, entries(page, kind, drawn));
      if (atEnd) element.scrollTop = element.scrollHeight;
    },
  };
}

function entries(page: Page, kind: 'channel' | 'thread' | 'app', drawn: Drawn): HTMLElement[] {
  const all = page.state.messages;
  const root = (message: Message) => message.threadTs ?? message.ts;
  const shown = all.filter((message) => {
    if (kind === 'thread') return root(message) === page.place.thread;
    return kind === 'app' || message.threadTs === undefined;
  });
  // In the app's own messages each question stands with its answers, as one conversation after another.
  const sorted =
    kind === 'app'
      ? [...shown].sort((a, b) => (root(a) === root(b) ? (a.ts < b.ts ? -1 : 1) : root(a) < root(b) ? -1 : 1))
      : shown;
  const list: HTMLElement[] = [];
  let day = '';
  for (const message of sorted) {
    const today = dayOf(page, message.ts);
    if (kind !== 'thread' && today !== day) list.push(once(drawn, `day ${today}`, today, () => dayLine(page, message.ts)));
    day = today;
    const replies =
      kind === 'thread' || message.threadTs !== undefined || message.onlyFor !== undefined
        ? undefined
        : all.filter((one) => one.threadTs === message.ts);
    const selected = kind === 'channel' && page.place.thread === message.ts;
    const shownReplies = kind === 'app' && replies !== undefined ? [] : replies;
    const node = once(drawn, message.ts, [message, shownReplies?.map((one) => [one.ts, one.user]), names(page, message)], () =>
      drawMessage(page, message, shownReplies),
    );
    node.classList.toggle('sel', selected);
    list.push(node);
    const status = kind === 'app' && lastOf(sorted, message) ? statusLine(page, root(message)) : undefined;
    if (status !== undefined) list.push(status);
  }
  list.push(...refusals(page, kind, drawn));
  const status = kind === 'thread' ? statusLine(page, page.place.thread ?? '') : undefined;
  return status === undefined ? list : [...list, status];
}

function lastOf(sorted: Message[], message: Message): boolean {
  const root = message.threadTs ?? message.ts;
  return sorted.findLast((one) => (one.threadTs ?? one.ts) === root) === message;
}

/** Files become visible later than their message. */
function names(page: Page, message: Message): unknown {
  return (message.files ?? []).map((id) => page.state.files[id]);
}

function refusals(page: Page, kind: string, drawn: Drawn): HTMLElement[] {
  const newest = page.state.messages.at(-1)?.ts ?? '0';
  return page.state.refused
    .filter((call) => (kind === 'thread' ? call.threadTs === page.place.thread : kind === 'app' || call.threadTs === undefined))
    .filter((call) => Date.parse(call.at) / 1000 >= Number(newest) - 2)
    .slice(-3)
    .map((call) => once(drawn, `refused ${call.at} ${call.name}`, call, () => drawRefused(page, call)));
}
