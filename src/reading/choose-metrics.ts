import type { Glossary } from '../glossary/glossary-schema.ts';
import { askedMetrics } from './asked-metrics.ts';
import { type ChosenMetrics, known, productDimensions } from './chosen-metrics.ts';
import { countedPeople, shareOfPeople } from './counted-people.ts';
import { carried, defaultMetrics } from './default-metrics.ts';
import { madeMetrics } from './made-metrics.ts';
import type { Parts } from './parts.ts';
import { said } from './parts.ts';

/** Parts → the metrics asked, by name or by what the question does. */
export function chooseMetrics(parts: Parts, dimensions: readonly string[], glossary: Glossary): ChosenMetrics {
  return (
    highAndLow(parts, dimensions) ??
    ofMessage(parts, glossary) ??
    madeMetrics(parts, glossary) ??
    ofBoughtGoods(parts, glossary) ??
    shareOfPeople(parts, dimensions, glossary) ??
    countedPeople(parts, glossary) ??
    named(parts, dimensions, glossary) ??
    byWork(parts, dimensions, glossary) ??
    defaultMetrics(parts, dimensions, glossary)
  );
}

/** «high traffic but low CR»: both numbers. */
function highAndLow(parts: Parts, dimensions: readonly string[]): ChosenMetrics | undefined {
  const ways = new Set(parts.ranks.map((r) => r.way));
  const traffic = parts.roles.get('population')?.some((p) => p.text.toLowerCase() === 'traffic');
  const isAsked = ways.has('high') && ways.has('low') && traffic && parts.metrics.length === 1 && dimensions.length > 0;
  return isAsked ? { ids: [...new Set(['sessions', parts.metrics[0]!.id])] } : undefined;
}

/** «users who bought headphones», «did anyone buy gift cards»: who or how many orders hold the goods, not sessions that saw them. */
function ofBoughtGoods(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const buys = parts.values.find((v) => v.filter.dimension === 'bought' && v.filter.op === 'is');
  const goods = parts.values.some((v) => productDimensions.includes(v.filter.dimension) && v.filter.op === 'is');
  const who = parts.metrics.length > 0 || said(parts, 'population');
  if (!buys || !goods || !who || said(parts, 'share') || parts.metrics.some((m) => !m.population)) return undefined;
  const id = parts.metrics.some((m) => m.id === 'users') ? 'buyers' : 'orders';
  const label = glossary.metrics[id]?.label;
  return label === undefined ? undefined : { ids: [id], without: 'bought', assumed: `${label} of orders that hold it` };
}

/** «card_declined errors»: a message may be of any kind of error. */
function ofMessage(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const [metric, more] = parts.metrics;
  if (!metric || more || !/^errors?$/iu.test(metric.text) || !('events' in glossary.metrics)) return undefined;
  return parts.values.some((v) => v.filter.dimension === 'error_message') ? { ids: ['events'] } : undefined;
}

/** The metrics that were named, where their company does not make them others. */
function named(parts: Parts, dimensions: readonly string[], glossary: Glossary): ChosenMetrics | undefined {
  const ids = askedMetrics(parts, glossary);
  if (said(parts, 'bestseller') && ids.length === 0) return { ids: known(['units_sold', 'revenue'], glossary) };
  // «goodreads visitors, what do they buy»: the population only says whose purchases.
  if (said(parts, 'bestseller') && parts.metrics.every((m) => m.population && !m.counted))
    return { ids: known(['units_sold', 'revenue'], glossary) };
  // «how long do people stay on product pages» is the time on the page, no whole session.
  const onPage = parts.values.some((v) => ['page', 'page_type'].includes(v.filter.dimension));
  if (onPage && ids.length === 1 && ids[0] === 'avg_session_duration' && 'time_on_page' in glossary.metrics)
    return { ids: ['time_on_page'], assumed: 'time on these pages, not of the whole session' };
  // «what % of carts get abandoned»
  if (said(parts, 'share') && ids.length === 1 && ids[0] === 'abandoned_carts' && 'cart_abandonment_rate' in glossary.metrics)
    return { ids: ['cart_abandonment_rate'] };
  const onlyWho = parts.metrics.every((m) => m.population && !m.counted);
  const buys = parts.values.some((v) => v.filter.dimension === 'bought' && v.filter.op === 'is');
  // «which referrers send people who buy»
  if (buys && dimensions.length > 0 && onlyWho && said(parts, 'which'))
    return { ids: known(['orders', 'conversion_rate'], glossary), without: 'bought' };
  const isTheirs = onlyWho && parts.dimensions.some((d) => !d.by && d.id === dimensions[0]);
  if (ids.length > 0 && isTheirs && carried[dimensions[0]!]) return defaultMetrics(parts, dimensions, glossary);
  // «longest sessions» asks how long they are.
  const isLength = parts.ranks.some((r) => r.way === 'long') && ids.length === 1 && ids[0] === 'sessions';
  if (isLength && 'avg_session_duration' in glossary.metrics) return { ids: ['avg_session_duration'] };
  return ids.length > 0 ? { ids } : undefined;
}

/** «how did campaign X do», «did X beat Y»: the main numbers. */
function byWork(parts: Parts, dimensions: readonly string[], glossary: Glossary): ChosenMetrics | undefined {
  const about = [...dimensions, ...parts.values.map((v) => v.filter.dimension)];
  const beats = parts.roles.get('versus')?.some((v) => /^(?:beats?|out)/iu.test(v.text)) ?? false;
  if (!(beats || said(parts, 'doing')) || (about.length === 0 && !parts.segments)) return undefined;
  const goods = about.some((d) => productDimensions.includes(d));
  // «how many products did we sell»
  const sold = parts.roles.get('doing')?.some((d) => /^sell/iu.test(d.text)) && 'units_sold' in glossary.metrics;
  if (sold && said(parts, 'how_many') && dimensions.every((d) => d === 'product'))
    return { ids: ['units_sold'], undivided: 'product' };
  return {
    ids: known(goods ? ['product_views', 'units_sold', 'revenue'] : ['sessions', 'conversion_rate', 'revenue'], glossary),
  };
}
