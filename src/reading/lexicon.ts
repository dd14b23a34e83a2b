import type { Dimension, Glossary } from '../glossary/glossary-schema.ts';
import { countryName, countryWords, isEnglishCountry } from './countries.ts';
import { fillers } from './fillers.ts';
import { functionWords } from './function-words.ts';
import { laterKinds } from './later-kinds.ts';
import type { Meaning, Role } from './meaning.ts';
import { type Deeds, deedsOf } from './parse-deed.ts';
import { keyOf, stemKeyOf, wordsOf } from './word-forms.ts';

/** All phrases that the glossary and the language give, by their key and by their stems. */
export interface Lexicon {
  readonly exact: ReadonlyMap<string, readonly Meaning[]>;
  readonly stems: ReadonlyMap<string, readonly Meaning[]>;
  /** Words that may be corrected to: of the glossary's own phrases. */
  readonly words: ReadonlySet<string>;
  /** Step ids in the glossary's order. */
  readonly steps: readonly string[];
  /** What people do in a session, by its verb. */
  readonly deeds: Deeds;
  /** Value phrases of one dimension (and of those of its role), for «brand samsung» and «landing page home». */
  valuesOf(dimension: string): ReadonlyMap<string, string>;
}

/** Glossary → lexicon. Costs some 20 ms; built once per glossary. */
export function buildLexicon(glossary: Glossary): Lexicon {
  const exact = new Map<string, Meaning[]>();
  const stems = new Map<string, Meaning[]>();
  const words = new Set<string>();
  const add = (phrase: string, meaning: Meaning, correctable = true): void => {
    const parts = wordsOf(phrase);
    if (parts.length === 0) return;
    push(exact, keyOf(parts), meaning);
    if (meaning.as !== 'word' && (parts.length > 1 || !exactOnly.includes(meaning.as))) push(stems, stemKeyOf(parts), meaning);
    if (correctable) for (const part of parts) words.add(part);
  };
  addMetrics(glossary, add);
  addDimensions(glossary, add);
  addRest(glossary, add);
  addPopulations(exact);
  for (const [role, text] of Object.entries(functionWords) as [Role, string][])
    for (const phrase of phrasesOf(text)) add(phrase, { as: 'word', role });
  for (const phrase of phrasesOf(fillers)) add(phrase, { as: 'word', role: 'noise' }, false);
  for (const [id, kind] of Object.entries(laterKinds))
    for (const phrase of phrasesOf(kind.words)) add(phrase, { as: 'later', id });
  const steps = Object.keys(glossary.steps);
  return { exact, stems, words, steps, deeds: deedsOf(glossary.dimensions), valuesOf: valueFinder(glossary) };
}

/** «sessions that saw an error» counts sessions, and narrows another metric: where the rest of a phrase is a value, it is both. */
function addPopulations(exact: Map<string, Meaning[]>): void {
  for (const [key, meanings] of [...exact]) {
    const who = /^(?:sessions|users|visitors|visits|customers|people)/u.exec(key)?.[0];
    if (!who || !meanings.some((m) => m.as === 'metric')) continue;
    for (const value of exact.get(key.slice(who.length))?.filter((m) => m.as === 'value') ?? []) push(exact, key, value);
  }
}

/** «a, b» → phrases. */
function phrasesOf(text: string): string[] {
  return text
    .split(',')
    .map((x) => x.trim())
    .filter((x) => x !== '');
}

// «expensive» and «expenses» share a stem: what makes a question be declined has to be said as it is listed.
const exactOnly: readonly Meaning['as'][] = ['reason', 'later', 'ambiguous'];

type Add = (phrase: string, meaning: Meaning, correctable?: boolean) => void;

function addMetrics(glossary: Glossary, add: Add): void {
  for (const [id, metric] of Object.entries(glossary.metrics)) {
    if (metric.hidden) continue;
    for (const phrase of [id, metric.label, ...metric.synonyms]) add(phrase, { as: 'metric', id });
  }
}

function addDimensions(glossary: Glossary, add: Add): void {
  for (const [id, dimension] of Object.entries(glossary.dimensions)) {
    for (const phrase of [
      ...(id.startsWith('is_') ? [] : [id]),
      dimension.label,
      ...(dimension.plural ? [dimension.plural] : []),
      ...dimension.synonyms,
    ])
      add(phrase, { as: 'dimension', id });
    // «cart» is a step and a word of many phrases: only its label and synonyms mean the pages.
    const isWordId = (phrase: string, value: string) =>
      phrase === value &&
      dimension.learn &&
      dimension.values[value] !== undefined &&
      keyOf(wordsOf(dimension.values[value].label)) !== phrase;
    for (const [phrase, value, group] of valuePhrases(dimension))
      if (!isWordId(phrase, value) || dimension.values[value]!.synonyms.includes(phrase))
        add(
          phrase,
          { as: 'value', dimension: id, value, ...(group ? { group } : {}) },
          !dimension.countries || group || isEnglishCountry(phrase, value),
        );
  }
}

function addRest(glossary: Glossary, add: Add): void {
  for (const [id, x] of Object.entries(glossary.steps)) for (const p of [id, x.label, ...x.synonyms]) add(p, { as: 'step', id });
  for (const [id, x] of Object.entries(glossary.funnels)) for (const p of [x.label, ...x.synonyms]) add(p, { as: 'funnel', id });
  for (const [id, x] of Object.entries(glossary.ambiguous)) for (const p of x.synonyms) add(p, { as: 'ambiguous', id });
  for (const [id, x] of Object.entries(glossary.reasons)) for (const p of x.synonyms) add(p, { as: 'reason', id });
}

/** Phrases of listed values, of groups and of countries, with what a filter holds for them. */
function valuePhrases(dimension: Dimension): [phrase: string, value: string, group: boolean][] {
  const out: [string, string, boolean][] = [];
  for (const [id, value] of Object.entries(dimension.values))
    for (const p of [id, value.label, ...value.synonyms]) out.push([p, id, false]);
  for (const [id, group] of Object.entries(dimension.groups))
    for (const p of [id, group.label, ...group.synonyms]) out.push([p, id, true]);
  if (dimension.countries) for (const [name, code] of countryWords()) out.push([name, code, false]);
  return out;
}

/** Values by phrase of a dimension; one of the same role lends its values where the dimension lists none of its own. */
function valueFinder(glossary: Glossary): (dimension: string) => ReadonlyMap<string, string> {
  const made = new Map<string, ReadonlyMap<string, string>>();
  return (id) => {
    const known = made.get(id);
    if (known) return known;
    const values = new Map<string, string>();
    const own = glossary.dimensions[id]!;
    const kin = Object.entries(glossary.dimensions).filter(([other, d]) => other !== id && own.role && d.role === own.role);
    for (const [phrase, value] of valuePhrases(own)) values.set(keyOf(wordsOf(phrase)), value);
    for (const [, dimension] of kin)
      for (const [phrase, value, group] of valuePhrases(dimension)) {
        const key = keyOf(wordsOf(phrase));
        if (!group && !values.has(key)) values.set(key, heldAs(dimension, value));
      }
    made.set(id, values);
    return values;
  };
}

/** What the column holds for a value id. */
export function heldAs(dimension: Dimension, value: string): string {
  const is = dimension.values[value]?.is;
  return is === undefined ? value : String(Array.isArray(is) ? is[0] : is);
}

/** How a value is called in words that the grammar reads back. */
export function nameOfValue(dimension: Dimension, value: string): string {
  const listed = dimension.values[value]?.label ?? dimension.groups[value]?.label;
  if (listed !== undefined) return listed;
  return dimension.countries && /^[A-Z]{2}$/u.test(value) ? countryName(value) : value;
}

function push(map: Map<string, Meaning[]>, key: string, meaning: Meaning): void {
  const list = map.get(key);
  if (!list) map.set(key, [meaning]);
  else if (!list.some((m) => JSON.stringify(m) === JSON.stringify(meaning))) list.push(meaning);
}
