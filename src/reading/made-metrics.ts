import type { Glossary } from '../glossary/glossary-schema.ts';
import { boundedCount } from './bounded-count.ts';
import type { ChosenMetrics } from './chosen-metrics.ts';
import { makeMetric } from './make-metric.ts';
import { wholeOf } from './part-of.ts';
import type { MetricRef, Parts } from './parts.ts';
import { said } from './parts.ts';
import { percentOf } from './percent-of.ts';
import { ratioOf } from './rate-of.ts';
import { reaches } from './within-reach.ts';

/** Metrics that the question makes of the glossary's: counts over a bound, ratios, percentiles, numbers of different values. */
export function madeMetrics(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  return (
    percentile(parts, glossary) ??
    boundedCount(parts, glossary) ??
    ratioSaid(parts, glossary) ??
    perMetric(parts, glossary) ??
    distinct(parts, glossary)
  );
}

/** «ratio of orders to sessions», «refunds as % of revenue» */
function ratioSaid(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const [of, over, more] = parts.metrics;
  const [share] = parts.roles.get('share') ?? [];
  // «ratio of mobile orders to all orders» is a share.
  if (!of || !over || more || !share || of.id === over.id) return undefined;
  const between = share.at > of.at && share.at < over.at && !parts.joins.some((j) => j.at > of.at && j.at < share.at);
  const isRatio = /^ratio/iu.test(share.text);
  if (!isRatio && (!between || over.joined)) return undefined;
  return { ...ratio(of, over, isRatio ? 'number' : 'rate', glossary), share: true };
}

/** «page views per visit», «visits per visitor and dead clicks per session» */
function perMetric(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const [first, second] = parts.metrics;
  // «what do we get per visitor»: of what is not said.
  if (!second && first?.per && parts.dimensions.length === 0) return { ids: [] };
  if (!second || !parts.metrics.some((m) => m.per)) return undefined;
  if (first!.per) return ratio(second, first!, 'number', glossary);
  const ids: string[] = [];
  const made: NonNullable<ChosenMetrics['made']>[number][] = [];
  for (const [i, of] of parts.metrics.entries()) {
    // «revenue per mobile visit compared with a desktop visit»: the second visit only says it once more.
    const isAgain = of.population && parts.metrics.some((m) => m.per && m.id === of.id);
    if (of.per || of.sorts || isAgain) continue;
    const over = parts.metrics[i + 1];
    const found = over?.per ? ratio(of, over, 'number', glossary) : { ids: [of.id] };
    if (found.ratio) return found;
    ids.push(...found.ids);
    made.push(...(found.made ?? []));
  }
  return { ids, ...(made.length > 0 ? { made } : {}) };
}

function ratio(of: MetricRef, over: MetricRef, as: 'rate' | 'number', glossary: Glossary): ChosenMetrics {
  const known = ratioOf(of.id, over.id, glossary);
  if (known) return { ids: [known] };
  const part = as === 'rate' ? inUnitOf(of.id, over.id, glossary) : of.id;
  const isWhole = (id: string | undefined, units: readonly string[]) => {
    const m = glossary.metrics[id ?? ''];
    return m?.measure !== undefined && units.includes(m.unit) && !/^(?:avg|approx)/u.test(m.measure.value);
  };
  // «orders per new customer» are those of new customers only.
  const isBase = (id: string) => as === 'rate' || wholeOf(id, glossary) === undefined;
  const made =
    part !== undefined &&
    isWhole(part, ['count', 'money']) &&
    isWhole(over.id, as === 'rate' ? ['count', 'money'] : ['count']) &&
    isBase(over.id)
      ? makeMetric({ type: 'ratio', of: part, over: over.id, as }, glossary)
      : undefined;
  return made
    ? { ids: [made.id], made: [made] }
    : { ids: [], ratio: `${glossary.metrics[of.id]?.label ?? of.id} per ${over.text}` };
}

/** «refunds as % of revenue»: of money only money is a part. */
function inUnitOf(of: string, over: string, { metrics }: Glossary): string | undefined {
  const [a, b] = [metrics[of], metrics[over]];
  if (a?.unit === b?.unit) return of;
  const isTwin = (m: (typeof metrics)[string]) =>
    m.unit === b?.unit && !m.hidden && m.measure?.table === a?.measure?.table && m.measure?.where === a?.measure?.where;
  return Object.entries(metrics).find(([, m]) => a?.measure?.where !== undefined && isTwin(m))?.[0];
}

/** «median order value», «p90 load time by page» */
function percentile(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const percent = percentOf(parts, glossary);
  const [metric, more] = parts.metrics.filter((m) => !m.population);
  // «average and median order value» are two numbers.
  if (percent === undefined || !metric || more || said(parts, 'average')) return undefined;
  const made = makeMetric({ type: 'percentile', of: metric.id, percent }, glossary);
  const isSum = glossary.metrics[metric.id]?.additive === true;
  return made && { ids: [made.id], made: [made], ...(isSum ? { assumed: 'of what single orders or sessions have of it' } : {}) };
}

/** «how many different brands were sold», «in how many countries did we sell» */
function distinct(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const after = (w: { at: number; text: string } | undefined) => w && w.at + w.text.split(/\s+/u).length;
  const [word] = parts.roles.get('distinct') ?? [];
  const many = parts.roles.get('how_many')?.[0];
  const beside = (at: number | undefined) => parts.dimensions.find((d) => d.at === at);
  // «different products sold»: the measure's own noun.
  const goods = parts.metrics.find((m) => m.at === after(word) && /^(?:products?|items?|articles?|titles?)\b/iu.test(m.text));
  const own = beside(after(many));
  const counted =
    beside(after(word)) ??
    (goods ? { id: 'product', text: goods.text } : undefined) ??
    (own && !/^product/u.test(own.id) ? own : undefined);
  if (!counted || !(counted.id in glossary.dimensions) || said(parts, 'share')) return undefined;
  const sold = said(parts, 'doing') || said(parts, 'bestseller') || parts.values.some((v) => v.filter.dimension === 'bought');
  const named = parts.metrics.find((m) => !m.sorts)?.id;
  const of = named ?? (sold || !reaches('sessions', counted.id, glossary) ? 'orders' : 'sessions');
  const made = makeMetric({ type: 'distinct', of, dimension: counted.id }, glossary);
  if (!made) return { ids: [], ratio: `the number of different ${counted.text}` };
  const assumed = named || sold ? {} : { assumed: `counted among ${glossary.metrics[of]!.label}` };
  return { ids: [made.id], made: [made], without: 'bought', undivided: counted.id, ...assumed };
}
