import type { Glossary } from '../glossary/glossary-schema.ts';
import type { MadeMetric } from '../glossary/reading.ts';
import { withMetrics } from '../glossary/with-made.ts';
import { boundMetric } from './asked-metrics.ts';
import type { ChosenMetrics } from './chosen-metrics.ts';
import { scaled } from './having-of.ts';
import { makeMetric } from './make-metric.ts';
import type { MetricRef, Parts } from './parts.ts';
import { said } from './parts.ts';

/**
 * «sessions with more than 5 page views», «orders above 200 euros»: the measure right before a bound is what is counted, and
 * only those with so much. «landing pages with more than 200 sessions» bounds groups.
 */
export function boundedCount(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const [amount, more] = parts.amounts;
  const noun = amount && nounOf(parts, amount.at);
  if (!amount || more || !noun) return undefined;
  const named = boundMetric(parts, amount.at);
  // «orders above 200» with nothing that is ranked or broken down are those of that value.
  const isValue =
    amount.mark === 'none' && named === noun && noun.id === 'orders' && !parts.grains.length && !parts.dimensions.length;
  const mark = isValue ? 'money' : amount.mark;
  // «users who came more than 3 times»
  const visits = amount.times && noun.id === 'users' && 'sessions' in glossary.metrics ? 'sessions' : undefined;
  const metric = named && named !== noun ? named.id : (visits ?? ownMeasure(noun, mark, glossary));
  const value = metric === undefined ? undefined : scaled(amount.value, mark, glossary.metrics[metric]?.unit ?? '');
  const isCounted = glossary.metrics[noun.id]?.unit === 'count';
  if (!metric || value === undefined || !isCounted || (mark === 'none' && named === noun && !visits)) return undefined;
  if (parts.metrics.some((m) => m !== noun && m !== named)) return undefined;
  const made = makeMetric({ type: 'bound', of: noun.id, metric, op: amount.op as 'at_least', value }, glossary);
  if (!made) return undefined;
  const currency =
    amount.currency === undefined ? {} : { filter: { dimension: 'currency', op: 'is' as const, values: [amount.currency] } };
  const share = said(parts, 'share') ? makeShare(made, noun.id, glossary) : undefined;
  const assumed = isValue ? { assumed: `“${amount.text}” as the order value` } : {};
  return share
    ? { ids: [share.id], made: [made, share], bounds: true, share: true, ...currency, ...assumed }
    : { ids: [made.id], made: [made], bounds: true, ...currency, ...assumed };
}

function makeShare(made: MadeMetric, over: string, glossary: Glossary): MadeMetric | undefined {
  return makeMetric({ type: 'ratio', of: made.id, over, as: 'rate' }, withMetrics([made], glossary));
}

/** The measure that ends where the bound begins, but for «with», «that had», «which are». */
function nounOf(parts: Parts, at: number): MetricRef | undefined {
  const noun = parts.metrics.filter((m) => m.at < at).at(-1);
  if (!noun) return undefined;
  const end = noun.at + noun.text.split(/[\s-]+/u).length;
  const isApart = [...parts.values, ...parts.dimensions, ...parts.joins, ...parts.grains].some((x) => x.at >= end && x.at < at);
  return at - end <= 2 && !isApart ? noun : undefined;
}

/** «orders over 200 euros» are those of that value, «sessions over 60 seconds» those of that length. */
function ownMeasure(noun: MetricRef, mark: string, glossary: Glossary): string | undefined {
  const fits = { money: ['revenue'], seconds: ['avg_session_duration'] }[mark];
  const table = glossary.metrics[noun.id]?.measure?.table;
  return fits?.find((id) => {
    const m = glossary.metrics[id];
    return (m?.measure ?? glossary.metrics[m?.ratio?.of ?? '']?.measure)?.table === table;
  });
}
