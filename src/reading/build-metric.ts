import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Comparison, Period } from '../glossary/period.ts';
import type { Grain, MetricReading } from '../glossary/reading.ts';
import { buildScope } from './build-scope.ts';
import { boundMetric, chooseMetrics, grainFor } from './choose-metrics.ts';
import type { Parts } from './parts.ts';
import { said } from './parts.ts';

/** A Reading as far as it goes, with what stands in its way. */
export interface Built<R> {
  readonly reading: R | undefined;
  /** Words that found no use: the Reading must not be answered then. */
  readonly unused: readonly string[];
  /** Asked back or declined instead, by name. */
  readonly problem?: Problem;
}

export type Problem =
  | { readonly about: 'measure'; readonly dimension: string | undefined }
  | { readonly about: 'average'; readonly metric: string }
  | { readonly about: 'before' }
  | { readonly about: 'ratio'; readonly subject: string }
  | { readonly about: 'bound'; readonly metric: string }
  | { readonly about: 'unsupported'; readonly subject: string };

/** Parts → metric Reading. */
export function buildMetric(parts: Parts, glossary: Glossary): Built<MetricReading> {
  const dimensions = dimensionsOf(parts, glossary);
  const scope = buildScope(parts, glossary, dimensions);
  if (scope.split && !dimensions.includes(scope.split)) dimensions.push(scope.split);
  const split = comparedTo(parts, dimensions);
  if (split) dimensions.push(split);
  const filters = split
    ? { filters: scope.filters.filter((f) => f.dimension !== split) }
    : shareFilters(parts, scope.filters, dimensions, glossary);
  const chosen = chooseMetrics(parts, dimensions, glossary);
  const unused = [...parts.unknown.map((u) => u.text), ...scope.unused];
  if (chosen.event) filters.filters.push({ dimension: 'event_name', op: 'is', values: [chosen.event] });
  if (chosen.ratio) return { reading: undefined, unused, problem: { about: 'ratio', subject: chosen.ratio } };
  if (said(parts, 'where') && dimensions.length === 0) dimensions.push(placeFor(chosen.ids[0], glossary));
  const item = itemRanked(parts, chosen.ids, dimensions, glossary);
  if (item) dimensions.push(item);
  if (
    said(parts, 'bestseller') &&
    !parts.dimensions.length &&
    !dimensions.includes('product') &&
    'product' in glossary.dimensions
  )
    dimensions.push('product');
  const ids = chosen.ids.length > 0 ? [...chosen.ids] : said(parts, 'where') && dimensions.length > 0 ? ['sessions'] : [];
  if (ids.length === 0) return { reading: undefined, unused, problem: { about: 'measure', dimension: dimensions[0] } };
  const time = grainOf(parts, dimensions, scope.period, ids, glossary);
  const assumed = [...scope.assumed, ...(chosen.assumed ? [chosen.assumed] : []), ...time.assumed];
  const order = orderOf(parts, ids, dimensions, time.grain, glossary);
  const having = havingOf(parts, glossary, dimensions.length > 0 || time.grain !== undefined);
  const compare =
    scope.compare ??
    time.compare ??
    (said(parts, 'change') && !time.grain && !parts.segments ? ({ type: 'previous' } as const) : undefined);
  const wantsShare = said(parts, 'share') && !isRateAnyway(ids, glossary);
  const share =
    wantsShare &&
    !partOfRow(parts, dimensions, glossary) &&
    (dimensions.length > 0 || filters.segments !== undefined || scope.segments !== undefined);
  const period = time.period ?? scope.period;
  const reading: MetricReading = {
    kind: 'metric',
    metrics: ids,
    dimensions: dimensions.slice(0, 3),
    ...(time.grain ? { grain: time.grain } : {}),
    ...(period ? { period } : {}),
    ...(compare ? { compare } : {}),
    filters: filters.filters,
    ...((filters.segments ?? scope.segments) ? { segments: filters.segments ?? scope.segments! } : {}),
    ...(scope.bots ? { bots: scope.bots } : {}),
    ...(scope.schedule ? { schedule: scope.schedule } : {}),
    ...(assumed.length > 0 ? { assumed } : {}),
    having: having.having,
    ...(order.order ? { order: order.order } : {}),
    ...(order.limit ? { limit: order.limit } : {}),
    ...(share ? { share: true } : {}),
    ...(parts.moving ? { movingAverage: parts.moving.buckets } : {}),
    ...(time.per ? { per: time.per } : {}),
    ...pictureOf(parts),
  };
  const problem =
    having.problem ?? time.problem ?? beforeProblem(parts, scope.period !== undefined || scope.compare !== undefined);
  return {
    reading,
    unused: [
      ...unused,
      ...idleWords(parts, reading, glossary),
      ...(dimensions.length > 3 ? ['a fourth breakdown'] : []),
      ...order.unused,
      ...(wantsShare && !share ? ['share'] : []),
    ],
    ...(problem ? { problem } : {}),
  };
}

function dimensionsOf(parts: Parts, glossary: Glossary): string[] {
  const ids = parts.dimensions.map((d) => d.id);
  if (
    parts.roles.has('map') &&
    ids.length === 0 &&
    parts.values.every((v) => v.filter.dimension !== 'country') &&
    'country' in glossary.dimensions
  )
    ids.push('country');
  const hourly =
    parts.grains.some((g) => g.grain === 'hour' && g.way !== 'over') &&
    'hour' in glossary.dimensions &&
    !isShort(parts.periods[0]?.period);
  if (hourly && !ids.includes('hour')) ids.push('hour');
  return [...new Set(ids)];
}

function isShort(period: Period | undefined): boolean {
  if (!period) return false;
  if (period.type === 'last') return period.unit === 'hour' || (period.unit === 'day' && period.count <= 2);
  return (
    (period.type === 'ago' || period.type === 'current' ? period.unit === 'day' || period.unit === 'hour' : false) ||
    period.type === 'weekday' ||
    period.type === 'named' ||
    (period.type === 'calendar' && period.day !== undefined)
  );
}

/** «do returning visitors have a higher AOV»: higher than the others of their kind. */
function comparedTo(parts: Parts, dimensions: readonly string[]): string | undefined {
  const [one] = parts.values;
  const comparative = parts.ranks.some((r) =>
    /^(?:higher|lower|better|worse|more|less|larger|smaller|bigger|fewer|longer|shorter|more often|less often)$/u.test(r.text),
  );
  if (!comparative || parts.values.length !== 1 || !one || dimensions.length > 0 || parts.grains.length > 0) return undefined;
  if (
    parts.versus.length > 0 ||
    parts.complement.length > 0 ||
    parts.compare ||
    parts.periods.length > 1 ||
    one.group ||
    one.filter.op !== 'is'
  )
    return undefined;
  return one.filter.dimension;
}

/** «what share is mobile» shows all devices with their shares; one group stands against the rest. */
function shareFilters(
  parts: Parts,
  filters: MetricReading['filters'],
  dimensions: string[],
  glossary: Glossary,
): { filters: MetricReading['filters']; segments?: NonNullable<MetricReading['segments']> } {
  if (!said(parts, 'share')) return { filters };
  if (dimensions.length > 0) return { filters: filters.filter((f) => !(dimensions.includes(f.dimension) && f.op === 'is')) };
  const last = filters.at(-1);
  if (!last) return { filters };
  const listed = glossary.dimensions[last.dimension];
  const plain = last.op === 'is' && last.values.every((v) => v in (listed?.values ?? {})) && !listed?.learn;
  const rest = filters.slice(0, -1);
  if (plain) {
    dimensions.push(last.dimension);
    return { filters: rest };
  }
  const flipped = last.op === 'is' ? 'is_not' : 'is';
  if (last.op !== 'is' && last.op !== 'is_not') return { filters };
  const text = parts.values.at(-1)!.text;
  return {
    filters: rest,
    segments: [
      { label: last.op === 'is' ? text : `not ${text}`, filters: [last] },
      { label: last.op === 'is' ? 'the rest' : text, filters: [{ ...last, op: flipped }] },
    ],
  };
}

/** «top js errors» ranks messages, «most exits» pages: what a metric's events carry, where nothing else is ranked. */
function itemRanked(parts: Parts, ids: readonly string[], dimensions: readonly string[], glossary: Glossary): string | undefined {
  const ranked = parts.ranks.some((r) => r.way !== 'busy') && parts.grains.length === 0 && dimensions.length === 0;
  if (!ranked || parts.compare || parts.versus.length > 0 || parts.periods.length > 1) return undefined;
  const carried: Readonly<Record<string, string>> = {
    js_errors: 'error_message',
    payment_errors: 'error_message',
    form_errors: 'form_field',
    searches: 'search_term',
    no_result_searches: 'search_term',
    events: 'event_name',
    page_views: 'page',
    exits: 'page',
    entrances: 'page',
    rage_clicks: 'page',
    dead_clicks: 'page',
    not_found_views: 'page',
    coupon_orders: 'coupon',
    product_views: 'product',
    cart_adds: 'product',
    cart_removals: 'product',
    units_sold: 'product',
    product_impressions: 'product',
    product_clicks: 'product',
    cart_to_view: 'product',
    buy_to_view: 'product',
    item_revenue: 'product',
    form_abandons: 'form',
  };
  const item = carried[ids[0] ?? ''];
  return item !== undefined && item in glossary.dimensions ? item : undefined;
}

/** «where do people rage click» asks for pages, «where do visitors come from» for countries. */
function placeFor(metric: string | undefined, glossary: Glossary): string {
  const m = metric === undefined ? undefined : glossary.metrics[metric];
  const table = m?.measure?.table ?? (m?.ratio ? glossary.metrics[m.ratio.of]?.measure?.table : undefined);
  return (table === 'page_views' || table === 'events') && 'page' in glossary.dimensions ? 'page' : 'country';
}

interface Time {
  readonly grain?: Grain;
  readonly per?: Grain;
  readonly period?: Period;
  readonly compare?: Comparison;
  readonly assumed: readonly string[];
  readonly problem?: Problem;
}

function grainOf(
  parts: Parts,
  dimensions: readonly string[],
  period: Period | undefined,
  ids: readonly string[],
  glossary: Glossary,
): Time {
  const grains = parts.grains.filter((g) => !(g.grain === 'hour' && dimensions.includes('hour')));
  const additive = ids.some((id) => glossary.metrics[id]?.additive || ['sessions', 'users'].includes(id));
  const averaged = said(parts, 'average') && additive;
  const each = grains.find((g) => g.way === 'each' || g.way === 'adverb');
  const wantsPer = averaged || (said(parts, 'how_many') && grains.length === 1 && grains[0]!.way === 'each');
  if (wantsPer && each) {
    const other = grains.find((g) => g !== each && g.grain !== each.grain);
    return { per: each.grain, ...(other ? { grain: other.grain } : {}), assumed: [] };
  }
  if (averaged && parts.moving === undefined) {
    if (grains.length === 0 && (dimensions.includes('weekday') || dimensions.includes('hour') || dimensions.includes('day_type')))
      return { per: 'day', assumed: [] };
    return { assumed: [], problem: { about: 'average', metric: ids[0]! } };
  }
  const grain = grains[0]?.grain ?? (said(parts, 'trend') || parts.moving ? (parts.moving?.unit ?? grainFor(parts)) : undefined);
  if (grains.some((g) => g.grain !== grain && g.way !== 'over'))
    return { ...(grain ? { grain } : {}), assumed: [], problem: { about: 'unsupported', subject: 'two steps of time at once' } };
  const over = grains.find((g) => g.way === 'over');
  return over ? overTime(over.grain, period) : { ...(grain ? { grain } : {}), assumed: [] };
}

/** «wow»: of one week, a comparison with the week before; else a line by week, long enough to show it. */
function overTime(grain: Grain, period: Period | undefined): Time {
  if (period && (period.type === 'ago' || period.type === 'current') && period.unit === grain)
    return { assumed: [], compare: { type: 'previous' } };
  if (period) return { grain, assumed: [] };
  const count = { hour: 24, day: 14, week: 8, month: 6, quarter: 4, year: 3 }[grain];
  return { grain, period: { type: 'last', count, unit: grain }, assumed: [`the last ${count} ${grain}s`] };
}

function orderOf(
  parts: Parts,
  ids: readonly string[],
  dimensions: readonly string[],
  grain: Grain | undefined,
  glossary: Glossary,
): { order?: MetricReading['order']; limit?: number; unused: string[] } {
  const ranks = parts.ranks.filter((r) => r.way !== 'none');
  const ways = new Set(ranks.map((r) => r.way));
  const conflicting = (ways.has('high') && ways.has('low')) || (ways.has('best') && ways.has('worst'));
  const limit = parts.limit;
  const down = said(parts, 'descending');
  const up = said(parts, 'ascending');
  if (ranks.length === 0 && !parts.orderBy && !down && !up && !said(parts, 'bestseller'))
    return { ...(limit ? { limit, order: { by: ids[0]!, direction: 'desc' } } : {}), unused: [] };
  if (dimensions.length === 0 && !grain) {
    // «did we get more sessions than last week»: the comparison answers it.
    const harmless = parts.compare !== undefined || parts.periods.length > 1 || parts.versus.length > 0 || said(parts, 'change');
    return {
      unused: harmless
        ? []
        : [
            ...ranks.map((r) => r.text).filter((t) => t !== 'slowest' && t !== 'fastest'),
            ...(parts.orderBy && ids.length > 1 ? [] : []),
          ],
    };
  }
  const by = parts.orderBy ?? rankedMetric(parts, ids);
  const isWorst = parts.roles.get('bestseller')?.some((b) => /worst|least|slow|bad|poor/iu.test(b.text)) ?? false;
  const direction = up || isWorst ? 'asc' : down ? 'desc' : directionOf(ranks.at(-1), by, glossary);
  const isTop = ranks.some((r) => /^(?:the )?(?:top|best|worst|bottom)\b/u.test(r.text)) || said(parts, 'bestseller');
  const cyclic = dimensions.some((d) => glossary.dimensions[d]?.kind === 'cyclic');
  const single =
    said(parts, 'which') || cyclic || parts.values.some((v) => dimensions.includes(v.filter.dimension)) || grain !== undefined;
  const implied = isTop && !single && dimensions.length === 1 ? 10 : undefined;
  return {
    order: { by, direction },
    ...((limit ?? implied) ? { limit: (limit ?? implied)! } : {}),
    unused: conflicting ? ranks.map((r) => r.text) : [],
  };
}

/** «worst conversion»: the metric right after the rank; else the first. */
function rankedMetric(parts: Parts, ids: readonly string[]): string {
  const rank = parts.ranks.at(-1);
  const next = rank && parts.metrics.find((m) => m.at > rank.at && ids.includes(m.id) && !m.population);
  return next && ids.length > 1 && next.at - rank.at <= 3 ? next.id : ids[0]!;
}

function directionOf(rank: Parts['ranks'][number] | undefined, by: string, glossary: Glossary): 'asc' | 'desc' {
  const better = glossary.metrics[by]?.better ?? 'none';
  switch (rank?.way) {
    case 'best':
      return better === 'down' ? 'asc' : 'desc';
    case 'worst':
      return better === 'up' ? 'asc' : 'desc';
    case 'low':
      return 'asc';
    case 'long':
      return rank.text.includes('short') ? 'asc' : 'desc';
    case 'busy':
      return /quiet|calm|least/u.test(rank.text) ? 'asc' : 'desc';
    default:
      return 'desc';
  }
}

function havingOf(parts: Parts, glossary: Glossary, grouped: boolean): { having: MetricReading['having']; problem?: Problem } {
  const having: MetricReading['having'] = [];
  for (const amount of parts.amounts) {
    const metric = boundMetric(parts, amount.at);
    const unit = metric && glossary.metrics[metric.id]?.unit;
    const value = unit && scaled(amount.value, amount.mark, unit);
    if (!metric || value === undefined)
      return { having, problem: { about: 'unsupported', subject: `the bound “${amount.text}”` } };
    if (!grouped) return { having, problem: { about: 'bound', metric: metric.id } };
    having.push({ metric: metric.id, op: amount.op as MetricReading['having'][number]['op'], value });
  }
  return { having };
}

/** A bound in the unit that rows hold: rates as fractions, load times in milliseconds; undefined where the units do not fit. */
function scaled(value: number, mark: string, unit: string): number | undefined {
  if (unit === 'rate' || unit === 'share')
    return mark === 'percent' || (mark === 'none' && value > 1) ? value / 100 : mark === 'none' ? value : undefined;
  if (unit === 'milliseconds') return mark === 'seconds' ? value * 1000 : mark === 'none' ? value : undefined;
  if (mark === 'seconds') return unit === 'seconds' ? value : undefined;
  if (mark === 'money') return unit === 'money' ? value : undefined;
  return mark === 'none' ? value : undefined;
}

/** «percentage of sessions that bounce by channel»: a share within each row, which the shares of a breakdown are not. */
function partOfRow(parts: Parts, dimensions: readonly string[], glossary: Glossary): boolean {
  return (
    dimensions.length > 0 &&
    parts.values.some(
      (v) => glossary.dimensions[v.filter.dimension]?.kind === 'boolean' && !dimensions.includes(v.filter.dimension),
    )
  );
}

function isRateAnyway(ids: readonly string[], glossary: Glossary): boolean {
  return ids.every((id) => ['rate', 'share'].includes(glossary.metrics[id]?.unit ?? ''));
}

function pictureOf(parts: Parts): { picture?: NonNullable<MetricReading['picture']> } {
  if (said(parts, 'map')) return { picture: 'map' };
  if (said(parts, 'line')) return { picture: 'line' };
  if (said(parts, 'bars')) return { picture: 'bars' };
  return said(parts, 'no_picture') ? { picture: 'none' } : {};
}

function beforeProblem(parts: Parts, hasPeriod: boolean): Problem | undefined {
  return said(parts, 'before') && !hasPeriod ? { about: 'before' } : undefined;
}

/** Function words that ask for something which this Reading does not do. */
function idleWords(parts: Parts, reading: MetricReading, glossary: Glossary): string[] {
  const texts = (role: Parameters<typeof said>[1]) => parts.roles.get(role)?.map((x) => x.text) ?? [];
  const out: string[] = [];
  if (said(parts, 'lose')) out.push(...texts('lose'));
  const isTime = reading.metrics.some((id) => ['seconds', 'milliseconds', 'days'].includes(glossary.metrics[id]?.unit ?? ''));
  if (said(parts, 'how_long') && !isTime) out.push(...texts('how_long'));
  if (parts.ranks.some((r) => r.way === 'long') && !isTime) out.push(...texts('long'));
  if (said(parts, 'in_order')) out.push(...texts('in_order'));
  if (parts.window !== undefined) out.push('the time window');
  if (parts.chain) out.push('the steps');
  out.push(...parts.steps.map((s) => s.id));
  if (said(parts, 'better_than') && !reading.segments && reading.dimensions.length === 0 && !reading.compare)
    out.push(...texts('better_than'));
  if (said(parts, 'include') && !reading.bots) out.push(...texts('include'));
  if (said(parts, 'not') && parts.bots === undefined && !reading.filters.some((f) => /not/u.test(f.op)) && !reading.segments)
    out.push(...texts('not'));
  return out;
}
