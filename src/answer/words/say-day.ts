import { sayDay } from './say-value.ts';

/** `2025-04-01` → `1 Apr 2025`. */
export function localDay(day: string): string {
  return `${sayDay(day).replace(/^\w{3} /, '')} ${day.slice(0, 4)}`;
}
