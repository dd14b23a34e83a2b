import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import type { DataReading } from '../../src/glossary/reading.ts';
import { compose } from '../../src/metrics/compose.ts';
import { GOLDEN } from '../metrics/golden-readings.ts';
import { reading } from '../metrics/readings.ts';
import { evalReadings } from './eval-readings.ts';

/** What the composing needs to know of the data. */
export interface ComposedFrom {
  readonly glossary: Glossary;
  readonly now: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly newestEventTime: string | null;
}

/** Every statement, once, that the kept Readings and the questions of the evals compose to, with what it came from. */
export function composedQueries(from: ComposedFrom): ReadonlyMap<string, string> {
  const context = { ...from, zone: 'UTC', currency: 'EUR' };
  const statements = new Map<string, string>();
  const add = (what: string, read: DataReading) => {
    const composed = compose(read, context);
    if ('kind' in composed) return;
    for (const { sql } of [composed, ...composed.asides]) if (!statements.has(sql)) statements.set(sql, what);
  };
  for (const [name, parts] of Object.entries(GOLDEN)) add(name, reading(parts));
  for (const { what, reading: read } of evalReadings(from.glossary, from.now.slice(0, 10))) add(what, read);
  return statements;
}
