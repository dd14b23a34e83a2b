import { cubes } from './cubes.ts';

/**
 * Name of the dashboard's parameter for a dimension of the glossary: `page_type` → `pageType`, since QuickSight takes letters
 * and digits only. A link to a dashboard (`#p.pageType=product`) is made by the same rule.
 */
export function parameterName(dimension: string): string {
  return dimension.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** First and last day (inclusive) that the dashboards show: `#p.from=2026-11-01%2000:00`. */
export const dayParameters = ['from', 'to'] as const;

/** Dimensions that the dashboards can be narrowed by. */
export const filteredDimensions: readonly string[] = [...new Set(cubes.flatMap((cube) => cube.dimensions))];

/** Every parameter that a link may set. */
export const parameters: readonly string[] = [...dayParameters, ...filteredDimensions.map(parameterName)];
