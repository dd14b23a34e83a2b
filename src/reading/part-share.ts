import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter, MadeMetric } from '../glossary/reading.ts';
import { makeMetric } from './make-metric.ts';
import { wholeOf } from './part-of.ts';
import type { Parts } from './parts.ts';
import { said } from './parts.ts';
import { ratioOf } from './rate-of.ts';
import { isNamedPart, isPartOfRow, isSpread } from './share-filters.ts';

interface PartShare {
  readonly id: string;
  readonly made: readonly MadeMetric[];
  /** Filters that are left for both the part and the whole. */
  readonly filters: Filter[];
}

/**
 * «percentage of sessions from paid search», «klarna share of orders by country»: one value's part of everything that is
 * otherwise the same, as one number or in each row; undefined where the shares of a whole spread are asked.
 */
export function partShare(
  parts: Parts,
  ids: readonly string[],
  filters: readonly Filter[],
  dimensions: readonly string[],
  glossary: Glossary,
): PartShare | undefined {
  const [id, more] = ids;
  if (!said(parts, 'share') || id === undefined || more || parts.versus.length > 0 || parts.complement.length > 0)
    return undefined;
  const whole = shareOfWhole(parts, id, filters, dimensions, glossary);
  if (whole) return whole;
  const cut = cutOf(parts, filters, dimensions, glossary);
  const metric = glossary.metrics[id];
  const isMoneyOf = metric?.unit === 'money' && cut?.dimension === 'currency';
  if (!cut || isMoneyOf || !metric?.measure || !['count', 'money'].includes(metric.unit)) return undefined;
  const made = makeMetric({ type: 'part', of: id, filters: [cut] }, glossary);
  return made && { id: made.id, made: [made], filters: filters.filter((f) => f !== cut) };
}

/** «percentage of new users»: the metric itself is the part of another that counts the same with fewer conditions. */
function shareOfWhole(
  parts: Parts,
  id: string,
  filters: readonly Filter[],
  dimensions: readonly string[],
  glossary: Glossary,
): PartShare | undefined {
  const isAlone = dimensions.length === 0 && filters.every((f) => !parts.values.some((v) => v.filter.dimension === f.dimension));
  if (!isAlone && !isPartOfRow(parts, [id], dimensions, glossary) && !isNamedPart(parts, [id], glossary)) return undefined;
  const over = wholeOf(id, glossary);
  if (over === undefined) return undefined;
  const known = ratioOf(id, over, glossary);
  if (known) return { id: known, made: [], filters: [...filters] };
  const made = makeMetric({ type: 'ratio', of: id, over, as: 'rate' }, glossary);
  return made && { id: made.id, made: [made], filters: [...filters] };
}

/** The filter whose part it is: right before «share», else the last that was said; none where a breakdown spreads it. */
function cutOf(parts: Parts, filters: readonly Filter[], dimensions: readonly string[], glossary: Glossary): Filter | undefined {
  const own = filters.filter((f) => !dimensions.includes(f.dimension) && (f.op === 'is' || f.op === 'is_not'));
  const [share] = parts.roles.get('share') ?? [];
  const beside = parts.values.find((v) => share && v.at + v.text.split(/[\s-]+/u).length === share.at);
  const named = own.find((f) => f.dimension === beside?.filter.dimension);
  if (dimensions.length === 0) return named ?? lastSaid(parts, own, glossary);
  if (named) return named;
  if (said(parts, 'only')) return undefined;
  const measure = parts.metrics[0]?.at ?? parts.roles.get('population')?.[0]?.at ?? Number.POSITIVE_INFINITY;
  const by = parts.dimensions.filter((d) => d.by).map((d) => d.at);
  const inRow = parts.values.filter((v) => {
    const isShared = by.some((at) => at > v.at) && !isSpread(parts, v.at, measure);
    return (
      own.some((f) => f.dimension === v.filter.dimension) &&
      (isShared || glossary.dimensions[v.filter.dimension]?.kind === 'boolean')
    );
  });
  return own.find((f) => f.dimension === inRow.at(-1)?.filter.dimension);
}

function lastSaid(parts: Parts, filters: readonly Filter[], glossary: Glossary): Filter | undefined {
  const said = parts.values.filter((v) => filters.some((f) => f.dimension === v.filter.dimension));
  // «what percentage of visits saw an error on mobile»: what was done is the part, wherever it was.
  const done = said.findLast((v) => glossary.dimensions[v.filter.dimension]?.kind === 'boolean' && !/^with/iu.test(v.text));
  const last = done !== undefined && parts.metrics.some((m) => m.at < done.at) ? done : said.at(-1);
  return filters.find((f) => f.dimension === last?.filter.dimension) ?? filters.at(-1);
}
