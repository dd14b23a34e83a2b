import type { Period } from '../glossary/period.ts';
import { type Parts, said } from './parts.ts';

/** «september and october»: neighbours joined by «and» are one stretch, unless a comparison is asked. */
export function joinNeighbours(periods: Parts['periods'], parts: Parts): Parts['periods'] {
  const [a, b] = periods;
  if (
    periods.length !== 2 ||
    !a ||
    !b ||
    parts.versus.length > 0 ||
    said(parts, 'compare') ||
    said(parts, 'change') ||
    parts.compare
  )
    return periods;
  if (!parts.joins.some((j) => !j.or && j.at > a.at && j.at < b.at)) return periods;
  const [p, q] = [a.period, b.period];
  if (p.type !== 'calendar' || q.type !== 'calendar' || p.day !== undefined || q.day !== undefined) return periods;
  const follows = (x: number | undefined, y: number | undefined, last: number) =>
    x !== undefined && y !== undefined && y === (x % last) + 1;
  const isNext = follows(p.month, q.month, 12) || follows(p.quarter, q.quarter, 4) || follows(p.week, q.week, 53);
  return isNext ? [{ period: { type: 'range', from: p, to: q }, at: a.at }] : periods;
}

/** «cyber monday orders 2025»: a year apart from what it is the year of. */
export function joinYears(periods: Parts['periods']): Parts['periods'] {
  const [a, b] = periods;
  if (periods.length !== 2 || !a || !b) return periods;
  const joined =
    ofYear(a.period, b.period) ?? ofYear(b.period, a.period) ?? dayOfWeek(a.period, b.period) ?? dayOfWeek(b.period, a.period);
  return joined ? [{ period: joined, at: a.at }] : periods;
}

function ofYear(year: Period, dated: Period): Period | undefined {
  const isYear = year.type === 'calendar' && year.month === undefined && year.quarter === undefined && year.week === undefined;
  if (!isYear || year.year === undefined) return undefined;
  if ((dated.type === 'calendar' || dated.type === 'named') && dated.year === undefined) return { ...dated, year: year.year };
  const bounded = dated.type === 'range' && dated.from?.type === 'calendar' && dated.to?.type === 'calendar';
  if (!bounded || dated.from?.type !== 'calendar' || dated.to?.type !== 'calendar' || dated.to.year !== undefined)
    return undefined;
  return { type: 'range', from: { ...dated.from, year: year.year }, to: { ...dated.to, year: year.year } };
}

/** «two weeks ago on monday». */
function dayOfWeek(week: Period, day: Period): Period | undefined {
  const fits =
    week.type === 'ago' && week.unit === 'week' && week.count <= 53 && day.type === 'weekday' && day.inWeekAgo === undefined;
  return fits ? { ...day, inWeekAgo: week.count } : undefined;
}
