import { randomUUID } from 'node:crypto';
import type { QueryRefusal, RunOptions } from '../services/warehouse.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import { execute, type Workplace } from './athena-execution.ts';
import { refusalOf, stoppedRefusal } from './athena-refusals.ts';

/** EXPLAIN of a checked query, which reads no data and costs nothing: undefined where Athena would take it, or why not. Faults are thrown. */
export async function explainOnAthena(
  place: Workplace,
  sql: SafeSql,
  { timeoutMs, signal = new AbortController().signal }: Pick<RunOptions, 'timeoutMs' | 'signal'>,
): Promise<QueryRefusal | undefined> {
  // On a line of its own, so that the lines below are those of the query.
  const text = `EXPLAIN\n${sql.text}`;
  const ended = await execute(place, { text, token: randomUUID(), signal, workMs: timeoutMs, queueMs: timeoutMs });
  if (ended.kind === 'stopped') return stoppedRefusal(ended.why, { workMs: timeoutMs, queueMs: timeoutMs }, 0);
  if (ended.kind === 'succeeded') return undefined;
  const refusal = refusalOf(ended, 0);
  return refusal.line === undefined ? refusal : { ...refusal, line: refusal.line - 1 };
}
