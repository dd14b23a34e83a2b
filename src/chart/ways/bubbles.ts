import type { Facts } from '../chart-facts.ts';
import { numberOf } from '../column-roles.ts';
import { keep, type Shaped, sorted } from '../shape-rows.ts';
import type { Way } from './way.ts';

/** At least three places with latitude and longitude, 1,000 at most. */
export const bubblesWay: Way = { fits: fitsBubbles, shape: shapeBubbles };

function fitsBubbles(facts: Facts): boolean {
  if (facts.latitude === undefined || facts.longitude === undefined) return false;
  return new Set(facts.table.rows.map((row) => `${row[facts.latitude!.at]} ${row[facts.longitude!.at]}`)).size >= 3;
}

function shapeBubbles(facts: Facts): Shaped {
  const label = facts.category[0] ?? facts.id[0];
  const kept = keep(facts, [...(label === undefined ? [] : [label]), facts.latitude!, facts.longitude!], facts.drawn.slice(0, 1));
  const value = kept.columns.findIndex((column) => column.role === 'measure');
  const ordered = value === -1 ? kept : sorted(kept, (row) => numberOf(row[value]), 'down');
  return {
    table: { ...ordered, rows: ordered.rows.slice(0, 1000) },
    notes: ordered.rows.length > 1000 ? ['the 1,000 greatest places'] : [],
  };
}
