import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter, MadeMetric } from '../glossary/reading.ts';
import { withMetrics } from '../glossary/with-made.ts';
import { wholeOf } from './part-of.ts';
import { sayFilter } from './say-filter.ts';
import { opWords, sayNumber } from './say-number.ts';

type Spec<T> = T extends MadeMetric ? Omit<T, 'id' | 'label'> : never;

/** A metric of metrics, with its id and with a label that the grammar reads back; undefined where it can't be counted. */
export function makeMetric(spec: Spec<MadeMetric>, glossary: Glossary): MadeMetric | undefined {
  const label = labelOf(spec, glossary);
  const id = label
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^[_0-9]+|_+$/gu, '')
    .slice(0, 58);
  const made = { ...spec, id: id in glossary.metrics || id === '' ? `share_${id}` : id, label } as MadeMetric;
  return made.id in withMetrics([made], glossary).metrics ? made : undefined;
}

function labelOf(spec: Spec<MadeMetric>, { metrics, dimensions, ...rest }: Glossary): string {
  const label = metrics[spec.of]?.label ?? spec.of;
  switch (spec.type) {
    case 'ratio': {
      const over = metrics[spec.over]?.label ?? spec.over;
      if (spec.as === 'number') return `${label} per ${over.replace(/(?<=^[\p{L} ]+[^s])s$/u, '')}`;
      if (label.startsWith(`${over} with `)) return `share of ${label}`;
      return wholeOf(spec.of, { metrics, dimensions, ...rest }) === spec.over
        ? `% ${label}`
        : `${label} as a percentage of ${over}`;
    }
    case 'part':
      return `${partName(spec.filters, { metrics, dimensions, ...rest })}${areSeveral(spec.filters) ? ' combined' : ''} share of ${label}`;
    case 'bound': {
      const bound = metrics[spec.metric];
      return `${label} with ${opWords[spec.op]} ${sayNumber(spec.value, bound?.unit)} ${bound?.label.replace(/^average /u, '') ?? spec.metric}`;
    }
    case 'percentile':
      return `${spec.percent === 50 ? 'median' : `p${spec.percent}`} ${label.replace(/^average |\s*\(.*\)$/gu, '')}`;
    case 'distinct':
      return `number of different ${dimensions[spec.dimension]?.plural ?? `${dimensions[spec.dimension]?.label}s`} with ${label}`;
  }
}

function partName(filters: readonly Filter[], glossary: Glossary): string {
  return filters.map((filter) => sayFilter(filter, glossary, false)).join(' ');
}

/** Several values are one part, no breakdown into them. */
function areSeveral(filters: readonly Filter[]): boolean {
  return filters.some((f) => f.op === 'is' && f.values.length > 1);
}
