import type { Json, Piece } from '../shapes.ts';
import { pieces } from '../validate/walk.ts';
import { h, lines } from './dom.ts';
import type { Page, Place } from './page.ts';

const EMOJI: Record<string, string> = {
  warning: '⚠️',
  white_check_mark: '✅',
  arrows_counterclockwise: '🔄',
  eyes: '👀',
  heavy_check_mark: '✔️',
  x: '❌',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  '-1': '👎',
  tada: '🎉',
  bar_chart: '📊',
  chart_with_upwards_trend: '📈',
  hourglass_flowing_sand: '⏳',
  rocket: '🚀',
  bulb: '💡',
};

/** A text object: `mrkdwn` parsed, `plain_text` as it is (with :emoji: unless switched off). */
export function textNodes(page: Page, value: unknown): Node[] {
  const text = value as { type?: string; text?: string; emoji?: boolean } | undefined;
  if (text?.text === undefined) return [];
  if (text.type === 'mrkdwn') return mrkdwn(page, text.text);
  return text.emoji === false ? lines(text.text) : withEmoji(text.text);
}

/** The inline elements of rich text. */
export function richInline(page: Page, elements: unknown): Node[] {
  return pieces(elements).flatMap((element) => styled(element, inlineNode(page, element)));
}

function inlineNode(page: Page, element: Piece): Node[] {
  const words = (name: string) => String(element[name] ?? '');
  switch (element.type) {
    case 'text':
      return lines(words('text'));
    case 'emoji':
      return [emoji(words('name'))];
    case 'user':
      return [personNode(page, words('user_id'))];
    case 'usergroup':
      return [h('span', { class: 'at' }, `@${words('usergroup_id')}`)];
    case 'broadcast':
      return [h('span', { class: 'at' }, `@${words('range')}`)];
    case 'channel':
      return [channelNode(page, words('channel_id'))];
    case 'link':
      return [linkNode(page, words('url'), element.text === undefined ? words('url') : words('text'))];
    case 'date':
      return [document.createTextNode(words('fallback') || new Date(Number(element.timestamp) * 1000).toISOString())];
    case 'color':
      return [document.createTextNode(words('value'))];
    default:
      return [cannotDraw(element.type)];
  }
}

function styled(element: Piece, nodes: Node[]): Node[] {
  const style = (element.style as Record<string, boolean> | undefined) ?? {};
  const tags = { code: 'code', italic: 'i', strike: 's', bold: 'b', underline: 'u' } as const;
  return Object.entries(tags).reduce(
    (inner, [name, tag]) => (style[name] === true ? [h(tag, {}, inner as Node[])] : inner),
    nodes,
  );
}

/** The red box for what this page cannot draw. */
export function cannotDraw(what: string): HTMLElement {
  return h('span', { class: 'unknown' }, `cannot draw: ${what}`);
}

/** A link; addresses within the workspace move the page instead. */
export function linkNode(page: Page, url: string, text: string): HTMLElement {
  const inside = page.placeOf(url);
  if (inside !== undefined) {
    return inner(page, inside, text);
  }
  const safe = /^(https?:|mailto:|tel:)/i.test(url);
  return safe ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text) : h('span', { class: 'unknown' }, text);
}

/** A link that moves the page and leaves the address alone. */
function inner(page: Page, place: Place, text: string): HTMLElement {
  const follow = (event: Event) => {
    event.preventDefault();
    page.go(place);
  };
  return h('a', { href: '#', onclick: follow }, text);
}

function personNode(page: Page, id: string): HTMLElement {
  const me = id === page.state.me ? ' me' : '';
  return h('span', { class: `at${me}` }, `@${page.state.people[id]?.name ?? id}`);
}

function channelNode(page: Page, id: string): HTMLElement {
  const name = page.state.channels.find((one) => one.id === id)?.name ?? 'private channel';
  return inner(page, { channel: id }, `#${name}`);
}

function emoji(name: string): HTMLElement {
  const sign = EMOJI[name];
  return sign === undefined
    ? h('span', { class: 'unknown' }, `:${name}:`)
    : h('span', { class: 'em', role: 'img', 'aria-label': name.replaceAll('_', ' ') }, sign);
}

function withEmoji(text: string): Node[] {
  return text.split(/(:[a-z0-9_+-]+:)/).flatMap((part) => {
    const name = part.slice(1, -1);
    return /^:[a-z0-9_+-]+:$/.test(part) && EMOJI[name] !== undefined ? [emoji(name)] : lines(part);
  });
}

const plainOf = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const TOKENS = /(```[\s\S]+?```|`[^`\n]+`|<[^>\n]+>|:[a-z0-9_+-]+:)/;

/** Slack's mrkdwn: code, tokens in angle brackets, quotes, bold, italic, strike. */
export function mrkdwn(page: Page, text: string): Node[] {
  return text.split(/(^(?:&gt;|>) ?.*(?:\n(?:&gt;|>) ?.*)*)/m).flatMap((part) => {
    if (!/^(&gt;|> ?)/.test(part)) return mrkdwnInline(page, part);
    return [h('blockquote', {}, mrkdwnInline(page, part.replace(/^(&gt;|>) ?/gm, '')))];
  });
}

function mrkdwnInline(page: Page, text: string): Node[] {
  return text.split(TOKENS).flatMap((part): Node[] => {
    if (part.startsWith('```') && part.length > 6) return [h('pre', {}, plainOf(part.slice(3, -3).replace(/^\n/, '')))];
    if (/^`[^`\n]+`$/.test(part)) return [h('code', {}, plainOf(part.slice(1, -1)))];
    if (/^<[^>\n]+>$/.test(part)) return [token(page, part.slice(1, -1))];
    if (/^:[a-z0-9_+-]+:$/.test(part)) return withEmoji(part);
    return emphasis(part);
  });
}

function token(page: Page, inner: string): Node {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('@')) return personNode(page, target.slice(1));
  if (target.startsWith('#')) return channelNode(page, target.slice(1));
  if (target.startsWith('!date')) return document.createTextNode(plainOf(label ?? ''));
  if (target.startsWith('!')) return h('span', { class: 'at' }, `@${target.slice(1)}`);
  return linkNode(page, plainOf(target), plainOf(label ?? target));
}

const EMPHASIS =
  /((?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?!\w)|(?<!\w)_[^\s_](?:[^_\n]*[^\s_])?_(?!\w)|(?<!\w)~[^\s~](?:[^~\n]*[^\s~])?~(?!\w))/;

function emphasis(text: string): Node[] {
  return text.split(EMPHASIS).flatMap((part) => {
    const tag = { '*': 'b', _: 'i', '~': 's' }[part[0] ?? ''];
    return tag !== undefined && EMPHASIS.test(part) && part.at(-1) === part[0]
      ? [h(tag, {}, emphasis(part.slice(1, -1)))]
      : lines(plainOf(part));
  });
}

/** The plain words of a rich_text block, for labels. */
export function plainWords(block: Json): string {
  return pieces(block.elements)
    .map((part) => (part.elements === undefined ? String(part.text ?? '') : plainWords(part)))
    .join('');
}
