import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Comparison, Period, PeriodUnit } from '../glossary/period.ts';
import type { Filter, Schedule, Segment } from '../glossary/reading.ts';
import { impliedValues } from './implied-values.ts';
import { joinNeighbours, joinYears } from './join-periods.ts';
import { heldAs } from './lexicon.ts';
import { type Parts, said } from './parts.ts';
import { takeSides } from './take-sides.ts';

/** What every kind of Reading shares, and what could not be used. */
interface Scope {
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

/** Parts → the scope of a Reading; `dimensions` are those asked, since a page filter belongs to the kind of page asked. */
export function buildScope(parts: Parts, glossary: Glossary, dimensions: readonly string[]): Scope {
  const sides = takeSides(parts, glossary);
  const time = takeTime(parts);
  const filters = [...sides.filters, ...impliedValues(parts, glossary)].map((f) => ofAskedDimension(f, dimensions, glossary));
  const bots =
    parts.bots === 'apart' || (parts.bots === 'only' && said(parts, 'share'))
      ? 'include'
      : parts.bots === 'left_out'
        ? undefined
        : parts.bots;
  const isApart = parts.bots === 'apart' || (parts.bots === 'only' && said(parts, 'share'));
  const period =
    time.period ??
    (said(parts, 'in_total') ? ({ type: 'all' } as const) : undefined) ??
    digestPeriod(parts) ??
    campaignLife(parts, filters);
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
  const [first, second, ...more] = joinNeighbours(joinYears(parts.periods), parts);
  const unused = more.length > 0 ? ['the third period'] : [];
  const assumed: string[] = [];
  let period = first?.period;
  let compare = parts.compare;
  const [a, b] = parts.periods;
  const linked =
    a &&
    b &&
    (parts.versus.length > 0 ||
      said(parts, 'compare') ||
      said(parts, 'change') ||
      parts.joins.some((j) => j.text !== ',' && j.at > a.at && j.at < b.at));
  if (second && !compare && linked) compare = { type: 'period', period: second.period };
  else if (second) unused.push('the second period');
  if (period && compare?.type === 'period' && period.type === 'current' && period.unit === 'year' && isLastYear(compare.period))
    compare = { type: 'year_ago' };
  const isThisYear = compare?.type === 'period' && compare.period.type === 'current' && compare.period.unit === 'year';
  if (isThisYear && period?.type === 'named') compare = { type: 'period', period: { type: 'named', name: period.name } };
  if (parts.compareCount === -7) {
    period ??= { type: 'current', unit: 'day' };
    return { period, ...weekdayAgo(period), assumed, unused };
  }
  if (compare?.type === 'year_ago') {
    if (!period && parts.compareUnit) period = { type: 'ago', count: 1, unit: parts.compareUnit };
    return { ...(period ? { period } : {}), compare, assumed, unused };
  }
  const adjacent = parts.compareCount !== undefined || parts.compareUnit !== undefined;
  if (adjacent && !period)
    period =
      parts.compareCount === undefined
        ? { type: 'ago', count: 1, unit: parts.compareUnit! }
        : { type: 'last', count: parts.compareCount, unit: parts.compareUnit ?? 'day' };
  else if (adjacent && period && !fits(period, parts.compareCount, parts.compareUnit)) {
    const days =
      parts.compareUnit === 'week' && (parts.compareCount ?? 1) === 1
        ? weekdayAgo(period).compare
        : { type: 'previous' as const };
    if (days.type === 'period') compare = days;
    else unused.push(`the ${parts.compareCount ?? ''} ${parts.compareUnit ?? ''} before`.replace(/\s+/gu, ' '));
  }
  if (!period && compare?.type === 'period') period = currentFor(compare.period);
  if (!compare && said(parts, 'before') && period) compare = { type: 'previous' };
  const before = compare?.type === 'previous' ? weekendBefore(period) : undefined;
  if (before) compare = { type: 'period', period: before };
  if (compare?.type === 'previous' && !period) assumed.push('the last 28 days against the 28 before');
  return { ...(period ? { period } : {}), ...(compare ? { compare } : {}), assumed, unused };
}

/** True if «the 30 before», «the week before» is as long as the period that was asked. */
function fits(period: Period, count: number | undefined, unit: PeriodUnit | undefined): boolean {
  if (period.type === 'last') {
    const days = period.count * { hour: 1 / 24, day: 1, week: 7, month: 30, quarter: 91, year: 365 }[period.unit];
    if (count !== undefined) return count === period.count && (unit === undefined || unit === period.unit);
    return unit === period.unit
      ? period.count === 1
      : (unit === 'week' && days === 7) || (unit === 'month' && days >= 28 && days <= 31) || (unit === 'day' && days === 1);
  }
  if ((count ?? 1) !== 1) return false;
  if (period.type === 'ago' || period.type === 'current') return unit === period.unit;
  if (period.type === 'named') return unit === (/_week$/u.test(period.name) ? 'week' : 'day');
  if (period.type === 'weekday') return unit === 'day';
  if (period.type !== 'calendar') return false;
  const own =
    period.day !== undefined
      ? 'day'
      : period.month !== undefined
        ? 'month'
        : period.week !== undefined
          ? 'week'
          : period.quarter !== undefined
            ? 'quarter'
            : 'year';
  return unit === own;
}

/** The weekend a week earlier, not the two days before a Saturday. */
function weekendBefore(period: Period | undefined): Period | undefined {
  if (period?.type !== 'range' || period.from?.type !== 'weekday' || period.to?.type !== 'weekday') return undefined;
  const [from, to] = [period.from, period.to];
  if (from.weekday !== 6 || to.weekday !== 7 || from.inWeekAgo === undefined || to.inWeekAgo === undefined) return undefined;
  return { type: 'range', from: { ...from, inWeekAgo: from.inWeekAgo + 1 }, to: { ...to, inWeekAgo: to.inWeekAgo + 1 } };
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

/** «how did campaign X do» asks for the whole of it. */
function campaignLife(parts: Parts, filters: readonly Filter[]): Period | undefined {
  return said(parts, 'doing') &&
    !parts.compare &&
    parts.grains.length === 0 &&
    filters.some((f) => f.dimension === 'campaign' && f.op === 'is')
    ? { type: 'all' }
    : undefined;
}

/** «top landing pages without the homepage»: a page's value narrows the kind of page that is asked. */
function ofAskedDimension(filter: Filter, dimensions: readonly string[], glossary: Glossary): Filter {
  const own = glossary.dimensions[filter.dimension];
  const asked = dimensions.find((d) => d !== filter.dimension && own?.role === 'page' && glossary.dimensions[d]?.role === 'page');
  if (!asked || !own || dimensions.includes(filter.dimension)) return filter;
  return { ...filter, dimension: asked, values: filter.values.map((v) => heldAs(own, v)) };
}
