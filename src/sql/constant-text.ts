import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { onlyNode } from './tree.ts';

/** The value of a plain constant as text: `'2026-11-24'`, `date '2026-11-24'`, `2026`; undefined for anything computed. */
export function constantText(node: ParserRuleContext): string | undefined {
  if (node instanceof trino.BasicStringLiteralContext) return node.getText().slice(1, -1).replaceAll("''", "'");
  if (node instanceof trino.IntegerLiteralContext) return /^\d+$/.test(node.getText()) ? node.getText() : undefined;
  if (node instanceof trino.TypeConstructorContext)
    return node.identifier()?.getText().toLowerCase() === 'date' ? constantText(node.string()) : undefined;
  const only = onlyNode(node);
  if (only) return constantText(only);
  if (node instanceof trino.ParenthesizedExpressionContext) return constantText(node.expression());
  return undefined;
}
