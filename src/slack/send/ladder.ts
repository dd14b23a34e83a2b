import { markQuote } from '../blocks/answer-face.ts';
import { actions, type Message, type Piece, plain, preformatted, richText } from '../blocks/pieces.ts';
import { rungs } from '../words.ts';

/** The message, and after it what is tried when Slack refuses it (faces.md §6): each step with less, and with a mark that says so. */
export function ladder(message: Message): readonly Message[] {
  const steps: Message[] = [message];
  const last = () => steps.at(-1)!;
  const push = (name: keyof typeof rungs, blocks: readonly Piece[]) =>
    steps.push({ text: message.text, blocks: withMark(blocks, name) });
  if (has(last(), 'image', 'data_visualization')) push('picture', without(last().blocks, 'image', 'data_visualization'));
  if (has(last(), 'data_table')) push('table', last().blocks.map(asText));
  if (has(last(), 'container')) push('fold', without(last().blocks, 'container'));
  if (message.blocks.length > 0) {
    push('plain', last().blocks.flatMap(asSection));
    steps.push({ text: message.text, blocks: [] });
  }
  return steps;
}

function has({ blocks }: Message, ...types: string[]): boolean {
  return blocks.some((b) => types.includes(b.type));
}

function without(blocks: readonly Piece[], ...types: string[]): readonly Piece[] {
  return blocks.filter((b) => !types.includes(b.type));
}

/** The mark goes under the headline, or in front where there is none. */
function withMark(blocks: readonly Piece[], name: keyof typeof rungs): readonly Piece[] {
  const mark = rungs[name];
  if (name === 'plain') return [section(`⚠️ ${mark.title} ${mark.text}`), ...blocks];
  const quote = markQuote({ code: 'no_picture', ...mark });
  const at = blocks.findIndex((b) => b.type === 'rich_text');
  if (at < 0) return [richText(quote), ...blocks];
  return blocks.map((b, i) => (i === at ? { ...b, elements: [...(b.elements as Piece[]), quote] } : b));
}

/** data_table → 20 rows in one width. */
function asText(block: Piece): Piece {
  if (block.type !== 'data_table') return block;
  const rows = (block.rows as readonly (readonly Piece[])[])
    .slice(0, 21)
    .map((row) => row.map((c) => String(c.text).slice(0, 30)));
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((r) => [...(r[i] ?? '')].length)));
  const lines = rows.map((r) => r.map((c, i) => c.padEnd(widths[i] ?? 0)).join('  '));
  return richText(preformatted(lines.join('\n'), 2500));
}

/** Headline, marks, reading line and buttons survive as the plainest blocks. */
function asSection(block: Piece): readonly Piece[] {
  if (block.type === 'actions') return actions(...(block.elements as Piece[]).slice(0, 4));
  if (block.type !== 'rich_text' && block.type !== 'context' && block.type !== 'header') return [];
  const text = textOf(block).trim();
  return text === '' ? [] : [section(text)];
}

function section(text: string): Piece {
  return { type: 'section', text: plain(text, 2900) };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (value === null || typeof value !== 'object') return '';
  const piece = value as Piece;
  const inner = typeof piece.text === 'string' ? piece.text : `${textOf(piece.text)}${textOf(piece.elements)}`;
  return /_section$|_quote$/.test(piece.type) ? `${inner}\n` : inner;
}
