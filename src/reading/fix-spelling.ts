import { calendarVocabulary } from './calendar-words.ts';
import { isEnglish } from './english-words.ts';
import { everydayWords, usualWords } from './everyday-words.ts';
import type { LearnedValues } from './learned-values.ts';
import type { Lexicon } from './lexicon.ts';
import { openSpeller } from './spelling.ts';
import type { Token } from './tokenise.ts';
import { plain, stemOf } from './word-forms.ts';
import type { Words } from './words.ts';

/** Knows which words are known, and what an unknown one may have been. */
export interface Speller {
  /** Exactly a word of the house or of the data. */
  isWord(word: string): boolean;
  /** That, or a form of one. */
  isKnown(word: string): boolean;
  /** Candidates, nearest first; `sure` if the slip is one of the usual (a letter swapped, doubled or left out). */
  near(word: string): readonly { readonly word: string; readonly sure: boolean }[];
}

/** Lexicon and learned values → speller; some 20 ms, so once per data version. */
export function spellerFor(lexicon: Lexicon, learned: LearnedValues): Speller {
  const own = new Set([...lexicon.words, ...calendarVocabulary].map(plain));
  const stems = new Set([...own].filter((w) => w.length >= 4).map(stemOf));
  const speller = openSpeller(own, learned.words);
  const isWord = (word: string) =>
    usualWords.has(word) ||
    everydayWords.has(word) ||
    own.has(word) ||
    learned.known.has(word) ||
    learned.words.has(word) ||
    lexicon.exact.has(word);
  const isKnown = (word: string) => isWord(word) || (word.length >= 5 && stems.has(stemOf(word)));
  return {
    isWord,
    isKnown,
    near: (word) =>
      speller.near(word).map((w) => ({
        word: w,
        sure: !otherStart(word, w) && (own.has(w) ? !farSwap(word, w) : usualSlip(word, w)),
      })),
  };
}

/** Tokens with the words that can be only one thing put right. A known word is never touched. */
export function fixSpelling(
  tokens: readonly Token[],
  words: Words,
  speller: Speller,
): { tokens: Token[]; corrected: { from: string; to: string }[] } {
  const corrected: { from: string; to: string }[] = [];
  const fixed = tokens.map((token, i) => {
    if (
      token.kind !== 'word' ||
      (/\d/u.test(token.text) && !Object.hasOwn(shortForms, token.text)) ||
      token.underscored ||
      tokens[i + 1]?.underscored
    )
      return token;
    const word = plain(token.text);
    const short = Object.hasOwn(shortForms, word) && !speller.isWord(word) ? shortForms[word] : undefined;
    if (short) {
      corrected.push({ from: token.raw, to: short });
      return { ...token, text: short, raw: short };
    }
    const isTerm =
      words.learned.of('search_term', word) !== undefined &&
      tokens.some((t) => /^(?:term|terms|query|queries|search|searches|searched)$/u.test(t.text));
    if (isTerm || speller.isWord(word) || isEnglish(word) || joinsWithNeighbour(tokens, i, words)) return token;
    // «convertion» has the stem of «convert»: a known stem is put right only where one letter was replaced.
    const isForm = speller.isKnown(word);
    const found = speller
      .near(word)
      .filter((c) => c.sure && (!isForm || (c.word.length === word.length && c.word[0] === word[0])));
    const [first] = found;
    if (!first || !found.every((c) => sameMeaning(first.word, c.word, words))) return token;
    corrected.push({ from: token.raw, to: first.word });
    return { ...token, text: first.word, raw: first.word };
  });
  return { tokens: fixed, corrected };
}

/** Slips in words too short to be measured, and letters left out on purpose. */
const shortForms: Readonly<Record<string, string>> = {
  val: 'value',
  lst: 'last',
  lats: 'last',
  alst: 'last',
  weks: 'weeks',
  wek: 'week',
  weeek: 'week',
  moth: 'month',
  mnoth: 'month',
  moths: 'months',
  dyas: 'days',
  dasy: 'days',
  ystrday: 'yesterday',
  yest: 'yesterday',
  yesty: 'yesterday',
  ystd: 'yesterday',
  mny: 'many',
  mnay: 'many',
  ot: 'to',
  teh: 'the',
  fro: 'for',
  frm: 'from',
  shw: 'show',
  plss: 'pls',
  wich: 'which',
  hw: 'how',
  hwo: 'how',
  wht: 'what',
  rvn: 'revenue',
  sess: 'sessions',
  cntry: 'country',
  tpo: 'top',
  prev: 'previous',
  ordr: 'order',
  ordrs: 'orders',
  untied: 'united',
  prods: 'products',
  prod: 'product',
  cust: 'customers',
  custs: 'customers',
  b4: 'before',
  smth: 'something',
  smthg: 'something',
  sth: 'something',
  lmk: 'show',
  mob: 'mobile',
  dsktp: 'desktop',
  tblt: 'tablet',
};

/** «news letter»: two unknown halves of a known word. */
function joinsWithNeighbour(tokens: readonly Token[], i: number, words: Words): boolean {
  const pair = (a: number) => plain(tokens[a]?.text ?? '') + plain(tokens[a + 1]?.text ?? '');
  return [pair(i), pair(i - 1)].some((key) => words.lexicon.exact.has(key) || words.learned.free(key).length > 0);
}

function sameMeaning(a: string, b: string, words: Words): boolean {
  if (a === b || stemOf(a) === stemOf(b)) return true;
  const of = (w: string) => JSON.stringify(words.lexicon.exact.get(w) ?? words.learned.free(w));
  return of(a) === of(b) && of(a) !== '[]';
}

/** A replaced first letter makes another word rather than a slip («easter», «faster»). */
function otherStart(a: string, b: string): boolean {
  return a.length === b.length && a[0] !== b[0] && !isSwap(a, b);
}

/** Two replaced letters make another word rather than a slip («projects», «products»). */
function farSwap(a: string, b: string): boolean {
  return a.length === b.length && lettersApart(a, b) >= 2 && [...a].filter((c, i) => c !== b[i]).length >= 2 && !isSwap(a, b);
}

function isSwap(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}

/** Values of the data are corrected only where letters are swapped, doubled or missing: a replaced one may be another name. */
function usualSlip(a: string, b: string): boolean {
  return a.length !== b.length ? Math.abs(a.length - b.length) === lettersApart(a, b) : isSwap(a, b);
}

/** How many letters one word has that the other has not, the larger count of both directions. */
function lettersApart(a: string, b: string): number {
  const rest = [...b];
  let missing = 0;
  for (const c of a) {
    const at = rest.indexOf(c);
    if (at < 0) missing++;
    else rest.splice(at, 1);
  }
  return Math.max(missing, rest.length);
}
