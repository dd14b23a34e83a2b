import type { DataFacts } from '../glossary/data-facts.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import type { NotFetched } from './fetch.ts';
import type { Fetched } from './stations.ts';

/**
 * Before the first refresh nobody can weigh the shop's tables, since there is nothing in them: that is said in place of a price
 * that somebody would have to approve. What reads only an owner's tables, or none, goes its way.
 */
export function noTablesYet(end: Fetched | NotFetched, { lastRunAt }: Pick<DataFacts, 'lastRunAt'>): Fetched | NotFetched {
  if (!('kind' in end) || end.kind !== 'needs_approval' || lastRunAt !== null) return end;
  const empty = (end.unknown ?? []).filter((table) => isShops(table, end.sql));
  return empty.length === 0 ? end : { kind: 'no_data', sql: end.sql, tables: empty };
}

function isShops(table: string, { catalog }: SafeSql): boolean {
  return table.startsWith(`${catalog.defaultDatabase}.`) && catalog.tables[table]?.location === undefined;
}
