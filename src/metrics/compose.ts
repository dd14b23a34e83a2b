import type { Glossary, GlossaryTable } from '../glossary/glossary-schema.ts';
import type { DataReading } from '../glossary/reading.ts';
import { withMade } from '../glossary/with-made.ts';
import { composeFunnel } from './compose-funnel.ts';
import { composeMetric } from './compose-metric.ts';
import type { Draft } from './draft.ts';
import type { NotComposable } from './reach-check.ts';

export interface ComposeContext {
  readonly glossary: Glossary;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** IANA zone of the shop. */
  readonly zone: string;
  /** ISO 4217 of the shop. */
  readonly currency: string;
  /** First and last day of the data, `yyyy-MM-dd` in the shop's zone; null while there are none. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** ISO 8601 UTC. */
  readonly newestEventTime: string | null;
  /** Tables that have been filled; absent: all. Sums are not asked before they are there. */
  readonly filled?: readonly string[] | undefined;
}

/**
 * A Reading → one Athena SELECT from the formulas of the glossary, or by name why there is none. Pure: the same Reading,
 * clock and glossary give the same text. The Reading's ids must be the glossary's (`checkReading`).
 */
export function compose(reading: DataReading, context: ComposeContext): Draft | NotComposable {
  const known = { ...context, glossary: withMade(reading, withFilledSums(context)) };
  return reading.kind === 'metric' ? composeMetric(reading, known) : composeFunnel(reading, known);
}

function withFilledSums({ glossary, filled }: ComposeContext): Glossary {
  const isEmpty = ([name, { sums }]: [string, GlossaryTable]) => sums !== undefined && filled?.includes(name) === false;
  const tables = Object.entries(glossary.tables).map((entry): [string, GlossaryTable] => {
    const [name, { sums: _, ...table }] = entry;
    return isEmpty(entry) ? [name, table] : entry;
  });
  return { ...glossary, tables: Object.fromEntries(tables) };
}
