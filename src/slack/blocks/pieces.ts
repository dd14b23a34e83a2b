/** One block, element or text object of Block Kit, as it goes over the wire. */
export type Piece = { readonly type: string; readonly [field: string]: unknown };

/** What is posted: blocks, and the text that stands for them in notifications and for screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Piece[];
}

/** A run of words that Slack never parses: data may stand in it. Empty words give nothing. */
export function words(text: string, style?: 'bold' | 'italic' | 'code'): readonly Piece[] {
  const shown = cut(text, 2900);
  return shown === '' ? [] : [{ type: 'text', text: shown, ...(style ? { style: { [style]: true } } : {}) }];
}

/** A person, by Slack user id: shown as their name. */
export function person(user: string): Piece {
  return { type: 'user', user_id: user };
}

/** The closed set of signs; no other emoji is ever sent. */
export function sign(name: 'warning' | 'white_check_mark' | 'arrows_counterclockwise'): Piece {
  return { type: 'emoji', name };
}

/** A link of our own making; anything but http and https becomes plain words. */
export function link(url: string, text: string): readonly Piece[] {
  return /^https?:\/\//.test(url) ? [{ type: 'link', url: cut(url, 3000), text: cut(text, 300) || url }] : words(text);
}

/** A paragraph of rich text. */
export function paragraph(...runs: readonly (Piece | readonly Piece[])[]): Piece {
  return filled('rich_text_section', runs.flat() as readonly Piece[]);
}

/** A quoted paragraph: marks stand in it. */
export function quote(...runs: readonly (Piece | readonly Piece[])[]): Piece {
  return filled('rich_text_quote', runs.flat() as readonly Piece[]);
}

export function list(style: 'bullet' | 'ordered', items: readonly Piece[]): readonly Piece[] {
  return items.length === 0 ? [] : [{ type: 'rich_text_list', style, indent: 0, elements: items }];
}

/** Text as it is, in one width; at most `limit` characters. */
export function preformatted(text: string, limit = 2500): Piece {
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: cut(text, limit) || ' ' }] };
}

export function richText(...elements: readonly (Piece | readonly Piece[])[]): Piece {
  return { type: 'rich_text', elements: elements.flat() };
}

/** Words that Slack doesn't parse, for titles, buttons and grey lines; emoji codes in data stay text. */
export function plain(text: string, limit: number): Piece {
  return { type: 'plain_text', text: cut(text, limit) || ' ', emoji: false };
}

/** The grey lines under an answer. */
export function context(...lines: readonly string[]): Piece {
  return { type: 'context', elements: [plain(lines.filter(Boolean).join('\n'), 2000)] };
}

export function header(text: string): Piece {
  return { type: 'header', text: plain(text, 150) };
}

export interface ButtonOptions {
  readonly primary?: boolean;
  readonly url?: string;
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string };
}

/** A button; its value is an id of something kept, never the thing itself. */
export function button(label: string, action: string, value: string, options: ButtonOptions = {}): Piece {
  const { confirm } = options;
  return {
    type: 'button',
    text: plain(label, 75),
    action_id: action,
    value: cut(value, 2000) || ' ',
    ...(options.primary ? { style: 'primary' } : {}),
    ...(options.url ? { url: options.url } : {}),
    ...(confirm
      ? {
          confirm: {
            title: plain(confirm.title, 100),
            text: plain(confirm.text, 300),
            confirm: plain(confirm.yes, 30),
            deny: plain(confirm.no, 30),
          },
        }
      : {}),
  };
}

/** The ··· menu: label and value each. */
export function overflow(action: string, options: readonly (readonly [label: string, value: string, url?: string])[]): Piece {
  return {
    type: 'overflow',
    action_id: action,
    options: options.slice(0, 5).map(([label, value, url]) => ({
      text: plain(label, 75),
      value: cut(value, 150),
      ...(url ? { url } : {}),
    })),
  };
}

/** A row of buttons; without any there is no block. */
export function actions(...elements: readonly Piece[]): readonly Piece[] {
  return elements.length === 0 ? [] : [{ type: 'actions', elements: elements.slice(0, 25) }];
}

/** Our own fixed words in mrkdwn, with the values in them escaped. */
export function mrkdwn(text: string): Piece {
  return { type: 'mrkdwn', text: cut(text, 2000) };
}

/** A value inside mrkdwn: `&`, `<` and `>` lose their meaning, and so do the signs of bold, italics, code and emoji codes. */
export function escaped(value: string): string {
  const safe = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // A word joiner between the signs keeps them text and the words readable.
  return safe.replace(/[*_~`]|:(?=[\w+'-]+:)/g, (c) => `${c}\u2060`);
}

/** At most `limit` code points; the last is an ellipsis where something was left out. Broken surrogates become U+FFFD. */
export function cut(text: string, limit: number): string {
  const sound = text.toWellFormed().replaceAll('\u0000', '');
  if (sound.length <= limit) return sound;
  const points = [...sound];
  return points.length <= limit ? sound : `${points.slice(0, limit - 1).join('')}…`;
}

/** A paragraph without words is refused by Slack, so it holds a space. */
function filled(type: string, elements: readonly Piece[]): Piece {
  return { type, elements: elements.length > 0 ? elements : [{ type: 'text', text: ' ' }] };
}
