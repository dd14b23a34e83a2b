import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { BoundQuery, Environment } from './binder.ts';
import type { Expression } from './expression.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import type { Field, Scope } from './scope.ts';
import { column } from './scope.ts';

/** Binds a subquery inside an expression and tells which columns of the scopes around it reads. */
export function subqueryExpression(
  context: ParserRuleContext,
  environment: Environment,
): { query: BoundQuery; outer: readonly Expression[] } {
  if (environment.lambdas.size > 0) unsupported('a subquery inside a lambda', place(context));
  const query = environment.statement.query(context, environment.scope, environment.ctes);
  return { query, outer: outerColumns(query.sql, environment.scope) };
}

/** Trino has no plan for a LIMIT without an order, nor for a HAVING without groups, in a subquery that reads columns around it. */
export function checkCorrelated(context: ParserRuleContext, at: Place): void {
  const inner = (context as tree.QueryStatementContext).queryNoWith();
  const term = inner.queryTerm();
  const primary = term instanceof tree.QueryTermDefaultContext ? term.queryPrimary() : undefined;
  const select = primary instanceof tree.QueryPrimaryDefaultContext ? primary.querySpecification() : undefined;
  const items = select?.selectList().selectItem() ?? [];
  const global = select && !select.groupBy() && items.every((item) => AGGREGATE.test(item.getText()));
  const cut = inner._limit !== undefined || inner.KW_FETCH() !== null;
  if ((cut && !global && inner.sortItem().length === 0) || (select?.havingClause() && !select.groupBy()))
    refuse('NOT_SUPPORTED', 'Given correlated subquery is not supported', at);
}

const AGGREGATE = /^(count|count_if|sum|avg|min|max|min_by|max_by|array_agg|approx_distinct|bool_or|bool_and|arbitrary)\(/i;

function place(context: ParserRuleContext): Place {
  return { line: context.start?.line ?? 1, column: (context.start?.column ?? 0) + 1 };
}

/** Names are unique in a statement, so that a column of a scope around is read exactly where its name stands in the text. */
function outerColumns(sql: string, scope: Scope | undefined): Expression[] {
  const names = new Set(sql.match(/\bc\d+\b/g));
  const found: Expression[] = [];
  for (let here = scope; here; here = here.parent) {
    for (const field of here.fields as readonly Field[]) if (names.has(field.column)) found.push(column(here.id, field));
  }
  return found;
}
