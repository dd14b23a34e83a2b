import type { Point, PointSense } from './parse-point.ts';
import type { Found } from './token-reader.ts';

/** A point that is only one; two-sided dates bound nothing. */
export function sure(found: Found<PointSense> | undefined): Found<Point> | undefined {
  return found && 'type' in found.value ? { value: found.value, to: found.to } : undefined;
}
