/** A text that raises Trino's error when it is computed, of whatever type its CASE has; `computed` = the message is a DuckDB text. */
export function failure(error: string, message: string, computed = false): string {
  const text = computed ? message : `'${message.replaceAll("'", "''")}'`;
  return `CASE WHEN tr_raise('${error}', ${text}) IS NULL THEN NULL END`;
}
