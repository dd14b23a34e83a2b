import type { Glossary } from '../../glossary/glossary-schema.ts';
import type { DataReading } from '../../glossary/reading.ts';
import { withMade } from '../../glossary/with-made.ts';

/** The two questions that a good analyst would ask next, as follow-ups in words that the reader understands. */
export function nextQuestions(reading: DataReading, glossary: Glossary): { label: string; question: string }[] {
  const offers = reading.kind === 'funnel' ? funnelNext(reading.by, reading.order) : metricNext(reading, glossary);
  return offers.slice(0, 2);
}

function funnelNext(by: string | undefined, order: 'any' | 'in_order') {
  return [
    ...(by === 'device' ? [{ label: 'By channel', question: 'by channel' }] : [{ label: 'By device', question: 'by device' }]),
    ...(order === 'any' ? [{ label: 'In this order only', question: 'in this order only' }] : []),
  ];
}

function metricNext(reading: Extract<DataReading, { kind: 'metric' }>, own: Glossary) {
  const glossary = withMade(reading, own);
  const offers: { label: string; question: string }[] = [];
  const table = tableOf(reading.metrics[0]!, glossary);
  const preferred =
    table === 'product_events'
      ? ['category', 'brand']
      : table === 'page_views'
        ? ['page', 'device']
        : table === 'events'
          ? ['device']
          : ['channel', 'device', 'country'];
  const used = new Set([...reading.dimensions, ...reading.filters.map((f) => f.dimension)]);
  const free = preferred.filter((d) => !used.has(d) && d in glossary.dimensions);
  if (!reading.grain) offers.push({ label: 'Over time', question: 'by day' });
  if (reading.dimensions.length === 0 && free[0])
    offers.unshift({ label: `By ${glossary.dimensions[free[0]]!.label}`, question: `by ${glossary.dimensions[free[0]]!.label}` });
  if (!reading.compare) offers.push({ label: 'Against the period before', question: 'compared to the previous period' });
  if (free[1])
    offers.push({ label: `By ${glossary.dimensions[free[1]]!.label}`, question: `by ${glossary.dimensions[free[1]]!.label}` });
  return offers;
}

/** The table that a metric counts in, through its ratio. */
function tableOf(id: string, glossary: Glossary): string | undefined {
  const metric = glossary.metrics[id];
  if (!metric) return undefined;
  if (metric.measure) return metric.measure.table;
  return tableOf(metric.ratio?.of ?? metric.complement ?? '', glossary);
}
