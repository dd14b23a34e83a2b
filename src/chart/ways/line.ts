import { distinctCount, type Facts, isUnique } from '../chart-facts.ts';
import type { ChartTable } from '../chart-table.ts';
import { type KnownColumn, numberOf } from '../column-roles.ts';
import { axisPlace, keep, type Shaped, sorted, thinLine, topSeries } from '../shape-rows.ts';
import { asCategory, hasValues, rest, type Way } from './way.ts';

/** Lines over time, an offset or hours: one for each category (six at most) or for each comparable measure. */
export const lineWay: Way = { fits: fitsLine, shape: shapeLine };

function fitsLine(facts: Facts): boolean {
  const axis = lineAxis(facts);
  if (axis === undefined || !hasValues(facts) || distinctCount(facts, axis) < 2) return false;
  const [series, ...more] = rest(facts, axis);
  const single = more.length === 0 && facts.time.length <= 1 && facts.cyclic.length <= 1;
  return (
    single &&
    isUnique(facts, ...(series === undefined ? [axis] : [axis, series])) &&
    (series === undefined || distinctCount(facts, series) <= 200)
  );
}

function shapeLine(facts: Facts): Shaped {
  const axis = lineAxis(facts)!;
  const [series] = rest(facts, axis);
  const place = (row: ChartTable['rows'][number]) => axisPlace(row[0], axis.role);
  if (series === undefined) return thinLine(sorted(keep(facts, [axis]), place, 'up'), facts, undefined, 1000);
  const kept = asCategory(sorted(keep(facts, [axis, series], facts.drawn.slice(0, 1)), place, 'up'), 1);
  const top = topSeries(kept, 1, 6);
  const thin = thinLine(top.table, facts, series, 1000);
  return { ...top, table: thin.table, notes: [...top.notes, ...thin.notes] };
}

function lineAxis(facts: Facts): KnownColumn | undefined {
  const numeric = facts.cyclic.find((column) => facts.table.rows.every((row) => numberOf(row[column.at]) !== undefined));
  return facts.time[0] ?? facts.offset[0] ?? numeric;
}
