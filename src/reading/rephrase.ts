import { rephrasings } from './rephrasings.ts';
import type { Token } from './tokenise.ts';
import { plain } from './word-forms.ts';

/**
 * Tokens with whole turns of speech in the words that the lexicon has: «what is a mobile visit worth» → «revenue per mobile
 * visit». Only what says the same is put in another way; the tokens of what was named stay as they were typed.
 */
export function rephrase(tokens: readonly Token[]): Token[] {
  let out = [...tokens];
  let text = textOf(out);
  for (const { from, to } of rephrasings) {
    const match = from.exec(text);
    if (!match) continue;
    out = replaced(out, text, match, to);
    text = textOf(out);
  }
  return out;
}

/** « what is a visit worth »: each token once, a space around each; quoted text and paths as one sign each. */
function textOf(tokens: readonly Token[]): string {
  return ` ${tokens.map((t) => (t.kind === 'path' ? '§' : t.kind === 'quoted' ? '¤' : plain(t.text) || '·')).join(' ')} `;
}

function replaced(tokens: readonly Token[], text: string, match: RegExpExecArray, to: string): Token[] {
  const [from, end] = spanOf(text, match.indices![0]!);
  const middle = to.split(' ').flatMap((word): Token[] => {
    if (!word.startsWith('$')) return [{ text: word, raw: word, kind: 'word', glued: false }];
    const group = match.indices!.groups?.[word.slice(1)];
    return group ? tokens.slice(...spanOf(text, group)) : [];
  });
  return [...tokens.slice(0, from), ...middle, ...tokens.slice(end)];
}

/** A stretch of the text → the tokens that it holds. */
function spanOf(text: string, [start, end]: readonly [number, number]): [from: number, to: number] {
  const words = text
    .slice(start, end)
    .split(' ')
    .filter((w) => w !== '').length;
  const before = text
    .slice(0, start)
    .split(' ')
    .filter((w) => w !== '').length;
  return [before, before + words];
}
