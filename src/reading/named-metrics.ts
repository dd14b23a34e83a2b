import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import { fixSpelling, spellerFor } from './fix-spelling.ts';
import { learnValues } from './learned-values.ts';
import { buildLexicon } from './lexicon.ts';
import { rephrase } from './rephrase.ts';
import { tokenise } from './tokenise.ts';
import { understand } from './understand.ts';
import type { Words } from './words.ts';

/**
 * Text of a question → ids of the metrics that its words name, whether or not the rest can be read. The values of the data
 * are left out, so that no product's name hides a metric; «customers who …» names nobody's number.
 */
export function openNamedMetrics(glossary: Glossary): (text: string, today: string) => readonly string[] {
  const lexicon = buildLexicon(glossary);
  const learned = learnValues(glossary, NO_FACTS);
  const speller = spellerFor(lexicon, learned);
  return (text, today) => {
    const words: Words = { lexicon, learned, today };
    const { tokens } = fixSpelling(tokenise(text), words, speller);
    const { metrics } = understand(rephrase(tokens), words, glossary);
    return [...new Set(metrics.filter((metric) => !metric.population).map(({ id }) => id))];
  };
}

const NO_FACTS: DataFacts = {
  firstDay: null,
  lastDay: null,
  newestEventTime: null,
  lastRunAt: null,
  dataVersion: 'none',
  seenEvents: [],
  values: {},
};
