import type { Piece } from '../shapes.ts';
import type { World } from '../world.ts';

/** What Slack makes of typed text: `text` with entities and tokens, and the same as a `rich_text` block. */
export interface Typed {
  text: string;
  blocks: Piece[];
}

type Inline = Piece & { text?: string };

/** Turns what a person typed into what an app receives: fences, code, mentions, channels, links, escaped entities. */
export function typedText(world: World, typed: string): Typed {
  const parts = typed.split(/```/);
  const elements: Piece[] = [];
  const text: string[] = [];
  parts.forEach((part, index) => {
    const fenced = index % 2 === 1 && index < parts.length - 1;
    const whole = index % 2 === 1 && !fenced ? `\`\`\`${part}` : part;
    if (whole === '' || (!fenced && whole.trim() === '' && parts.length > 1)) return;
    if (fenced) {
      const inner = part.replace(/^\n|\n$/g, '');
      const inlines = inner === '' ? [] : links(inner, FENCE_LINK);
      if (inlines.length > 0) elements.push({ type: 'rich_text_preformatted', elements: inlines, border: 0 });
      text.push(`\`\`\`${inlines.map(asText).join('')}\`\`\``);
      return;
    }
    const inlines = section(world, parts.length > 1 ? whole.replace(/^\n|\n$/g, '') : whole);
    if (inlines.length > 0) elements.push({ type: 'rich_text_section', elements: inlines });
    text.push(inlines.map(asText).join(''));
  });
  return { text: text.join('\n'), blocks: elements.length === 0 ? [] : [{ type: 'rich_text', elements }] };
}

/** The three characters that Slack escapes in `text`. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const FENCE_LINK = /https?:\/\/[^\s<>`]+/g;
const BARE_LINK = /https?:\/\/[^\s<>`]+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|eu|de|co|app|shop)\b(?:\/[^\s<>`]*)?/gi;

function section(world: World, text: string): Inline[] {
  return text.split(/(`[^`\n]+`)/).flatMap((part) => {
    if (/^`[^`\n]+`$/.test(part)) return [{ type: 'text', text: part.slice(1, -1), style: { code: true } }];
    return part.split(/(@[\w-]+|#[\w-]+|[*_~][^\s*_~](?:[^*_~\n]*[^\s*_~])?[*_~])/).flatMap((word) => special(world, word));
  });
}

const STYLES: Record<string, string> = { '*': 'bold', _: 'italic', '~': 'strike' };

function special(world: World, word: string): Inline[] {
  if (word === '') return [];
  const name = word.slice(1).toLowerCase();
  const person = [...world.people.values()].find((one) => one.name === name || one.id.toLowerCase() === name);
  if (word.startsWith('@') && person !== undefined) return [{ type: 'user', user_id: person.id }];
  const range = ['here', 'channel', 'everyone'].includes(name);
  if (word.startsWith('@') && range) return [{ type: 'broadcast', range: name }];
  const channel = [...world.channels.values()].find((one) => one.kind !== 'im' && one.name === name);
  if (word.startsWith('#') && channel !== undefined) return [{ type: 'channel', channel_id: channel.id }];
  const style = word.at(0) === word.at(-1) && word.length > 2 ? STYLES[word[0] ?? ''] : undefined;
  return style === undefined ? links(word, BARE_LINK) : [{ type: 'text', text: word.slice(1, -1), style: { [style]: true } }];
}

function links(text: string, form: RegExp): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(form)) {
    const shown = match[0].replace(/[.,;:!?)]+$/, '');
    if (match.index > from) found.push({ type: 'text', text: text.slice(from, match.index) });
    const bare = !/^https?:/i.test(shown);
    found.push(bare ? { type: 'link', url: `http://${shown}`, text: shown } : { type: 'link', url: shown });
    from = match.index + shown.length;
  }
  if (from < text.length) found.push({ type: 'text', text: text.slice(from) });
  return found;
}

const MARKS: Record<string, string> = { bold: '*', italic: '_', strike: '~', code: '`' };

function asText(inline: Inline): string {
  if (inline.type === 'user') return `<@${inline.user_id}>`;
  if (inline.type === 'broadcast') return `<!${inline.range}>`;
  if (inline.type === 'channel') return `<#${inline.channel_id}|>`;
  if (inline.type === 'link') {
    const url = escapeText(String(inline.url));
    return inline.text === undefined ? `<${url}>` : `<${url}|${escapeText(inline.text)}>`;
  }
  const style = Object.keys((inline.style as Record<string, boolean> | undefined) ?? {})[0];
  const mark = style === undefined ? '' : (MARKS[style] ?? '');
  return mark + escapeText(inline.text ?? '') + mark;
}
