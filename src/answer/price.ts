import type { Spent } from '../services/spending.ts';
import type { Estimate, QueryEnd } from '../services/warehouse.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import { readsData } from '../sql/scan-price.ts';

/** Athena's list price: 5 USD a terabyte, 10 MB a query at least (AWS price list, us-east-1). */
export function priceOf(bytes: number): { readonly billedBytes: number; readonly usd: number } {
  const billedBytes = Math.max(bytes, 10_000_000);
  return { billedBytes, usd: (billedBytes / 1e12) * 5 };
}

/** Dollars that a statement costs for what it read; SHOW, DESCRIBE and EXPLAIN read no data and are free on Athena. */
export function usdOf(sql: SafeSql, bytes: number): number {
  return readsData(sql) || bytes > 0 ? priceOf(bytes).usd : 0;
}

/** A statement that the guard passed, with what it is thought to read. */
export interface Weighed extends Estimate {
  readonly sql: SafeSql;
}

/** What queries would read and cost together; one over a table of unknown size may read up to `mostBytes`. */
export function priceOfAll(
  queries: readonly Weighed[],
  mostBytes: number,
): { readonly bytes: number; readonly usd: number; readonly unknown: readonly string[] } {
  const usd = ({ sql, bytes, unknown }: Weighed) => usdOf(sql, unknown?.length ? Math.max(bytes, mostBytes) : bytes);
  return {
    bytes: queries.reduce((sum, query) => sum + query.bytes, 0),
    usd: queries.reduce((sum, query) => sum + usd(query), 0),
    unknown: [...new Set(queries.flatMap((query) => query.unknown ?? []))],
  };
}

/** What queries did read and cost. One that failed before it read anything is not billed. */
export function spentOn(ran: readonly { readonly sql: SafeSql; readonly end: QueryEnd }[]): Spent {
  const usd = ({ sql, end }: (typeof ran)[number]) =>
    end.kind === 'rows' || end.scannedBytes > 0 ? usdOf(sql, end.scannedBytes) : 0;
  return {
    bytes: ran.reduce((sum, { end }) => sum + end.scannedBytes, 0),
    usd: ran.reduce((sum, query) => sum + usd(query), 0),
    queries: ran.length,
  };
}
