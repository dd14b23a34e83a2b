import type { Filter } from '../glossary/reading.ts';
import { countryCode } from './countries.ts';
import { lookUpSpan, spanWords } from './look-up.ts';
import type { Sense } from './meaning.ts';
import { after, type Found, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import { folderAt, namedAnywhere, pathOrQuote, unmistakable } from './values-alone.ts';
import { keyOf, wordsOf } from './word-forms.ts';
import type { Words } from './words.ts';

/** A value with its dimension beside it: «brand samsung», «the summer sale campaign», «utm_source=x», «/lp/x», «'sneakers'». */
export function findNamedValue(tokens: readonly Token[], at: number, words: Words): Found<Sense>[] {
  const out: Found<Sense>[] = [];
  for (let end = Math.min(tokens.length, at + 4); end > at; end--) {
    for (const dimension of dimensionsAt(tokens, at, end, words)) {
      const found = afterDimension(tokens, end, dimension, words);
      if (found) out.push(found);
    }
  }
  if (/^(?:unknown|missing|null|undefined|unset|blank)$/u.test(wordAt(tokens, at)))
    for (let end = Math.min(tokens.length, at + 4); end > at + 1; end--)
      for (const dimension of dimensionsAt(tokens, at + 1, end, words))
        out.push({ value: filterOf(dimension, 'is', ['unknown']), to: end });
  const paid = after(
    tokens,
    at,
    'paid by',
    'paid with',
    'paid via',
    'paid using',
    'paying by',
    'paying with',
    'pay with',
    'pay by',
  );
  const means = paid === undefined ? undefined : afterDimension(tokens, paid, 'payment_type', words);
  if (means) out.push(means);
  out.push(...beforeDimension(tokens, at, words));
  if (wordAt(tokens, at) === 'for' && /^search(?:es|ed)?$/u.test(wordAt(tokens, at - 1))) {
    const term = valueAt(tokens, at + 1, 'search_term', words, true);
    if (term) out.push({ value: filterOf('search_term', 'is', [term.value]), to: term.to });
  }
  const odd = lostIdentifier(tokens, at, words);
  if (odd) out.push(odd);
  const folder = folderAt(tokens, at, words);
  // «the blog post /blog/best-of» is the one.
  const inFolder = folder && tokens[folder.to]?.kind === 'path' ? pathOrQuote(tokens, folder.to, words) : undefined;
  if (folder) out.push(inFolder ?? { value: filterOf('page', 'contains', [folder.value]), to: folder.to });
  const plainly = unmistakable(tokens, at, words);
  if (plainly) out.push(plainly);
  const alone = pathOrQuote(tokens, at, words);
  if (alone) out.push(alone);
  return out;
}

function dimensionsAt(tokens: readonly Token[], from: number, to: number, words: Words): string[] {
  return (lookUpSpan(tokens, from, to, words)?.meanings ?? []).flatMap((m) => (m.as === 'dimension' ? [m.id] : []));
}

function afterDimension(tokens: readonly Token[], at: number, dimension: string, words: Words): Found<Sense> | undefined {
  const negated = after(tokens, at, '! =', 'is not', 'not equal to', 'not', 'other than', '< >');
  const matching = after(
    tokens,
    at,
    'containing',
    'contains',
    'that contain',
    'which contain',
    'with',
    'like',
    'including',
    'matching',
  );
  const lacking = after(tokens, at, 'not containing', 'not like', 'that do not contain');
  if (lacking && tokens[lacking]?.kind.match(/quoted|path/u))
    return { value: filterOf(dimension, 'not_contains', [tokens[lacking].raw]), to: lacking + 1 };
  const starting = after(tokens, at, 'starting with', 'starts with', 'that start with', 'beginning with', 'begins with', 'under');
  if ((matching || starting) && tokens[(matching ?? starting)!]?.kind.match(/quoted|path/u)) {
    const text = tokens[(matching ?? starting)!]!.raw;
    return { value: filterOf(dimension, starting ? 'starts_with' : 'contains', [text]), to: (matching ?? starting)! + 1 };
  }
  const bare = after(tokens, at, 'containing', 'contains', 'that contain', 'that contains');
  if (bare && tokens[bare]?.kind === 'word') return { value: filterOf(dimension, 'contains', [tokens[bare].raw]), to: bare + 1 };
  const sure = after(tokens, at, '= =', '=', ':', 'is', 'called', 'named', 'equals');
  const start = negated ?? sure ?? at;
  const first = valueAt(tokens, start, dimension, words, sure !== undefined);
  const folder = first === undefined && /page$/u.test(dimension) ? folderAt(tokens, start, words) : undefined;
  if (folder) return { value: filterOf(dimension, negated ? 'not_contains' : 'contains', [folder.value]), to: folder.to };
  if (first === undefined)
    return sure !== undefined && wordAt(tokens, at) !== 'is' && wordAt(tokens, at) !== ':'
      ? lost(tokens, start, dimension)
      : undefined;
  const values = [first.value];
  let to = first.to;
  for (;;) {
    const link = after(tokens, to, ', and', ', or', ',', 'and', 'or', '&', '/');
    const next = link === undefined ? undefined : valueAt(tokens, link, dimension, words, false);
    if (!next || isWordOfHouse(tokens, link!, next.to, words)) break;
    values.push(next.value);
    to = next.to;
  }
  // «landing page winter sale page»
  if (/page$/u.test(dimension) && !words.lexicon.exact.has(wordAt(tokens, to) + wordAt(tokens, to + 1)))
    to = after(tokens, to, 'page', 'pages') ?? to;
  return { value: filterOf(dimension, negated ? 'is_not' : 'is', values), to };
}

/** The longest value of the dimension here; words that do another work in a question need a sign or quotes. */
function valueAt(
  tokens: readonly Token[],
  at: number,
  dimension: string,
  words: Words,
  sure: boolean,
): Found<string> | undefined {
  const token = tokens[at];
  if (!token || token.kind === 'sign') return undefined;
  if (token.kind === 'quoted' || token.kind === 'path') {
    const key = keyOf(wordsOf(token.raw));
    const value = heldValue(dimension, key, words) ?? (/_page$/u.test(dimension) ? words.learned.of('page', key) : undefined);
    return value === undefined ? undefined : { value, to: at + 1 };
  }
  for (let to = Math.min(tokens.length, at + Math.max(words.learned.longest, 5)); to > at; to--) {
    const texts = spanWords(tokens, at, to);
    const value =
      texts && (heldValue(dimension, keyOf(texts), words) ?? (sure && dimension === 'country' ? codeOf(texts) : undefined));
    const isName = /^\p{Lu}\p{Ll}/u.test(tokens[at]!.raw) && at > 0;
    if (value !== undefined && (sure || isName || !isFunctionWord(tokens, at, to, words))) return { value, to };
  }
  return undefined;
}

/** «country = FR» */
function codeOf(texts: readonly string[]): string | undefined {
  return texts.length === 1 ? countryCode(texts[0]!.toUpperCase()) : undefined;
}

function heldValue(dimension: string, key: string, words: Words): string | undefined {
  const held = words.lexicon.valuesOf(dimension).get(key) ?? words.learned.of(dimension, key);
  return held ?? (key === 'unknown' ? key : undefined);
}

/** «the address form» where the one form with that word is «checkout-address». */
function onlyHolder(dimension: string, texts: readonly string[], words: Words): string | undefined {
  if (texts.some((t) => t.length < 4 || words.lexicon.exact.has(t)) || words.learned.free(keyOf(texts)).length > 0)
    return undefined;
  const holders = words.learned.holding(dimension, texts).filter((v) => texts.every((t) => wordsOf(v).includes(t)));
  return holders.length === 1 ? holders[0] : undefined;
}

function isFunctionWord(tokens: readonly Token[], from: number, to: number, words: Words): boolean {
  return (lookUpSpan(tokens, from, to, words)?.meanings ?? []).some((m) => m.as === 'word');
}

/** «look brand revenue» in a shop that sells Look; «list brands» asks for all. */
function isOnlyNoise(tokens: readonly Token[], from: number, to: number, words: Words): boolean {
  const meanings = lookUpSpan(tokens, from, to, words)?.meanings ?? [];
  const isPlural = wordAt(tokens, to).endsWith('s');
  return (
    !isPlural &&
    words.lexicon.exact.get(keyOf([wordAt(tokens, from)]))?.every((m) => m.as === 'word' && m.role === 'noise') === true &&
    meanings.length > 0
  );
}

function isWordOfHouse(tokens: readonly Token[], from: number, to: number, words: Words): boolean {
  return (lookUpSpan(tokens, from, to, words)?.meanings ?? []).some((m) => m.as === 'word' || m.as === 'metric');
}

/** «samsung brand», «summer sale campaign», «view_item events». */
function beforeDimension(tokens: readonly Token[], at: number, words: Words): Found<Sense>[] {
  const out: Found<Sense>[] = [];
  if (tokens[at]?.kind === 'sign') return out;
  for (let to = at + 1; to < Math.min(tokens.length, at + words.learned.longest + 1); to++) {
    const texts =
      tokens[at]!.kind === 'quoted' || tokens[at]!.kind === 'path' ? wordsOf(tokens[at]!.raw) : spanWords(tokens, at, to);
    if (!texts) break;
    if (/^events?$/u.test(wordAt(tokens, to)) && words.learned.of('event_name', keyOf(texts)) !== undefined) {
      out.push({ value: filterOf('event_name', 'is', [words.learned.of('event_name', keyOf(texts))!]), to });
    }
    if (isFunctionWord(tokens, at, to, words) && !isOnlyNoise(tokens, at, to, words)) continue;
    for (let end = Math.min(tokens.length, to + 2); end > to; end--)
      for (const dimension of dimensionsAt(tokens, to, end, words)) {
        const value = heldValue(dimension, keyOf(texts), words) ?? onlyHolder(dimension, texts, words);
        if (value !== undefined) out.push({ value: filterOf(dimension, 'is', [value]), to: end });
      }
    if (tokens[at]!.kind === 'quoted' || tokens[at]!.kind === 'path') break;
  }
  return out;
}

/** «the summer_promotion campaign» where the data hold no such campaign. */
function lostIdentifier(tokens: readonly Token[], at: number, words: Words): Found<Sense> | undefined {
  let to = at + 1;
  while (tokens[to]?.underscored) to++;
  if (to === at + 1 || tokens[at]!.underscored) return undefined;
  if (words.lexicon.exact.has(keyOf(tokens.slice(at, to).map((t) => t.text)))) return undefined;
  const texts = tokens.slice(at, to).map((t) => t.text);
  const key = keyOf(texts);
  const named = namedAnywhere(key, words);
  if (named) return { value: named, to };
  if (words.lexicon.exact.has(key) || words.learned.free(key).length > 0) return undefined;
  const [dimension] = dimensionsAt(tokens, to, to + 1, words).concat(at > 0 ? dimensionsAt(tokens, at - 1, at, words) : []);
  if (dimension === undefined || heldValue(dimension, key, words) !== undefined) return undefined;
  const end = dimensionsAt(tokens, to, to + 1, words).length > 0 ? to + 1 : to;
  return { value: { type: 'unknown_value', dimension, value: texts.join('_') }, to: end };
}

function lost(tokens: readonly Token[], at: number, dimension: string): Found<Sense> | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  let to = at + 1;
  while (tokens[to]?.glued && tokens[to]!.kind !== 'sign') to++;
  const value = tokens
    .slice(at, to)
    .map((t) => t.raw)
    .join('_');
  return { value: { type: 'unknown_value', dimension, value }, to };
}

function filterOf(dimension: string, op: Filter['op'], values: string[]): Sense {
  return { type: 'filter', filter: { dimension, op, values }, cue: dimension };
}
