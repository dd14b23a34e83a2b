/** A bound as it is said: rates in percent, times in seconds. */
export function sayNumber(value: number, unit: string | undefined): string {
  if (unit === 'rate' || unit === 'share') return `${Number((value * 100).toFixed(4))} %`;
  if (unit === 'seconds') return `${value} s`;
  return unit === 'milliseconds' ? `${value / 1000} s` : String(value);
}

/** What a bound's operator is called in words that the grammar reads back. */
export const opWords = { at_least: 'at least', at_most: 'at most', more_than: 'over', less_than: 'under' } as const;
