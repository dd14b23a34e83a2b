import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading } from '../glossary/reading.ts';
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
}

/**
 * A Reading → one Athena SELECT from the formulas of the glossary, or by name why there is none. Pure: the same Reading,
 * clock and glossary give the same text. The Reading's ids must be the glossary's (`checkReading`).
 */
export function compose(reading: DataReading, context: ComposeContext): Draft | NotComposable {
  return reading.kind === 'metric' ? composeMetric(reading, context) : composeFunnel(reading, context);
}
