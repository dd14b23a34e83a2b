import type { PartitionBound } from './safe-sql.ts';
import type { Walk } from './walk.ts';

/**
 * The bounds found, one for each mention of a partitioned table and each of its partition columns. A mention without
 * `from` and `to` reads all of the table; a table that is mentioned twice stands here twice.
 */
export function partitionBounds(walk: Walk): readonly PartitionBound[] {
  return walk.occurrences.flatMap((occurrence) =>
    occurrence.facts.partitionColumns.map((name) => {
      const column = name.toLowerCase();
      const { from, to } = walk.ranges.get(occurrence)?.get(column) ?? {};
      return { table: occurrence.table, column, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    }),
  );
}
