import type { ResolvedPeriod } from '../../metrics/draft.ts';
import { sayDay } from './say-value.ts';

/** `2025-04-01` → `1 Apr 2025`. */
export function localDay(day: string): string {
  return `${sayDay(day).replace(/^\w{3} /, '')} ${day.slice(0, 4)}`;
}

/** A period within a sentence: `on Mon 23 Nov 2026`, `for 25 Oct – 23 Nov 2026`. */
export function inPeriod({ from, to, label }: ResolvedPeriod): string {
  return `${from === to ? 'on' : 'for'} ${label}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A bucket of a time column by its grain: `Mon 23 Nov`, `week of 16 Nov`, `Oct 2026`, `Q3 2026`, `2026`, `Mon 23 Nov, 14:00`. */
export function sayBucket(grain: string, value: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!found) return value;
  const month = Number(found[2]);
  if (grain === 'week') return `week of ${Number(found[3])} ${months[month - 1]}`;
  if (grain === 'month') return `${months[month - 1]} ${found[1]}`;
  if (grain === 'quarter') return `Q${Math.ceil(month / 3)} ${found[1]}`;
  if (grain === 'year') return found[1]!;
  return grain === 'day' ? sayDay(value.slice(0, 10)) : sayDay(value);
}
