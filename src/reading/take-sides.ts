import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter, Segment } from '../glossary/reading.ts';
import type { Parts, ValueRef } from './parts.ts';
import { said } from './parts.ts';

/** What the values of a question do: narrow it, split it by a dimension, or stand against each other. */
interface Sides {
  readonly filters: readonly Filter[];
  readonly segments?: readonly Segment[];
  /** Dimension that the sides are values of. */
  readonly split?: string;
  /** «vs» that found no two sides. */
  readonly lost: boolean;
}

/** «mobile vs desktop» is a breakdown, «safari on iphone vs chrome android» are segments, «in germany on mobile» are filters. */
export function takeSides(parts: Parts, glossary: Glossary): Sides {
  const cuts = cutsOf(parts);
  if (parts.baseline) return againstAll(parts, cuts, parts.baseline, glossary);
  if (parts.complement.length > 0) return complementSides(parts, glossary);
  const [only] = parts.values;
  // «with vs without coupon»
  if (only && parts.values.length === 1 && parts.versus.length === 1 && said(parts, 'with') && isPair(only, glossary))
    return { filters: [], split: only.filter.dimension, lost: false };
  if (cuts.length === 0 || parts.values.length < 2) {
    return {
      filters: merge(parts.values),
      lost: parts.versus.length > 0 && parts.metrics.length < 2 && parts.dimensions.length === 0,
    };
  }
  const sides = splitAt(parts.values, cuts);
  if (sides.length < 2) return { filters: merge(parts.values), lost: true };
  return resolve(sides, glossary);
}

/** Positions where one side ends: «vs», and «and» or «or» between like values where a comparison is asked. */
function cutsOf(parts: Parts): number[] {
  const cuts = [...parts.versus];
  const compares =
    said(parts, 'compare') ||
    said(parts, 'split') ||
    (said(parts, 'best') && parts.dimensions.length === 0) ||
    // «the share of queensland and victoria together» is one part of the whole.
    (said(parts, 'share') && parts.values.length > 1 && !said(parts, 'together'));
  for (const join of parts.joins) {
    const left = parts.values.filter((v) => v.at < join.at).at(-1);
    const right = parts.values.find((v) => v.at > join.at);
    const alike =
      left && right && left.filter.dimension === right.filter.dimension && left.filter.op === 'is' && right.filter.op === 'is';
    const ranks =
      parts.ranks.some((r) => r.way === 'best' || r.way === 'worst' || r.way === 'high' || r.way === 'low') && join.or;
    if (alike && (compares || cuts.length > 0 || ranks)) cuts.push(join.at);
  }
  return cuts.sort((a, b) => a - b);
}

function splitAt(values: readonly ValueRef[], cuts: readonly number[]): ValueRef[][] {
  const sides: ValueRef[][] = [[]];
  let from = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (cuts.some((c) => c > from && c < value.at) && sides.at(-1)!.length > 0) sides.push([]);
    sides.at(-1)!.push(value);
    from = value.at;
  }
  return sides.filter((s) => s.length > 0);
}

function resolve(sides: readonly ValueRef[][], glossary: Glossary): Sides {
  const shared = sides[0]!
    .map((v) => v.filter.dimension)
    .filter((d) => sides.every((s) => s.some((v) => v.filter.dimension === d)));
  const inMany = (dimension: string) => sides.filter((s) => s.some((v) => v.filter.dimension === dimension)).length > 1;
  const isCore = (v: ValueRef) => shared.length === 0 || shared.includes(v.filter.dimension) || inMany(v.filter.dimension);
  const common = sides.flat().filter((v) => !isCore(v));
  const cores = sides.map((s) => s.filter(isCore));
  const plain = cores.every(
    (c) => c.length === 1 && !isGroup(c[0]!, glossary) && c[0]!.filter.op === 'is' && c[0]!.filter.values.length === 1,
  );
  const dimension = cores[0]![0]!.filter.dimension;
  if (plain && cores.every((c) => c[0]!.filter.dimension === dimension)) {
    const values = [...new Set(cores.map((c) => c[0]!.filter.values[0]!))];
    if (values.length > 1) return { filters: [...merge(common), { dimension, op: 'is', values }], split: dimension, lost: false };
  }
  const isOpposite =
    cores.length === 2 &&
    cores.every((c) => c.length === 1 && c[0]!.filter.dimension === dimension) &&
    isPair(cores[0]![0]!, glossary) &&
    cores[0]![0]!.filter.op !== cores[1]![0]!.filter.op;
  if (isOpposite) return { filters: merge(common), split: dimension, lost: false };
  if (cores.length > 6) return { filters: merge(sides.flat()), lost: true };
  const segments = cores.map((core) => ({ label: labelOf(core), filters: [...merge(core)] }));
  return { filters: merge(common), segments, lost: false };
}

/** «mobile vs overall», «chrome vs safari vs all»: the sides that were said and everybody. */
function againstAll(parts: Parts, cuts: readonly number[], baseline: NonNullable<Parts['baseline']>, glossary: Glossary): Sides {
  const sides = splitAt(parts.values, cuts);
  const adds = parts.metrics.some((m) => glossary.metrics[m.id]?.additive || m.population);
  const isUnclear = baseline.of === 'average' && (adds || parts.metrics.length === 0);
  if (sides.length === 0 || sides.length > 5 || isUnclear || parts.complement.length > 0)
    return { filters: merge(parts.values), lost: true };
  const all = { label: 'all', filters: [] };
  const own = sides.map((core) => ({ label: labelOf(core), filters: [...merge(core)] }));
  const isFirst = parts.values.every((v) => v.at > baseline.at);
  return { filters: [], segments: isFirst ? [all, ...own] : [...own, all], lost: false };
}

/** «mobile vs the rest», «those who search vs those who don't». */
function complementSides(parts: Parts, glossary: Glossary): Sides {
  const [one] = parts.values;
  if (!one || parts.complement.length > 1) return { filters: merge(parts.values), lost: true };
  const before = parts.values.filter((v) => v.at < parts.complement[0]!);
  const several = severalAndRest(before, parts);
  if (several) return several;
  const core = before.at(-1) ?? one;
  const rest = parts.values.filter((v) => v !== core);
  const dimension = glossary.dimensions[core.filter.dimension];
  if (dimension?.kind === 'boolean' && Object.keys(dimension.values).length === 2) {
    return { filters: merge(rest), split: core.filter.dimension, lost: false };
  }
  const op = ({ is: 'is_not', is_not: 'is', contains: 'not_contains', not_contains: 'contains' } as const)[
    core.filter.op as 'is'
  ];
  if (op === undefined) return { filters: merge(parts.values), lost: true };
  const flipped: Filter = { ...core.filter, op };
  const segments = [
    { label: core.text, filters: [core.filter] },
    { label: 'the rest', filters: [flipped] },
  ];
  return { filters: merge(rest), segments, lost: false };
}

/** «iphone vs android vs rest»: each of them and those that are none of them. */
function severalAndRest(before: readonly ValueRef[], parts: Parts): Sides | undefined {
  const sides = splitAt(before, parts.versus);
  if (sides.length < 2 || parts.versus.length < 2) return undefined;
  const cores = sides.map((side) => side.at(-1)!);
  const [{ filter }] = cores as [ValueRef];
  const isAlike = cores.every((c) => c.filter.dimension === filter.dimension && c.filter.op === 'is');
  if (!isAlike) return { filters: merge(parts.values), lost: true };
  const rest: Filter = { ...filter, op: 'is_not', values: [...new Set(cores.flatMap((c) => c.filter.values))] };
  const segments = [...cores.map((c) => ({ label: c.text, filters: [c.filter] })), { label: 'the rest', filters: [rest] }];
  return { filters: merge(parts.values.filter((v) => !cores.includes(v))), segments, lost: false };
}

function isPair(value: ValueRef, glossary: Glossary): boolean {
  const dimension = glossary.dimensions[value.filter.dimension];
  return dimension?.kind === 'boolean' && Object.keys(dimension.values).length === 2;
}

function isGroup(value: ValueRef, glossary: Glossary): boolean {
  return value.filter.values.some((v) => v in (glossary.dimensions[value.filter.dimension]?.groups ?? {}));
}

function labelOf(core: readonly ValueRef[]): string {
  return core.map((v) => v.text).join(' ');
}

/** Values of one dimension that narrow in the same way are one filter. */
function merge(values: readonly { readonly filter: Filter }[]): Filter[] {
  const out: Filter[] = [];
  for (const { filter } of values) {
    const same = out.findIndex((f) => f.dimension === filter.dimension && f.op === filter.op);
    if (same < 0) out.push({ ...filter, values: [...filter.values] });
    else out[same] = { ...filter, values: [...new Set([...out[same]!.values, ...filter.values])] };
  }
  return out;
}
