import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Comparison, Period } from '../glossary/period.ts';
import type { Grain } from '../glossary/reading.ts';
import { grainFor } from './grain-for.ts';
import { type Parts, said } from './parts.ts';
import type { Problem } from './problem.ts';

interface Time {
  readonly grain?: Grain;
  readonly per?: Grain;
  readonly period?: Period;
  readonly compare?: Comparison;
  readonly assumed: readonly string[];
  readonly problem?: Problem;
}

/** Parts → grain, average per unit, and the comparison of «wow». */
export function grainOf(
  parts: Parts,
  dimensions: readonly string[],
  period: Period | undefined,
  ids: readonly string[],
  glossary: Glossary,
): Time {
  const grains = parts.grains.filter((g) => !(g.grain === 'hour' && dimensions.includes('hour')));
  const additive = ids.some((id) => glossary.metrics[id]?.additive || ['sessions', 'users'].includes(id));
  const averaged = said(parts, 'average') && additive;
  const each = grains.find((g) => g.way === 'each' || g.way === 'adverb');
  const wantsPer = averaged || (said(parts, 'how_many') && grains.length === 1 && grains[0]!.way === 'each');
  if (wantsPer && each) {
    const other = grains.find((g) => g !== each && g.grain !== each.grain);
    return { per: each.grain, ...(other ? { grain: other.grain } : {}), assumed: [] };
  }
  if (averaged && parts.moving === undefined) {
    if (grains.length === 0 && (dimensions.includes('weekday') || dimensions.includes('hour') || dimensions.includes('day_type')))
      return { per: 'day', assumed: [] };
    return { assumed: [], problem: { about: 'average', metric: ids[0]! } };
  }
  const grain = grains[0]?.grain ?? (said(parts, 'trend') || parts.moving ? (parts.moving?.unit ?? grainFor(parts)) : undefined);
  if (grains.some((g) => g.grain !== grain && g.way !== 'over'))
    return { ...(grain ? { grain } : {}), assumed: [], problem: { about: 'unsupported', subject: 'two steps of time at once' } };
  const over = grains.find((g) => g.way === 'over');
  return over ? overTime(over.grain, period) : { ...(grain ? { grain } : {}), assumed: [] };
}

/** «wow»: of one week, a comparison with the week before; else a line by week, long enough to show it. */
function overTime(grain: Grain, period: Period | undefined): Time {
  if (period && (period.type === 'ago' || period.type === 'current') && period.unit === grain)
    return { assumed: [], compare: { type: 'previous' } };
  if (period) return { grain, assumed: [] };
  const count = { hour: 24, day: 14, week: 8, month: 6, quarter: 4, year: 3 }[grain];
  return { grain, period: { type: 'last', count, unit: grain }, assumed: [`the last ${count} ${grain}s`] };
}
