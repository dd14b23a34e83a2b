import type { Draft } from '../metrics/draft.ts';
import type { QueryRefusal, Warehouse } from '../services/warehouse.ts';
import type { Catalog, GuardRefusal, SafeSql, Verdict } from '../sql/safe-sql.ts';
import type { LineOptions } from './line.ts';
import { priceOf } from './price.ts';
import type { Fetched } from './stations.ts';

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

/** Why nothing was fetched: the guard refused, the price is too high or waits for a click, or the engine refused. */
export type NotFetched =
  | { readonly kind: 'guard'; readonly refusal: GuardRefusal }
  | { readonly kind: 'too_large'; readonly bytes: number }
  | { readonly kind: 'needs_approval'; readonly bytes: number; readonly usd: number }
  | { readonly kind: 'engine'; readonly refusal: QueryRefusal; readonly estimatedBytes: number };

export interface FetchWorld {
  readonly guard: SqlGuard;
  readonly warehouse: Warehouse;
  readonly limits: Limits;
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
  const bytes = passing.reduce((sum, aside) => sum + aside.bytes, passed.bytes);
  const over = overLimits(bytes, [passed, ...passing], world, options);
  if (over) return over;

  const [main, ...rest] = await Promise.all([
    fetchPassed({ sql: passed.sql, bytes }, world, options, times),
    ...passing.map(async ({ id, sql }) => [id, await run(sql, world, options)] as const),
  ]);
  if ('kind' in main) return main;
  // An aside that did not come back never stops an answer; what it would have said is told to be missing.
  const rows = rest.flatMap(([id, end]) => (end.kind === 'rows' ? [[id, end] as const] : []));
  return { ...main, asides: Object.fromEntries(rows) };
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
  return overLimits(passed.bytes, [passed], world, options) ?? fetchPassed(passed, world, options, times);
}

interface Passed {
  readonly sql: SafeSql;
  readonly bytes: number;
}

/** The guard's verdict, and the bytes that the statement will read. */
async function pass(
  text: string,
  catalog: Catalog,
  { guard, warehouse }: FetchWorld,
  times: Record<string, number>,
): Promise<Passed | { readonly refusal: GuardRefusal }> {
  const verdict = await timed(times, 'guard', () => guard.check(text, catalog));
  if (!verdict.ok) return { refusal: verdict };
  const { bytes } = await timed(times, 'price', () => warehouse.estimate(verdict.sql));
  return { sql: verdict.sql, bytes };
}

/** Why the queries of one answer may not run together for what they would read; each is billed for 10 MB at least. */
function overLimits(
  bytes: number,
  queries: readonly Passed[],
  { limits }: FetchWorld,
  options: LineOptions,
): NotFetched | undefined {
  const usd = queries.reduce((sum, query) => sum + priceOf(query.bytes).usd, 0);
  options.onState?.({ state: 'checked', estimatedBytes: bytes, usd });
  if (bytes > limits.maxBytes) return { kind: 'too_large', bytes };
  const approved = options.approvedUsd !== undefined && options.approvedUsd >= usd;
  return usd > limits.approveUsd && !approved ? { kind: 'needs_approval', bytes, usd } : undefined;
}

async function fetchPassed(
  { sql, bytes }: Passed,
  world: FetchWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Fetched | NotFetched> {
  options.onState?.({ state: 'running' });
  const end = await timed(times, 'engine', () => run(sql, world, options));
  return end.kind === 'refusal'
    ? { kind: 'engine', refusal: end, estimatedBytes: bytes }
    : { sql, estimatedBytes: bytes, result: end, asides: {} };
}

function run(sql: SafeSql, { warehouse, limits }: FetchWorld, { signal, rowLimit }: LineOptions) {
  return warehouse.run(sql, {
    rowLimit: Math.min(rowLimit ?? limits.rowLimit, limits.rowLimit),
    timeoutMs: limits.timeoutMs,
    ...(signal ? { signal } : {}),
  });
}

async function timed<T>(times: Record<string, number>, station: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    times[station] = (times[station] ?? 0) + performance.now() - start;
  }
}
