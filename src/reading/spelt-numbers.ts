import { after, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/**
 * Number words behind a bound, or before «or more», as numbers: «at least fifty», «more than two hundred», «three or more».
 * Elsewhere they stay words, since «One» and «Seven» are names too.
 */
export function numbersOf(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = spelt(tokens, at);
    const isBound =
      found && (bounding.test(wordAt(tokens, at - 1)) || after(tokens, found.to, 'or more', 'or fewer', 'or less', 'and more'));
    const isPlain = found && /^(?:hundred|thousand)$/u.test(wordAt(tokens, found.to - 1)) && tokens[at]!.kind === 'number';
    if (!found || (!isBound && !isPlain)) {
      out.push(tokens[at]!);
      at++;
      continue;
    }
    const raw = tokens.slice(at, found.to).map((t) => t.raw);
    out.push({ text: String(found.value), raw: raw.join(' '), kind: 'number', value: found.value, glued: tokens[at]!.glued });
    at = found.to;
  }
  return out;
}

const bounding =
  /^(?:than|over|above|under|below|least|most|exceeding|exceeds|exactly|beyond|min|max|minimum|maximum|of|[<>≥≤=]|>=|<=)$/u;

/** «fifty», «twenty five», «two hundred and fifty», «ten thousand», «1 hundred». */
function spelt(tokens: readonly Token[], from: number): { value: number; to: number } | undefined {
  let at = from;
  let value = 0;
  let part = 0;
  for (; at < tokens.length; at++) {
    const word = wordAt(tokens, at);
    const small = lookUp(smallWords, word);
    const times = lookUp(multiples, word);
    const isFirst = at === from;
    if (small !== undefined) part += small;
    else if (isFirst && tokens[at]!.kind === 'number') part = tokens[at]!.value ?? 0;
    else if (
      isFirst &&
      (word === 'a' || word === 'an') &&
      (lookUp(multiples, wordAt(tokens, at + 1)) !== undefined || /^(?:minute|second|hour)$/u.test(wordAt(tokens, at + 1)))
    )
      part = 1;
    else if (times !== undefined && (part > 0 || isFirst)) {
      part = (part || 1) * times;
      if (times >= 1000) {
        value += part;
        part = 0;
      }
    } else if (!(word === 'and' && part >= 100 && lookUp(smallWords, wordAt(tokens, at + 1)) !== undefined)) break;
  }
  const isDigits = at === from + 1 && tokens[from]!.kind === 'number';
  return at > from && value + part > 0 && !isDigits ? { value: value + part, to: at } : undefined;
}

const smallWords: Readonly<Record<string, number>> = Object.fromEntries([
  ...'one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,sixteen,seventeen,eighteen,nineteen'
    .split(',')
    .map((word, i) => [word, i + 1]),
  ...'twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety'.split(',').map((word, i) => [word, 20 + 10 * i]),
]);
const multiples: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, million: 1e6 };
