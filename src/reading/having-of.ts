import type { Glossary } from '../glossary/glossary-schema.ts';
import type { MetricReading } from '../glossary/reading.ts';
import { boundMetric } from './asked-metrics.ts';
import type { Parts } from './parts.ts';
import type { Problem } from './problem.ts';

/** Bounds that were said → conditions on groups; a bound without groups or of another unit is a problem. */
export function havingOf(
  parts: Parts,
  glossary: Glossary,
  grouped: boolean,
): { having: MetricReading['having']; problem?: Problem } {
  const having: MetricReading['having'] = [];
  for (const amount of parts.amounts) {
    // «units per category, over 100 only»: the one measure there is.
    const metric = boundMetric(parts, amount.at) ?? onlyCount(parts, amount.mark, glossary);
    const unit = metric && glossary.metrics[metric.id]?.unit;
    const value = unit && scaled(amount.value, amount.mark, unit);
    if (!metric || value === undefined)
      return { having, problem: { about: 'unsupported', subject: `the bound “${amount.text}”` } };
    if (!grouped) return { having, problem: { about: 'bound', metric: metric.id } };
    having.push({ metric: metric.id, op: amount.op as MetricReading['having'][number]['op'], value });
  }
  return { having };
}

function onlyCount(parts: Parts, mark: string, glossary: Glossary): Parts['metrics'][number] | undefined {
  const [metric, more] = parts.metrics;
  return mark === 'none' && metric && !more && glossary.metrics[metric.id]?.unit === 'count' ? metric : undefined;
}

/** A bound in the unit that rows hold: rates as fractions, load times in milliseconds; undefined where the units do not fit. */
export function scaled(value: number, mark: string, unit: string): number | undefined {
  if (unit === 'rate' || unit === 'share')
    return mark === 'percent' || (mark === 'none' && value > 1) ? value / 100 : mark === 'none' ? value : undefined;
  if (unit === 'milliseconds') return mark === 'seconds' ? value * 1000 : mark === 'none' ? value : undefined;
  if (mark === 'seconds') return unit === 'seconds' ? value : undefined;
  if (mark === 'money') return unit === 'money' ? value : undefined;
  return mark === 'none' ? value : undefined;
}
