import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, DeclineReading } from '../glossary/reading.ts';
import { withMade } from '../glossary/with-made.ts';
import { short } from './ask-back.ts';
import { buildMetric } from './build-metric.ts';
import type { Parts } from './parts.ts';
import { patchReading } from './patch-reading.ts';
import { askReading, sayReading } from './say-reading.ts';
import { tokenise } from './tokenise.ts';
import { understand } from './understand.ts';
import { reaches } from './within-reach.ts';
import type { Words } from './words.ts';

type Nearest = NonNullable<DeclineReading['nearest']>;

/** What was asked without the part that can't be answered, else the ready question over what was asked about. */
export function nearQuestion(ready: Nearest, parts: Parts, words: Words, glossary: Glossary): Nearest {
  const plain: Parts = {
    ...parts,
    later: [],
    reasons: [],
    unknown: [],
    unknownValues: [],
    ambiguous: [],
    roles: new Map(),
    steps: [],
  };
  const own = parts.metrics.some((m) => !m.population) ? buildMetric(plain, glossary) : undefined;
  if (own?.reading && own.unused.length === 0 && !own.problem && isCountable(own.reading, glossary))
    return offer(own.reading, glossary);
  const asked = scopedReading(ready.question, { ...plain, metrics: [] }, words, glossary);
  return asked && isCountable(asked, glossary) ? offer(asked, glossary) : ready;
}

function isCountable(reading: DataReading, glossary: Glossary): boolean {
  const known = withMade(reading, glossary);
  const cuts = [...reading.filters, ...(reading.segments ?? []).flatMap((s) => s.filters)].map((f) => f.dimension);
  if (reading.kind !== 'metric') return true;
  return reading.metrics.every((id) => [...reading.dimensions, ...cuts].every((d) => reaches(id, d, known)));
}

/** A ready question of the glossary with the time, the values and the breakdown that the question named. */
export function scopedReading(question: string, parts: Parts, words: Words, glossary: Glossary): DataReading | undefined {
  const { reading } = buildMetric(understand(tokenise(question), words, glossary), glossary);
  const said =
    parts.periods.length + parts.values.length + parts.dimensions.length > 0 || parts.compare || parts.limit || parts.bots;
  return reading && said ? patchReading(reading, parts, glossary) : undefined;
}

function offer(reading: DataReading, glossary: Glossary): Nearest {
  return { label: short(sayReading(reading, glossary)), question: askReading(reading, glossary) };
}
