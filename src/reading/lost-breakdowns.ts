import type { Item } from './meaning.ts';
import type { Parts } from './parts.ts';

/**
 * «orders by type», «revenue by status and device»: a breakdown by a word that says nothing by itself is not understood. Without
 * it the answer would be the whole, as if no breakdown had been asked.
 */
export function lostBreakdowns(items: readonly Item[]): Parts['unknown'] {
  return items.flatMap((item, i) => {
    if (!isBy(item)) return [];
    const next = items.findIndex((other, j) => j > i && !leadsOn(other));
    const [first] = items.slice(i + 1).filter((other) => !isSaid(other, 'the'));
    const goesOn = next >= 0 && carries(items[next]!);
    if (goesOn || !first || !isSaid(first, 'noise') || !/^[\p{L}\p{N}]/u.test(first.text)) return [];
    return [{ text: `${item.text} ${first.text}`, at: item.from }];
  });
}

function isBy(item: Item): boolean {
  return isSaid(item, 'by') && /(?:^|\s)(?:by|per)$/iu.test(item.text);
}

/** «by type of device», «by the kind of visitor»: what stands behind may still say it. */
function leadsOn(item: Item): boolean {
  return isSaid(item, 'noise') || isSaid(item, 'the') || isSaid(item, 'of') || isSaid(item, 'which');
}

function carries(item: Item): boolean {
  if (item.type !== 'term') return item.type !== 'period' && item.type !== 'compare';
  return item.meanings.some((m) => m.as !== 'word');
}

function isSaid(item: Item, role: 'by' | 'noise' | 'the' | 'of' | 'which'): boolean {
  return item.type === 'term' && item.meanings.every((m) => m.as === 'word') && item.meanings.some((m) => m.role === role);
}
