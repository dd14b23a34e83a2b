import type { Glossary } from '../glossary/glossary-schema.ts';
import { productDimensions } from './chosen-metrics.ts';
import type { Parts } from './parts.ts';

/** «galaxy buds views», «brands with no views» are views of the product, where the glossary has them. */
export function viewsOfGoods(parts: Parts, glossary: Glossary): Parts {
  const about = [...parts.dimensions.map((d) => d.id), ...parts.values.map((v) => v.filter.dimension)];
  if (!('product_views' in glossary.metrics) || !about.some((d) => productDimensions.includes(d))) return parts;
  const meant = <T extends { readonly id: string; readonly text: string }>(m: T): T =>
    m.id === 'page_views' && /^view(?:s|ed)?$/iu.test(m.text) ? { ...m, id: 'product_views' } : m;
  return { ...parts, metrics: parts.metrics.map(meant), absent: parts.absent.map(meant) };
}
