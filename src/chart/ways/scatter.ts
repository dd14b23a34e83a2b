import { distinctCount, type Facts } from '../chart-facts.ts';
import { numberOf } from '../column-roles.ts';
import type { Shaped } from '../shape-rows.ts';
import type { Way } from './way.ts';

/** Two measures of at least 15 things, 2,000 points at most. */
export const scatterWay: Way = { fits: fitsScatter, shape: shapeScatter };

function fitsScatter(facts: Facts): boolean {
  const groups = facts.category.filter((column) => distinctCount(facts, column) <= 6);
  return (
    facts.measures.length >= 2 &&
    facts.table.rows.length >= 15 &&
    facts.time.length + facts.country.length === 0 &&
    facts.category.length - groups.length <= 1
  );
}

function shapeScatter(facts: Facts): Shaped {
  const kept = facts.measures.slice(0, 2);
  const most = 2000;
  const rows = facts.table.rows.filter((row) => kept.every((column) => numberOf(row[column.at]) !== undefined));
  const every = Math.ceil(rows.length / most);
  const table = {
    columns: kept.map(({ at: _, ...column }) => column),
    rows: rows.filter((_, at) => at % every === 0).map((row) => kept.map((column) => row[column.at]!)),
  };
  return {
    table: { ...table, truncated: facts.table.truncated },
    notes: every > 1 ? [`every ${every}th of ${rows.length.toLocaleString('en-US')} points`] : [],
  };
}
