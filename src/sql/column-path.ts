import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { onlyNode } from './tree.ts';

/** `a`, `t.a`, `(t).a` …: the identifiers of an expression that is nothing but a name, and the name nodes that hold them. */
export interface ColumnPath {
  readonly identifiers: readonly trino.IdentifierContext[];
  readonly names: readonly trino.QualifiedNameContext[];
}

/** Reads an expression as a plain name; undefined where it computes something. Parentheses do not count, as in Trino. */
export function columnPath(node: ParserRuleContext | null): ColumnPath | undefined {
  if (!node) return undefined;
  if (node instanceof trino.QualifiedNameContext) return { identifiers: node.identifier(), names: [node] };
  if (node instanceof trino.DereferenceContext) {
    const base = columnPath(node.primaryExpression());
    return base && { identifiers: [...base.identifiers, node.identifier()], names: base.names };
  }
  if (node instanceof trino.ParenthesizedExpressionContext) return columnPath(node.expression());
  if (!isWrapper(node)) return undefined;
  const only = onlyNode(node);
  return only && columnPath(only);
}

function isWrapper(node: ParserRuleContext): boolean {
  return (
    node instanceof trino.ExpressionContext ||
    node instanceof trino.PredicatedContext ||
    node instanceof trino.ValueExpressionDefaultContext ||
    node instanceof trino.ColumnReferenceContext ||
    node instanceof trino.ColumnNameContext ||
    node instanceof trino.ColumnRefContext ||
    node instanceof trino.SelectLiteralColumnNameContext ||
    node instanceof trino.SelectExpressionColumnNameContext ||
    node instanceof trino.JoinColumnReferenceContext
  );
}
