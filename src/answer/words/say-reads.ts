import type { SafeSql } from '../../sql/safe-sql.ts';
import type { Reads } from '../stations.ts';
import { joined } from './join-words.ts';
import { localDay } from './say-day.ts';

/** What a statement reads: «events, 1 Jan – 24 Nov 2026», and how many days where each mention of a table is bound to days. */
export function sayReads({ tables, partitions }: Pick<SafeSql, 'tables' | 'partitions'>): Reads {
  const what = joined(tables.map((table) => table.split('.').at(-1)!)) || 'no table';
  const ranges = partitions.flatMap(({ from, to }) => (isDay(from) && isDay(to) && from <= to ? [{ from, to }] : []));
  if (ranges.length === 0 || ranges.length < partitions.length) return { what };
  const sorted = ranges.toSorted((a, b) => a.from.localeCompare(b.from));
  const last = ranges
    .map(({ to }) => to)
    .toSorted()
    .at(-1)!;
  return { what: `${what}, ${sayRange(sorted[0]!.from, last)}`, days: daysOf(sorted) };
}

/** Days that lie in at least one of the ranges, which come in order of their first days. */
function daysOf(sorted: readonly { readonly from: string; readonly to: string }[]): number {
  let [days, until] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of sorted) {
    const [first, last] = [Date.parse(from) / 86_400_000, Date.parse(to) / 86_400_000];
    days += Math.max(0, last - Math.max(first, until + 1) + 1);
    until = Math.max(until, last);
  }
  return days;
}

/** `16 – 22 Nov 2026`, `25 Oct – 23 Nov 2026`. */
function sayRange(from: string, to: string): string {
  if (from === to) return localDay(from);
  const [day, month, year] = localDay(from).split(' ');
  const start =
    from.slice(0, 7) === to.slice(0, 7) ? [day] : from.slice(0, 4) === to.slice(0, 4) ? [day, month] : [day, month, year];
  return `${start.join(' ')} – ${localDay(to)}`;
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}
