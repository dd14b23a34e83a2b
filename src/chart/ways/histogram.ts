import type { Facts } from '../chart-facts.ts';
import { keep, type Shaped } from '../shape-rows.ts';
import { hasValues, rest, type Way } from './way.ts';

/** At least 30 values of one measure. */
export const histogramWay: Way = { fits: fitsHistogram, shape: shapeHistogram };

function fitsHistogram(facts: Facts): boolean {
  return (
    facts.measures.length === 1 &&
    rest(facts).every((column) => column.role === 'id') &&
    facts.table.rows.length >= 30 &&
    hasValues(facts, 30)
  );
}

function shapeHistogram(facts: Facts): Shaped {
  return { table: keep(facts, [], facts.drawn.slice(0, 1)), notes: [] };
}
