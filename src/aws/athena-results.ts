import { type AthenaClient, type ColumnInfo, GetQueryResultsCommand, type Row } from '@aws-sdk/client-athena';
import type { QueryResult } from '../services/warehouse.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import { cellOf, typeOf } from './athena-cells.ts';
import type { Succeeded } from './athena-execution.ts';

/** Athena gives at most 1,000 rows a page. */
const PAGE_ROWS = 1000;

/** Columns and the first `rowLimit` rows of a finished execution, page by page; undefined where `signal` ended the reading. */
export async function fetchRows(
  client: AthenaClient,
  { executionId, statementType }: Succeeded,
  sql: SafeSql,
  rowLimit: number,
  signal: AbortSignal,
): Promise<Pick<QueryResult, 'columns' | 'rows' | 'truncated'> | undefined> {
  const rows: Row[] = [];
  let columns: readonly ColumnInfo[] = [];
  let next: string | undefined;
  do {
    if (signal.aborted) return undefined;
    const page = await client.send(
      new GetQueryResultsCommand({
        QueryExecutionId: executionId,
        MaxResults: PAGE_ROWS,
        ...(next === undefined ? {} : { NextToken: next }),
      }),
    );
    const found = page.ResultSet?.Rows ?? [];
    if (next === undefined) {
      columns = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
      rows.push(...(startsWithHeader(found[0], columns, statementType) ? found.slice(1) : found));
    } else rows.push(...found);
    next = page.NextToken;
  } while (next !== undefined && rows.length <= rowLimit);
  return {
    columns: columns.map((column) => ({ name: column.Name ?? '', type: typeOf(column) })),
    rows: rows.slice(0, rowLimit).map((row) => cellsOf(row, columns, sql)),
    truncated: rows.length > rowLimit || next !== undefined,
  };
}

/** A SELECT's first row is its header; of SHOW, DESCRIBE and EXPLAIN only where it says the names again. */
function startsWithHeader(row: Row | undefined, columns: readonly ColumnInfo[], statementType: string | undefined): boolean {
  if (!row) return false;
  const saysNames = columns.every((column, index) => row.Data?.[index]?.VarCharValue === column.Name);
  return statementType === 'DML' || saysNames;
}

function cellsOf(row: Row, columns: readonly ColumnInfo[], sql: SafeSql) {
  const texts = (row.Data ?? []).map((cell) => cell.VarCharValue);
  // DESCRIBE gives one text with tabs between what the columns promise.
  const parts = sql.kind === 'describe' && texts.length === 1 ? (texts[0] ?? '').split('\t').map((part) => part.trim()) : texts;
  return columns.map((column, index) => cellOf(column, parts[index]));
}
