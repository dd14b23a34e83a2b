import { distinctCount, type Facts, isUnique } from '../chart-facts.ts';
import type { ChartTable } from '../chart-table.ts';
import type { KnownColumn } from '../column-roles.ts';
import { axisPlace, keep, type Shaped, sorted } from '../shape-rows.ts';
import { hasValues, rest, type Way, withoutBefore } from './way.ts';

/** Two dimensions of at most 26 values each, one row for a cell. */
export const heatWay: Way = { fits: fitsHeat, shape: shapeHeat };

function fitsHeat(facts: Facts): boolean {
  const parts = heatParts(facts);
  return (
    parts !== undefined &&
    hasValues(facts) &&
    isUnique(facts, ...parts) &&
    distinctCount(facts, parts[0]) <= 26 &&
    distinctCount(facts, parts[1]) <= 26
  );
}

function shapeHeat(facts: Facts): Shaped {
  const [down, across] = heatParts(facts)!;
  const kept = withoutBefore(keep(facts, [down, across], facts.drawn.slice(0, 1)));
  const order = (table: ChartTable, at: 0 | 1) => {
    const role = table.columns[at]!.role!;
    return table.rows.every((row) => axisPlace(row[at], role) !== undefined)
      ? sorted(table, (row) => axisPlace(row[at], role), 'up')
      : table;
  };
  return { table: order(order(kept, 1), 0), notes: [] };
}

function heatParts(facts: Facts): readonly [KnownColumn, KnownColumn] | undefined {
  const [first, second, ...more] = rest(facts);
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  const across =
    facts.offset[0] ?? facts.cyclic.at(-1) ?? (distinctCount(facts, first) > distinctCount(facts, second) ? first : second);
  return across === first ? [second, first] : [first, second];
}
