import type { Glossary } from '../glossary/glossary-schema.ts';
import { type ChosenMetrics, productDimensions } from './chosen-metrics.ts';
import type { Parts } from './parts.ts';
import { said } from './parts.ts';
import { reaches } from './within-reach.ts';

/** What each breakdown counts by itself, where nothing is named. */
export const carried: Readonly<Record<string, string | undefined>> = {
  search_term: 'searches',
  error_message: 'js_errors',
  element: 'rage_clicks',
  event_name: 'events',
  page: 'page_views',
  form: 'forms_started',
  form_field: 'form_errors',
};

/** What a breakdown counts when nothing is named; nothing where several measures are as likely. */
export function defaultMetrics(parts: Parts, dimensions: readonly string[], glossary: Glossary): ChosenMetrics {
  const [first] = dimensions;
  if (parts.values.some((v) => v.filter.dimension === 'event_name') && 'events' in glossary.metrics) return { ids: ['events'] };
  const people = parts.values.some((v) => /\b(?:users|visitors|people|ppl|shoppers|customers|guests)\b/iu.test(v.text));
  const buys = parts.values.find((v) => v.filter.dimension === 'bought' && v.filter.op === 'is');
  if (buys && first !== undefined && !said(parts, 'population') && !people)
    return { ...assume('orders', glossary), without: 'bought' };
  const hasTraffic = said(parts, 'population') || parts.ambiguous.includes('traffic');
  if (first === undefined) return withoutBreakdown(parts, people, hasTraffic, buys !== undefined, glossary);
  if (carried[first]) return assume(carried[first], glossary);
  if (productDimensions.includes(first)) return { ids: [] };
  const columns = glossary.dimensions[first]?.columns ?? {};
  if (!('sessions' in columns) && !('*' in columns)) return assume('orders' in columns ? 'orders' : 'events', glossary);
  const natural = ['landing_page', 'exit_page', 'referrer', 'page_type'].includes(first) || hasTraffic;
  const ranked = parts.ranks.some((r) => r.way !== 'busy');
  const ofGoods = parts.values.some((v) => productDimensions.includes(v.filter.dimension));
  const unclear =
    (ranked && !natural && (ofGoods || parts.ranks.some((r) => /best|worst/u.test(r.way)))) || (said(parts, 'share') && ofGoods);
  if (
    parts.values.some(
      (v) => !reaches('sessions', v.filter.dimension, glossary) && reaches('orders', v.filter.dimension, glossary),
    )
  )
    return assume('orders', glossary);
  return unclear ? { ids: [] } : assume(people && !hasTraffic ? 'users' : 'sessions', glossary);
}

function withoutBreakdown(parts: Parts, people: boolean, hasTraffic: boolean, buys: boolean, glossary: Glossary): ChosenMetrics {
  const busy = parts.ranks.some((r) => r.way === 'busy') || hasTraffic;
  const filtered = parts.values.length > 0 || parts.bots !== undefined;
  const [only] = parts.values;
  if (parts.values.length === 1 && only?.filter.dimension === 'search_term') return assume('searches', glossary);
  // «how many olive trees» counts what was sold, no sessions.
  const goods = parts.values.some((v) => productDimensions.includes(v.filter.dimension));
  if (goods && said(parts, 'how_many') && !people && !hasTraffic)
    return { ...assume('units_sold', glossary), ...(buys ? { without: 'bought' } : {}) };
  if (goods && !people && !hasTraffic) return { ids: [] };
  const bare = !filtered && parts.periods.length === 0 && parts.grains.length === 0 && !parts.ranks.some((r) => r.way === 'busy');
  if (bare || !(busy || (filtered && (said(parts, 'share') || said(parts, 'how_many') || said(parts, 'trend')))))
    return { ids: [] };
  const ofOrders = parts.values.some(
    (v) => !reaches('sessions', v.filter.dimension, glossary) && reaches('orders', v.filter.dimension, glossary),
  );
  return assume(ofOrders ? 'orders' : people ? 'users' : 'sessions', glossary);
}

function assume(id: string, glossary: Glossary): ChosenMetrics {
  const metric = glossary.metrics[id];
  return metric ? { ids: [id], assumed: `no measure named, so ${metric.label}` } : { ids: [] };
}
