import type { Glossary } from '../glossary/glossary-schema.ts';
import type { MetricReading } from '../glossary/reading.ts';
import { known, productDimensions } from './chosen-metrics.ts';
import { carried } from './default-metrics.ts';
import type { Parts } from './parts.ts';

/** «products viewed but never bought»: goods that sold nothing, as if «without units sold» had been said. */
export function withUnsold(parts: Parts, glossary: Glossary): Parts {
  const [said, ...more] = parts.later;
  if (said?.id !== 'never_bought' || more.length > 0 || !('units_sold' in glossary.metrics)) return parts;
  const isOfGoods = parts.dimensions.some((d) => productDimensions.includes(d.id));
  const dimensions = isOfGoods ? parts.dimensions : [...parts.dimensions, { id: 'product', at: -1, by: false, text: 'product' }];
  return { ...parts, later: [], dimensions, absent: [...parts.absent, { id: 'units_sold', text: said.text }] };
}

/** «brands with views but no orders»: bounds of zero on the groups; `unused` where there are no groups or nothing adds up to zero. */
export function absentBounds(
  parts: Parts,
  grouped: boolean,
  glossary: Glossary,
): { readonly having: MetricReading['having']; readonly unused: readonly string[] } {
  const isZero = (id: string) => glossary.metrics[id]?.unit === 'count' || glossary.metrics[id]?.additive === true;
  const fits = parts.absent.filter(({ id }) => grouped && isZero(id));
  return {
    having: fits.map(({ id }) => ({ metric: id, op: 'at_most', value: 0 })),
    unused: parts.absent.filter((a) => !fits.includes(a)).map(({ text }) => text),
  };
}

/** What the groups are known by where only what they lack was said: goods by their views, campaigns by their sessions. */
export function presentMetrics(parts: Parts, dimensions: readonly string[], glossary: Glossary): string[] {
  const [first] = dimensions;
  if (parts.absent.length === 0 || first === undefined) return [];
  const id = productDimensions.includes(first) ? 'product_views' : (carried[first] ?? 'sessions');
  return parts.absent.some((a) => a.id === id) ? [] : known([id], glossary);
}
