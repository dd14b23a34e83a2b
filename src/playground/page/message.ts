import type { PageState, RefusedCall } from '../page-state.ts';
import type { Message } from '../shapes.ts';
import { drawBlocks } from './blocks.ts';
import { h } from './dom.ts';
import { icon, logo } from './icons.ts';
import { cannotDraw, mrkdwn } from './inline.ts';
import { dayOf, type Page, timeOf } from './page.ts';

/** A person's square with the first letter, or the app's picture. */
export function avatar(state: PageState, id: string, size: number): Element {
  if (id === state.bot) return logo(size);
  const person = state.people[id];
  const box = h('span', { class: 'av p', 'aria-hidden': 'true' }, (person?.name ?? '?').slice(0, 1).toUpperCase());
  Object.assign(box.style, {
    width: `${size}px`,
    height: `${size}px`,
    background: person?.tint ?? '#555',
    fontSize: `${size * 0.44}px`,
  });
  return box;
}

/** One message with its blocks, files and reactions; `replies` adds the line that opens its thread. */
export function drawMessage(page: Page, message: Message, replies: Message[] | undefined): HTMLElement {
  const { state } = page;
  const isBot = message.botId !== undefined || message.user === 'USLACKBOT';
  const around = { where: { channel: message.channel, ts: message.ts }, key: message.ts, message };
  const head = h(
    'div',
    { class: 'who' },
    h('b', {}, state.people[message.user]?.name ?? message.user),
    isBot && h('span', { class: 'app' }, 'APP'),
    h('time', { datetime: new Date(Number(message.ts) * 1000).toISOString() }, timeOf(page, message.ts)),
    message.editedTs !== undefined && h('span', { class: 'edited' }, '(edited)'),
  );
  const body =
    message.blocks === undefined || message.blocks.length === 0
      ? wordsOnly(page, message)
      : drawBlocks(page, message.blocks, around);
  const signs = (message.reactions ?? []).map((one) =>
    h('span', { class: 'reaction' }, mrkdwn(page, `:${one.name}:`), ` ${one.users.length}`),
  );
  const box = h(
    'div',
    { class: 'body' },
    message.onlyFor !== undefined && h('div', { class: 'only' }, 'Only visible to you'),
    head,
    body,
    (message.files ?? []).map((id) => drawFile(page, id)),
    signs.length > 0 && h('div', { class: 'reactions' }, signs),
    replies !== undefined && replyLine(page, message, replies),
  );
  const element = h('article', { class: `msg${message.onlyFor === undefined ? '' : ' eph'}`, 'data-ts': message.ts });
  element.append(avatar(state, message.user, 36), box);
  return element;
}

function wordsOnly(page: Page, message: Message): HTMLElement[] {
  return message.text === '' ? [] : [h('div', { class: 'rt' }, mrkdwn(page, message.text))];
}

function drawFile(page: Page, id: string): HTMLElement {
  const file = page.state.files[id];
  if (file === undefined) return cannotDraw(`file ${id}`);
  const url = `/play/files/${encodeURIComponent(id)}`;
  if (file.mimetype.startsWith('image/'))
    return h('div', { class: 'image' }, h('img', { src: url, alt: file.title, class: 'large' }));
  const sign = h('span', { class: 'file-sign' });
  sign.append(icon('file'));
  const size = file.bytes < 1000 ? `${file.bytes} B` : `${(file.bytes / 1000).toFixed(1)} KB`;
  return h(
    'a',
    { class: 'file-chip', href: url, download: file.name },
    sign,
    h('span', {}, h('b', {}, file.title), h('small', {}, `${file.name} · ${size}`)),
  );
}

function replyLine(page: Page, root: Message, replies: Message[]): HTMLElement | undefined {
  const open = () => page.go({ channel: root.channel, thread: root.ts });
  const last = replies.at(-1);
  if (last === undefined) return h('button', { type: 'button', class: 'reply-in', onclick: open }, 'Reply in thread');
  const people = [...new Set(replies.map((one) => one.user))].slice(0, 4);
  const button = h(
    'button',
    { type: 'button', class: 'link', onclick: open },
    `${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`,
  );
  const line = h('div', { class: 'replies' });
  line.append(...people.map((id) => avatar(page.state, id, 20)), button, h('span', {}, `Last reply ${timeOf(page, last.ts)}`));
  return line;
}

/** A post that Slack refused, in red where it would have stood. */
export function drawRefused(page: Page, call: RefusedCall): HTMLElement {
  const faults = call.faults.slice(0, 6).map((fault) => h('li', {}, fault));
  return h(
    'article',
    { class: 'msg' },
    h(
      'div',
      { class: 'refused', role: 'note' },
      h('b', {}, `Slack refused ${call.name} at ${timeOf(page, call.at)}: ${call.error}`),
      h('ul', {}, faults),
    ),
  );
}

/** The line between two days. */
export function dayLine(page: Page, ts: string): HTMLElement {
  const day = dayOf(page, ts);
  return h('div', { class: 'day' }, h('span', {}, day === dayOf(page, page.state.clock) ? 'Today' : day));
}

/** «Askstream is reading your question», with Slack's own Stop while the session is processing. */
export function statusLine(page: Page, threadTs: string): HTMLElement | undefined {
  const status = page.state.statuses.find((one) => one.threadTs === threadTs);
  const busy = status?.session === 'processing';
  if (status === undefined) return undefined;
  const fresh = Date.parse(page.state.clock) - Date.parse(status.at) < 120_000;
  if (!busy && (status.text === '' || !fresh)) return undefined;
  const name = page.state.people[page.state.bot]?.name ?? '';
  const words = status.text === '' ? 'is working' : status.text;
  const stop = h(
    'button',
    { type: 'button', class: 'btn', onclick: () => page.act('stop', { channel: status.channel, threadTs }) },
    'Stop',
  );
  return h(
    'div',
    { class: 'status', role: 'status' },
    h('span', {}, h('i', { class: 'pulse', 'aria-hidden': 'true' }), ` ${name} ${words}`),
    busy && stop,
  );
}
