/** First and last day of the dashboards, inclusive. */
export const dayParameters = ['from', 'to'] as const;

/** Dimensions of the glossary that the dashboards can be narrowed by; a test holds them to the stack's definition. */
export const dashboardDimensions: readonly string[] = [
  'device',
  'channel',
  'country',
  'source',
  'medium',
  'campaign',
  'region',
  'city',
  'os',
  'browser',
  'currency',
  'product',
  'brand',
  'category',
  'search_term',
  'page',
  'page_type',
];

/** Name of the parameter for a dimension: `page_type` → `pageType`, since QuickSight takes letters and digits only. */
export function parameterName(dimension: string): string {
  return dimension.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
