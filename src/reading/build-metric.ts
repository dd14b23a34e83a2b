import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Period } from '../glossary/period.ts';
import type { MetricReading } from '../glossary/reading.ts';
import { withMetrics } from '../glossary/with-made.ts';
import { absentBounds, presentMetrics } from './absent-measures.ts';
import { buildScope } from './build-scope.ts';
import { chooseMetrics } from './choose-metrics.ts';
import { grainOf } from './grain-of.ts';
import { havingOf } from './having-of.ts';
import { idleWords } from './idle-words.ts';
import { itemRanked, placeFor } from './item-ranked.ts';
import { orderOf } from './order-of.ts';
import { partShare } from './part-share.ts';
import { type Parts, said } from './parts.ts';
import type { Built, Problem } from './problem.ts';
import { comparedTo, isPartOfRow, isRateAnyway, partOfRow, shareFilters } from './share-filters.ts';
import { viewsOfGoods } from './views-of-goods.ts';
import { withinReach } from './within-reach.ts';

/** Parts → metric Reading. */
export function buildMetric(asked: Parts, own: Glossary): Built<MetricReading> {
  const parts = viewsOfGoods(asked, own);
  const dimensions = dimensionsOf(parts, own);
  const scope = buildScope(parts, own, dimensions);
  if (scope.split && !dimensions.includes(scope.split)) dimensions.push(scope.split);
  const split = comparedTo(parts, dimensions);
  if (split) dimensions.push(split);
  const chosen = chooseMetrics(parts, dimensions, own);
  const part =
    split || scope.split || scope.segments || chosen.share
      ? undefined
      : partShare(parts, chosen.ids, scope.filters, dimensions, own);
  const made = [...(chosen.made ?? []), ...(part?.made ?? [])];
  const glossary = withMetrics(made, own);
  const filters = part
    ? { filters: part.filters }
    : split
      ? { filters: scope.filters.filter((f) => f.dimension !== split) }
      : chosen.share || (chosen.ids.length > 0 && isRateAnyway(chosen.ids, own))
        ? { filters: scope.filters }
        : shareFilters(parts, scope.filters, dimensions, scope.segments !== undefined, glossary);
  const unused = [...parts.unknown.map((u) => u.text), ...scope.unused];
  if (chosen.undivided && dimensions.includes(chosen.undivided)) dimensions.splice(dimensions.indexOf(chosen.undivided), 1);
  if (chosen.filter) filters.filters.push(chosen.filter);
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
  const present = parts.metrics.length === 0 ? presentMetrics(parts, dimensions, glossary) : [];
  const ids = part
    ? [part.id]
    : present.length > 0
      ? present
      : chosen.ids.length > 0
        ? [...chosen.ids]
        : said(parts, 'where') && dimensions.length > 0
          ? ['sessions']
          : [];
  if (ids.length === 0) return { reading: undefined, unused, problem: { about: 'measure', dimension: dimensions[0] } };
  const reach = withinReach(ids, dimensions, filters.filters, glossary);
  dimensions.splice(0, dimensions.length, ...reach.dimensions);
  const narrowed = reach.filters.filter((f) => f.dimension !== chosen.without);
  const time = grainOf(parts, dimensions, scope.period, ids, glossary);
  const assumed = [...scope.assumed, ...reach.assumed, ...(chosen.assumed ? [chosen.assumed] : []), ...time.assumed];
  const order = orderOf(parts, ids, dimensions, time.grain, glossary);
  assumed.push(...(order.assumed ?? []));
  const absent = absentBounds(parts, dimensions.length > 0, glossary);
  const having = chosen.bounds ? { having: [] } : havingOf(parts, glossary, dimensions.length > 0 || time.grain !== undefined);
  const compare =
    scope.compare ??
    time.compare ??
    (said(parts, 'change') && !time.grain && !parts.segments ? ({ type: 'previous' } as const) : undefined);
  const wantsShare = said(parts, 'share') && !part && !chosen.share && !isRateAnyway(ids, glossary);
  const share =
    wantsShare &&
    !partOfRow(parts, dimensions, glossary) &&
    !isPartOfRow(parts, ids, dimensions, glossary) &&
    (dimensions.length > 0 || filters.segments !== undefined || scope.segments !== undefined);
  const within = share ? withinOf(parts, dimensions) : undefined;
  if (within) dimensions.push(...dimensions.splice(dimensions.indexOf(within), 1));
  if (share && dimensions.length > 0 && narrowed.some((f) => !dimensions.includes(f.dimension)))
    assumed.push('shares of everything that the filters leave');
  const period = time.period ?? scope.period;
  const reading: MetricReading = {
    kind: 'metric',
    metrics: ids,
    ...(made.length > 0 ? { made } : {}),
    dimensions: dimensions.slice(0, 3),
    ...(time.grain ? { grain: time.grain } : {}),
    ...(period ? { period } : {}),
    ...(compare ? { compare } : {}),
    filters: narrowed,
    ...((filters.segments ?? scope.segments) ? { segments: filters.segments ?? scope.segments! } : {}),
    ...(scope.bots ? { bots: scope.bots } : {}),
    ...(scope.schedule ? { schedule: scope.schedule } : {}),
    ...(assumed.length > 0 ? { assumed } : {}),
    having: [...having.having, ...absent.having],
    ...(order.order ? { order: order.order } : {}),
    ...(order.limit ? { limit: order.limit } : {}),
    ...(share ? { share: true } : {}),
    ...(within ? { within } : {}),
    ...(parts.moving ? { movingAverage: parts.moving.buckets } : {}),
    ...(time.per ? { per: time.per } : {}),
    ...pictureOf(parts),
  };
  const withinRow = wantsShare && (partOfRow(parts, dimensions, glossary) || isPartOfRow(parts, ids, dimensions, glossary));
  const problem =
    having.problem ??
    time.problem ??
    (withinRow
      ? ({
          about: 'unsupported',
          subject: `a share within each ${glossary.dimensions[dimensions[0] ?? '']?.label ?? 'row'}`,
        } as const)
      : undefined) ??
    topOfEach(parts, dimensions, order.limit, glossary) ??
    beforeProblem(parts, scope.period !== undefined || scope.compare !== undefined);
  return {
    reading,
    unused: [
      ...unused,
      ...absent.unused,
      ...idleWords(parts, reading, glossary),
      ...(dimensions.length > 3 ? ['a fourth breakdown'] : []),
      ...order.unused,
      ...(wantsShare && !share && !withinRow ? ['share'] : []),
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
  // «how many items were added to the cart» is one number.
  const [many] = parts.roles.get('how_many') ?? [];
  const counted = parts.dimensions.find((d) => many && d.at === many.at + many.text.split(/\s+/u).length && d.id === 'product');
  if (counted && parts.metrics.length === 1 && parts.dimensions.length === 1 && parts.amounts.length === 0)
    ids.splice(ids.indexOf('product'), 1);
  // «samsung products with over 100 views»
  if (parts.goods && ids.length === 0 && (parts.amounts.length > 0 || parts.absent.length > 0)) ids.push('product');
  const hourly =
    parts.grains.some((g) => g.grain === 'hour' && g.way !== 'over') &&
    'hour' in glossary.dimensions &&
    !isShort(parts.periods[0]?.period);
  if (hourly && !ids.includes('hour')) ids.push('hour');
  return [...new Set(ids)];
}

/** «revenue share by category within each country»: the one of two breakdowns that «per» or «each» stands before. */
function withinOf(parts: Parts, dimensions: readonly string[]): string | undefined {
  const each = parts.dimensions.filter((d) => d.word !== 'by' && d.by && dimensions.includes(d.id));
  return dimensions.length === 2 && each.length === 1 ? each[0]!.id : undefined;
}

/** «top 3 channels in each country»: one limit over all rows would answer with three pairs. */
function topOfEach(parts: Parts, dimensions: readonly string[], limit: number | undefined, glossary: Glossary) {
  const each = parts.dimensions.find((d) => d.word === 'each' && dimensions.includes(d.id));
  if (!each) return undefined;
  const within = `within each ${glossary.dimensions[each.id]?.label ?? each.id}`;
  if (said(parts, 'bestseller') && !dimensions.includes('product'))
    return { about: 'unsupported', subject: `the best seller ${within}` } as const;
  return limit && dimensions.length > 1
    ? ({ about: 'unsupported', subject: `the first ${limit} ${within}` } as const)
    : undefined;
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

function pictureOf(parts: Parts): { picture?: NonNullable<MetricReading['picture']> } {
  if (said(parts, 'map')) return { picture: 'map' };
  if (said(parts, 'line')) return { picture: 'line' };
  if (said(parts, 'bars')) return { picture: 'bars' };
  return said(parts, 'no_picture') ? { picture: 'none' } : {};
}

function beforeProblem(parts: Parts, hasPeriod: boolean): Problem | undefined {
  return said(parts, 'before') && !hasPeriod ? { about: 'before' } : undefined;
}
