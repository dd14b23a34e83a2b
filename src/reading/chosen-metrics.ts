import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter, MadeMetric } from '../glossary/reading.ts';

/** The metrics that are asked, with the defaults that have to be said; none where only the asker knows. */
export interface ChosenMetrics {
  readonly ids: readonly string[];
  readonly assumed?: string;
  /** Those of the ids that the glossary does not list, and what they are made of. */
  readonly made?: readonly MadeMetric[];
  /** The bounds that were said are in the metric. */
  readonly bounds?: boolean;
  /** «share» or «%» is in the metric. */
  readonly share?: boolean;
  /** What the metric needs besides. */
  readonly filter?: Filter;
  /** Dimension whose values are counted, not broken down by. */
  readonly undivided?: string;
  /** «per» before a metric made a ratio that the glossary does not have. */
  readonly ratio?: string;
  /** Event that those counted have to have sent. */
  readonly event?: string;
  /** Dimension whose filter the metrics say already. */
  readonly without?: string;
}

/** Dimensions of goods: «top» of them has no one measure. */
export const productDimensions: readonly string[] = [
  'product',
  'product_id',
  'brand',
  'category',
  'category2',
  'variant',
  'product_list',
  'price_band',
];

/** Those of these metrics that the glossary has. */
export function known(ids: readonly string[], glossary: Glossary): string[] {
  return ids.filter((id) => id in glossary.metrics && !glossary.metrics[id]!.hidden);
}
