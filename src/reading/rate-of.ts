import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter } from '../glossary/reading.ts';

/** «what percentage of visitors add to cart»: the rate of sessions that did what the metric counts, per session or per user. */
export function rateOf(population: string, metric: string, glossary: Glossary): string | undefined {
  const where = conditionOf(metric, glossary);
  return where === undefined ? undefined : rateWhere(where, population, glossary);
}

/** «what share of sessions bounces by channel»: the rate whose counted sessions are those of the value. */
export function rateOfValue(population: string, filter: Filter, glossary: Glossary): string | undefined {
  const dimension = glossary.dimensions[filter.dimension];
  const sql = dimension?.columns.sessions;
  const is = dimension?.values[filter.values[0] ?? '']?.is;
  if (sql === undefined || typeof is !== 'boolean' || population !== 'sessions') return undefined;
  return rateWhere(is ? sql : `NOT ${sql}`, population, glossary);
}

function rateWhere(where: string, population: string, glossary: Glossary): string | undefined {
  const counted = Object.entries(glossary.metrics).filter(
    ([, m]) => m.measure?.table === 'sessions' && m.measure.where === where,
  );
  const rates = Object.entries(glossary.metrics).filter(
    ([, m]) => !m.hidden && m.ratio !== undefined && counted.some(([id]) => id === m.ratio!.of),
  );
  const own = rates.find(([, m]) => m.ratio!.over === population);
  return (own ?? rates.find(([, m]) => m.ratio!.over === 'sessions'))?.[0];
}

/** The one event that a metric counts: its own, or that of the step whose sessions it counts. */
export function eventOf(metric: string, glossary: Glossary): string | undefined {
  const m = glossary.metrics[metric];
  if (m === undefined || m.ratio || m.measure?.withoutOrderWithinDays !== undefined || m.measure?.each) return undefined;
  if (m.events?.length === 1) return m.events[0];
  const where = m.measure?.table === 'sessions' ? m.measure.where : undefined;
  return where === undefined ? undefined : Object.values(glossary.steps).find((s) => s.session === where)?.event;
}

/** The ratio of two metrics that the glossary has: «page views per visit» is pages per session. */
export function ratioOf(of: string, over: string, glossary: Glossary): string | undefined {
  const same = (id: string, as: string) => id === as || glossary.metrics[id]?.label === glossary.metrics[as]?.label;
  return Object.entries(glossary.metrics).find(
    ([, m]) => !m.hidden && m.ratio !== undefined && same(m.ratio.over, over) && same(m.ratio.of, of),
  )?.[0];
}

/** The step of the shop that stands for what the metric counts. */
export function stepOf(metric: string, glossary: Glossary): string | undefined {
  const where = conditionOf(metric, glossary);
  return where === undefined ? undefined : Object.entries(glossary.steps).find(([, s]) => s.session === where)?.[0];
}

/** The condition on sessions that stands for what the metric counts. */
function conditionOf(metric: string, glossary: Glossary): string | undefined {
  const m = glossary.metrics[metric];
  if (m?.measure?.withoutOrderWithinDays !== undefined || m?.measure?.each) return undefined;
  if (m?.measure?.table === 'sessions' && m.measure.where !== undefined) return m.measure.where;
  const event = eventOf(metric, glossary) ?? (m?.measure?.table === 'orders' && m.additive ? 'purchase' : undefined);
  return Object.values(glossary.steps).find((s) => event !== undefined && s.event === event)?.session;
}
