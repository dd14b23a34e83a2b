import type { Draft } from '../metrics/draft.ts';
import type { QueryRefusal, QueryResult, Warehouse } from '../services/warehouse.ts';
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

/** Draft → Fetched: guard, price, then the engine. The asides of a draft run beside the main query, once that may run. */
export async function fetchDraft(
  draft: Draft,
  catalog: Catalog,
  world: FetchWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Fetched | NotFetched> {
  const admitted = await admit(draft.sql, catalog, world, options, times);
  if (admitted.kind !== 'admitted') return admitted;
  const [main, ...asides] = await Promise.all([
    fetchAdmitted(admitted, world, options, times),
    ...draft.asides.map(async (aside) => [aside.id, await fetchAside(aside.sql, catalog, world, options)] as const),
  ]);
  if ('kind' in main) return main;
  return {
    ...main,
    asides: Object.fromEntries(asides.filter(([, result]) => result !== undefined)) as Record<string, QueryResult>,
  };
}

/** One statement through guard and price to its rows. */
export async function fetchSql(
  text: string,
  catalog: Catalog,
  world: FetchWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Fetched | NotFetched> {
  const admitted = await admit(text, catalog, world, options, times);
  return admitted.kind === 'admitted' ? fetchAdmitted(admitted, world, options, times) : admitted;
}

interface Admitted {
  readonly kind: 'admitted';
  readonly sql: SafeSql;
  readonly bytes: number;
}

/** Passed by the guard, and its price is within the limits. */
async function admit(
  text: string,
  catalog: Catalog,
  world: FetchWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Admitted | NotFetched> {
  const verdict = await timed(times, 'guard', () => world.guard.check(text, catalog));
  if (!verdict.ok) return { kind: 'guard', refusal: verdict };

  const { bytes } = await timed(times, 'price', () => world.warehouse.estimate(verdict.sql));
  const { usd } = priceOf(bytes);
  options.onState?.({ state: 'checked', estimatedBytes: bytes, usd });
  if (bytes > world.limits.maxBytes) return { kind: 'too_large', bytes };
  const approved = options.approvedUsd !== undefined && options.approvedUsd >= usd;
  return usd > world.limits.approveUsd && !approved
    ? { kind: 'needs_approval', bytes, usd }
    : { kind: 'admitted', sql: verdict.sql, bytes };
}

async function fetchAdmitted(
  { sql, bytes }: Admitted,
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

/** An aside never stops an answer: what it would have said is then left out. */
async function fetchAside(
  text: string,
  catalog: Catalog,
  world: FetchWorld,
  options: LineOptions,
): Promise<QueryResult | undefined> {
  const verdict = await world.guard.check(text, catalog);
  if (!verdict.ok) return undefined;
  const end = await run(verdict.sql, world, options);
  return end.kind === 'rows' ? end : undefined;
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
