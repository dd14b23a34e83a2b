import { countryCode } from './countries.ts';
import { everydayWords } from './everyday-words.ts';
import type { Meaning } from './meaning.ts';
import { standsAsLimit, standsAsName } from './place-cue.ts';
import type { Token } from './tokenise.ts';
import { keyOf, plain, stemKeyOf, wordsOf } from './word-forms.ts';
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
  if (found || texts.length < 3 || texts[0] === 'whats') return found;
  if (texts.includes('/'))
    return lookUpWords(
      tokens,
      from,
      to,
      texts.map((t) => (t === '/' ? 'per' : t)),
      words,
    );
  // «removed from the cart» is «removed from cart».
  const bare = texts.filter((t, i) => i === 0 || i === texts.length - 1 || !between.test(t));
  return bare.length < texts.length ? lookUpWords(tokens, from, to, bare, words) : undefined;
}

// «carts got abandoned», «add something to the cart»: words inside a phrase that change nothing.
const between = /^(?:the|a|an|our|their|any|some|something|anything|stuff|got|get|gets|were|was|been|being|are|is)$/u;

function lookUpWords(
  tokens: readonly Token[],
  from: number,
  to: number,
  texts: readonly string[],
  words: Words,
): { meanings: readonly Meaning[]; exact: boolean } | undefined {
  const key = keyOf(texts);
  const country = to === from + 1 ? codeMeaning(tokens, from, words) : undefined;
  const plainTalk = to === from + 1 && isPlainTalk(tokens, from, words);
  const language = to === from + 1 ? languageMeaning(tokens, from, key, words) : undefined;
  if (language) return { meanings: [language], exact: true };
  const known = words.lexicon.exact.get(key);
  const isTwofold = plainTalk && known?.some((m) => m.as === 'word');
  const listed = isTwofold ? known?.filter((m) => m.as !== 'value') : known;
  const learned = plainTalk || isGluedTalk(texts, words) ? [] : words.learned.free(key);
  const taken =
    listed?.some((m) => m.as !== 'word') &&
    !/^(?:in|from|country|=)$/u.test(tokens[from - 1]?.text ?? '') &&
    !isShortOrCode(listed, tokens, from);
  if (country && !taken) return { meanings: [country], exact: true };
  const isEveryday = !plainTalk && to === from + 1 && everydayWords.has(texts[0]!) && learned.length > 0;
  const isName = isEveryday || (learned.length > 0 && isCapitalName(tokens, from, to));
  const isNoise = listed?.every((m) => m.as === 'word' && m.role === 'noise');
  // «H&M» is no «hm».
  const signed = tokens.slice(from, to).some((t) => t.text === '&');
  if (isNoise && signed && learned.length === 0) return undefined;
  if (isNoise && (isName || signed)) return { meanings: learned, exact: true };
  if (learned.length > 0 && isCapitalName(tokens, from, to) && listed?.every((m) => m.as === 'word'))
    return { meanings: learned, exact: true };
  if (listed) return { meanings: withLearned(listed, learned, key), exact: true };
  if (learned.length > 0) return { meanings: oneOfFamily(learned, tokens, rawOf(tokens, from, to)), exact: true };
  // «safari users conversion» is no «user conversion».
  if (texts.length > 1 && /^(?:users|visitors|customers|sessions|visits)$/u.test(texts[0]!)) return undefined;
  const stemKey = stemKeyOf(texts);
  const stemmed = words.lexicon.stems.get(stemKey);
  if (stemmed) return { meanings: stemmed, exact: false };
  const likely = plainTalk ? [] : words.learned.likely(stemKey);
  if (likely.length > 0) return { meanings: oneOfFamily(likely, tokens, rawOf(tokens, from, to)), exact: false };
  const short = words.learned.short(key, stemKey);
  return short && { meanings: [short], exact: false };
}

/** «not ebooks» is no Notebooks: a function word is no half of another word, though two unknown halves are («news letter»). */
function isGluedTalk([first, ...rest]: readonly string[], words: Words): boolean {
  if (
    first === undefined ||
    rest.length === 0 ||
    !/^(?:not?|non|in|on|of|by|to|at|or|and|the|an?|is|it|for|with|all|out|up|over)$/u.test(first)
  )
    return false;
  return words.learned.free(keyOf([first, ...rest])).every((m) => m.as === 'value' && wordsOf(m.value).length === 1);
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

/** «units of Trend and of Look»: one capital word amid small ones is a name where the data hold it. */
function isCapitalName(tokens: readonly Token[], at: number, to: number): boolean {
  const [before, own] = [tokens[at - 1], tokens[at]!];
  return to === at + 1 && /^\p{Lu}\p{Ll}/u.test(own.raw) && before?.kind === 'word' && /^\p{Ll}/u.test(before.raw);
}

function joins(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.text === '&' || tokens[at]!.glued;
}

/** An everyday word in small letters that stands where no name can: «us» in «visited us», «win» in «did we win». */
function isPlainTalk(tokens: readonly Token[], at: number, words: Words): boolean {
  const token = tokens[at]!;
  if (!everydayWords.has(token.text)) return false;
  const shouts = !tokens.some((t) => /\p{Ll}/u.test(t.raw));
  const capital =
    /^\p{Lu}/u.test(token.raw) &&
    !shouts &&
    (at > 0 || tokens[1]?.text === ':' || (token.raw.length > 1 && token.raw === token.raw.toUpperCase()));
  if (token.raw.length === 2 && standsAsLimit(tokens, at)) return false;
  return !capital && !standsAsName(tokens, at, companyOf(tokens, words));
}

function companyOf(tokens: readonly Token[], words: Words): Parameters<typeof standsAsName>[2] {
  const meaningsAt = (at: number) => (tokens[at] ? (words.lexicon.exact.get(plain(tokens[at].text)) ?? []) : []);
  return {
    isName: (at) =>
      meaningsAt(at).some((m) => m.as === 'value') ||
      (tokens[at] !== undefined && words.learned.free(plain(tokens[at].text)).length > 0) ||
      countryCode(tokens[at]?.raw ?? '') !== undefined,
    isCountry: (at) =>
      meaningsAt(at).some((m) => m.as === 'value' && m.dimension === 'country') ||
      countryCode(tokens[at]?.raw ?? '') !== undefined,
    isMeasure: (at) => meaningsAt(at).some((m) => m.as === 'metric'),
  };
}

/** «search terms in german», «visits in english»: behind «in» and before no noun, the name of a language is one. */
function languageMeaning(tokens: readonly Token[], at: number, key: string, words: Words): Meaning | undefined {
  const value = words.learned.of('language', key);
  const next = tokens[at + 1];
  const isNoun = next?.kind === 'word' && !afterLanguage.test(next.text);
  if (value === undefined || tokens[at - 1]?.text !== 'in' || tokens[at]!.text.length < 4 || isNoun) return undefined;
  return { as: 'value', dimension: 'language', value, learned: true };
}

const afterLanguage =
  /^(?:last|this|since|yesterday|today|by|per|and|or|vs|versus|in|on|from|for|with|without|over|past|q[1-4]|ytd|mtd)$/u;

/** A country code in capitals; one that is a word too («IN», «NO»), or in small letters, only where a name stands. */
function codeMeaning(tokens: readonly Token[], at: number, words: Words): Meaning | undefined {
  const { raw, text } = tokens[at]!;
  const code = countryCode(raw);
  const value = (v: string): Meaning => ({ as: 'value', dimension: 'country', value: v });
  const shouts = !tokens.some((t) => /\p{Ll}/u.test(t.raw));
  if (!code || shouts) {
    const small = raw.length === 2 ? countryCode(raw.toUpperCase()) : undefined;
    if (small && beside(tokens, at)) return value(small);
    const known = words.lexicon.exact.get(text);
    const isKnown =
      (known && !isShortOrCode(known, tokens, at)) || words.learned.free(text).length > 0 || codesAsWords.test(raw.toUpperCase());
    const stands = standsAsLimit(tokens, at) || standsAsName(tokens, at, companyOf(tokens, words));
    return small && !isKnown && stands ? value(small) : undefined;
  }
  const before = tokens[at - 1]?.text ?? '';
  if (codesAsWords.test(raw) && !/^(?:in|from|for|vs|and|or|to|country|market|,|=|excluding|without|not|only)$/u.test(before))
    return undefined;
  return value(code);
}

/** «by ch» is short for channels, «in ch» and «DE, CH» are Switzerland. */
function isShortOrCode(known: readonly Meaning[], tokens: readonly Token[], at: number): boolean {
  return known.every((m) => m.as === 'dimension') && !isBroken(tokens, at);
}

/** In a list behind «by». */
function isBroken(tokens: readonly Token[], at: number): boolean {
  const by = tokens.slice(0, at).findLastIndex((t) => /^(?:by|per|each|every|which)$/u.test(t.text));
  return by >= 0 && at - by <= 5 && tokens.slice(by + 1, at).every((t) => !/^(?:in|from|for|\(|=|is)$/u.test(t.text));
}

/** «au vs nz vs ca»: set against another code, also where it is a word («ca», «it»). */
function beside(tokens: readonly Token[], at: number): boolean {
  const isCut = (i: number) => /^(?:vs|versus|v|\/)$/u.test(tokens[i]?.text ?? '');
  const isCode = (i: number) => tokens[i]?.raw.length === 2 && countryCode(tokens[i].raw.toUpperCase()) !== undefined;
  const isListed = (i: number) => /^(?:,|and|&|\+|or)$/u.test(tokens[i]?.text ?? '');
  const isSure = (i: number) => isCode(i) && !codesAsWords.test(tokens[i]!.raw.toUpperCase());
  // «de, at and ch»: one code that is no word makes codes of the list.
  for (const step of [-1, 1])
    for (let i = at; isListed(i + step) && isCode(i + 2 * step); i += 2 * step) if (isSure(i + 2 * step)) return true;
  return (isCut(at - 1) && isCode(at - 2)) || (isCut(at + 1) && isCode(at + 2));
}

const codesAsWords =
  /^(?:IN|NO|IT|IS|BE|ME|AM|AS|AT|SO|TO|MY|DO|BY|OR|CR|LP|PC|AD|PA|GA|TV|SE|PM|VA|BR|CA|AI|ID|NE|LA|AC|MO|MA|MS|MC|CC|CM|SC|SH|SM|TM|TH|VE|LI|ET|CV|PR|IO)$/u;

/** A word of the house stays what it is; beside a listed value one of the product family («phones») makes the word ambiguous. */
function withLearned(listed: readonly Meaning[], learned: readonly Meaning[], key: string): readonly Meaning[] {
  if (learned.length === 0) return listed;
  // «cats» is short for categories, but not in a shop that sells for cats.
  if (listed.every((m) => m.as === 'dimension' && !key.startsWith(m.id.slice(0, 5)))) return [...listed, learned[0]!];
  if (listed.some((m) => m.as !== 'value')) return listed;
  if (listed.some((m) => m.as === 'value' && m.dimension === 'country'))
    return [...listed, ...learned.filter((m) => m.as === 'value' && m.dimension === 'region')];
  const others = learned.filter((m) => m.as === 'value' && productFamily.includes(m.dimension));
  return others.length > 0 ? [...listed, others[0]!] : listed;
}

/** As typed, without what joins words: «TEATIME» is the code, «tea time» the campaign tea_time. */
function rawOf(tokens: readonly Token[], from: number, to: number): string {
  return tokens
    .slice(from, to)
    .map((t) => t.raw)
    .join('');
}

/** Coupons are often called like their campaign: a question that speaks of codes means the coupon. */
function speaksOfCodes(tokens: readonly Token[]): boolean {
  return tokens.some((t) => /^(?:coupons?|codes?|vouchers?|promo|redeem(?:ed)?|discounts?|used|uses|using)$/u.test(t.text));
}

/** One word as values of one family means its first dimension; of several families all stay, and it is asked. */
function oneOfFamily(learned: readonly Meaning[], tokens: readonly Token[], raw: string): readonly Meaning[] {
  const seen = new Set<string>();
  const codes = speaksOfCodes(tokens);
  // «by region, bavaria and berlin»: the dimension that the question names.
  const isNamed = (d: string) => tokens.some((t) => t.text === d || t.text === `${d}s` || t.text === d.replace(/y$/u, 'ies'));
  const first = (m: Meaning) =>
    m.as !== 'value'
      ? 2
      : isNamed(m.dimension)
        ? -1
        : codes && m.dimension === 'coupon'
          ? 0
          : m.value.replace(/[\s_-]/gu, '') === raw
            ? 1
            : 2;
  return [...learned]
    .sort((a, b) => first(a) - first(b))
    .filter((m) => {
      const family = m.as === 'value' ? familyOf(m.dimension) : '';
      if (seen.has(family)) return false;
      seen.add(family);
      return true;
    });
}

function familyOf(dimension: string): string {
  if (productFamily.includes(dimension)) return 'product';
  if (['city', 'region', 'country'].includes(dimension)) return 'place';
  if (dimension === 'coupon' || dimension === 'campaign') return 'campaign';
  return ['source', 'referrer', 'channel', 'first_channel'].includes(dimension) ? 'source' : dimension;
}

const productFamily: readonly string[] = ['brand', 'category', 'category2', 'category3', 'product', 'product_id'];
