import type { Item } from './meaning.ts';

/** «do not show those under 50» asks for 50 and more: the same bound, from the other side. */
export function invertedAmount<T extends Item & { type: 'amount' }>(item: T): T {
  const other = { at_least: 'less_than', at_most: 'more_than', more_than: 'at_most', less_than: 'at_least' } as const;
  return { ...item, op: other[item.op as keyof typeof other] ?? item.op, inverted: true };
}

/** True if a bound follows what stands at `i`: «brands with under 50 units». */
export function leadsToAmount(items: readonly Item[], i: number): boolean {
  const next = items.slice(i + 1).find((item) => !isLink(item));
  return next?.type === 'amount';
}

function isLink(item: Item): boolean {
  return (
    item.type === 'term' &&
    item.meanings.some((m) => m.as === 'word' && (m.role === 'noise' || m.role === 'the' || m.role === 'with' || m.role === 'in'))
  );
}
