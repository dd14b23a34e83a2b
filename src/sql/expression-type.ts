import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { columnPath } from './column-path.ts';
import { nameOf } from './names.ts';
import { resolveColumn, type Scope } from './scope.ts';
import { onlyNode } from './tree.ts';

/**
 * The Athena type of an expression as far as advice needs it: `bigint`, `double`, `decimal`, or undefined where it is
 * something else or cannot be told. Never used for security.
 */
export function expressionType(node: ParserRuleContext, scope: Scope): string | undefined {
  const path = columnPath(node);
  if (path) return resolveColumn(scope, path.identifiers.map(nameOf)).columns[0]?.type;
  if (node instanceof trino.IntegerLiteralContext) return 'bigint';
  if (node instanceof trino.DecimalLiteralContext) return 'decimal';
  if (node instanceof trino.DoubleLiteralContext) return 'double';
  if (node instanceof trino.CastContext) return node.type().getText().toLowerCase();
  if (node instanceof trino.ArithmeticBinaryContext) return widest(node.valueExpression(), scope);
  if (node instanceof trino.CoalesceContext) return widest(node.expression().slice(0, 1), scope);
  if (node instanceof trino.FunctionCallContext) return functionType(node, scope);
  if (node instanceof trino.SearchedCaseContext || node instanceof trino.SimpleCaseContext)
    return widest(
      node.whenClause().map((when) => when.expression()[1]!),
      scope,
    );
  if (node instanceof trino.ParenthesizedExpressionContext) return expressionType(node.expression(), scope);
  const only = onlyNode(node);
  return only && expressionType(only, scope);
}

/** True for the whole-number types, whose division drops the rest. */
export function isInteger(type: string | undefined): boolean {
  return type !== undefined && /^(tinyint|smallint|int|integer|bigint)$/.test(type);
}

/** True for exact decimals, whose division keeps only as many digits as the wider side has. */
export function isDecimal(type: string | undefined): boolean {
  return type?.startsWith('decimal') ?? false;
}

function functionType(node: trino.FunctionCallContext, scope: Scope): string | undefined {
  const name = node.functionName().getText().toLowerCase();
  if (COUNTS.has(name)) return 'bigint';
  if (SAME.has(name)) return widest(node.expression().slice(0, 1), scope);
  if (name === 'if') return widest(node.expression().slice(1), scope);
  return name === 'avg' ? 'double' : undefined;
}

const COUNTS = new Set(['count', 'count_if', 'approx_distinct', 'cardinality', 'length', 'row_number', 'rank', 'date_diff']);
const SAME = new Set([
  'sum',
  'min',
  'max',
  'abs',
  'nullif',
  'coalesce',
  'lag',
  'lead',
  'first_value',
  'last_value',
  'max_by',
  'min_by',
]);

function widest(nodes: readonly ParserRuleContext[], scope: Scope): string | undefined {
  // A chain of hundreds of operators nests as deep, and is looked at from each of its ends.
  if (nodes.some((one) => (one.stop?.tokenIndex ?? 0) - (one.start?.tokenIndex ?? 0) > 1000)) return undefined;
  const types = nodes.map((one) => expressionType(one, scope));
  if (types.some((type) => type === undefined)) return undefined;
  return types.find((type) => type === 'double' || type === 'real') ?? types.find(isDecimal) ?? types.find(isInteger);
}
