import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, DeclineReading } from '../glossary/reading.ts';
import { examples } from './ask-back.ts';
import { askReading } from './say-reading.ts';

/** A metric whose events were never seen is unknown, not 0: declined by name, with the question without it. */
export function firstUntracked(reading: DataReading, glossary: Glossary, facts: DataFacts): DeclineReading | undefined {
  if (reading.kind !== 'metric' || facts.seenEvents.length === 0) return undefined;
  const untracked = (id: string) => {
    const events = glossary.metrics[id]?.events;
    return events !== undefined && !events.some((e) => facts.seenEvents.includes(e));
  };
  const lost = [...reading.metrics, ...reading.having.map((h) => h.metric)].find(untracked);
  if (lost === undefined) return undefined;
  const rest = reading.metrics.filter((id) => !untracked(id));
  const nearest =
    rest.length > 0
      ? {
          label: 'Without it',
          question: askReading(
            { ...reading, metrics: rest, having: reading.having.filter((h) => !untracked(h.metric)) },
            glossary,
          ),
        }
      : examples(glossary)[1];
  return { kind: 'decline', reason: 'not_tracked', subject: glossary.metrics[lost]!.label, ...(nearest ? { nearest } : {}) };
}
