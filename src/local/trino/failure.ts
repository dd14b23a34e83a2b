/**
 * A text that raises Trino's error when it is computed; it fits any type, so that it can stand in any branch of a CASE.
 * `computed` = the message is itself a DuckDB text.
 */
export function failure(error: string, message: string, computed = false): string {
  const text = computed ? message : `'${message.replaceAll("'", "''")}'`;
  return `tr_fail('${error}', ${text})`;
}
