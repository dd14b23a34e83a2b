import { type Facts, isUnique } from '../chart-facts.ts';
import { numberOf } from '../column-roles.ts';
import { asShares, keep, maySum, type Shaped, sorted, topRows } from '../shape-rows.ts';
import { asCategory, hasValues, rest, type Way, withoutBefore } from './way.ts';

/** One bar for each name, 15 at most, the greatest first. */
export const barsWay: Way = { fits: fitsBars, shape: shapeBars };

function fitsBars(facts: Facts): boolean {
  const [name, ...more] = rest(facts);
  const label = name ?? facts.text[0];
  return label !== undefined && label.role !== 'time' && more.length === 0 && isUnique(facts, label) && hasValues(facts, 1);
}

function shapeBars(facts: Facts): Shaped {
  const label = rest(facts)[0] ?? facts.text[0]!;
  const kept = asCategory(keep(facts, [label], facts.drawn.slice(0, 1)), 0);
  // Gains and losses read from the worst on; a lone refund among sales stays at the end.
  const below = kept.rows.filter((row) => (numberOf(row[1]) ?? 0) < 0).length;
  const way = below * 4 >= kept.rows.length && below < kept.rows.length ? 'up' : 'down';
  const ordered = sorted(kept, (row) => numberOf(row[1]), way);
  const top = topRows(ordered, 15, facts.intent.wants !== 'top');
  const shares = facts.intent.wants === 'share' && maySum(kept);
  return shares
    ? { ...top, table: withoutBefore(asShares(top.table, ordered)), notes: [...top.notes, 'share of the total'] }
    : top;
}
