import { distinctCount, type Facts, isUnique } from '../chart-facts.ts';
import type { KnownColumn } from '../column-roles.ts';
import { asShares, axisPlace, keep, maySum, type Shaped, sorted, topSeries } from '../shape-rows.ts';
import { asCategory, bySize, columnAxis, hasValues, rest, type Way, withoutBefore } from './way.ts';

/** Parts of a whole over time or names: only amounts that add up. */
export const stackedWay: Way = { fits: fitsStacked, shape: shapeStacked };

function fitsStacked(facts: Facts): boolean {
  const parts = stackedParts(facts);
  const first = facts.drawn[0];
  if (parts === undefined || first === undefined || !hasValues(facts)) return false;
  const most = parts[0].role === 'time' ? 400 : 12;
  return maySum(keep(facts, [...parts], [first])) && isUnique(facts, ...parts) && distinctCount(facts, parts[0]) <= most;
}

function shapeStacked(facts: Facts): Shaped {
  const [axis, series] = stackedParts(facts)!;
  const kept = asCategory(asCategory(withoutBefore(keep(facts, [axis, series], facts.drawn.slice(0, 1))), 0), 1);
  const ordered =
    axisPlace(kept.rows[0]?.[0], axis.role) === undefined
      ? bySize(kept)
      : sorted(kept, (row) => axisPlace(row[0], axis.role), 'up');
  const top = topSeries(ordered, 1, 6);
  return facts.intent.wants === 'share'
    ? { ...top, table: asShares(top.table, top.table, 0), notes: [...top.notes, 'share of each total'] }
    : top;
}

function stackedParts(facts: Facts): readonly [KnownColumn, KnownColumn] | undefined {
  const axis = facts.time[0] ?? columnAxis(facts);
  const [first, second, ...more] = rest(facts, axis);
  if (axis !== undefined) return first === undefined || second !== undefined ? undefined : [axis, first];
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  return distinctCount(facts, second) > distinctCount(facts, first) ? [second, first] : [first, second];
}
