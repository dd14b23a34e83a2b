import type * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { QueryStatementContext, StatementDefaultContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { parseTrino } from './parse-trino.ts';
import { unitOffset } from './statement-end.ts';

/**
 * The text with its result cut to at most `rows` rows, by editing it in one place: a smaller LIMIT or FETCH FIRST stays,
 * a larger one is lowered, a missing one is added on a line of its own before any closing comment. SHOW, DESCRIBE,
 * EXPLAIN and texts that cannot be read come back as they are. The result is a new text, to be checked again.
 */
export function withLimit(text: string, rows: number): string {
  const parse = parseTrino(text);
  const statement = parse.ok ? parse.tree.statement() : undefined;
  const query = statement instanceof StatementDefaultContext ? statement.rootQuery().query() : undefined;
  if (!(query instanceof QueryStatementContext)) return text;
  const body = query.queryNoWith();
  const node = limitNode(body);
  if (node) return isSmaller(node.getText(), rows) ? text : edited(text, node.start!.start, node.stop!.stop + 1, String(rows));
  // FETCH FIRST ROW ONLY: one row, which is never too many.
  if (body.KW_FETCH()) return text;
  const end = body.stop!.stop + 1;
  return edited(text, end, end, `\nLIMIT ${rows}`);
}

function limitNode(body: trino.QueryNoWithContext): trino.LimitRowCountContext | trino.RowCountContext | undefined {
  return body.limitRowCount() ?? body._fetchFirst;
}

function isSmaller(count: string, rows: number): boolean {
  return /^\d+$/.test(count) && Number(count) <= rows;
}

function edited(text: string, from: number, to: number, piece: string): string {
  return text.slice(0, unitOffset(text, from)) + piece + text.slice(unitOffset(text, to));
}
