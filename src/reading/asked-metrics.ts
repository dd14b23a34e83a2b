import type { Glossary } from '../glossary/glossary-schema.ts';
import type { MetricRef, Parts } from './parts.ts';
import { said } from './parts.ts';

/** Metrics that were said, without those that only say whose number it is, and without the one that only bounds or sorts. */
export function askedMetrics(parts: Parts, glossary: Glossary): string[] {
  const views = parts.metrics.some((m) => m.population) ? parts.metrics.filter((m) => /^viewed$/iu.test(m.text)) : [];
  const bound = new Set(parts.amounts.map((a) => boundMetric(parts, a.at)?.at));
  const real = parts.metrics.filter((m) => !m.population && !views.includes(m) && !bound.has(m.at));
  const kept = parts.metrics.filter(
    (m, i) =>
      // «sessions that viewed /lp/x» are no views.
      (!m.population && !views.includes(m)) ||
      (real.length === 0 && (i === 0 || m.joined || m.at === parts.metrics[0]!.at)) ||
      isListed(parts.metrics, i) ||
      isAdjacent(parts, i) ||
      (said(parts, 'doing') && real.length === 0),
  );
  const shown = kept.filter((m) => !bound.has(m.at));
  const sorted = shown.filter((m) => !(m.sorts && shown[0] !== m));
  // «how much money is lost in abandoned carts»: the other measure says which money.
  const isVague = (m: MetricRef) =>
    /^money$/iu.test(m.text) && sorted.some((o) => o !== m && glossary.metrics[o.id]?.unit === 'money');
  return [...new Set((sorted.length > 0 ? sorted.filter((m) => !isVague(m)) : kept).map((m) => m.id))].filter(
    (id) => id in glossary.metrics,
  );
}

/** In one list with the metric before or after it. */
export function isListed(metrics: readonly MetricRef[], i: number): boolean {
  return metrics[i]!.joined || metrics[i + 1]?.joined === true;
}

/** «sessions CR revenue by channel»: a list without commas; «mobile users conversion» is none. */
function isAdjacent(parts: Parts, i: number): boolean {
  const [metric, next] = [parts.metrics[i]!, parts.metrics[i + 1]];
  if (next?.at !== metric.at + metric.text.split(/\s+/u).length) return false;
  return ![...parts.values, ...parts.dimensions].some((v) => v.at + v.text.split(/\s+/u).length === metric.at);
}

/** The metric that an amount bounds: the nearest one after it, else the nearest before. */
export function boundMetric(parts: Parts, at: number): MetricRef | undefined {
  const apart = (a: number, b: number) =>
    parts.dimensions.some((d) => d.at > a && d.at < b) || parts.amounts.some((x) => x.at > a && x.at < b);
  const backward = parts.amounts.some((a) => a.at === at && a.times);
  const next = backward ? undefined : parts.metrics.find((m) => m.at > at && m.at - at <= 6 && !apart(at, m.at));
  return next ?? parts.metrics.filter((m) => m.at < at && !apart(m.at, at)).at(-1);
}
