import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Parts } from './parts.ts';

/**
 * «average orders per day»: beside a step of time, the average of what a ratio is counted over («orders» of the average order
 * value) is that count a day, no average value.
 */
export function averageOfCount(parts: Parts, glossary: Glossary): void {
  if (parts.grains.every((g) => g.way !== 'each' && g.way !== 'adverb')) return;
  parts.metrics = parts.metrics.map((metric) => {
    const over = glossary.metrics[metric.id]?.ratio?.over ?? '';
    const counted = /^(?:average|avg|mean)\.? (?:number of )?(\p{L}+)$/iu.exec(metric.text)?.[1]?.toLowerCase();
    const count = Object.entries(glossary.metrics).find(
      ([id, m]) =>
        m.label === glossary.metrics[over]?.label && !m.hidden && m.additive && m.label === counted && id !== metric.id,
    );
    if (!count) return metric;
    const roles = parts.roles.get('average') ?? [];
    parts.roles.set('average', [...roles, { at: metric.at, text: metric.text }]);
    return { ...metric, id: count[0] };
  });
}
