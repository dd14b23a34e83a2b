import type { DraftColumn } from '../../metrics/draft.ts';
import { sayPercentChange, saySigned, sayValue, type ValueForm } from './say-value.ts';

/** A measure and how its values are written. */
export interface Measured {
  readonly column: DraftColumn;
  readonly form: ValueForm;
}

/** What a figure did from b to a, judged by the figures as shown: did not move, barely moved (under 3 %), rose, fell. */
export function verb(a: number, b: number, metric: Measured): string {
  if (sayValue(a, metric.form) === sayValue(b, metric.form)) return 'did not move';
  const small = b !== 0 && Math.abs(a / b - 1) < 0.03;
  return small ? 'barely moved' : a > b ? 'rose' : 'fell';
}

/** « (+0.28 points)» for rates, «, up 2.5%» for amounts. */
export function by(a: number, b: number, metric: Measured): string {
  if (metric.column.unit === 'rate' || metric.column.unit === 'share') {
    const digits = metric.form.rateDigits ?? 1;
    const shown = (Math.round(a * 100 * 10 ** digits) - Math.round(b * 100 * 10 ** digits)) / 10 ** digits / 100;
    return ` (${saySigned(shown, { unit: 'points', rateDigits: digits })} points)`;
  }
  const change = sayPercentChange(b, a);
  return change === undefined || a === b ? '' : `, ${direction(a, b)} ${change}`;
}

/** up or down. */
export function direction(a: number, b: number): string {
  return a >= b ? 'up' : 'down';
}
