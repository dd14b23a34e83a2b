import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter, MetricReading } from '../glossary/reading.ts';
import { wholeOf } from './part-of.ts';
import { type Parts, said } from './parts.ts';

/** «what share is mobile» shows all devices with their shares; one group stands against the rest. */
export function shareFilters(
  parts: Parts,
  filters: MetricReading['filters'],
  dimensions: string[],
  isSplit: boolean,
  glossary: Glossary,
): { filters: MetricReading['filters']; segments?: NonNullable<MetricReading['segments']> } {
  // Sides that were said are the parts of the whole.
  if (!said(parts, 'share') || isSplit) return { filters };
  if (dimensions.length > 0 && said(parts, 'only')) return { filters };
  if (dimensions.length > 0) return { filters: filters.filter((f) => !(dimensions.includes(f.dimension) && f.op === 'is')) };
  const last = besideShare(parts, filters) ?? filters.at(-1);
  if (!last) return { filters };
  const listed = glossary.dimensions[last.dimension];
  const plain = last.op === 'is' && last.values.every((v) => v in (listed?.values ?? {})) && !listed?.learn;
  const rest = filters.filter((f) => f !== last);
  if (plain) {
    dimensions.push(last.dimension);
    return { filters: rest };
  }
  const flipped = last.op === 'is' ? 'is_not' : 'is';
  if (last.op !== 'is' && last.op !== 'is_not') return { filters };
  const text = parts.values.findLast((v) => v.filter.dimension === last.dimension)!.text;
  return {
    filters: rest,
    segments: [
      { label: last.op === 'is' ? text : `not ${text}`, filters: [last] },
      { label: last.op === 'is' ? 'the rest' : text, filters: [{ ...last, op: flipped }] },
    ],
  };
}

/** «marvel share of comics revenue»: whose share it is stands right before the word. */
function besideShare(parts: Parts, filters: MetricReading['filters']): Filter | undefined {
  const [share] = parts.roles.get('share') ?? [];
  const owner = parts.values.find((v) => share && v.at + v.text.split(/[\s-]+/u).length === share.at);
  return owner && filters.find((f) => f.dimension === owner.filter.dimension);
}

/** «do returning visitors have a higher AOV»: higher than the others of their kind. */
export function comparedTo(parts: Parts, dimensions: readonly string[]): string | undefined {
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

/** «percentage of sessions that bounce by channel»: a share within each row, which the shares of a breakdown are not. */
export function partOfRow(parts: Parts, dimensions: readonly string[], glossary: Glossary): boolean {
  const by = parts.dimensions.filter((d) => d.by).map((d) => d.at);
  const measure = parts.metrics[0]?.at ?? parts.roles.get('population')?.[0]?.at ?? Number.POSITIVE_INFINITY;
  return parts.values.some((v) => {
    if (dimensions.length === 0 || dimensions.includes(v.filter.dimension)) return false;
    const isShared = by.some((at) => at > v.at) && !isSpread(parts, v.at, measure);
    return isShared || glossary.dimensions[v.filter.dimension]?.kind === 'boolean';
  });
}

/** «share of paid traffic by device»: the words stand as one whole that is spread over a breakdown. */
export function isSpread(parts: Parts, value: number, measure: number): boolean {
  const [share] = parts.roles.get('share') ?? [];
  const [one, ...more] = parts.values.filter((v) => v.at < measure);
  const length = one?.text.split(/[\s-]+/u).length ?? 0;
  const isWhole =
    one?.at === value &&
    more.length === 0 &&
    (value + length === measure ||
      (measure === Number.POSITIVE_INFINITY && /traffic|users|visitors|visits|sessions/iu.test(one.text)));
  const isOf = share !== undefined && /of$/iu.test(share.text) && share.at + share.text.split(/\s+/u).length === value;
  return isWhole && isOf && parts.dimensions.every((d) => d.word !== 'per' && d.word !== 'each');
}

/** «% new users by channel»: new among all of a channel; «share of new users by channel» is how the new ones spread. */
export function isPartOfRow(parts: Parts, ids: readonly string[], dimensions: readonly string[], glossary: Glossary): boolean {
  const bare = parts.roles.get('share')?.every((s) => /^(?:%|percent|percentage|pct|perc)$/iu.test(s.text)) ?? false;
  const [share] = parts.roles.get('share') ?? [];
  const [metric] = parts.metrics;
  if (!bare || !share || !metric || ids.length !== 1 || dimensions.length === 0 || metric.at !== share.at + 1) return false;
  return wholeOf(ids[0]!, glossary) !== undefined;
}

/** A metric of sessions, users or orders «with» something is a part of all of them. */
export function isNamedPart(parts: Parts, ids: readonly string[], glossary: Glossary): boolean {
  const [metric] = parts.metrics;
  if (
    ids.length !== 1 ||
    metric === undefined ||
    metric.id !== ids[0] ||
    !/^(?:sessions|visits|users|visitors|orders|searches)\s\S/iu.test(metric.text)
  )
    return false;
  return wholeOf(ids[0]!, glossary) !== undefined;
}

/** True if all metrics are rates: «bounce percentage» asks for no share. */
export function isRateAnyway(ids: readonly string[], glossary: Glossary): boolean {
  return ids.every((id) => ['rate', 'share'].includes(glossary.metrics[id]?.unit ?? ''));
}
