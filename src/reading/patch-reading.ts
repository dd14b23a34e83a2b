import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, Filter, FunnelReading, MetricReading } from '../glossary/reading.ts';
import { withMade } from '../glossary/with-made.ts';
import { boundMetric } from './asked-metrics.ts';
import { asksForFunnel, buildFunnel } from './build-funnel.ts';
import { buildMetric } from './build-metric.ts';
import { buildScope } from './build-scope.ts';
import { chooseMetrics } from './choose-metrics.ts';
import { type Parts, said } from './parts.ts';
import { eventOf } from './rate-of.ts';

/** The last Reading with what the follow-up said put in; undefined where it would no longer be one question. */
export function patchReading(last: DataReading, parts: Parts, own: Glossary): DataReading | undefined {
  const glossary = withMade(last, own);
  const dimensions = [...new Set(parts.dimensions.map((d) => d.id))];
  const scope = buildScope(parts, glossary, dimensions.length > 0 ? dimensions : last.kind === 'metric' ? last.dimensions : []);
  const freed = said(parts, 'everything') ? dimensions : [];
  const filters = patchFilters(last, parts, scope.filters, freed);
  const compare =
    parts.compare ?? scope.compare ?? (last.compare?.type === 'period' && parts.periods.length > 0 ? undefined : last.compare);
  const base = { ...last, filters };
  delete base.assumed;
  delete base.compare;
  if (parts.periods.length > 0 || parts.schedule) base.period = scope.period!;
  if (compare) base.compare = compare;
  if (scope.segments) base.segments = scope.segments;
  else if (said(parts, 'everything') || scope.filters.length > 0) delete base.segments;
  if (parts.bots === 'left_out') delete base.bots;
  else if (scope.bots) base.bots = scope.bots;
  if (parts.schedule) base.schedule = parts.schedule;
  const split = scope.split ?? pairedWith(last, parts);
  if (asksForFunnel(parts)) return toFunnel(base, parts, glossary);
  const asked = freed.length > 0 ? dimensions.filter((d) => !freed.includes(d)) : dimensions;
  return base.kind === 'funnel'
    ? patchFunnel(base, parts, asked, split, glossary)
    : patchMetric(base, parts, asked, split, glossary);
}

/** A new filter takes the place of the old one of its dimension; «vs desktop» joins it. */
function patchFilters(last: DataReading, parts: Parts, added: readonly Filter[], freed: readonly string[]): Filter[] {
  if (said(parts, 'everything') && freed.length === 0 && added.length === 0) return [];
  const paired = pairedWith(last, parts);
  const kept = last.filters.filter(
    (f) => !freed.includes(f.dimension) && !added.some((a) => a.dimension === f.dimension && a.dimension !== paired),
  );
  // «not the us», then «not canada»: what is left out adds up, unless it is to be another.
  const out = (d: string) =>
    said(parts, 'instead') ? [] : last.filters.filter((f) => f.dimension === d && f.op === 'is_not').flatMap((f) => f.values);
  const grown = added.map((a) => (a.op === 'is_not' ? { ...a, values: [...new Set([...out(a.dimension), ...a.values])] } : a));
  if (!paired) return [...kept, ...grown];
  return kept
    .map((f) =>
      f.dimension === paired
        ? { ...f, values: [...new Set([...f.values, ...added.filter((a) => a.dimension === paired).flatMap((a) => a.values)])] }
        : f,
    )
    .concat(added.filter((a) => a.dimension !== paired));
}

function pairedWith(last: DataReading, parts: Parts): string | undefined {
  const [one] = parts.values;
  const isBroken = last.kind === 'metric' && one !== undefined && last.dimensions.includes(one.filter.dimension);
  if (isBroken && parts.values.length === 1 && one.filter.op === 'is' && said(parts, 'and'))
    return last.filters.find((f) => f.dimension === one.filter.dimension && f.op === 'is')?.dimension;
  if (parts.values.length !== 1 || !one || (parts.versus.length === 0 && !said(parts, 'compare') && !said(parts, 'also')))
    return undefined;
  return last.filters.find((f) => f.dimension === one.filter.dimension && f.op === 'is')?.dimension;
}

function patchMetric(
  base: MetricReading,
  parts: Parts,
  dimensions: readonly string[],
  split: string | undefined,
  glossary: Glossary,
): MetricReading {
  const out = { ...base };
  const bounds = new Set(parts.amounts.map((a) => boundMetric(parts, a.at)));
  const named = parts.metrics.filter((m) => !bounds.has(m));
  const own =
    named.some((m) => !m.population) ||
    (named.length > 0 && parts.values.length === 0 && dimensions.length === 0) ||
    said(parts, 'bestseller');
  const ids = own ? chooseMetrics(parts, dimensions, glossary).ids : [];
  // «how many users saw them»: with the event that the last number counted.
  const event = said(parts, 'anaphora') ? eventOf(base.metrics[0] ?? '', glossary) : undefined;
  if (event !== undefined && 'event_name' in glossary.dimensions)
    out.filters = [...out.filters, { dimension: 'event_name', op: 'is', values: [event] }];
  if (ids.length > 0) {
    out.metrics = said(parts, 'also') ? [...new Set([...base.metrics, ...ids])] : [...ids];
    if (out.order && out.order.by !== 'time' && !out.metrics.includes(out.order.by))
      out.order = { ...out.order, by: out.metrics[0]! };
    delete out.per;
    if (out.metrics.every((id) => ['rate', 'share'].includes(glossary.metrics[id]?.unit ?? ''))) delete out.share;
  }
  const added = [...dimensions, ...(split ? [split] : [])];
  if (added.length > 0 || parts.grains.length > 0) delete out.picture;
  if (added.length > 0) {
    const keeps = said(parts, 'also') || dimensions.length === 0;
    out.dimensions = [...new Set([...(keeps ? base.dimensions : []), ...added])].slice(0, 3);
    if (out.within !== undefined && !out.dimensions.includes(out.within)) delete out.within;
    if (!keeps && base.dimensions.length === 0 && base.grain && parts.grains.length === 0) delete out.grain;
  }
  return withShape(out, base, parts, glossary);
}

/** Grain, ranking, share and picture as a question of its own would have them. */
function withShape(out: MetricReading, base: MetricReading, parts: Parts, glossary: Glossary): MetricReading {
  const refs = out.metrics.map((id, at) => ({ id, at, text: id, population: false, counted: false, joined: at > 0, per: false }));
  const dims = out.dimensions.map((id, at) => ({ id, at, by: true, text: id }));
  const period = out.period ? [{ period: out.period, at: 0 }] : [];
  const shaped = buildMetric(
    {
      ...parts,
      metrics: refs,
      dimensions: dims,
      values: [],
      versus: [],
      complement: [],
      periods: period,
      amounts: [],
      unknown: [],
    },
    glossary,
  ).reading;
  if (!shaped) return out;
  const bounds =
    parts.amounts.length > 0
      ? buildMetric(
          { ...parts, dimensions: dims, metrics: parts.metrics.length > 0 ? parts.metrics : refs, unknown: [] },
          glossary,
        ).reading?.having
      : undefined;
  return {
    ...out,
    ...(shaped.dimensions.length > out.dimensions.length ? { dimensions: shaped.dimensions } : {}),
    ...(shaped.grain ? { grain: shaped.grain } : {}),
    ...(shaped.per ? { per: shaped.per } : {}),
    ...(shaped.order && (parts.ranks.length > 0 || parts.orderBy || said(parts, 'ascending') || said(parts, 'descending'))
      ? { order: shaped.order }
      : {}),
    ...(parts.limit
      ? { limit: parts.limit, order: shaped.order ?? base.order ?? { by: out.metrics[0]!, direction: 'desc' as const } }
      : {}),
    ...(shaped.share ? { share: true } : {}),
    ...(shaped.movingAverage ? { movingAverage: shaped.movingAverage } : {}),
    ...(shaped.picture ? { picture: shaped.picture } : {}),
    ...(bounds && bounds.length > 0 ? { having: bounds } : {}),
  };
}

function patchFunnel(
  base: FunnelReading,
  parts: Parts,
  dimensions: readonly string[],
  split: string | undefined,
  glossary: Glossary,
): DataReading {
  const by = split ?? dimensions[0];
  const metrics = parts.metrics.filter((m) => !m.population).map((m) => m.id);
  if (metrics.length > 0 || parts.grains.length > 0) {
    const { steps: _steps, order: _order, windowMinutes: _window, by: old, kind: _kind, picture: _picture, ...scope } = base;
    const metric: MetricReading = {
      ...scope,
      kind: 'metric',
      metrics: metrics.length > 0 ? metrics : ['conversion_rate'],
      dimensions: by ? [by] : old ? [old] : [],
      having: [],
    };
    return withShape(metric, metric, parts, glossary);
  }
  return {
    ...base,
    ...(by ? { by } : {}),
    ...(said(parts, 'in_order') || parts.window !== undefined ? { order: 'in_order' as const } : {}),
    ...(parts.window !== undefined ? { windowMinutes: parts.window } : {}),
  };
}

function toFunnel(base: DataReading, parts: Parts, glossary: Glossary): DataReading | undefined {
  const funnel = buildFunnel({ ...parts, values: [], periods: [], versus: [], unknown: [] }, glossary).reading;
  if (!funnel) return undefined;
  const { filters, period, compare, bots, segments } = base;
  return {
    ...funnel,
    filters,
    ...(period ? { period } : {}),
    ...(compare ? { compare } : {}),
    ...(bots ? { bots } : {}),
    ...(segments ? { segments } : {}),
  };
}
