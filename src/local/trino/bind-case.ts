import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { cast } from './cast.ts';
import { commonOfAll, commonType } from './coercion.ts';
import { compare } from './comparison.ts';
import type { Expression } from './expression.ts';
import { literal, over } from './expression.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import { simple, typeName } from './trino-type.ts';

interface Branch {
  readonly condition: Expression;
  readonly result: Expression;
}

/** `CASE … END` in both forms. */
export function bindCase(
  context: tree.SimpleCaseContext | tree.SearchedCaseContext,
  bind: (inner: ParserRuleContext) => Expression,
  place: Place,
): Expression {
  const operand = context instanceof tree.SimpleCaseContext ? bind(context.expression(0) as ParserRuleContext) : undefined;
  const branches = context.whenClause().map((clause): Branch => {
    const condition = bind(clause.expression(0) as ParserRuleContext);
    return {
      condition: operand ? matching(operand, condition, place) : condition,
      result: bind(clause.expression(1) as ParserRuleContext),
    };
  });
  const otherwise = context._elseExpression ? bind(context._elseExpression) : literal(simple('unknown'), 'NULL', null);
  return conditional(branches, otherwise, place, 'CASE');
}

/** Branches in order; only the chosen one is computed. */
export function conditional(branches: readonly Branch[], otherwise: Expression, place: Place, word: 'CASE' | 'IF'): Expression {
  for (const { condition } of branches) {
    if (condition.type.kind !== 'boolean' && condition.type.kind !== 'unknown') {
      refuse(
        'TYPE_MISMATCH',
        `${word} condition must be boolean: actual type ${typeName(condition.type)}`,
        condition.place ?? place,
      );
    }
  }
  const results = [...branches.map((branch) => branch.result), otherwise];
  const common = commonOfAll(results.map((result) => result.type));
  if (!common) {
    const shown = results.map((result) => typeName(result.type)).join(' vs ');
    const message =
      word === 'IF'
        ? `Result types for IF must be the same: ${shown}`
        : `All CASE results must be the same type or coercible to a common type: ${shown}`;
    refuse('TYPE_MISMATCH', message, place);
  }
  const values = results.map((result) => cast(result, common));
  const parts = [...branches.map((branch) => branch.condition), ...values];
  const count = branches.length;
  return over(
    common,
    parts,
    (sqls) => {
      const whens = branches.map((_, index) => `WHEN ${sqls[index]} THEN ${sqls[count + index]}`).join(' ');
      return `(CASE ${whens} ELSE ${sqls[2 * count]} END)`;
    },
    { place },
  );
}

function matching(operand: Expression, condition: Expression, place: Place): Expression {
  if (!commonType(operand.type, condition.type)) {
    refuse(
      'TYPE_MISMATCH',
      `CASE operand type does not match WHEN clause operand type: ${typeName(operand.type)} vs ${typeName(condition.type)}`,
      condition.place ?? place,
    );
  }
  return compare('=', operand, condition, place);
}

/** `nullif(a, b)`. */
export function nullIf(args: readonly Expression[], place: Place): Expression {
  const [first, second] = args;
  if (!first || !second || args.length > 2) refuse('SYNTAX_ERROR', "Invalid number of arguments for 'nullif' function", place);
  if (!commonType(first.type, second.type)) {
    refuse('TYPE_MISMATCH', `Types are not comparable with NULLIF: ${typeName(first.type)} vs ${typeName(second.type)}`, place);
  }
  const equal = compare('=', first, second, place);
  const type = first.type.kind === 'unknown' ? second.type : first.type;
  return over(
    first.type,
    [equal, cast(first, type)],
    ([same = '', value = '']) => `(CASE WHEN ${same} THEN NULL ELSE ${value} END)`,
    { place },
  );
}
