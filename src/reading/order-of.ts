import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Grain, MetricReading } from '../glossary/reading.ts';
import { type Parts, said } from './parts.ts';

/** Ranks and limits that were said → order and limit of the rows. */
export function orderOf(
  parts: Parts,
  ids: readonly string[],
  dimensions: readonly string[],
  grain: Grain | undefined,
  glossary: Glossary,
): { order?: MetricReading['order']; limit?: number; unused: string[]; assumed?: string[] } {
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
        : [...ranks.map((r) => r.text).filter((t) => t !== 'slowest' && t !== 'fastest')].concat(spreadOver(parts)),
    };
  }
  // «high traffic but low CR» has no line between high and low: both numbers are shown.
  const weighed = conflicting && ids.length === 2 && parts.limit === undefined;
  // «the best and the worst country»: all of them in their order show both ends.
  const bothEnds = conflicting && !weighed && parts.limit === undefined;
  const by = parts.orderBy ?? (weighed ? ids[0]! : rankedMetric(parts, ids));
  const isWorst = parts.roles.get('bestseller')?.some((b) => /worst|least|slow|bad|poor/iu.test(b.text)) ?? false;
  const direction =
    up || isWorst ? 'asc' : down ? 'desc' : directionOf(weighed || bothEnds ? ranks[0] : ranks.at(-1), by, glossary);
  const isTop = ranks.some((r) => /^(?:the )?(?:top|best|worst|bottom)\b(?! first)/u.test(r.text)) || said(parts, 'bestseller');
  const cyclic = dimensions.some((d) => glossary.dimensions[d]?.kind === 'cyclic');
  const single =
    said(parts, 'which') || cyclic || parts.values.some((v) => dimensions.includes(v.filter.dimension)) || grain !== undefined;
  const implied = isTop && !single && !bothEnds && dimensions.length === 1 ? 10 : undefined;
  return {
    order: { by, direction },
    ...((limit ?? implied) ? { limit: (limit ?? implied)! } : {}),
    unused: conflicting && !weighed && !bothEnds ? ranks.map((r) => r.text) : [],
    assumed: weighed
      ? [`all of them with both numbers, ${direction === 'desc' ? 'highest' : 'lowest'} first by the first`]
      : bothEnds
        ? ['all of them in their order, with both ends']
        : [],
  };
}

/** «users by number of orders» is a spread that nothing shows; «sorted by revenue» asks for no more than an order. */
function spreadOver(parts: Parts): string[] {
  const over = parts.metrics.find((m) => m.id === parts.orderBy && !m.sorts && !m.per);
  const isCut = over && parts.ranks.length === 0;
  return isCut ? [`by ${over.text}`] : [];
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
