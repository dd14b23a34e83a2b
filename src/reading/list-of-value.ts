import type { Item, Role } from './meaning.ts';
import type { Parts } from './parts.ts';

/**
 * «top 5 e-bikes by revenue», «which emails sold most»: the plural of a value behind «which» or a rank asks for what lies
 * under it, the products of a category or a brand, the campaigns of a channel, where no other breakdown is named.
 */
export function listOfValue(parts: Parts, items: readonly Item[]): void {
  const isTimed = parts.grains.length > 0 || parts.chain !== undefined || parts.funnel !== undefined;
  if (parts.dimensions.length > 0 || isTimed || parts.versus.length > 0) return;
  const isValue = (item: Item | undefined) => item !== undefined && parts.values.some((v) => v.at === item.from);
  const start = items.findIndex((item, i) => isValue(items[i + 1]) && asksForList(item));
  if (start < 0) return;
  let end = start + 1;
  while (isValue(items[end + 1])) end++;
  const value = parts.values.find((v) => v.at === items[end]!.from)!;
  const isCounted = items[start]!.type === 'limit';
  const isWhich = hasRole(items[start]!, ['which']);
  // «highest samsung revenue» asks for one number, «which helmets convert» does not.
  const isOwner = items[end + 1]?.type === 'term' && hasMetric(items[end + 1]!) && !isWhich && !isCounted;
  const isPlural = /s$/iu.test(value.text) || isCounted;
  const id = isPlural && !isOwner && value.filter.op === 'is' ? under(value.filter.dimension, value.text) : undefined;
  if (id) parts.dimensions.push({ id, at: value.at, by: false, text: value.text });
}

function asksForList(item: Item): boolean {
  return item.type === 'limit' || hasRole(item, ['which', 'best', 'worst', 'high', 'low']);
}

function hasRole(item: Item, roles: readonly Role[]): boolean {
  return item.type === 'term' && item.meanings.some((m) => m.as === 'word' && roles.includes(m.role));
}

function hasMetric(item: Item): boolean {
  return item.type === 'term' && item.meanings.some((m) => m.as === 'metric');
}

function under(dimension: string, text: string): string | undefined {
  if (/\bchannels\b/iu.test(text)) return 'channel';
  if (['brand', 'category', 'category2'].includes(dimension)) return 'product';
  return ['channel', 'source', 'medium'].includes(dimension) ? 'campaign' : undefined;
}
