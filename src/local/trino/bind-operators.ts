import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Operator } from './arithmetic.ts';
import { arithmetic, negate } from './arithmetic.ts';
import { numberLiteral } from './bind-literals.ts';
import { bindPredicate } from './bind-predicates.ts';
import type { Environment } from './binder.ts';
import { placeOf, placeOfToken } from './binder.ts';
import { concatenate } from './concatenation.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import { simple, typeName } from './trino-type.ts';

/** Logic, predicates, arithmetic and `||`; undefined for any other node. */
export function bindOperator(context: ParserRuleContext, environment: Environment): Expression | undefined {
  const bind = (inner: ParserRuleContext) => environment.statement.expression(inner, environment);
  if (context instanceof tree.AndContext) return flatten(context, 'AND', bind);
  if (context instanceof tree.OrContext) return flatten(context, 'OR', bind);
  if (context instanceof tree.LogicalNotContext) return not(bind(context.booleanExpression()), placeOf(context));
  if (context instanceof tree.PredicatedContext) {
    const predicate = context.predicate();
    const value = context._valueExpression ?? context.valueExpression();
    return predicate ? bindPredicate(predicate, value, environment) : bind(value);
  }
  if (context instanceof tree.ArithmeticBinaryContext) {
    const [left, right] = [
      bind(context.valueExpression(0) as ParserRuleContext),
      bind(context.valueExpression(1) as ParserRuleContext),
    ];
    return arithmetic(context._operator?.text as Operator, left, right, placeOfToken(context._operator));
  }
  if (context instanceof tree.ArithmeticUnaryContext) return unary(context, bind);
  if (context instanceof tree.ConcatenationContext) {
    const [left, right] = [
      bind(context.valueExpression(0) as ParserRuleContext),
      bind(context.valueExpression(1) as ParserRuleContext),
    ];
    return concatenate(left, right, placeOfToken(context.CONCAT().symbol));
  }
  return undefined;
}

/** `AND` or `OR` of many. Where a later term may fail, the earlier ones are decided first. */
export function logic(word: 'AND' | 'OR', terms: readonly Expression[], place: Place): Expression {
  for (const term of terms) checkBoolean(term, 'Logical expression term', term.place ?? place);
  return terms.reduce((left, right) => {
    const [decided, stop] = word === 'AND' ? ['IS NOT FALSE', 'false'] : ['IS NOT TRUE', 'true'];
    const role = word === 'AND' ? ({ kind: 'conjunction' } as const) : undefined;
    if (!right.fallible)
      return over(simple('boolean'), [left, right], ([a = '', b = '']) => `(${a} ${word} ${b})`, { place, role });
    return over(
      simple('boolean'),
      [left, right],
      ([a = '', b = '']) => `(CASE WHEN ${a} ${decided} THEN (${a} ${word} ${b}) ELSE ${stop} END)`,
      { place, role },
    );
  });
}

/** `NOT x`. */
export function not(value: Expression, place: Place): Expression {
  checkBoolean(value, 'Value of logical NOT expression', place);
  return over(simple('boolean'), [value], ([sql = '']) => `(NOT ${sql})`, { place });
}

/** Refuses what is not a boolean with the words of Trino. */
export function checkBoolean(value: Expression, what: string, place: Place): void {
  if (value.type.kind === 'boolean' || value.type.kind === 'unknown') return;
  refuse('TYPE_MISMATCH', `${what} must evaluate to a boolean: actual type ${typeName(value.type)}`, place);
}

function flatten(
  context: tree.AndContext | tree.OrContext,
  word: 'AND' | 'OR',
  bind: (inner: ParserRuleContext) => Expression,
): Expression {
  const terms: Expression[] = [];
  const collect = (inner: ParserRuleContext): void => {
    if (inner instanceof tree.AndContext && word === 'AND') for (const part of inner.booleanExpression()) collect(part);
    else if (inner instanceof tree.OrContext && word === 'OR') for (const part of inner.booleanExpression()) collect(part);
    else terms.push(bind(inner));
  };
  collect(context);
  return logic(word, terms, placeOf(context));
}

function unary(context: tree.ArithmeticUnaryContext, bind: (inner: ParserRuleContext) => Expression): Expression {
  const inner = context.valueExpression();
  if (context._operator?.text === '+') return bind(inner);
  const text = inner.getText();
  if (/^\d+$/.test(text) || /^\d*\.?\d+(e[+-]?\d+)?$/i.test(text)) return numberLiteral(`-${text}`, placeOf(context));
  return negate(bind(inner), placeOf(context));
}
