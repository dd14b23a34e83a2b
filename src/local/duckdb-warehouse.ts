import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Clock } from '../services/clock.ts';
import type { Estimate, QueryEnd, QueryRefusal, RunOptions, Warehouse } from '../services/warehouse.ts';
import type { Catalog, SafeSql } from '../sql/safe-sql.ts';
import { readsData, scanPrice, type WeighedTable } from '../sql/scan-price.ts';
import { answerFromCatalog } from './catalog-answers.ts';
import { isElsewhere, missingFolder } from './catalog-fault.ts';
import type { ColumnBytes } from './engine-messages.ts';
import type { Outcome } from './engine-process.ts';
import { EngineProcess } from './engine-process.ts';
import type { TableNow } from './table-sources.ts';
import { TableSources } from './table-sources.ts';

/**
 * The local engine in Athena's place: DuckDB in a process of its own, over the tables of the last finished refresh and an
 * owner's own folders. Answers what Athena would, or refuses by name. The price is the same before and after a query: what
 * Athena would bill, from the footers of the files within the partition bounds.
 */
export function openDuckdbWarehouse(options: {
  dataDir: string;
  catalog: Catalog;
  memoryLimitMb?: number;
  threads?: number;
  clock: Clock;
}): Warehouse {
  const engine = new EngineProcess({
    memoryLimitMb: options.memoryLimitMb ?? 1024,
    threads: options.threads ?? Math.min(4, availableParallelism()),
  });
  const house: House = { engine, sources: new TableSources(options.dataDir), weights: new Map() };
  return {
    engine: 'duckdb',
    estimate: (sql) => estimate(house, sql),
    explain: (sql, limits) => explain(house, options.clock, sql, limits),
    run: (sql, runOptions) => run(house, options.clock, sql, runOptions),
    close: () => engine.close(),
  };
}

interface House {
  readonly engine: EngineProcess;
  readonly sources: TableSources;
  /** Column bytes of an owner's files, by path; a file with the same path is taken for the same file. */
  readonly weights: Map<string, ColumnBytes>;
}

async function estimate(house: House, sql: SafeSql): Promise<Estimate> {
  if (!readsData(sql)) return { bytes: 0 };
  if (outOfReach(sql)) return { bytes: 0 };
  const { tables } = house.sources.now(sql.catalog, sql.tables);
  return { bytes: scanPrice(sql, await weigh(house, tables)) };
}

async function weigh(house: House, tables: ReadonlyMap<string, TableNow>): Promise<ReadonlyMap<string, WeighedTable>> {
  const unknown = [...tables.values()]
    .flatMap((table) => table.files)
    .filter((file) => !file.columnBytes && !house.weights.has(file.path));
  if (unknown.length > 0) {
    const files = unknown.map((file) => file.path);
    const outcome = await house.engine.ask({ kind: 'measure', files }).outcome;
    if (outcome.kind === 'measured')
      for (const [index, file] of files.entries()) house.weights.set(file, outcome.files[index] ?? {});
  }
  const weighed = [...tables].map(([name, table]): [string, WeighedTable] => [
    name,
    table.files.map((file) => ({ ...file, columnBytes: file.columnBytes ?? house.weights.get(file.path) ?? {} })),
  ]);
  return new Map(weighed);
}

async function run(house: House, clock: Clock, sql: SafeSql, options: RunOptions): Promise<QueryEnd> {
  const started = performance.now();
  const executionId = `local-${randomUUID()}`;
  const done = () => ({ ms: Math.round(performance.now() - started), executionId });
  if (options.signal?.aborted)
    return { kind: 'refusal', code: 'cancelled', message: 'The query was stopped before it began.', scannedBytes: 0 };
  const known = answerFromCatalog(sql, options.rowLimit);
  if (known) return known.kind === 'refusal' ? known : { ...known, scannedBytes: 0, ...done() };
  const unreachable = outOfReach(sql);
  if (unreachable) return unreachable;
  const { sources, tables } = house.sources.now(sql.catalog, sql.tables);
  const { outcome, stop } = house.engine.ask({
    kind: 'run',
    text: sql.text,
    catalog: sql.catalog,
    sources,
    startedAt: clock.now(),
    rowLimit: options.rowLimit,
  });
  const { end, reason } = await bounded(outcome, stop, options);
  if (end.kind === 'rows') {
    const scannedBytes = scanPrice(sql, await weigh(house, tables));
    return { kind: 'rows', columns: end.columns, rows: end.rows, truncated: end.truncated, scannedBytes, ...done() };
  }
  return refusalOf(end, reason, options);
}

/** Bound to Trino's types, translated and prepared by the engine: what EXPLAIN would find on Athena. */
async function explain(
  house: House,
  clock: Clock,
  sql: SafeSql,
  limits: Pick<RunOptions, 'timeoutMs' | 'signal'>,
): Promise<QueryRefusal | undefined> {
  const unreachable = outOfReach(sql);
  if (unreachable) return unreachable;
  const { sources } = house.sources.now(sql.catalog, sql.tables);
  const { text, catalog } = sql;
  const options = { ...limits, rowLimit: 0 };
  const request = { kind: 'run', text, catalog, sources, startedAt: clock.now(), rowLimit: 0, onlyPrepare: true } as const;
  const { outcome, stop } = house.engine.ask(request);
  const { end, reason } = await bounded(outcome, stop, options);
  return end.kind === 'rows' ? undefined : refusalOf(end, reason, options);
}

/** The refusal of the first table whose files lie in S3 or in a folder that is gone; it costs nothing here. */
function outOfReach(sql: SafeSql): QueryRefusal | undefined {
  for (const table of sql.tables) {
    const facts = sql.catalog.tables[table];
    const name = table.split('.').at(-1)!;
    const base = { kind: 'refusal', code: 'unsupported_locally', construct: `table ${name}`, scannedBytes: 0 } as const;
    if (facts?.location !== undefined && isElsewhere(facts.location)) {
      const message = `The table ${name} lies in S3: that works on Athena, not on the local engine. Give it a folder on this machine.`;
      return { ...base, message };
    }
    const folder = facts && missingFolder(facts);
    if (folder === undefined) continue;
    const message = `The folder of the table ${name} is not there: ${folder}. Put its files there, or mend its location.`;
    return { ...base, message };
  }
  return undefined;
}

/** Waits for the end, but not longer than allowed and not after the person has stopped it. */
async function bounded(
  outcome: Promise<Outcome>,
  stop: () => void,
  options: RunOptions,
): Promise<{ end: Outcome; reason: 'timed_out' | 'cancelled' | undefined }> {
  let reason: 'timed_out' | 'cancelled' | undefined;
  const end = (why: 'timed_out' | 'cancelled') => () => {
    reason ??= why;
    stop();
  };
  const timer = setTimeout(end('timed_out'), options.timeoutMs);
  const cancel = end('cancelled');
  options.signal?.addEventListener('abort', cancel, { once: true });
  try {
    const result = await outcome;
    return { end: result, reason };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', cancel);
  }
}

function refusalOf(
  end: Exclude<Outcome, { kind: 'rows' }>,
  reason: 'timed_out' | 'cancelled' | undefined,
  options: RunOptions,
): QueryRefusal {
  if (reason === 'timed_out') {
    return {
      kind: 'refusal',
      code: 'timed_out',
      message: `The query was stopped after ${Math.round(options.timeoutMs / 1000)} s. Read fewer days or columns.`,
      scannedBytes: 0,
    };
  }
  if (reason === 'cancelled' || end.kind === 'stopped')
    return { kind: 'refusal', code: 'cancelled', message: 'The query was stopped.', scannedBytes: 0 };
  if (end.kind === 'refused') return { kind: 'refusal', ...withoutUndefined(end.refusal), scannedBytes: 0 };
  if (end.kind === 'died') {
    return {
      kind: 'refusal',
      code: 'query_failed',
      error: 'EXCEEDED_LOCAL_MEMORY_LIMIT',
      message: 'The query needs more memory than the local engine may use. Read fewer days or columns.',
      scannedBytes: 0,
    };
  }
  throw new Error('the local engine failed', { cause: end.kind === 'fault' ? end.message : end.kind });
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
