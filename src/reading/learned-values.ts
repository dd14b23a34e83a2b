import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import { everydayWords } from './everyday-words.ts';
import type { Meaning } from './meaning.ts';
import { foldersOf, nameOfPage } from './page-folders.ts';
import { keyOf, stemKeyOf, wordsOf } from './word-forms.ts';

/** Values that the data hold, by key. */
export interface LearnedValues {
  /** Values that stand for themselves («samsung»), most telling dimension first. */
  free(key: string): readonly Meaning[];
  /** The one product, source or the like that is known by its first words alone («comandante», «olive trees», «chatgpt»). */
  short(key: string, stemKey: string): Meaning | undefined;
  /** Values whose words have these stems («gas grill» of Gas Grills), and those that count only where nothing else does. */
  likely(stemKey: string): readonly Meaning[];
  /** A value of one dimension, for when the dimension is named beside it. */
  of(dimension: string, key: string): string | undefined;
  /** Values of a dimension that hold all these words, most frequent first. */
  holding(dimension: string, words: readonly string[]): readonly string[];
  /** Words that may be corrected to. */
  readonly words: ReadonlySet<string>;
  /** All words of values, also of those that are meant only beside their dimension's name: none of them is a slip. */
  readonly known: ReadonlySet<string>;
  readonly longest: number;
  /** Folders of pages by the key of their name: «blog» → «/blog/». */
  readonly folders: ReadonlyMap<string, string>;
}

/** Dimensions whose values may be any words at all: they count only beside the dimension's name or in quotes. */
const onlyNamed: readonly string[] = [
  'search_term',
  'error_message',
  'element',
  'form',
  'form_field',
  'event_name',
  'product_list',
  'variant',
  'os_version',
  'language',
  'medium',
  'page_type',
  'exit_page',
];

/** Dimensions whose values visitors or machines wrote, slips and all. */
const typed: readonly string[] = ['search_term', 'error_message', 'element', 'page', 'landing_page', 'exit_page'];

/** Where one word is a value of several dimensions, the earlier is meant if they are of one family. */
const rank: readonly string[] = [
  'country',
  'channel',
  'brand',
  'category',
  'category2',
  'campaign',
  'source',
  'city',
  'region',
  'referrer',
  'product',
];

/** Facts → values; some 30 ms for 10,000 values, so once per data version. */
export function learnValues(glossary: Glossary, facts: DataFacts): LearnedValues {
  const free = new Map<string, Meaning[]>();
  const byDimension = new Map<string, Map<string, string>>();
  const stems = new Map<string, Meaning[]>();
  const words = new Set<string>();
  const known = new Set<string>();
  const shorts = new Map<string, Meaning | 'several'>();
  let longest = 1;
  for (const [dimension, values] of Object.entries(facts.values)) {
    if (!(dimension in glossary.dimensions)) continue;
    const own = new Map<string, string>();
    byDimension.set(dimension, own);
    for (const value of values) {
      const parts = wordsOf(value);
      const key = keyOf(parts);
      if (key === '' || own.has(key)) continue;
      own.set(key, value);
      if (!typed.includes(dimension)) for (const part of parts) known.add(part);
      if (dimension === 'language') for (const name of languageNames(value)) own.set(name, value);
      longest = Math.max(longest, parts.length);
      // «the cart page» is a kind of page; «the returns page» lies in a folder.
      const isDeep = dimension === 'landing_page' || (dimension === 'page' && value.lastIndexOf('/') > 0);
      const segment = isDeep && value.startsWith('/') ? keyOf(wordsOf(value.split('/').at(-1) ?? '')) : '';
      if (segment !== '' && !own.has(segment)) own.set(segment, value);
      noteShort(shorts, dimension, value, parts);
      const site = dimension === 'referrer' ? siteName(value) : undefined;
      if (site !== undefined && !own.has(site)) own.set(site, value);
      const isSafe = dimension === 'variant' && key.length >= 5;
      if (isSafe || !(onlyNamed.includes(dimension) || value.startsWith('/') || everydayWords.has(key)))
        push(stems, stemKeyOf(parts), { as: 'value', dimension, value, learned: true });
      if (onlyNamed.includes(dimension) || value.startsWith('/')) continue;
      push(free, key, { as: 'value', dimension, value, learned: true });
      for (const part of parts) if (/^\p{L}/u.test(part)) words.add(part);
      for (const name of dimension === 'city' ? [...(exonyms.get(key) ?? []), ...shortCity(value)] : []) {
        push(free, name, { as: 'value', dimension, value, learned: true });
        own.set(name, value);
        words.add(name);
      }
    }
  }
  for (const list of [...free.values(), ...stems.values()]) list.sort((a, b) => rankOf(a) - rankOf(b));
  return {
    free: (key) => free.get(key) ?? [],
    likely: (stemKey) => (stemKey.length >= 3 ? (stems.get(stemKey) ?? []) : []),
    short: (key, stemKey) => {
      const found = everydayWords.has(key) ? undefined : (shorts.get(key) ?? shorts.get(stemKey));
      return found === 'several' ? undefined : found;
    },
    of: (dimension, key) => byDimension.get(dimension)?.get(key),
    holding: (dimension, parts) =>
      [...(byDimension.get(dimension) ?? [])]
        .filter(([key]) => parts.every((p) => key.includes(p)))
        .map(([, v]) => v)
        .filter((v, i, all) => all.indexOf(v) === i),
    words,
    known,
    longest: Math.min(longest, 10),
    folders: foldersOf([...(facts.values.page ?? []), ...(facts.values.landing_page ?? [])]),
  };
}

function push(map: Map<string, Meaning[]>, key: string, meaning: Meaning): void {
  const list = map.get(key);
  if (list) list.push(meaning);
  else map.set(key, [meaning]);
}

/** «english» for «en» and «en-GB». */
function languageNames(code: string): string[] {
  if (!/^[a-z]{2}(?:-[A-Za-z]{2})?$/u.test(code)) return [];
  const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code);
  return name === undefined ? [] : [keyOf(wordsOf(name))];
}

/** First words that no other value starts with, one of five letters or more; a site by its name without www and ending. */
function noteShort(shorts: Map<string, Meaning | 'several'>, dimension: string, value: string, parts: readonly string[]): void {
  const page = dimension === 'page' ? nameOfPage(value) : undefined;
  if (page) shorts.set(stemKeyOf(page), { as: 'value', dimension, value, learned: true });
  if (dimension !== 'product' && dimension !== 'source' && dimension !== 'referrer') return;
  const first = dimension === 'product' ? parts[0] : siteName(value);
  const meaning: Meaning = { as: 'value', dimension, value, learned: true };
  // A site is both: sessions say where they came from by their source.
  const put = (key: string) => {
    const held = shorts.get(key);
    const isReferrer = held !== undefined && held !== 'several' && held.as === 'value' && held.dimension === 'referrer';
    if (held === undefined || isReferrer) shorts.set(key, meaning);
    else if (dimension !== 'referrer') shorts.set(key, 'several');
  };
  if (dimension === 'product')
    for (let n = 2; n < parts.length; n++) if (isName(parts.slice(0, n))) put(stemKeyOf(parts.slice(0, n)));
  if (first === undefined || first.length < 5 || (dimension === 'product' && parts.length < 2)) return;
  put(first);
}

/** «theguardian» of theguardian.com */
function siteName(value: string): string | undefined {
  return /^(?:www\.)?([\p{L}\p{N}-]+)(?:\.\p{L}{2,6}){1,2}$/iu.exec(value)?.[1]?.toLowerCase();
}

/** Words enough to know a product by: «olive tree», no «v 60». */
function isName(parts: readonly string[]): boolean {
  return parts.every((p) => /^\p{L}/u.test(p)) && parts.join('').length >= 7;
}

/** «Frankfurt am Main» is called Frankfurt. */
function shortCity(value: string): string[] {
  const short = /^(\p{L}{4,}) (?:am|an der|im|in der|ob der|upon|on|sur|de la|aan den) /iu.exec(value)?.[1];
  return short ? [keyOf(wordsOf(short))] : [];
}

/** Other names of cities, by the key of the one that data hold; each pair works both ways. */
const exonyms: ReadonlyMap<string, readonly string[]> = bothWays([
  ['munchen', 'munich'],
  ['koln', 'cologne'],
  ['wien', 'vienna'],
  ['nurnberg', 'nuremberg'],
  ['hannover', 'hanover'],
  ['zurich', 'zuerich'],
  ['geneve', 'geneva'],
  ['praha', 'prague'],
  ['warszawa', 'warsaw'],
  ['roma', 'rome'],
  ['milano', 'milan'],
  ['firenze', 'florence'],
  ['torino', 'turin'],
  ['napoli', 'naples'],
  ['venezia', 'venice'],
  ['lisboa', 'lisbon'],
  ['sevilla', 'seville'],
  ['kobenhavn', 'copenhagen'],
  ['goteborg', 'gothenburg'],
  ['bruxelles', 'brussels'],
  ['antwerpen', 'antwerp'],
  ['denhaag', 'thehague'],
  ['newyork', 'nyc'],
  ['newyork', 'newyorkcity'],
  ['losangeles', 'la'],
  ['dusseldorf', 'duesseldorf'],
]);

function bothWays(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const [a, b] of pairs) {
    out.set(a, [...(out.get(a) ?? []), b]);
    out.set(b, [...(out.get(b) ?? []), a]);
  }
  return out;
}

function rankOf(meaning: Meaning): number {
  const at = meaning.as === 'value' ? rank.indexOf(meaning.dimension) : -1;
  return at < 0 ? rank.length : at;
}
