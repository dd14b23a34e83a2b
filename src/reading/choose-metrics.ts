import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Grain } from '../glossary/reading.ts';
import type { MetricRef, Parts } from './parts.ts';
import { said } from './parts.ts';
import { reaches } from './within-reach.ts';
import { eventOf, rateOf, rateOfValue, ratioOf } from './rate-of.ts';

/** Dimensions of goods: «top» of them has no one measure. */
export const productDimensions: readonly string[] = [
  'product',
  'product_id',
  'brand',
  'category',
  'category2',
  'variant',
  'product_list',
  'price_band',
];

/** The metrics that are asked, with the defaults that have to be said; none where only the asker knows. */
interface ChosenMetrics {
  readonly ids: readonly string[];
  readonly assumed?: string;
  /** «per» before a metric made a ratio that the glossary does not have. */
  readonly ratio?: string;
  /** Event that those counted have to have sent. */
  readonly event?: string;
  /** Dimension whose filter the metrics say already. */
  readonly without?: string;
}

/** Parts → the metrics asked, by name or by what the question does. */
export function chooseMetrics(parts: Parts, dimensions: readonly string[], glossary: Glossary): ChosenMetrics {
  const ways = new Set(parts.ranks.map((r) => r.way));
  const busy = parts.roles.get('population')?.some((p) => p.text.toLowerCase() === 'traffic');
  if (ways.has('high') && ways.has('low') && busy && parts.metrics.length === 1 && dimensions.length > 0)
    return { ids: [...new Set(['sessions', parts.metrics[0]!.id])] };
  // A message may be of any kind of error.
  const ofMessage = parts.values.some((v) => v.filter.dimension === 'error_message');
  if (ofMessage && parts.metrics.length === 1 && /^errors?$/iu.test(parts.metrics[0]!.text) && 'events' in glossary.metrics)
    return { ids: ['events'] };
  const [of, over] = parts.metrics;
  if (of && over && parts.roles.get('share')?.some((r) => /^ratio/iu.test(r.text))) {
    const known = ratioOf(of.id, over.id, glossary);
    return known ? { ids: [known] } : { ids: [], ratio: `the ratio of ${of.text} to ${over.text}` };
  }
  const counted = shareOfPeople(parts, dimensions, glossary) ?? countedPeople(parts, glossary);
  if (counted) return counted;
  const ids = asked(parts, glossary);
  const per = parts.metrics.find((m) => m.per);
  const ratio =
    per && parts.metrics.length === 2 ? ratioOf(parts.metrics.find((m) => m !== per)!.id, per.id, glossary) : undefined;
  if (ratio) return { ids: [ratio] };
  if (per && parts.metrics.length > 1)
    return { ids: [], ratio: `${glossary.metrics[ids[0] ?? '']?.label ?? ids[0]} per ${per.text}` };
  if (said(parts, 'bestseller') && ids.length === 0) return { ids: known(['units_sold', 'revenue'], glossary) };
  const goods = dimensions.concat(parts.values.map((v) => v.filter.dimension)).some((d) => productDimensions.includes(d));
  // «galaxy buds views» are views of the product.
  if (
    goods &&
    'product_views' in glossary.metrics &&
    parts.metrics.some((m) => m.id === 'page_views' && /^views?$/iu.test(m.text))
  ) {
    return { ids: ids.map((id) => (id === 'page_views' ? 'product_views' : id)) };
  }
  const onlyWho =
    parts.metrics.every((m) => m.population && !m.counted) && parts.dimensions.some((d) => !d.by && d.id === dimensions[0]);
  const buys = dimensions.length > 0 && parts.values.some((v) => v.filter.dimension === 'bought' && v.filter.op === 'is');
  if (buys && parts.metrics.every((m) => m.population && !m.counted) && said(parts, 'which'))
    return { ids: known(['orders', 'conversion_rate'], glossary), without: 'bought' };
  if (ids.length > 0 && onlyWho && dimensions[0] !== undefined && carried[dimensions[0]])
    return byDefault(parts, dimensions, glossary);
  // «longest sessions» asks how long they are.
  if (
    parts.ranks.some((r) => r.way === 'long') &&
    ids.length === 1 &&
    ids[0] === 'sessions' &&
    'avg_session_duration' in glossary.metrics
  )
    return { ids: ['avg_session_duration'] };
  if (ids.length > 0) return { ids };
  const about = [...dimensions, ...parts.values.map((v) => v.filter.dimension)];
  const beats = parts.roles.get('versus')?.some((v) => /^(?:beats?|out)/iu.test(v.text)) ?? false;
  if ((beats || said(parts, 'doing')) && (about.length > 0 || parts.segments)) {
    const goods = about.some((d) => productDimensions.includes(d));
    return {
      ids: known(goods ? ['product_views', 'units_sold', 'revenue'] : ['sessions', 'conversion_rate', 'revenue'], glossary),
    };
  }
  return byDefault(parts, dimensions, glossary);
}

/** «what percentage of visitors add to cart»: the rate that says so. */
function shareOfPeople(parts: Parts, dimensions: readonly string[], glossary: Glossary): ChosenMetrics | undefined {
  const [who, what, more] = parts.metrics;
  const [value] = parts.values.filter((v) => glossary.dimensions[v.filter.dimension]?.kind === 'boolean');
  if (said(parts, 'share') && who?.population && !what && value?.filter.op === 'is' && dimensions.length > 0) {
    const rate = rateOfValue(who.id, value.filter, glossary);
    if (rate) return { ids: [rate], without: value.filter.dimension };
  }
  if (!said(parts, 'share') || !who?.population || !what || what.population || what.joined || more) return undefined;
  const rate = glossary.metrics[what.id]?.unit === 'rate' ? what.id : rateOf(who.id, what.id, glossary);
  if (!rate) return undefined;
  const metric = glossary.metrics[rate]!;
  return { ids: [rate], ...(metric.ratio?.over === who.id ? {} : { assumed: `${metric.label}, which counts sessions` }) };
}

/** «how many users got payment errors» counts users with that event; with a measure of no single event it is no number we have. */
function countedPeople(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const what = parts.metrics.find((m) => !m.population);
  const linked = what?.link !== undefined ? parts.metrics[parts.metrics.indexOf(what) - 1] : undefined;
  const who = linked ?? parts.metrics.find((m) => m.population && m.counted && !m.joined);
  if (!who || !what || parts.amounts.length > 0) return undefined;
  if (!linked && (what.joined || isListed(parts.metrics, parts.metrics.indexOf(who)))) return undefined;
  // Sessions that ended or that reached a step are counted by that measure itself.
  const measure = glossary.metrics[what.id]?.measure;
  const perSession = measure?.table === 'sessions' || /^(?:is_exit|is_landing)$/u.test(measure?.where ?? '');
  if (who.id === 'sessions' && perSession && glossary.metrics[what.id]?.additive) return { ids: [what.id] };
  const countsPeople = /user_pseudo_id/u.test(JSON.stringify(measure?.each ?? measure?.value ?? ''));
  if (who.id === 'users' && countsPeople) return { ids: [what.id] };
  const event = eventOf(what.id, glossary);
  if (event !== undefined && 'event_name' in glossary.dimensions) return { ids: [who.id], event };
  // «sessions with conversion rate by device» is a list; «sessions that viewed /lp/x» are narrowed by their page.
  if (what.link === 'with' || /^viewed$/iu.test(what.text)) return undefined;
  return { ids: [], ratio: `the number of ${who.text} with ${glossary.metrics[what.id]?.label ?? what.text}` };
}

/** Metrics that were said, without those that only say whose number it is, and without the one that only bounds or sorts. */
function asked(parts: Parts, glossary: Glossary): string[] {
  const views = parts.metrics.some((m) => m.population) ? parts.metrics.filter((m) => /^viewed$/iu.test(m.text)) : [];
  const real = parts.metrics.filter((m) => !m.population && !views.includes(m));
  const kept = parts.metrics.filter(
    (m, i) =>
      // «sessions that viewed /lp/x» are no views.
      (!m.population && !views.includes(m)) ||
      (real.length === 0 && (i === 0 || m.joined || m.at === parts.metrics[0]!.at)) ||
      isListed(parts.metrics, i) ||
      isAdjacent(parts, i) ||
      (said(parts, 'doing') && real.length === 0),
  );
  const bound = new Set(parts.amounts.map((a) => boundMetric(parts, a.at)?.at));
  const shown = kept.filter((m) => !bound.has(m.at));
  const sorted = shown.filter((m) => !(parts.orderBy === m.id && shown.length > 1 && said(parts, 'order_by') && shown[0] !== m));
  return [...new Set((sorted.length > 0 ? sorted : kept).map((m) => m.id))].filter((id) => id in glossary.metrics);
}

function isListed(metrics: readonly MetricRef[], i: number): boolean {
  return metrics[i]!.joined || metrics[i + 1]?.joined === true;
}

/** «sessions CR revenue by channel»: a list without commas; «mobile users conversion» is none. */
function isAdjacent(parts: Parts, i: number): boolean {
  const [metric, next] = [parts.metrics[i]!, parts.metrics[i + 1]];
  if (next?.at !== metric.at + metric.text.split(/\s+/u).length) return false;
  return ![...parts.values, ...parts.dimensions].some((v) => v.at + v.text.split(/\s+/u).length === metric.at);
}

/** The metric that an amount bounds: the nearest one after it, else the nearest before. */
export function boundMetric(parts: Parts, at: number): MetricRef | undefined {
  const apart = (a: number, b: number) =>
    parts.dimensions.some((d) => d.at > a && d.at < b) || parts.amounts.some((x) => x.at > a && x.at < b);
  const next = parts.metrics.find((m) => m.at > at && m.at - at <= 6 && !apart(at, m.at));
  return next ?? parts.metrics.filter((m) => m.at < at && !apart(m.at, at)).at(-1);
}

function known(ids: readonly string[], glossary: Glossary): string[] {
  return ids.filter((id) => id in glossary.metrics && !glossary.metrics[id]!.hidden);
}

/** What a breakdown counts when nothing is named; nothing where several measures are as likely. */
function byDefault(parts: Parts, dimensions: readonly string[], glossary: Glossary): ChosenMetrics {
  const [first] = dimensions;
  const people = parts.values.some((v) => /\b(?:users|visitors|people|ppl|shoppers|customers|guests)\b/iu.test(v.text));
  const buys = parts.values.find((v) => v.filter.dimension === 'bought' && v.filter.op === 'is');
  if (buys && first !== undefined && !said(parts, 'population') && !people) return { ...assume('orders', glossary), without: 'bought' };
  const hasTraffic = said(parts, 'population') || parts.ambiguous.includes('traffic');
  if (first === undefined) {
    const busy = parts.ranks.some((r) => r.way === 'busy') || hasTraffic;
    const filtered = parts.values.length > 0 || parts.bots !== undefined;
    const [only] = parts.values;
    if (parts.values.length === 1 && only?.filter.dimension === 'search_term') return assume('searches', glossary);
    const bare =
      !filtered && parts.periods.length === 0 && parts.grains.length === 0 && !parts.ranks.some((r) => r.way === 'busy');
    if (bare || !(busy || (filtered && (said(parts, 'share') || said(parts, 'how_many') || said(parts, 'trend')))))
      return { ids: [] };
    const ofOrders = parts.values.some((v) => !reaches('sessions', v.filter.dimension, glossary) && reaches('orders', v.filter.dimension, glossary));
    return assume(ofOrders ? 'orders' : people ? 'users' : 'sessions', glossary);
  }
  if (carried[first]) return assume(carried[first], glossary);
  if (productDimensions.includes(first)) return { ids: [] };
  const columns = glossary.dimensions[first]?.columns ?? {};
  if (!('sessions' in columns) && !('*' in columns)) return assume('orders' in columns ? 'orders' : 'events', glossary);
  const natural = ['landing_page', 'exit_page', 'referrer', 'page_type'].includes(first) || hasTraffic;
  const ranked = parts.ranks.some((r) => r.way !== 'busy');
  const ofGoods = parts.values.some((v) => productDimensions.includes(v.filter.dimension));
  const unclear = ranked && !natural && (ofGoods || parts.ranks.some((r) => /best|worst/u.test(r.way)));
  return unclear ? { ids: [] } : assume(people && !hasTraffic ? 'users' : 'sessions', glossary);
}

/** What a breakdown by these counts, where nothing is named. */
const carried: Readonly<Record<string, string | undefined>> = {
  search_term: 'searches',
  error_message: 'js_errors',
  element: 'rage_clicks',
  event_name: 'events',
  page: 'page_views',
  form: 'forms_started',
};

function assume(id: string, glossary: Glossary): ChosenMetrics {
  const metric = glossary.metrics[id];
  return metric ? { ids: [id], assumed: `no measure named, so ${metric.label}` } : { ids: [] };
}

/** A grain for «trend» without one: the longer the period, the coarser. */
export function grainFor(parts: Parts): Grain {
  const period = parts.periods[0]?.period;
  if (!period) return 'day';
  if (period.type === 'current' || period.type === 'ago')
    return ({ day: 'hour', hour: 'hour', week: 'day', month: 'day', quarter: 'week', year: 'month' } as const)[period.unit];
  if (period.type === 'last') {
    if (period.count >= 3 && period.unit !== 'day') return period.unit;
    const days = period.count * { hour: 0.04, day: 1, week: 7, month: 30, quarter: 91, year: 365 }[period.unit];
    return days <= 2 ? 'hour' : days <= 100 ? 'day' : days <= 200 ? 'week' : 'month';
  }
  if (period.type === 'calendar')
    return period.day !== undefined
      ? 'hour'
      : period.month !== undefined || period.week !== undefined
        ? 'day'
        : period.quarter !== undefined
          ? 'week'
          : 'month';
  return period.type === 'all' || period.type === 'range' ? 'week' : 'day';
}
