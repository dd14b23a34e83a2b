import { type Facts, isUnique } from '../chart-facts.ts';
import { axisPlace, keep, type Shaped, sorted } from '../shape-rows.ts';
import { columnAxis, hasValues, rest, type Way } from './way.ts';

/** Columns over at most 31 places of a natural order, never sorted by value. */
export const columnsWay: Way = { fits: fitsColumns, shape: shapeColumns };

function fitsColumns(facts: Facts): boolean {
  const axis = columnAxis(facts);
  return (
    axis !== undefined &&
    rest(facts, axis).length === 0 &&
    isUnique(facts, axis) &&
    facts.table.rows.length <= 31 &&
    hasValues(facts)
  );
}

function shapeColumns(facts: Facts): Shaped {
  const axis = columnAxis(facts)!;
  const kept = keep(facts, [axis], facts.drawn.slice(0, 1));
  const orderable = kept.rows.every((row) => axisPlace(row[0], axis.role) !== undefined);
  return { table: orderable ? sorted(kept, (row) => axisPlace(row[0], axis.role), 'up') : kept, notes: [] };
}
