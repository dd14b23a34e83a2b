import type { QueryRefusal } from '../services/warehouse.ts';
import type { Ended, Refused, Stopped } from './athena-execution.ts';

/** Athena's own failures are worth one more try; a person's are not, and what was cut off would be cut off again. */
export function worthAnotherTry(ended: Ended): boolean {
  if (ended.kind !== 'refused' || !ended.error) return false;
  return ended.error.Retryable === true || ended.error.ErrorCategory === 1;
}

/** Why Athena gave no rows, as a plain sentence without its tails, places in S3 or account numbers. */
export function refusalOf({ reason, error }: Refused, scannedBytes: number): QueryRefusal {
  if (/bytes scanned limit was exceeded/i.test(reason))
    return {
      kind: 'refusal',
      code: 'over_limit',
      message: 'The query was stopped: it read as much as one query may. Read fewer days or columns.',
      scannedBytes,
    };
  if (/exhausted resources/i.test(reason) || isExhausted(error?.ErrorType))
    return failed(
      'EXHAUSTED_RESOURCES',
      'The query needs more than Athena gives one query. Read fewer days, group by less, or leave out the ORDER BY.',
      scannedBytes,
    );
  const { name, line, column, text } = partsOf(reason);
  if (error?.ErrorCategory === 1 || /^(GENERIC_INTERNAL_ERROR|INTERNAL_ERROR)$/.test(name ?? ''))
    return failed(
      name ?? 'INTERNAL_ERROR',
      'Athena failed at this query, and again when asked once more. Try it later.',
      scannedBytes,
    );
  if (/^(HIVE_|ICEBERG_|PARQUET_)/.test(name ?? ''))
    return failed(
      name!,
      'A file of the table could not be read. If a refresh is running, try again when it has ended.',
      scannedBytes,
    );
  if (/insufficient permissions|access denied|not authorized to perform/i.test(reason))
    return failed('PERMISSION_DENIED', 'This app may not read that.', scannedBytes);
  const place = line === undefined || column === undefined ? {} : { line, column };
  return { ...failed(name ?? 'QUERY_FAILED', cleaned(text), scannedBytes), ...place };
}

/** The person or the clock ended it; what was read until then is billed. */
export function stoppedRefusal(why: Stopped['why'], patience: Patience, scannedBytes: number): QueryRefusal {
  const code = why === 'cancelled' ? 'cancelled' : 'timed_out';
  return { kind: 'refusal', code, message: stoppedWords(why, patience), scannedBytes };
}

/** How long a query may work and wait, in milliseconds. */
export interface Patience {
  readonly workMs: number;
  readonly queueMs: number;
}

function stoppedWords(why: Stopped['why'], { workMs, queueMs }: Patience): string {
  if (why === 'cancelled') return 'The query was stopped.';
  if (why === 'timed_out') return `The query was stopped after ${Math.round(workMs / 1000)} s. Read fewer days or columns.`;
  return `Athena was full: the query waited ${Math.max(1, Math.round(queueMs / 60_000))} min and never began. Ask again later.`;
}

/** Types 0 to 8 of AWS's list are «query exhausted resources at this scale factor». */
function isExhausted(type: number | undefined): boolean {
  return type !== undefined && type >= 0 && type <= 8;
}

/** `TYPE_MISMATCH: line 1:8: Cannot apply …` in its parts. */
function partsOf(reason: string) {
  const match = /^(?:([A-Z][A-Z0-9_]{2,}): ?)?(?:line (\d+):(\d+): ?)?([\s\S]*)$/.exec(reason.trim())!;
  const [, name, line, column, text = ''] = match;
  const isSyntax = name === undefined && line !== undefined;
  return {
    name: isSyntax ? 'SYNTAX_ERROR' : name,
    text,
    line: line === undefined ? undefined : Number(line),
    column: column === undefined ? undefined : Number(column),
  };
}

/** Without what Athena adds for its console, and without what is nobody's business. */
function cleaned(text: string): string {
  const short = text
    .replace(/\s*This query ran against[\s\S]*$/, '')
    .replace(/\s*(?:or requester is not authorized to access requested resources)/, '')
    .replace(/\s*Please post the error message[\s\S]*$/, '')
    .replace(/(?:s3a?|arn):\S+/g, '…')
    .replace(/\b\d{12}\b/g, '…')
    .trim();
  return short === '' ? 'Athena refused the query without saying why.' : short;
}

function failed(error: string, message: string, scannedBytes: number): QueryRefusal {
  return { kind: 'refusal', code: 'query_failed', error, message, scannedBytes };
}
