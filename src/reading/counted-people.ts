import type { Glossary } from '../glossary/glossary-schema.ts';
import { isListed } from './asked-metrics.ts';
import type { ChosenMetrics } from './chosen-metrics.ts';
import type { Parts } from './parts.ts';
import { said } from './parts.ts';
import { eventOf, rateOf, rateOfValue } from './rate-of.ts';

/** «what percentage of visitors add to cart»: the rate that says so. */
export function shareOfPeople(parts: Parts, dimensions: readonly string[], glossary: Glossary): ChosenMetrics | undefined {
  const [who, what, more] = parts.metrics;
  const [value] = parts.values.filter((v) => glossary.dimensions[v.filter.dimension]?.kind === 'boolean');
  if (said(parts, 'share') && who?.population && !what && value?.filter.op === 'is' && dimensions.length > 0) {
    const rate = rateOfValue(who.id, value.filter, glossary);
    if (rate) return { ids: [rate], without: value.filter.dimension };
  }
  if (!said(parts, 'share') || !who?.population || !what || what.population || what.joined || more) return undefined;
  const rate = glossary.metrics[what.id]?.unit === 'rate' ? what.id : rateOf(who.id, what.id, glossary);
  if (!rate) return undefined;
  const metric = glossary.metrics[rate]!;
  return { ids: [rate], ...(metric.ratio?.over === who.id ? {} : { assumed: `${metric.label}, which counts sessions` }) };
}

/** «how many users got payment errors» counts users with that event; with a measure of no single event it is no number we have. */
export function countedPeople(parts: Parts, glossary: Glossary): ChosenMetrics | undefined {
  const what = parts.metrics.find((m) => !m.population);
  const linked = what?.link !== undefined ? parts.metrics[parts.metrics.indexOf(what) - 1] : undefined;
  const who = linked ?? parts.metrics.find((m) => m.population && m.counted && !m.joined);
  if (!who || !what || parts.amounts.length > 0) return undefined;
  if (!linked && (what.joined || isListed(parts.metrics, parts.metrics.indexOf(who)))) return undefined;
  // Sessions that ended or that reached a step are counted by that measure itself.
  const measure = glossary.metrics[what.id]?.measure;
  const perSession = measure?.table === 'sessions' || /^(?:is_exit|is_landing)$/u.test(measure?.where ?? '');
  if (who.id === 'sessions' && perSession && glossary.metrics[what.id]?.additive) return { ids: [what.id] };
  const countsPeople = /user_pseudo_id/u.test(JSON.stringify(measure?.each ?? measure?.value ?? ''));
  if (who.id === 'users' && countsPeople) return { ids: [what.id] };
  const event = eventOf(what.id, glossary);
  if (event !== undefined && 'event_name' in glossary.dimensions) return { ids: [who.id], event };
  // «sessions with conversion rate by device» is a list; «sessions that viewed /lp/x» are narrowed by their page.
  if (what.link === 'with' || /^viewed$/iu.test(what.text)) return undefined;
  return { ids: [], ratio: `the number of ${who.text} with ${glossary.metrics[what.id]?.label ?? what.text}` };
}
