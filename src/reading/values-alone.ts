import { lookUpSpan } from './look-up.ts';
import type { Sense } from './meaning.ts';
import { after, type Found, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import { keyOf, wordsOf } from './word-forms.ts';
import type { Words } from './words.ts';

/** A path is a page, quoted text a value of whichever dimension holds it. */
export function pathOrQuote(tokens: readonly Token[], at: number, words: Words): Found<Sense> | undefined {
  const token = tokens[at]!;
  if (token.kind === 'path') {
    const lands = /^(?:land|landed|landing|entered|entering|enter|arrived|arriving|arrive|started|starting)$/u.test(
      wordAt(tokens, at - (/^(?:on|at|via|in|with)$/u.test(wordAt(tokens, at - 1)) ? 2 : 1)),
    );
    const first = lands ? words.learned.of('landing_page', keyOf(wordsOf(token.raw))) : undefined;
    if (first !== undefined) return { value: only('landing_page', [first]), to: at + 1 };
    const page = ['page', 'landing_page', 'exit_page']
      .map((d) => words.learned.of(d, keyOf(wordsOf(token.raw))))
      .find((v) => v !== undefined);
    return {
      value: page === undefined ? { type: 'unknown_value', dimension: 'page', value: token.raw } : only('page', [page]),
      to: at + 1,
    };
  }
  if (token.kind !== 'quoted') return undefined;
  const texts = wordsOf(token.raw);
  const key = keyOf(texts);
  const listed = words.lexicon.exact.get(key)?.filter((m) => m.as !== 'word' && m.as !== 'reason' && m.as !== 'later') ?? [];
  const free = words.learned.free(key);
  if (listed.length + free.length > 0)
    return { value: { type: 'term', meanings: listed.length > 0 ? listed : free }, to: at + 1 };
  const named = namedAnywhere(key, words);
  return named ? { value: named, to: at + 1 } : undefined;
}

/** «blog articles», «a help page»: all pages that lie in the folder of that name. */
export function folderAt(tokens: readonly Token[], at: number, words: Words): Found<string> | undefined {
  const start = after(tokens, at, 'a', 'an', 'the', 'our', 'any', 'some') ?? at;
  const value = words.learned.folders.get(wordAt(tokens, start));
  const isPages = /^(?:pages?|articles?|posts?|section|stories|entries)$/u.test(wordAt(tokens, start + 1));
  if (value === undefined || !isPages || lookUpSpan(tokens, start, start + 2, words)?.exact) return undefined;
  return { value, to: start + 2 };
}

/** «img.zoom», «#apply-coupon»: joined as no words are, and a value of the data. */
export function unmistakable(tokens: readonly Token[], at: number, words: Words): Found<Sense> | undefined {
  if (tokens[at]?.kind !== 'word') return undefined;
  let to = at + 1;
  while (tokens[to]?.glued && !/^[,;:?!]$/u.test(tokens[to]!.text)) to++;
  while (to > at + 1 && tokens[to - 1]!.kind === 'sign') to--;
  if (to === at + 1) return undefined;
  const key = keyOf(tokens.slice(at, to).flatMap((t) => wordsOf(t.raw)));
  if (words.lexicon.exact.has(key) || words.learned.free(key).length > 0) return undefined;
  const named = namedAnywhere(key, words);
  return named && { value: named, to };
}

/** A value of a dimension whose values are meant only when they are named or quoted. */
export function namedAnywhere(key: string, words: Words): Sense | undefined {
  const named = ['search_term', 'error_message', 'element', 'event_name', 'form', 'form_field', 'medium', 'variant'].find(
    (d) => words.learned.of(d, key) !== undefined,
  );
  return named ? only(named, [words.learned.of(named, key)!]) : undefined;
}

function only(dimension: string, values: string[]): Sense {
  return { type: 'filter', filter: { dimension, op: 'is', values }, cue: dimension };
}
