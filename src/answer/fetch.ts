import type { Draft } from '../metrics/draft.ts';
import type { OverBudget, Reserved, Spending } from '../services/spending.ts';
import type { QueryEnd, QueryRefusal, Warehouse } from '../services/warehouse.ts';
import type { Catalog, GuardRefusal, SafeSql, Verdict } from '../sql/safe-sql.ts';
import type { LineOptions } from './line.ts';
import { priceOfAll, spentOn, type Weighed } from './price.ts';
import type { Fetched } from './stations.ts';
import { timed } from './timed.ts';

/** The guard as the line sees it: text in, verdict out, never throws. */
export interface SqlGuard {
  check(text: string, catalog: Catalog, options?: { scope?: 'policy' | 'syntax' }): Promise<Verdict>;
}

export interface Limits {
  readonly rowLimit: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly approveUsd: number;
}

/**
 * Why nothing was fetched: the guard refused, the price is too high or waits for a click, a day's budget has no room for it, no
 * refresh has filled the tables yet, or the engine refused. `unknown`: tables of which nobody knows the size, so the price is the most that one query may cost.
 */
export type NotFetched =
  | { readonly kind: 'guard'; readonly refusal: GuardRefusal }
  | ({ readonly sql: SafeSql } & Unpaid)
  | { readonly kind: 'no_data'; readonly sql: SafeSql; readonly tables: readonly string[] }
  | { readonly kind: 'engine'; readonly refusal: QueryRefusal; readonly estimatedBytes: number };

/** A price that nobody has agreed to; `sql` in `NotFetched` is the main query that it stands for. */
export type Unpaid =
  | { readonly kind: 'too_large'; readonly bytes: number }
  | { readonly kind: 'needs_approval'; readonly bytes: number; readonly usd: number; readonly unknown?: readonly string[] }
  | { readonly kind: 'no_bound'; readonly bytes: number; readonly usd: number; readonly partition: string }
  | { readonly kind: 'over_budget'; readonly usd: number; readonly over: OverBudget };

export interface FetchWorld {
  readonly guard: SqlGuard;
  readonly warehouse: Warehouse;
  readonly limits: Limits;
  /** The day's budgets; absent where none are kept. */
  readonly spending?: Spending;
}

/** Draft → Fetched: guard and price of everything that will run, then the engine. The asides run beside the main query. */
export async function fetchDraft(
  draft: Draft,
  catalog: Catalog,
  world: FetchWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Fetched | NotFetched> {
  const passed = await pass(draft.sql, catalog, world, times);
  if ('refusal' in passed) return { kind: 'guard', refusal: passed.refusal };
  const asides = await Promise.all(
    draft.asides.map(async ({ id, sql }) => ({ id, passed: await pass(sql, catalog, world, {}) })),
  );
  const passing = asides.flatMap(({ id, passed: aside }) => ('refusal' in aside ? [] : [{ id, ...aside }]));
  const queries = [passed, ...passing];
  const allowed = await allow(queries, world, options);
  if (allowed.kind !== 'allowed') return { sql: passed.sql, ...allowed };

  const [main, ...rest] = await Promise.all([
    timed(times, 'engine', () => run(passed.sql, world, options)),
    ...passing.map(async ({ id, sql }) => [id, await run(sql, world, options)] as const),
  ]);
  await settle(allowed, queries, [main, ...rest.map(([, end]) => end)]);
  // An aside that did not come back never stops an answer; what it would have said is told to be missing.
  const rows = rest.flatMap(([id, end]) => (end.kind === 'rows' ? [[id, end] as const] : []));
  return fetched(passed.sql, allowed.bytes, main, Object.fromEntries(rows));
}

/** One statement through guard and price to its rows. */
export async function fetchSql(
  text: string,
  catalog: Catalog,
  world: FetchWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Fetched | NotFetched> {
  const passed = await pass(text, catalog, world, times);
  if ('refusal' in passed) return { kind: 'guard', refusal: passed.refusal };
  const allowed = await allow([passed], world, options);
  if (allowed.kind !== 'allowed') return { sql: passed.sql, ...allowed };
  const end = await timed(times, 'engine', () => run(passed.sql, world, options));
  await settle(allowed, [passed], [end]);
  return fetched(passed.sql, passed.bytes, end, {});
}

/** The guard's verdict, and the bytes that the statement will read. */
export async function pass(
  text: string,
  catalog: Catalog,
  { guard, warehouse }: FetchWorld,
  times: Record<string, number>,
): Promise<Weighed | { readonly refusal: GuardRefusal }> {
  const verdict = await timed(times, 'guard', () => guard.check(text, catalog));
  if (!verdict.ok) return { refusal: verdict };
  const estimate = await timed(times, 'price', () => warehouse.estimate(verdict.sql));
  return { sql: verdict.sql, ...estimate };
}

interface Allowed {
  readonly kind: 'allowed';
  readonly bytes: number;
  readonly reserved?: Reserved;
}

/** Whether the queries of one answer may run together for what they would read, and the money for it set aside. */
async function allow(
  queries: readonly Weighed[],
  { limits, spending }: FetchWorld,
  options: LineOptions,
): Promise<Allowed | Unpaid> {
  const { bytes, usd, unknown } = priceOfAll(queries, limits.maxBytes);
  options.onState?.({ state: 'checked', estimatedBytes: bytes, usd });
  if (bytes > limits.maxBytes) return { kind: 'too_large', bytes };
  const approved = options.approvedUsd !== undefined && options.approvedUsd >= usd;
  if (!approved && (usd > limits.approveUsd || unknown.length > 0))
    return { kind: 'needs_approval', bytes, usd, ...(unknown.length > 0 ? { unknown } : {}) };
  const open = queries[0]?.sql.advice.find((advice) => advice.code === 'no_partition_bound');
  if (!approved && options.offersBound && open && bytes > worthBounding)
    return { kind: 'no_bound', bytes, usd, partition: String(open.facts.partition) };

  const end = await spending?.reserve({ id: '', who: '', kind: 'question', ...options.spender, usd });
  if (end?.kind === 'over_budget') return { kind: 'over_budget', usd, over: end };
  options.onState?.({ state: 'running' });
  return { kind: 'allowed', bytes, ...(end ? { reserved: end } : {}) };
}

/** Under so many bytes nobody wants to be asked whether all days were meant (faces.md o). */
const worthBounding = 1e9;

/** A fault of the engine leaves the estimate counted: what began there may be billed. */
async function settle({ reserved }: Allowed, queries: readonly Weighed[], ends: readonly QueryEnd[]): Promise<void> {
  await reserved?.settle(spentOn(queries.map(({ sql }, i) => ({ sql, end: ends[i]! }))));
}

function fetched(sql: SafeSql, bytes: number, end: QueryEnd, asides: Fetched['asides']): Fetched | NotFetched {
  return end.kind === 'refusal'
    ? { kind: 'engine', refusal: end, estimatedBytes: bytes }
    : { sql, estimatedBytes: bytes, result: end, asides };
}

function run(sql: SafeSql, { warehouse, limits }: FetchWorld, { signal, rowLimit, askedFor, approvedUsd }: LineOptions) {
  return warehouse.run(sql, {
    rowLimit: Math.min(rowLimit ?? limits.rowLimit, limits.rowLimit),
    timeoutMs: limits.timeoutMs,
    approved: approvedUsd !== undefined,
    ...(signal ? { signal } : {}),
    ...(askedFor ? { askedFor } : {}),
  });
}
