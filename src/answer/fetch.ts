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

/** Draft → Fetched: guard, price, then the engine. The asides of a draft run beside the main query. */
export async function fetchDraft(
  draft: Draft,
  catalog: Catalog,
  world: FetchWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Fetched | NotFetched> {
  const main = await fetchSql(draft.sql, catalog, world, options, times);
  if ('kind' in main) return main;
  const asides = await Promise.all(
    draft.asides.map(async (aside) => [aside.id, await fetchAside(aside.sql, catalog, world, options)] as const),
  );
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
  const verdict = await timed(times, 'guard', () => world.guard.check(text, catalog));
  if (!verdict.ok) return { kind: 'guard', refusal: verdict };

  const { bytes } = await timed(times, 'price', () => world.warehouse.estimate(verdict.sql));
  const { usd } = priceOf(bytes);
  options.onState?.({ state: 'checked', estimatedBytes: bytes, usd });
  if (bytes > world.limits.maxBytes) return { kind: 'too_large', bytes };
  if (usd > world.limits.approveUsd && !(options.approvedUsd !== undefined && options.approvedUsd >= usd))
    return { kind: 'needs_approval', bytes, usd };

  options.onState?.({ state: 'running' });
  const end = await timed(times, 'engine', () => run(verdict.sql, world, options));
  if (end.kind === 'refusal') return { kind: 'engine', refusal: end, estimatedBytes: bytes };
  return { sql: verdict.sql, estimatedBytes: bytes, result: end, asides: {} };
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
