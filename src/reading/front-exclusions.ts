import type { Item, Role } from './meaning.ts';

/**
 * «direct and email excluded», «services left out», «safari aside»: an exclusion that stands behind its values is brought
 * before them, where every other one stands. «Austria, Switzerland apart» takes nothing out of Austria: it sets both apart.
 */
export function frontExclusions(items: readonly Item[]): Item[] {
  const out = [...items];
  for (let i = 0; i < out.length; i++) {
    if (!isWord(out[i], 'left_out')) continue;
    const word = out[i]!;
    const last = isValue(skip(out, i + 1)) ? undefined : before(out, i);
    const first = last === undefined ? undefined : runStart(out, last);
    const verb = first === undefined ? undefined : out[first - 1];
    // «leaving email aside»: the verb says it once more.
    const isTwice = verb !== undefined && /^(?:leav|set|put|tak|with|remov|keep)/iu.test(verb.text);
    const isOut = /^out$/iu.test(word.text);
    if (first === undefined || (isOut && !isTwice)) {
      out[i] = isOut ? as(word, 'noise') : isValue(skip(out, i + 1)) ? as(word, 'not') : { ...span(word), type: 'unknown' };
      continue;
    }
    const apart = /^apart$/iu.test(word.text) && hasOther(out, first, last!);
    out.splice(i, 1);
    out.splice(first, 0, as(word, apart ? 'split' : 'not'));
    if (isTwice) out[first - 1] = as(verb, 'noise');
  }
  return out;
}

/** The value right before, over words that say nothing («is», «were», «should be»). */
function before(items: readonly Item[], at: number): number | undefined {
  let i = at - 1;
  while (i >= 0 && (isWord(items[i], 'noise') || isWord(items[i], 'the'))) i--;
  return isValue(items[i]) || boundStart(items, i) !== undefined ? i : undefined;
}

/** «brands under 50 units left out»: where the bounded things stand. */
function boundStart(items: readonly Item[], last: number): number | undefined {
  const amount = items.findLastIndex((item, i) => i <= last && i >= last - 1 && item.type === 'amount');
  if (amount < 0) return undefined;
  let i = amount - 1;
  while (isWord(items[i], 'with') || isWord(items[i], 'noise') || isWord(items[i], 'in')) i--;
  const thing = items[i];
  return thing?.type === 'term' && thing.meanings.some((m) => m.as === 'dimension') ? i : undefined;
}

/** Where its list begins: «direct, email and sms» is one, «germany, austria» without an «and» are two. */
function runStart(items: readonly Item[], last: number): number {
  const bound = boundStart(items, last);
  if (bound !== undefined) return bound;
  let first = last;
  let joined = false;
  for (let i = last - 1; i > 0; i -= 2) {
    const link = items[i];
    const isComma = link?.text === ',';
    joined ||= !isComma;
    if (!(isWord(link, 'and') || isWord(link, 'or')) || (isComma && !joined) || !isValue(items[i - 1])) break;
    first = i - 1;
  }
  return isWord(items[first - 1], 'the') ? first - 1 : first;
}

function hasOther(items: readonly Item[], first: number, last: number): boolean {
  const own = items.slice(first, last + 1).flatMap(dimensionsOf);
  return items.some((item, i) => (i < first || i > last) && dimensionsOf(item).some((d) => own.includes(d)));
}

function dimensionsOf(item: Item): string[] {
  if (item.type === 'filter') return [item.filter.dimension];
  return item.type === 'term' ? item.meanings.flatMap((m) => (m.as === 'value' ? [m.dimension] : [])) : [];
}

function skip(items: readonly Item[], at: number): Item | undefined {
  let i = at;
  while (isWord(items[i], 'noise') || isWord(items[i], 'the')) i++;
  return items[i];
}

function isValue(item: Item | undefined): boolean {
  return item?.type === 'filter' || (item?.type === 'term' && item.meanings.some((m) => m.as === 'value'));
}

function isWord(item: Item | undefined, role: Role): boolean {
  return item?.type === 'term' && item.meanings.some((m) => m.as === 'word' && m.role === role);
}

function as(item: Item, role: Role): Item {
  return { ...span(item), type: 'term', meanings: [{ as: 'word', role }] };
}

function span({ from, to, text }: Item): Pick<Item, 'from' | 'to' | 'text'> {
  return { from, to, text };
}
