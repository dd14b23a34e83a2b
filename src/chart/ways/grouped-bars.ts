import { distinctCount, type Facts, isUnique } from '../chart-facts.ts';
import type { ChartTable } from '../chart-table.ts';
import { numberOf } from '../column-roles.ts';
import { axisPlace, keep, type Shaped, sorted, topSeries } from '../shape-rows.ts';
import { asCategory, bySize, hasValues, rest, type Way } from './way.ts';

/** Two names, or one name and two or three comparable measures; a funnel by something as shares of its first step. */
export const groupedWay: Way = { fits: fitsGrouped, shape: shapeGrouped };

function fitsGrouped(facts: Facts): boolean {
  const [first, second, ...more] = rest(facts);
  if (first === undefined || more.length > 0 || !hasValues(facts)) return false;
  if (second === undefined) return facts.drawn.length >= 2 && isUnique(facts, first) && facts.table.rows.length <= 10;
  const [groups, series] = [distinctCount(facts, first), distinctCount(facts, second)];
  return (
    isUnique(facts, first, second) && Math.max(groups, series) <= 12 && Math.min(groups, series) <= 6 && groups * series <= 40
  );
}

function shapeGrouped(facts: Facts): Shaped {
  const [first, second] = rest(facts);
  if (second === undefined) {
    const kept = keep(facts, [first!]);
    const natural = first!.role !== 'category' && first!.role !== 'country' && first!.role !== 'id';
    return { table: natural ? kept : sorted(kept, (row) => numberOf(row[1]), 'down'), notes: [] };
  }
  const funnel = facts.step.length === 1;
  const swap = !funnel && distinctCount(facts, second) > distinctCount(facts, first!);
  const kept = keep(facts, swap ? [second, first!] : [first!, second], facts.drawn.slice(0, 1));
  if (funnel) return { table: ofFirstStep(asCategory(kept, 1)), notes: ['% of the first step'] };
  const order = axisPlace(kept.rows[0]?.[0], kept.columns[0]!.role);
  const placed = order === undefined ? bySize(kept) : sorted(kept, (row) => axisPlace(row[0], kept.columns[0]!.role), 'up');
  return topSeries(asCategory(placed, 1), 1, 6);
}

function ofFirstStep(table: ChartTable): ChartTable {
  const firsts = new Map<string, number>();
  for (const row of table.rows) if (!firsts.has(String(row[1]))) firsts.set(String(row[1]), numberOf(row[2]) ?? 0);
  const columns = table.columns
    .slice(0, 3)
    .map((column, at) => (at === 2 ? { ...column, unit: 'share' as const, additive: false } : column));
  const rows = table.rows.map((row) => {
    const first = firsts.get(String(row[1]))!;
    return [row[0]!, row[1]!, first <= 0 ? null : (numberOf(row[2]) ?? 0) / first];
  });
  return { columns, rows, truncated: table.truncated };
}
