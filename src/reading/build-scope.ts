import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Comparison, Period } from '../glossary/period.ts';
import type { Filter, Schedule, Segment } from '../glossary/reading.ts';
import { heldAs } from './lexicon.ts';
import type { Parts } from './parts.ts';
import { said } from './parts.ts';
import { takeSides } from './take-sides.ts';

/** What every kind of Reading shares, and what could not be used. */
export interface Scope {
  readonly period?: Period;
  readonly compare?: Comparison;
  readonly filters: Filter[];
  readonly segments?: Segment[];
  readonly bots?: 'include' | 'only';
  readonly schedule?: Schedule;
  readonly assumed: string[];
  readonly split?: string;
  /** Words that no part of the Reading took up. */
  readonly unused: string[];
}

export function buildScope(parts: Parts, glossary: Glossary, dimensions: readonly string[]): Scope {
  const sides = takeSides(parts, glossary);
  const time = takeTime(parts);
  const filters = sides.filters.map((f) => ofAskedDimension(f, dimensions, glossary));
  if (parts.hours) filters.push({ dimension: 'hour', op: 'is', values: parts.hours.map(String) });
  const bots =
    parts.bots === 'apart' || (parts.bots === 'only' && said(parts, 'share'))
      ? 'include'
      : parts.bots === 'left_out'
        ? undefined
        : parts.bots;
  const isApart = parts.bots === 'apart' || (parts.bots === 'only' && said(parts, 'share'));
  const period = time.period ?? digestPeriod(parts);
  return {
    ...(period ? { period } : {}),
    ...(time.compare ? { compare: time.compare } : {}),
    filters,
    ...(sides.segments ? { segments: sides.segments.map((s) => ({ ...s, filters: [...s.filters] })) } : {}),
    ...(bots ? { bots } : {}),
    ...(parts.schedule ? { schedule: parts.schedule } : {}),
    assumed: [...parts.assumed, ...time.assumed],
    ...(isApart ? { split: 'is_bot' } : sides.split ? { split: sides.split } : {}),
    unused: [...time.unused, ...(sides.lost ? (parts.roles.get('versus')?.map((x) => x.text) ?? ['compared']) : [])],
  };
}

/** Periods and comparisons together: «this month vs last month», «may vs june», «vs the 30 before». */
function takeTime(parts: Parts): { period?: Period; compare?: Comparison; assumed: string[]; unused: string[] } {
  const [first, second, ...more] = parts.periods;
  const unused = more.length > 0 ? ['the third period'] : [];
  const assumed: string[] = [];
  let period = first?.period;
  let compare = parts.compare;
  if (second && !compare) compare = { type: 'period', period: second.period };
  else if (second) unused.push('the second period');
  if (period && compare?.type === 'period' && period.type === 'current' && period.unit === 'year' && isLastYear(compare.period))
    compare = { type: 'year_ago' };
  if (parts.compareCount === -7) return { ...(period ? { period } : {}), ...weekdayAgo(period), assumed, unused };
  if (
    parts.compareCount !== undefined &&
    parts.compareCount > 1 &&
    !(period?.type === 'last' && period.count === parts.compareCount)
  ) {
    if (period) unused.push(`the ${parts.compareCount} before`);
    else period = { type: 'last', count: parts.compareCount, unit: 'day' };
  }
  if (!period && compare?.type === 'period') period = currentFor(compare.period);
  if (!compare && said(parts, 'before') && period) compare = { type: 'previous' };
  if (compare?.type === 'previous' && !period) assumed.push('the last 28 days against the 28 before');
  return { ...(period ? { period } : {}), ...(compare ? { compare } : {}), assumed, unused };
}

function isLastYear(period: Period): boolean {
  return period.type === 'ago' && period.unit === 'year' && period.count === 1;
}

/** «yesterday vs same day last week»: the day seven days before. */
function weekdayAgo(period: Period | undefined): { compare: Comparison } {
  const days = period?.type === 'current' ? 7 : period?.type === 'ago' && period.unit === 'day' ? period.count + 7 : undefined;
  return { compare: days ? { type: 'period', period: { type: 'ago', count: days, unit: 'day' } } : { type: 'previous' } };
}

/** «revenue vs last week» compares the week that runs. */
function currentFor(other: Period): Period | undefined {
  return other.type === 'ago' && other.count === 1 ? { type: 'current', unit: other.unit } : undefined;
}

/** A digest without a period tells of the time since the one before. */
function digestPeriod(parts: Parts): Period | undefined {
  if (!parts.schedule) return undefined;
  const unit = ({ day: 'day', weekday: 'day', week: 'week', month: 'month' } as const)[parts.schedule.every];
  return { type: 'ago', count: 1, unit };
}

/** «top landing pages without the homepage»: a page's value narrows the kind of page that is asked. */
function ofAskedDimension(filter: Filter, dimensions: readonly string[], glossary: Glossary): Filter {
  const own = glossary.dimensions[filter.dimension];
  const asked = dimensions.find((d) => d !== filter.dimension && own?.role === 'page' && glossary.dimensions[d]?.role === 'page');
  if (!asked || !own || dimensions.includes(filter.dimension)) return filter;
  return { ...filter, dimension: asked, values: filter.values.map((v) => heldAs(own, v)) };
}
