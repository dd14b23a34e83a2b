import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, DeclineReading, MetricReading } from '../glossary/reading.ts';
import { withMade } from '../glossary/with-made.ts';
import { examples, short } from './ask-back.ts';
import { askReading, sayReading } from './say-reading.ts';
import { reaches } from './within-reach.ts';
import { wordsOf } from './word-forms.ts';

/** A metric whose events were never seen is unknown, not 0: declined by name, with the question without it. */
export function firstUntracked(
  reading: DataReading,
  absent: readonly string[],
  own: Glossary,
  facts: DataFacts,
): DeclineReading | undefined {
  const glossary = withMade(reading, own);
  if (reading.kind !== 'metric' || facts.seenEvents.length === 0) return undefined;
  const untracked = (id: string) => {
    const events = glossary.metrics[id]?.events;
    return events !== undefined && !events.some((e) => facts.seenEvents.includes(e));
  };
  const lost = [...reading.metrics, ...absent, ...reading.having.map((h) => h.metric)].find(untracked);
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
      : (withNearest(reading, lost, untracked, glossary) ?? examples(glossary)[1]);
  return { kind: 'decline', reason: 'not_tracked', subject: glossary.metrics[lost]!.label, ...(nearest ? { nearest } : {}) };
}

/** The same question of the tracked metric whose name shares most words with the lost one («rage clicks» for dead clicks). */
function withNearest(
  reading: MetricReading,
  lost: string,
  untracked: (id: string) => boolean,
  glossary: Glossary,
): DeclineReading['nearest'] {
  const words = new Set(wordsOf(glossary.metrics[lost]!.label));
  const cuts = [...reading.dimensions, ...reading.filters.map((f) => f.dimension)];
  const isLike = (id: string) => glossary.metrics[id]?.measure?.table === glossary.metrics[lost]!.measure?.table;
  const [best] = Object.entries(glossary.metrics)
    .filter(
      ([id, m]) =>
        !m.hidden && m.unit === glossary.metrics[lost]!.unit && !untracked(id) && cuts.every((d) => reaches(id, d, glossary)),
    )
    .map(([id, m]) => ({ id, shared: wordsOf(m.label).filter((w) => words.has(w)).length }))
    .sort((a, b) => b.shared - a.shared || Number(isLike(b.id)) - Number(isLike(a.id)));
  if (!best || best.shared === 0) return undefined;
  const { order: _order, ...rest } = reading;
  const near: MetricReading = { ...rest, metrics: [best.id], having: [] };
  return { label: short(sayReading(near, glossary)), question: askReading(near, glossary) };
}
