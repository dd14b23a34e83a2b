import type { Glossary } from '../glossary/glossary-schema.ts';
import type { ClarifyReading } from '../glossary/reading.ts';
import { examples, nothingAsked, short } from './ask-back.ts';
import { buildMetric } from './build-metric.ts';
import { productDimensions } from './chosen-metrics.ts';
import { scopedReading } from './near-question.ts';
import type { MetricRef, Parts } from './parts.ts';
import { askReading } from './say-reading.ts';
import type { Words } from './words.ts';

/** «Top countries by what?»: each ready answer is the question that was asked, with one measure put in. */
export function askMeasure(parts: Parts, dimension: string | undefined, words: Words, glossary: Glossary): ClarifyReading {
  const own = parts.ambiguous.map((id) => glossary.ambiguous[id]).find((a) => a !== undefined);
  if (own)
    return {
      kind: 'clarify',
      about: 'metric',
      question: own.question,
      choices: own.choices.map((c) => ({ ...c, question: scoped(c.question, parts, words, glossary) })),
    };
  if (parts.content === 0 && parts.roles.size === 0) return nothingAsked(glossary);
  const goods = dimension !== undefined && productDimensions.includes(dimension);
  const wanted = (
    goods ? ['revenue', 'units_sold', 'product_views', 'buy_to_view'] : ['sessions', 'revenue', 'conversion_rate', 'orders']
  ).filter((id) => id in glossary.metrics);
  const choices = wanted.flatMap((id) => {
    const ref: MetricRef = { id, at: -1, text: id, population: false, counted: false, joined: false, per: false };
    const { reading, unused, problem } = buildMetric({ ...parts, metrics: [ref] }, glossary);
    if (!reading || unused.length > 0 || problem) return [];
    return [{ label: short(glossary.metrics[id]!.label), question: askReading(reading, glossary) }];
  });
  const ranked = parts.ranks.length > 0 && dimension !== undefined;
  const question = ranked ? `Top ${pluralOf(dimension, glossary)} by what?` : 'Which measure do you want to see?';
  return { kind: 'clarify', about: 'metric', question, choices: choices.length >= 2 ? choices.slice(0, 4) : examples(glossary) };
}

/** A ready answer of the glossary, with the period and the filters that the question named. */
function scoped(question: string, parts: Parts, words: Words, glossary: Glossary): string {
  const asked = scopedReading(question, { ...parts, metrics: [], dimensions: [] }, words, glossary);
  return asked ? askReading(asked, glossary) : question;
}

function pluralOf(dimension: string, glossary: Glossary): string {
  const d = glossary.dimensions[dimension];
  return d?.plural ?? `${d?.label ?? dimension}s`;
}
