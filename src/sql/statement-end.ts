import type { Token } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { onlyNode } from './tree.ts';
import type { Output } from './walk.ts';

/** Names of the output columns as Athena gives them, `_col0` where unnamed; empty where some cannot be known. */
export function outputNames(output: Output): readonly string[] {
  return output.open ? [] : output.columns.map((column, index) => column.label ?? column.name ?? `_col${index}`);
}

/** The outermost part of a query: its ORDER BY, OFFSET and LIMIT; parentheses around the whole do not count. */
export function topBody(query: trino.QueryContext | undefined): trino.QueryNoWithContext | undefined {
  if (!(query instanceof trino.QueryStatementContext)) return undefined;
  let body = query.queryNoWith();
  for (;;) {
    const term = body.queryTerm();
    const primary = term instanceof trino.QueryTermDefaultContext ? term.queryPrimary() : undefined;
    if (!(primary instanceof trino.SubqueryContext) || !onlyNode(body)) return body;
    body = primary.queryNoWith();
  }
}

/** The number of the top-level LIMIT or FETCH FIRST, where there is one. */
export function topLimit(query: trino.QueryContext | undefined): number | undefined {
  const body = topBody(query);
  const limit =
    body?.limitRowCount()?.rowCount()?.getText() ?? (body?.KW_FETCH() ? (body._fetchFirst?.getText() ?? '1') : undefined);
  return limit !== undefined && /^\d+$/.test(limit) ? Number(limit) : undefined;
}

/** Where a token begins and ends in a JavaScript string: ANTLR counts code points. */
export function textRange(text: string, token: Token): readonly [number, number] {
  return [unitOffset(text, token.start), unitOffset(text, token.stop + 1)];
}

/** The index in a JavaScript string of the code point with that number. */
export function unitOffset(text: string, points: number): number {
  // Nearly every statement is plain: then both count the same.
  if (!/[\ud800-\udbff]/.test(text)) return points;
  let units = 0;
  for (let left = points; left > 0; left--) units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units;
}
