import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading } from '../glossary/reading.ts';
import type { Draft } from '../metrics/draft.ts';
import type { Fetched } from './stations.ts';

/**
 * The same question with a row per currency, where the shop's own currency holds nothing and others do («average order value
 * in switzerland»); undefined where there is nothing to split (definitions.md 15).
 */
export function byCurrency(draft: Draft, fetched: Fetched, glossary: Glossary): DataReading | undefined {
  const { reading, columns } = draft;
  if (reading.kind !== 'metric' || reading.dimensions.length >= 3 || !('currency' in glossary.dimensions)) return undefined;
  if (reading.dimensions.includes('currency') || reading.filters.some((f) => f.dimension === 'currency')) return undefined;
  const money = columns.map((c, i) => (c.role === 'metric' && c.unit === 'money' ? i : -1)).filter((i) => i >= 0);
  const empty = fetched.result.rows.every((row) => money.every((i) => row[i] === null || row[i] === 0));
  const others = fetched.asides.other_currencies?.rows.length ?? 0;
  return money.length > 0 && empty && others > 0 ? { ...reading, dimensions: [...reading.dimensions, 'currency'] } : undefined;
}
