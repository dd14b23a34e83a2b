import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Item, Meaning, Role } from './meaning.ts';
import type { Parts } from './parts.ts';

/** An item that the lexicon or the data know. */
export type Term = Item & { type: 'term' };

interface Scene {
  readonly hasMetric: boolean;
  /** «sessions», «users»: a measure, unless it only says whose number another measure is. */
  readonly hasPopulation: boolean;
  readonly funnel: boolean;
  /** «best», «most»: something is ranked. */
  readonly ranked: boolean;
  /** Dimensions of values in a question with «vs»: «weekday revenue vs weekend». */
  readonly opposed: ReadonlySet<string>;
  readonly glossary: Glossary;
}

/** Items → whether a measure, a population or a funnel is among them. */
export function sceneOf(items: readonly Item[], glossary: Glossary): Scene {
  const terms = items.filter((i): i is Term => i.type === 'term');
  const has = (item: Term, as: Meaning['as']) => item.meanings.some((m) => m.as === as);
  const isPopulation = (item: Term) => item.meanings.some((m) => m.as === 'word' && m.role === 'population');
  return {
    hasMetric:
      terms.some((t) => has(t, 'metric') && !has(t, 'value') && !isPopulation(t)) || terms.some((t) => roleOf(t) === 'doing'),
    // «… with at least 100 sessions» only bounds.
    hasPopulation: terms.some(
      (t) => has(t, 'metric') && isPopulation(t) && !items.some((i) => i.type === 'amount' && i.to === t.from),
    ),
    opposed: new Set(
      terms.some((t) => t.meanings.some((m) => m.as === 'word' && m.role === 'versus'))
        ? terms.flatMap((t) => (t.meanings.length === 1 && t.meanings[0]!.as === 'value' ? [t.meanings[0]!.dimension] : []))
        : [],
    ),
    ranked: terms.some((t) => /^(?:best|worst|high|low|busy)$/u.test(roleOf(t) ?? '')),
    funnel: items.some((i) => i.type === 'chain') || terms.some((t) => has(t, 'funnel')),
    glossary,
  };
}

function roleOf(item: Term): Role | undefined {
  const word = item.meanings.length === 1 ? item.meanings[0] : undefined;
  return word?.as === 'word' ? word.role : undefined;
}

/** Which meaning of a term counts here. */
export function choose(item: Term, role: Role | undefined, scene: Scene, parts: Parts, isListed: boolean): Meaning {
  const by = (as: Meaning['as']) => item.meanings.find((m) => m.as === as);
  const word = (r: Role) => item.meanings.find((m) => m.as === 'word' && m.role === r);
  const [first] = item.meanings;
  if (item.meanings.length === 1) return first!;
  const opposed = item.meanings.find((m) => m.as === 'value' && scene.opposed.has(m.dimension));
  if (opposed && by('dimension')) return opposed;
  if (
    role === 'by' ||
    role === 'which' ||
    role === 'high' ||
    role === 'low' ||
    role === 'best' ||
    role === 'worst' ||
    role === 'busy' ||
    role === 'long'
  ) {
    const dimension = by('dimension');
    if (dimension) return dimension;
  }
  if (scene.funnel && by('step') && parts.funnel !== undefined && role !== 'also') return by('step')!;
  const metric = by('metric');
  const value =
    word('population') && by('metric') ? item.meanings.find((m) => m.as === 'value' && m.dimension !== 'is_bot') : by('value');
  // «top campaigns by new users» ranks by the measure.
  if (metric && value && role === 'by' && parts.ranks.length > 0) return metric;
  if (metric && value)
    return (scene.hasMetric || scene.hasPopulation || scene.funnel || parts.metrics.length > 0) &&
      !joinsMetric(parts, role) &&
      !(isListed && role !== 'in')
      ? value
      : metric;
  if (metric) return metric;
  if (by('funnel')) return by('funnel')!;
  // «weekday with the best conversion»
  if (value && by('dimension') && scene.ranked && /^weekday$/iu.test(item.text)) return by('dimension')!;
  if (value && by('dimension')) return role === 'also' ? by('dimension')! : value;
  const complement = word('complement');
  if (complement && parts.values.length > 0 && (parts.versus.length > 0 || role === 'better_than') && word('not'))
    return complement;
  return (
    value ??
    by('dimension') ??
    by('reason') ??
    by('later') ??
    by('ambiguous') ??
    (item.meanings.some((m) => m.as === 'word') ? undefined : by('step')) ??
    pickWord(item, parts)
  );
}

/** «buyers and revenue»: the next thing in a list is a measure, or a bound that it is counted within. */
export function startsList(items: readonly Item[], i: number): boolean {
  const [link, next] = [items[i + 1], items[i + 2]];
  // «buyers with at least 2 orders» are counted.
  // «how often do people search per visit»: what a ratio is made of.
  if (link?.type === 'term' && link.meanings.some((m) => m.as === 'word' && m.role === 'by') && /^per$/iu.test(link.text))
    return true;
  if (link?.type === 'amount' || (next?.type === 'amount' && link?.type === 'term')) return true;
  const isLink = link?.type === 'term' && link.meanings.some((m) => m.as === 'word' && m.role === 'and');
  return isLink && next?.type === 'term' && next.meanings.some((m) => m.as === 'metric');
}

function joinsMetric(parts: Parts, role: Role | undefined): boolean {
  return (role === 'and' || role === 'with') && parts.metrics.length > 0 && parts.values.length === 0;
}

/** Function words with two works: the one that the question has a use for. */
function pickWord(item: Term, parts: Parts): Meaning {
  const roles = item.meanings.flatMap((m) => (m.as === 'word' ? [m] : []));
  // «where do mobile users drop out»
  const loses = parts.roles.has('where') || parts.roles.has('which') ? roles.find((m) => m.role === 'lose') : undefined;
  if (loses) return loses;
  const prefers = parts.content === 0 ? (['about', 'instead', 'also'] as Role[]) : [];
  return (
    roles.find((m) => prefers.includes(m.role)) ?? roles.find((m) => m.role !== 'noise' && m.role !== 'complement') ?? roles[0]!
  );
}
