import type { Dimension, Glossary } from '../glossary/glossary-schema.ts';
import type { Filter } from '../glossary/reading.ts';
import { heldAs } from './lexicon.ts';
import { keyOf, wordsOf } from './word-forms.ts';

interface Cut {
  readonly dimensions: readonly string[];
  readonly filters: readonly Filter[];
  /** What was taken instead, to be said. */
  readonly assumed: readonly string[];
}

/**
 * «conversion rate of returning customers»: where the rows of a metric cannot be cut by a dimension (orders know their
 * customer, sessions do not), the sibling with the same words that can (returning visitors), and that is said. Without a
 * sibling nothing changes; it is declined by name later.
 */
export function withinReach(
  metrics: readonly string[],
  dimensions: readonly string[],
  filters: readonly Filter[],
  glossary: Glossary,
): Cut {
  const assumed: string[] = [];
  const lost = (id: string) => metrics.some((m) => !reaches(m, id, glossary));
  const say = (from: string, to: string) =>
    assumed.push(`${labelOf(to, glossary)} instead of ${labelOf(from, glossary)}, which this number does not know`);
  const found = (id: string) => (id in glossary.dimensions && lost(id) ? siblingOf(id, lost, glossary) : undefined);
  const cuts = dimensions.map((id) => {
    const sibling = found(id);
    if (sibling) say(id, sibling);
    return sibling ?? id;
  });
  const narrowed = filters.map((filter) => {
    const sibling = found(filter.dimension);
    const values = sibling && filter.values.map((v) => valueIn(sibling, filter.dimension, v, glossary));
    if (!sibling || !values || values.some((v) => v === undefined)) return filter;
    say(filter.dimension, sibling);
    return { ...filter, dimension: sibling, values: values as string[] };
  });
  return { dimensions: [...new Set(cuts)], filters: narrowed, assumed: [...new Set(assumed)] };
}

/** True if the metric's rows carry the dimension themselves, by their session or by their user, or a variant's do. */
export function reaches(metric: string, dimension: string, glossary: Glossary): boolean {
  const m = glossary.metrics[metric];
  if (m === undefined) return true;
  if (m.variants.some((v) => v.dimensions.includes(dimension))) return true;
  if (m.ratio) return reaches(m.ratio.of, dimension, glossary) && reaches(m.ratio.over, dimension, glossary);
  if (m.complement !== undefined) return reaches(m.complement, dimension, glossary);
  const columns = glossary.dimensions[dimension]?.columns ?? {};
  const table = m.measure?.table ?? '';
  const facts = glossary.tables[table];
  if (table in columns || (facts?.time !== undefined && '*' in columns)) return true;
  return (facts?.session !== undefined && 'sessions' in columns) || (facts?.user !== undefined && 'users' in columns);
}

function siblingOf(id: string, lost: (id: string) => boolean, glossary: Glossary): string | undefined {
  const own = glossary.dimensions[id]!;
  const page =
    own.role === 'page' ? Object.entries(glossary.dimensions).find(([k, d]) => d.role === 'page' && !lost(k)) : undefined;
  if (page) return page[0];
  const shares = (other: Dimension) =>
    Object.values(own.values).length > 0 &&
    Object.values(own.values).every((v) => Object.values(other.values).some((w) => sameWords(v, w)));
  return Object.entries(glossary.dimensions).find(([other, d]) => other !== id && !lost(other) && shares(d))?.[0];
}

function valueIn(sibling: string, dimension: string, value: string, glossary: Glossary): string | undefined {
  if (glossary.dimensions[dimension]?.role === 'page') return heldAs(glossary.dimensions[dimension], value);
  const own = glossary.dimensions[dimension]?.values[value];
  const there = Object.entries(glossary.dimensions[sibling]!.values);
  return own && there.find(([, v]) => sameWords(own, v))?.[0];
}

interface Named {
  readonly label: string;
  readonly synonyms: readonly string[];
}

/** «returning customers» and «returning visitors» share what they say of people. */
function sameWords(a: Named, b: Named): boolean {
  const keys = new Set(keysOf(a));
  return keysOf(b).some((k) => keys.has(k));
}

const people = /^(?:customers?|visitors?|users?|buyers?|people|orders?|sessions?|visits?)$/u;

function keysOf(value: Named): string[] {
  return [value.label, ...value.synonyms].map((p) => keyOf(wordsOf(p).filter((w) => !people.test(w)))).filter((k) => k !== '');
}

function labelOf(id: string, glossary: Glossary): string {
  return glossary.dimensions[id]?.label ?? id;
}
