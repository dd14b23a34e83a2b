import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { parseTrino } from '../../sql/parse-trino.ts';
import type { Catalog } from '../../sql/safe-sql.ts';
import { bindCall } from './bind-call.ts';
import { bindJson } from './bind-json.ts';
import { bindLiteral } from './bind-literals.ts';
import { bindOperator } from './bind-operators.ts';
import { bindQuery } from './bind-query.ts';
import { bindSpecial } from './bind-special.ts';
import type { Environment, Statement } from './binder.ts';
import { placeOf } from './binder.ts';
import type { Expression } from './expression.ts';
import type { Refused } from './refusal.ts';
import { RefusalError, unsupported } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';

/** A statement in DuckDB's words: one SELECT whose columns, in order, have these names and Trino types. */
export interface Translation {
  readonly kind: 'translation';
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: TrinoType }[];
}

export type Translated = Translation | { readonly kind: 'refused'; readonly refused: Refused };

/**
 * Translates one Athena query for DuckDB by binding it as Trino would: names, types, coercions and signatures are decided
 * here, and every value is written so that DuckDB computes Trino's. What Trino would refuse is refused with its error
 * name; what cannot be computed exactly is refused by name. `startedAt` is an ISO instant, the time of now().
 */
export function translate(text: string, catalog: Catalog, startedAt: string): Translated {
  const parse = parseTrino(text);
  if (!parse.ok) {
    return {
      kind: 'refused',
      refused: {
        code: 'query_failed',
        error: 'SYNTAX_ERROR',
        message: 'This is not a statement that Athena reads.',
        line: parse.line,
        column: parse.column,
      },
    };
  }
  try {
    return translateQuery(queryOf(parse.tree), catalog, BigInt(Date.parse(startedAt)) * 1000n);
  } catch (cause) {
    if (cause instanceof RefusalError) return { kind: 'refused', refused: cause.refused };
    throw cause;
  }
}

function queryOf(root: ParserRuleContext): ParserRuleContext {
  let inner: ParserRuleContext = root;
  while (!(inner instanceof tree.QueryStatementContext)) {
    const next = (inner.children ?? []).find(
      (child) => 'getChildCount' in child && (child as ParserRuleContext).getChildCount() > 0,
    );
    if (!next) return unsupported('this kind of statement', placeOf(root));
    inner = next as ParserRuleContext;
  }
  return inner;
}

function translateQuery(query: ParserRuleContext, catalog: Catalog, startedAt: bigint): Translation {
  let counter = 0;
  const statement: Statement = {
    catalog,
    startedAt,
    scans: new Map(),
    next: (prefix) => `${prefix}${++counter}`,
    expression: (context, environment) => bindExpression(context, environment),
    query: (context, outer, ctes) => bindQuery(context, statement, outer, ctes),
  };
  const bound = bindQuery(query, statement, undefined, new Map());
  const columns = bound.fields.map((field, index) => ({ name: field.name ?? `_col${index}`, type: field.type }));
  const list = bound.fields.map((field) => field.column).join(', ');
  return { kind: 'translation', sql: fillScans(`SELECT ${list} FROM (${bound.sql}) q`, statement), columns };
}

/** Lists in every scan only the columns that the statement reads. */
function fillScans(sql: string, statement: Statement): string {
  const used = new Set(sql.match(/\bc\d+\b/g));
  return sql.replace(/\/\*(scan\d+)\*\//g, (_whole, mark: string) => {
    const columns = [...(statement.scans.get(mark) ?? [])].filter(([name]) => used.has(name));
    return columns.map(([name, source]) => `${source} AS ${name}`).join(', ') || '1 AS one';
  });
}

function bindExpression(context: ParserRuleContext, environment: Environment): Expression {
  let inner = context;
  for (;;) {
    const bound =
      bindOperator(inner, environment) ??
      bindLiteral(inner, environment) ??
      bindSpecial(inner, environment) ??
      bindJson(inner, environment) ??
      bindCall(inner, environment);
    if (bound) return bound;
    if (inner instanceof tree.ParenthesizedExpressionContext) inner = inner.expression();
    else if (inner.getChildCount() === 1 && 'getChildCount' in (inner.getChild(0) as object))
      inner = inner.getChild(0) as ParserRuleContext;
    else return unsupported(describe(inner), placeOf(inner));
  }
}

function describe(context: ParserRuleContext): string {
  const text = context.getText();
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
