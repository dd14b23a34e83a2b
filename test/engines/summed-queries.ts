import fc from 'fast-check';
import { compose } from '../../src/metrics/compose.ts';
import { anyFunnelReading, anyMetricReading } from '../metrics/random-readings.ts';
import { reading } from '../metrics/readings.ts';
import type { ComposedFrom } from './composed-queries.ts';

/** The same Reading twice: from the daily sums, and from the rows themselves. */
export interface SummedQuery {
  readonly summed: string;
  readonly counted: string;
}

/** The first `count` of the random Readings, the same for the same seed, that daily sums can answer. */
export function summedQueries(from: ComposedFrom, count: number, seed: number): readonly SummedQuery[] {
  const tables = Object.fromEntries(Object.entries(from.glossary.tables).map(([name, { sums: _, ...table }]) => [name, table]));
  const context = { ...from, zone: 'UTC', currency: 'EUR' };
  const found = new Map<string, string>();
  for (const parts of fc.sample(fc.oneof(anyMetricReading, anyFunnelReading), { seed, numRuns: count * 20 })) {
    if (found.size === count) break;
    const summed = compose(reading(parts), context);
    const counted = compose(reading(parts), { ...context, glossary: { ...from.glossary, tables } });
    if (!('kind' in summed) && !('kind' in counted) && summed.sql !== counted.sql) found.set(summed.sql, counted.sql);
  }
  return [...found].map(([summed, counted]) => ({ summed, counted }));
}
