import { units } from './calendar-words.ts';
import type { Sense } from './meaning.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «top 10», «10 best», «worst five», «first 20», «#1». */
export function parseLimit(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const way = wayAt(tokens, at);
  if (way) {
    const count = numberAt(tokens, way.to);
    // «top 2 weeks» and «most 30 days» are no limits.
    return count && usable(count.value) && !isUnitPlural(tokens, count.to)
      ? { value: { type: 'limit', count: count.value, way: way.value }, to: count.to }
      : undefined;
  }
  const joined = /^(top|bottom|worst|best)(\d{1,3})$/u.exec(wordAt(tokens, at));
  if (joined && usable(Number(joined[2]))) {
    const words = { top: 'high', bottom: 'low', worst: 'worst', best: 'best' } as const;
    return { value: { type: 'limit', count: Number(joined[2]), way: words[joined[1] as keyof typeof words] }, to: at + 1 };
  }
  const count = numberAt(tokens, at);
  const after2 = count && usable(count.value) ? wayAt(tokens, count.to) : undefined;
  if (count && after2 && wordAt(tokens, count.to) !== 'top')
    return { value: { type: 'limit', count: count.value, way: after2.value }, to: after2.to };
  const limit = after(tokens, at, 'limit to', 'limit', 'just the first', 'the first', 'first', 'show only', 'max', 'only');
  const n = limit ? numberAt(tokens, limit) : undefined;
  if (!n || !usable(n.value) || lookUp(units, wordAt(tokens, n.to)) || wordAt(tokens, n.to) === '%') return undefined;
  const isLimit =
    wordAt(tokens, at) === 'limit' || tokens[n.to] === undefined || after(tokens, n.to, 'rows', 'results', 'of them', 'entries');
  return isLimit
    ? {
        value: { type: 'limit', count: n.value, way: 'none' },
        to: after(tokens, n.to, 'rows', 'results', 'of them', 'entries') ?? n.to,
      }
    : undefined;
}

function wayAt(tokens: readonly Token[], at: number): Found<'best' | 'worst' | 'high' | 'low'> | undefined {
  const the = after(tokens, at, 'the', 'our') ?? at;
  const ways = {
    top: 'high',
    best: 'best',
    worst: 'worst',
    bottom: 'low',
    lowest: 'low',
    highest: 'high',
    biggest: 'high',
    largest: 'high',
    smallest: 'low',
    strongest: 'best',
    weakest: 'worst',
    poorest: 'worst',
  } as const;
  const way = lookUp<'best' | 'worst' | 'high' | 'low'>(ways, wordAt(tokens, the));
  return way ? { value: way, to: the + 1 } : undefined;
}

function usable(count: number): boolean {
  return count >= 1 && count <= 1000;
}

function isUnitPlural(tokens: readonly Token[], at: number): boolean {
  return lookUp(units, wordAt(tokens, at)) !== undefined && wordAt(tokens, at).length < 3;
}
