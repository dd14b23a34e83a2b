import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { BoundQuery, Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { cast } from './cast.ts';
import { commonOfAll, commonType, isComparable, isOrderable } from './coercion.ts';
import type { Comparison } from './comparison.ts';
import { checkKey, compare, comparisonText, distinctFrom } from './comparison.ts';
import type { Expression } from './expression.ts';
import { once, over, quote } from './expression.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import { subqueryExpression } from './subquery.ts';
import type { TrinoType } from './trino-type.ts';
import { simple, typeName } from './trino-type.ts';

/** What follows a value: a comparison, BETWEEN, IN, LIKE, IS NULL, IS DISTINCT FROM, or a quantified comparison. */
export function bindPredicate(predicate: ParserRuleContext, subject: ParserRuleContext, environment: Environment): Expression {
  const bind = (context: ParserRuleContext) => environment.statement.expression(context, environment);
  const value = bind(subject);
  const place = placeOf(predicate);
  if (predicate instanceof tree.ComparisonContext) {
    return compare(operatorOf(predicate.comparisonOperator()), value, bind(predicate.valueExpression()), place);
  }
  if (predicate instanceof tree.NullPredicateContext) {
    const word = predicate.KW_NOT() ? 'IS NOT NULL' : 'IS NULL';
    return over(simple('boolean'), [value], ([sql = '']) => `(${sql} ${word})`, { place });
  }
  if (predicate instanceof tree.BetweenContext) return between(predicate, value, bind, place);
  if (predicate instanceof tree.InListContext) {
    return negated(inList(value, predicate.expression().map(bind), placeOf(subject)), predicate.KW_NOT() !== null);
  }
  if (predicate instanceof tree.LikeContext) return negated(like(predicate, value, bind, place), predicate.KW_NOT() !== null);
  if (predicate instanceof tree.DistinctFromContext)
    return distinctFrom(value, bind(predicate.valueExpression()), predicate.KW_NOT() !== null, place);
  if (predicate instanceof tree.InSubqueryContext)
    return negated(inSubquery(predicate, value, environment, place), predicate.KW_NOT() !== null);
  if (predicate instanceof tree.QuantifiedComparisonContext) return quantified(predicate, value, environment, place);
  return unsupported('this predicate', place);
}

function operatorOf(context: ParserRuleContext): Comparison {
  const text = context.getText();
  return (text === '!=' ? '<>' : text) as Comparison;
}

function negated(value: Expression, not: boolean): Expression {
  return not ? over(simple('boolean'), [value], ([sql = '']) => `(NOT ${sql})`, { place: value.place }) : value;
}

function between(
  context: tree.BetweenContext,
  value: Expression,
  bind: (inner: ParserRuleContext) => Expression,
  place: Place,
): Expression {
  const [low, high] = [
    bind(context.valueExpression(0) as ParserRuleContext),
    bind(context.valueExpression(1) as ParserRuleContext),
  ];
  const common = commonOfAll([value.type, low.type, high.type]);
  if (!common || !isOrderable(common)) {
    refuse(
      'TYPE_MISMATCH',
      `Cannot check if ${typeName(value.type)} is BETWEEN ${typeName(low.type)} and ${typeName(high.type)}`,
      value.place ?? place,
    );
  }
  const parts = [value, low, high].map((part) => cast(part, common));
  const write = ([x = '', a = '', b = '']: readonly string[]) =>
    once(
      [x],
      ([v = '']) =>
        `(${comparisonText('>=', common, v, a, parts[0], parts[1])} AND ${comparisonText('<=', common, v, b, parts[0], parts[2])})`,
    );
  return negated(over(simple('boolean'), parts, write, { place }), context.KW_NOT() !== null);
}

/** `value IN (items)`. */
export function inList(value: Expression, items: readonly Expression[], place: Place): Expression {
  const common = commonOfAll([value.type, ...items.map((item) => item.type)]);
  if (!common || !isComparable(common)) {
    refuse(
      'TYPE_MISMATCH',
      `IN value and list items must be the same type or coercible to a common type: ${typeName(value.type)}`,
      place,
    );
  }
  const parts = [value, ...items].map((part) => cast(part, common));
  if (isPlainKey(common))
    return over(simple('boolean'), parts, ([x = '', ...rest]) => `(${x} IN (${rest.join(', ')}))`, { place });
  return over(
    simple('boolean'),
    parts,
    ([x = '', ...rest]) => once([x], ([v = '']) => `(${rest.map((item) => comparisonText('=', common, v, item)).join(' OR ')})`),
    { place },
  );
}

function isPlainKey(type: TrinoType): boolean {
  return !['double', 'real', 'array', 'map', 'row', 'timestamptz'].includes(type.kind);
}

function like(
  context: tree.LikeContext,
  value: Expression,
  bind: (inner: ParserRuleContext) => Expression,
  place: Place,
): Expression {
  const pattern = bind(context._pattern ?? (context.valueExpression(0) as ParserRuleContext));
  const escaping = context.KW_ESCAPE() ? bind(context._escape ?? (context.valueExpression(1) as ParserRuleContext)) : undefined;
  for (const side of [value, pattern, ...(escaping ? [escaping] : [])]) {
    if (side.type.kind !== 'varchar' && side.type.kind !== 'char' && side.type.kind !== 'unknown') {
      refuse(
        'TYPE_MISMATCH',
        `Left side of LIKE expression must evaluate to a varchar or char (actual: ${typeName(side.type)})`,
        side.place ?? place,
      );
    }
  }
  const [text, wanted] = [cast(value, { kind: 'varchar' }), cast(pattern, { kind: 'varchar' })];
  if (!escaping) return over(simple('boolean'), [text, wanted], ([x = '', p = '']) => `(${x} LIKE ${p})`, { place });
  const mark = escaping.constant;
  if (typeof mark !== 'string') unsupported('LIKE with an ESCAPE that is not a literal', place);
  if ([...mark].length !== 1) refuse('INVALID_FUNCTION_ARGUMENT', 'Escape string must be a single character', place);
  if (typeof pattern.constant !== 'string') unsupported('LIKE with ESCAPE and a pattern that is not a literal', place);
  const regex = likeRegex(pattern.constant, mark, place);
  return over(simple('boolean'), [text], ([x = '']) => `regexp_full_match(${x}, ${quote(regex)}, 's')`, { place });
}

function likeRegex(pattern: string, mark: string, place: Place): string {
  let out = '';
  const chars = [...pattern];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] as string;
    if (char === mark) {
      const next = chars[++at];
      if (next !== '%' && next !== '_' && next !== mark) {
        refuse(
          'INVALID_FUNCTION_ARGUMENT',
          "Escape character must be followed by '%', '_' or the escape character itself",
          place,
        );
      }
      out += escaped(next);
    } else out += char === '%' ? '.*' : char === '_' ? '.' : escaped(char);
  }
  return out;
}

function escaped(char: string): string {
  return /[\\^$.*+?()[\]{}|]/.test(char) ? `\\${char}` : char;
}

function inSubquery(context: tree.InSubqueryContext, value: Expression, environment: Environment, place: Place): Expression {
  const { query, outer } = subqueryExpression(context.query(), environment, 'in');
  if (value.type.kind === 'row' && query.fields.length === value.type.fields.length && query.fields.length > 1)
    return over(simple('boolean'), [value], rowIn(query, value, place), {
      place,
      role: { kind: 'subquery', outer },
      fallible: true,
    });
  const [value_, column, common] = sides(query, value, place);
  const write = ([x = '']: readonly string[]) => `(${x} IN (SELECT ${column} FROM (${query.sql}) q))`;
  checkKey(common, place);
  return over(simple('boolean'), [value_], write, { place, role: { kind: 'subquery', outer }, fallible: true });
}

/** `(a, b) IN (SELECT …)`: true where one row is equal, NULL where one may be. */
function rowIn(query: BoundQuery, value: Expression, place: Place): (sqls: readonly string[]) => string {
  const fields = query.fields.map((field, index) => {
    const other = value.type.kind === 'row' ? value.type.fields[index]?.type : undefined;
    const common = other && commonType(other, field.type);
    if (!other || !common)
      refuse('TYPE_MISMATCH', 'value and result of subquery must be of the same type for IN expression', value.place ?? place);
    checkKey(common, place);
    const own = cast(
      over(field.type, [], () => field.column),
      common,
    ).sql;
    return (x: string) =>
      comparisonText(
        '=',
        common,
        cast(
          over(other, [], () => `(${x}).f${index + 1}`),
          common,
        ).sql,
        own,
      );
  });
  return ([x = '']) => {
    const equal = fields.map((field) => field(x)).join(' AND ');
    return `(SELECT CASE WHEN coalesce(bool_or(e), false) THEN true WHEN count(*) > count(e) THEN NULL ELSE false END FROM (SELECT (${equal}) AS e FROM (${query.sql}) q) r)`;
  };
}

function quantified(
  context: tree.QuantifiedComparisonContext,
  value: Expression,
  environment: Environment,
  place: Place,
): Expression {
  const { query, outer } = subqueryExpression(context.query(), environment, 'quantified');
  const [value_, column] = sides(query, value, place);
  const operator = operatorOf(context.comparisonOperator());
  const word = /^all$/i.test(context.comparisonQuantifier().getText()) ? 'ALL' : 'ANY';
  const write = ([x = '']: readonly string[]) => `(${x} ${operator} ${word} (SELECT ${column} FROM (${query.sql}) q))`;
  return over(simple('boolean'), [value_], write, { place, role: { kind: 'subquery', outer }, fallible: true });
}

function sides(query: BoundQuery, value: Expression, place: Place): [Expression, string, TrinoType] {
  const field = query.fields[0];
  if (!field || query.fields.length !== 1) unsupported('a row compared with a subquery of several columns', place);
  const common = commonType(value.type, field.type);
  if (!common) {
    refuse(
      'TYPE_MISMATCH',
      `value and result of subquery must be of the same type for IN expression: ${typeName(value.type)} vs ${typeName(field.type)}`,
      value.place ?? place,
    );
  }
  const column = over(field.type, [], () => field.column);
  return [cast(value, common), cast(column, common).sql, common];
}
