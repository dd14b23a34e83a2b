import type { Grain } from '../glossary/reading.ts';
import type { Parts } from './parts.ts';

/** A grain for «trend» without one: the longer the period, the coarser. */
export function grainFor(parts: Parts): Grain {
  const period = parts.periods[0]?.period;
  if (!period) return 'day';
  if (period.type === 'current' || period.type === 'ago')
    return ({ day: 'hour', hour: 'hour', week: 'day', month: 'day', quarter: 'week', year: 'month' } as const)[period.unit];
  if (period.type === 'last') {
    if (period.count >= 3 && period.unit !== 'day') return period.unit;
    const days = period.count * { hour: 0.04, day: 1, week: 7, month: 30, quarter: 91, year: 365 }[period.unit];
    return days <= 2 ? 'hour' : days <= 100 ? 'day' : days <= 200 ? 'week' : 'month';
  }
  if (period.type === 'calendar')
    return period.day !== undefined
      ? 'hour'
      : period.month !== undefined || period.week !== undefined
        ? 'day'
        : period.quarter !== undefined
          ? 'week'
          : 'month';
  return period.type === 'all' || period.type === 'range' ? 'week' : 'day';
}
