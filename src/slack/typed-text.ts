import { cut } from './blocks/pieces.ts';

/** What a person typed, freed of Slack's form. `code` is the content of a ``` block. */
export interface Typed {
  readonly text: string;
  readonly code?: string;
  readonly mentionsApp: boolean;
  readonly mentionsOthers: boolean;
}

/** The parts of a message event that hold its words. */
export interface TypedEvent {
  readonly text?: string;
  readonly blocks?: readonly unknown[];
}

/**
 * Event → words. Blocks come first, since their text is as it was typed; only without them is `text` unescaped, once. At most
 * 20,000 characters are read.
 */
export function readTyped(event: TypedEvent, botUser: string): Typed {
  const blocks = (event.blocks ?? []).filter((b) => isPiece(b) && b.type === 'rich_text');
  return blocks.length > 0 ? fromBlocks(blocks, botUser) : fromText(event.text ?? '', botUser);
}

/** A slash command's text: only `&`, `<` and `>` were escaped in it. */
export function unescapeText(text: string): string {
  return clean(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

/** Whether words are SQL and no question: they stand in a code block, or read like a statement. */
export function asSql({ text, code }: Typed): string | undefined {
  if (
    code !== undefined &&
    /^\s*(?:--|\/\*|\()*\s*(?:with|select|show|describe|desc|explain|values|table|insert|update|delete|drop|create|alter|merge|truncate|grant)\b/i.test(
      code,
    )
  )
    return code.trim();
  const isStatement =
    /^(?:select|with)\b/i.test(text) && /\bselect\b/i.test(text) && /\bfrom\b/i.test(text) && /[*=;(]/.test(text);
  return isStatement ? text : undefined;
}

interface Found {
  text: string;
  code: string;
  mentionsApp: boolean;
  mentionsOthers: boolean;
}

function fromBlocks(blocks: readonly unknown[], botUser: string): Typed {
  const found: Found = { text: '', code: '', mentionsApp: false, mentionsOthers: false };
  for (const block of blocks) read(block, found, botUser);
  return typed(found);
}

function read(value: unknown, found: Found, botUser: string): void {
  if (!isPiece(value)) return;
  const { type, elements } = value;
  if (type === 'rich_text_preformatted') {
    const inner: Found = { text: '', code: '', mentionsApp: false, mentionsOthers: false };
    for (const e of list(elements)) read(e, inner, botUser);
    found.code += `${found.code ? '\n' : ''}${inner.text}`;
    return;
  }
  if (type === 'text') found.text += String(value.text ?? '');
  else if (type === 'link') found.text += String(value.text ?? value.url ?? '');
  else if (type === 'user' && value.user_id === botUser) found.mentionsApp = true;
  else if (type === 'user' || type === 'usergroup' || type === 'broadcast') found.mentionsOthers = true;
  for (const e of list(elements)) read(e, found, botUser);
  if (type === 'rich_text_section' || type === 'rich_text_quote') found.text += '\n';
}

function fromText(raw: string, botUser: string): Typed {
  const found: Found = { text: '', code: '', mentionsApp: false, mentionsOthers: false };
  const bare = raw.replace(/<(@|#|!)?([^>|]*)(?:\|([^>]*))?>/g, (_, kind: string | undefined, id: string, label?: string) => {
    if (kind === '@' && id === botUser) found.mentionsApp = true;
    else if (kind === '@' || kind === '!') found.mentionsOthers = true;
    else return label ?? id;
    return '';
  });
  const fence = /```(?:[a-z]+\n)?([\s\S]*?)```/.exec(bare);
  found.code = unescapeText(fence?.[1] ?? '');
  found.text = unescapeText(fence ? bare.replace(fence[0], '') : bare);
  return typed(found);
}

function typed({ text, code, mentionsApp, mentionsOthers }: Found): Typed {
  const bareCode = clean(code.replace(/^sql\n/i, ''));
  return { text: clean(text), ...(bareCode ? { code: bareCode } : {}), mentionsApp, mentionsOthers };
}

/** Non-breaking and zero-width characters that clients slip in are no part of what was meant. */
function clean(text: string): string {
  return cut(text.replaceAll('\u00a0', ' ').replace(/[\u200b\u200c\u2060\ufeff]/g, ''), 20_000).trim();
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isPiece(value: unknown): value is { type: string; [field: string]: unknown } {
  return value !== null && typeof value === 'object' && typeof (value as { type?: unknown }).type === 'string';
}
