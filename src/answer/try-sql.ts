import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Warehouse } from '../services/warehouse.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import type { Limits, SqlGuard } from './fetch.ts';
import { metricInSql } from './metric-in-sql.ts';
import { sayBytes } from './words/say-value.ts';

/** Why a model's SQL will not be run, with the place in its text; by whom it was refused decides what the asker gets. */
export interface SqlFault {
  readonly by: 'guard' | 'house' | 'engine';
  readonly message: string;
}

/** What is asked about a model's SQL before it may run. */
export interface TryWorld {
  readonly guard: SqlGuard;
  readonly catalog: Catalog;
  readonly warehouse: Warehouse;
  readonly glossary: Glossary;
  readonly limits: Pick<Limits, 'maxBytes' | 'timeoutMs'>;
}

/** A model's SQL → the first fault that guard, house or engine find in it, as one sentence for the model; nothing is run or billed. */
export async function trySql(text: string, named: readonly string[], world: TryWorld): Promise<SqlFault | undefined> {
  const verdict = await world.guard.check(text, world.catalog);
  if (!verdict.ok) return { by: 'guard', message: placed(verdict.message, verdict.code, verdict) };
  const { sql } = verdict;
  if (sql.kind !== 'query') return house('Only a query answers a question: write one SELECT.');
  const metric = metricInSql(sql, named, world.glossary);
  if (metric)
    return house(
      `This counts the metric ${metric}, which only the house may count: say it with kind metric or funnel, and decline with not_supported where those can't say the question.`,
    );
  const { bytes } = await world.warehouse.estimate(sql);
  if (bytes > world.limits.maxBytes)
    return house(`This would read ${sayBytes(bytes)}, more than one query may. Bound dt of every table to fewer days.`);
  const refusal = await world.warehouse.explain(sql, { timeoutMs: world.limits.timeoutMs });
  // An engine that is busy or slow says nothing about the SQL.
  if (!refusal || (refusal.code !== 'query_failed' && refusal.code !== 'unsupported_locally')) return undefined;
  return { by: 'engine', message: placed(refusal.message, refusal.error ?? refusal.code, refusal) };
}

function house(message: string): SqlFault {
  return { by: 'house', message };
}

function placed(message: string, code: string, { line, column }: { line?: number; column?: number }): string {
  const place = line === undefined ? '' : `, line ${line}${column === undefined ? '' : `, column ${column}`}`;
  return `The SQL was refused (${code}${place}): ${message}`;
}
