import { countryCode } from './countries.ts';
import type { Meaning } from './meaning.ts';
import type { Token } from './tokenise.ts';
import { keyOf, plain, stemKeyOf } from './word-forms.ts';
import type { Words } from './words.ts';

/** What a stretch of tokens means by the lexicon, or by the values that the data hold where the lexicon knows it not. */
export function lookUpSpan(
  tokens: readonly Token[],
  from: number,
  to: number,
  words: Words,
): { meanings: readonly Meaning[]; exact: boolean } | undefined {
  const texts = spanWords(tokens, from, to);
  if (!texts) return undefined;
  const found = lookUpWords(tokens, from, to, texts, words);
  if (found || texts.length < 3) return found;
  if (texts.includes('/'))
    return lookUpWords(
      tokens,
      from,
      to,
      texts.map((t) => (t === '/' ? 'per' : t)),
      words,
    );
  // «removed from the cart» is «removed from cart».
  const bare = texts.filter((t, i) => i === 0 || i === texts.length - 1 || !/^(?:the|a|an|our)$/u.test(t));
  return bare.length < texts.length ? lookUpWords(tokens, from, to, bare, words) : undefined;
}

function lookUpWords(
  tokens: readonly Token[],
  from: number,
  to: number,
  texts: readonly string[],
  words: Words,
): { meanings: readonly Meaning[]; exact: boolean } | undefined {
  const key = keyOf(texts);
  const country = to === from + 1 ? codeMeaning(tokens, from) : undefined;
  const listed = words.lexicon.exact.get(key);
  const learned = words.learned.free(key);
  const taken = listed?.some((m) => m.as !== 'word') && !/^(?:in|from|country|=)$/u.test(tokens[from - 1]?.text ?? '');
  if (country && !taken) return { meanings: [country], exact: true };
  if (listed) return { meanings: withLearned(listed, learned), exact: true };
  if (learned.length > 0) return { meanings: oneOfFamily(learned), exact: true };
  // «safari users conversion» is no «user conversion».
  if (texts.length > 1 && /^(?:users|visitors|customers|sessions|visits)$/u.test(texts[0]!)) return undefined;
  const stemmed = words.lexicon.stems.get(stemKeyOf(texts));
  return stemmed && { meanings: stemmed, exact: false };
}

/** Words of a span, or undefined where it holds what no phrase can. Signs inside names («H&M», «booking.com») only join. */
export function spanWords(tokens: readonly Token[], from: number, to: number): string[] | undefined {
  const out: string[] = [];
  if (to > tokens.length) return undefined;
  for (let at = from; at < to; at++) {
    const token = tokens[at]!;
    if (token.kind === 'quoted' || token.kind === 'path') return undefined;
    if (token.kind !== 'sign' || /[%€$£/]/u.test(token.text)) out.push(plain(token.text));
    else if (at === from || at === to - 1 || !/[.&+-]/u.test(token.text) || (token.text !== '.' && !joins(tokens, at)))
      return undefined;
    else if (token.text === '.' && !tokens[at + 1]?.glued) return undefined;
  }
  return out.length > 0 ? out : undefined;
}

function joins(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.text === '&' || tokens[at]!.glued;
}

/** A country code in capitals; codes that are words too («IN», «NO») only right after a preposition and in a text with small letters. */
function codeMeaning(tokens: readonly Token[], at: number): Meaning | undefined {
  const raw = tokens[at]!.raw;
  const code = countryCode(raw);
  if (!code || !tokens.some((t) => /\p{Ll}/u.test(t.raw))) return undefined;
  const isWord =
    /^(?:IN|NO|IT|IS|BE|ME|AM|AS|AT|SO|TO|MY|DO|BY|OR|CR|LP|PC|AD|PA|GA|TV|SE|PM|VA|BR|CA|AI|ID|NE|LA|AC|MO|MA|MS|MC|CC|CM|SC|SH|SM|TM|TH|VE|LI|ET|CV|PR|IO)$/u.test(
      raw,
    );
  if (isWord && !/^(?:in|from|for|vs|and|or|to|country|market|,|=|excluding|without|not|only)$/u.test(tokens[at - 1]?.text ?? ''))
    return undefined;
  return { as: 'value', dimension: 'country', value: code };
}

/** A word of the house stays what it is; beside a listed value one of the product family («phones») makes the word ambiguous. */
function withLearned(listed: readonly Meaning[], learned: readonly Meaning[]): readonly Meaning[] {
  if (learned.length === 0 || listed.some((m) => m.as !== 'value')) return listed;
  if (listed.some((m) => m.as === 'value' && m.dimension === 'country'))
    return [...listed, ...learned.filter((m) => m.as === 'value' && m.dimension === 'region')];
  const others = learned.filter((m) => m.as === 'value' && productFamily.includes(m.dimension));
  return others.length > 0 ? [...listed, others[0]!] : listed;
}

/** One word as values of one family means its first dimension; of several families all stay, and it is asked. */
function oneOfFamily(learned: readonly Meaning[]): readonly Meaning[] {
  const seen = new Set<string>();
  return learned.filter((m) => {
    const family = m.as === 'value' ? familyOf(m.dimension) : '';
    if (seen.has(family)) return false;
    seen.add(family);
    return true;
  });
}

function familyOf(dimension: string): string {
  if (productFamily.includes(dimension)) return 'product';
  if (['city', 'region', 'country'].includes(dimension)) return 'place';
  return ['source', 'referrer', 'channel', 'first_channel'].includes(dimension) ? 'source' : dimension;
}

const productFamily: readonly string[] = ['brand', 'category', 'category2', 'category3', 'product', 'product_id'];
