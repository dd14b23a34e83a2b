import type { Dimension } from '../glossary/glossary-schema.ts';
import type { Sense } from './meaning.ts';
import type { Found } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import { verbForms } from './verb-forms.ts';
import { plain } from './word-forms.ts';

/** What a person did in a session, and the values of the yes-or-no dimension that stand for having done it or not. */
interface Deed {
  readonly dimension: string;
  readonly yes: string;
  readonly no: string | undefined;
  /** The words of each place after the verb. */
  readonly rest: readonly (readonly string[])[];
}

/** Deeds by every form of their verb. */
export type Deeds = ReadonlyMap<string, readonly Deed[]>;

/** The `did` phrases of the glossary → deeds. */
export function deedsOf(dimensions: Readonly<Record<string, Dimension>>): Deeds {
  const deeds = new Map<string, Deed[]>();
  for (const [dimension, { values }] of Object.entries(dimensions))
    for (const [yes, { did }] of Object.entries(values))
      for (const phrase of did) {
        const [verbs = [], ...rest] = phrase.split(/\s+/u).map((word) => word.split('|'));
        const deed: Deed = { dimension, yes, no: Object.keys(values).find((other) => other !== yes), rest };
        for (const form of verbs.flatMap(verbForms)) deeds.set(form, [...(deeds.get(form) ?? []), deed]);
      }
  return deeds;
}

/**
 * «who did not buy», «that never reached the checkout», «without adding anything to the basket»: what was done in a session or
 * not, as the value of its yes-or-no dimension. It needs a word before it that makes it tell of people or visits, so that «buy
 * most» stays what it is.
 */
export function parseDeed(tokens: readonly Token[], at: number, deeds: Deeds): Found<Sense> | undefined {
  const lead = leadAt(tokens, at);
  if (!lead) return undefined;
  let found: { to: number; deed: Deed } | undefined;
  for (const deed of deeds.get(spelt(tokens, lead.to)) ?? []) {
    const to = restAt(tokens, lead.to + 1, deed.rest);
    if (to !== undefined && to > (found?.to ?? 0)) found = { to, deed };
  }
  const value = lead.negated ? found?.deed.no : found?.deed.yes;
  if (!found || value === undefined) return undefined;
  const meanings = [{ as: 'value', dimension: found.deed.dimension, value }] as const;
  return { value: { type: 'term', meanings }, to: skip(tokens, found.to, tail) };
}

/** Where the verb stands, and whether it is denied. */
function leadAt(tokens: readonly Token[], at: number): { to: number; negated: boolean } | undefined {
  const relative = relativeAt(tokens, at);
  const joined = relative === undefined && tellsOfSome(tokens, at) ? skip(tokens, at, conjunction) : at;
  const start = skip(tokens, relative ?? joined, adverb);
  const denied = negationAt(tokens, start);
  if (relative === undefined && joined === at && denied === undefined && !isPredicate(tokens, at)) return undefined;
  const to = skip(tokens, denied ?? start, adverb);
  // «no purchase» and «without search» are nouns behind the word, each with its own reading.
  const isNoun = /^(?:without|wo|not|by)$/u.test(spelt(tokens, to - 1)) && !/ing$/u.test(spelt(tokens, to));
  return isNoun ? undefined : { to, negated: denied !== undefined };
}

/** «people who», «visits in which somebody»; «which order», «that purchase» tell of nobody. */
function relativeAt(tokens: readonly Token[], at: number): number | undefined {
  const word = spelt(tokens, at);
  if (at === 0 || !/^(?:who|that|which|where|in|during)$/u.test(word)) return undefined;
  const start = word === 'in' || word === 'during' ? (spelt(tokens, at + 1) === 'which' ? at + 2 : undefined) : at + 1;
  if (start === undefined || (word !== 'who' && !people.test(spelt(tokens, at - 1)))) return undefined;
  if (tokens[at - 1]!.kind === 'sign') return undefined;
  return skip(tokens, start, somebody);
}

/** A conjunction goes on about people only where some were told of. */
function tellsOfSome(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(1, at).some((t) => /^(?:who|that|which|where|without|whose)$/u.test(t.text));
}

/** «how many visits looked at a product»: the verb of what is counted. */
function isPredicate(tokens: readonly Token[], at: number): boolean {
  return (
    people.test(spelt(tokens, at - 1)) && /^(?:many|of|percentage|share|percent|portion|fraction)$/u.test(spelt(tokens, at - 2))
  );
}

function negationAt(tokens: readonly Token[], at: number): number | undefined {
  const left = /^(?:left|leave|leaves|leaving|exit|exited|go|went|ended|end)$/u.test(spelt(tokens, at)) ? at + 1 : at;
  const [one, two] = [spelt(tokens, left), spelt(tokens, left + 1)];
  if (one === 'without' || one === 'wo') return left + 1;
  if (left > at) return undefined;
  if (/^(?:didnt|dont|doesnt|havent|hasnt|hadnt|never|not)$/u.test(one)) return two === 'ever' ? at + 2 : at + 1;
  if (/^(?:did|do|does|have|has|had)$/u.test(one) && /^(?:not|never)$/u.test(two)) return at + 2;
  return /^(?:failed|fail|fails)$/u.test(one) && two === 'to' ? at + 2 : undefined;
}

/** The position after the words of a deed; articles and «something» may stand between them. */
function restAt(tokens: readonly Token[], at: number, rest: Deed['rest']): number | undefined {
  let to = at;
  for (const place of rest) {
    while (!place.includes(spelt(tokens, to)) && filler.test(spelt(tokens, to))) to++;
    if (!place.includes(spelt(tokens, to))) return undefined;
    to++;
  }
  return to;
}

function skip(tokens: readonly Token[], at: number, words: RegExp): number {
  let to = at;
  while (tokens[to] !== undefined && words.test(spelt(tokens, to))) to++;
  return to;
}

function spelt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  return token && token.kind !== 'quoted' && token.kind !== 'path' ? plain(token.text) : '';
}

const people =
  /^(?:sessions?|visits?|users?|people|ppl|persons?|visitors?|customers?|shoppers?|clients?|those|ones|folks|guests?|buyers?|traffic|everyone|everybody|anyone|all|members|journeys?|orders?|purchases?)$/u;
const somebody = /^(?:somebody|someone|they|people|users?|visitors?|customers?|shoppers?|the|a|anyone)$/u;
const conjunction = /^(?:and|but|yet|then|they|,)$/u;
const adverb =
  /^(?:also|then|actually|really|already|even|still|later|finally|eventually|have|has|had|having|did|ultimately|successfully)$/u;
const filler =
  /^(?:a|an|the|any|some|their|its|our|single|something|anything|items?|products?|articles?|things?|stuff|it|them|was|were|is|been|got)$/u;
const tail = /^(?:it|them|anything|something|afterwards|afterward|eventually|yet|ever)$/u;
