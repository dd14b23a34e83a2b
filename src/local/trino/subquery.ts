import type { ParserRuleContext } from 'antlr4ng';
import type { BoundQuery, Environment } from './binder.ts';
import type { Position } from './correlation.ts';
import { checkPosition } from './correlation.ts';
import type { Expression } from './expression.ts';
import type { Place } from './refusal.ts';
import { unsupported } from './refusal.ts';
import type { Field, Scope } from './scope.ts';
import { column } from './scope.ts';

/** Binds a subquery inside an expression and tells which columns of the scopes around it reads. */
export function subqueryExpression(
  context: ParserRuleContext,
  environment: Environment,
  position: Position,
): { query: BoundQuery; outer: readonly Expression[] } {
  if (environment.lambdas.size > 0) unsupported('a subquery inside a lambda', place(context));
  const query = environment.statement.query(context, environment.scope, environment.ctes);
  checkPosition(query.reads, position, place(context));
  return { query, outer: outerColumns(query.sql, environment.scope) };
}

function place(context: ParserRuleContext): Place {
  return { line: context.start?.line ?? 1, column: (context.start?.column ?? 0) + 1 };
}

/** Names are unique in a statement, so that a column of a scope around is read exactly where its name stands in the text. */
export function outerColumns(sql: string, scope: Scope | undefined): Expression[] {
  const names = new Set(sql.match(/\bc\d+\b/g));
  const found: Expression[] = [];
  for (let here = scope; here; here = here.parent) {
    for (const field of here.fields as readonly Field[]) if (names.has(field.column)) found.push(column(here.id, field));
  }
  return found;
}
