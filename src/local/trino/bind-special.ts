import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { bindCase, conditional } from './bind-case.ts';
import { textLiteral } from './bind-literals.ts';
import { bindName } from './bind-names.ts';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { cast } from './cast.ts';
import { commonOfAll } from './coercion.ts';
import { duckType } from './duck-type.ts';
import type { Expression } from './expression.ts';
import { literal, over } from './expression.ts';
import { callFunction } from './function-call.ts';
import { scalarFunctions } from './functions/scalar-functions.ts';
import { readInterval } from './interval-literal.ts';
import { nameOf, typeOf } from './read-names.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import { subqueryExpression } from './subquery.ts';
import { subscript } from './subscript.ts';
import type { TrinoType } from './trino-type.ts';
import { simple, typeName } from './trino-type.ts';
import { isNested } from './value-text.ts';

/** Names, casts, CASE, subscripts, rows, arrays, subqueries and the functions with a syntax of their own; undefined for any other node. */
export function bindSpecial(context: ParserRuleContext, environment: Environment): Expression | undefined {
  const bind = (inner: ParserRuleContext) => environment.statement.expression(inner, environment);
  const place = placeOf(context);
  if (
    context instanceof tree.ColumnReferenceContext ||
    context instanceof tree.DereferenceContext ||
    context instanceof tree.ColumnRefContext
  )
    return bindName(context, environment);
  if (context instanceof tree.CastContext) return bindCast(context, bind, place);
  if (context instanceof tree.SimpleCaseContext || context instanceof tree.SearchedCaseContext)
    return bindCase(context, bind, place);
  if (context instanceof tree.CoalesceContext) return coalesce(childrenOf(context).map(bind), place);
  if (context instanceof tree.SubscriptContext)
    return subscript(bind(context.primaryExpression()), bind(context.valueExpression()), place);
  if (context instanceof tree.ArrayConstructorContext) return arrayOf(context.expression().map(bind), place);
  if (context instanceof tree.RowConstructorContext) return rowOf(context.expression().map(bind), place);
  if (context instanceof tree.SubqueryExpressionContext) return scalarSubquery(context, environment, place);
  if (context instanceof tree.ExistsContext) {
    const { query, outer } = subqueryExpression(context.query(), environment, 'exists');
    return over(simple('boolean'), [], () => `EXISTS (${query.sql})`, { role: { kind: 'subquery', outer }, place });
  }
  if (context instanceof tree.GroupingOperationContext) return grouping(context, environment, place);
  return bindSyntaxFunction(context, bind, place);
}

/** `coalesce`, whose later arguments are only computed where they are needed. */
export function coalesce(values: readonly Expression[], place: Place): Expression {
  if (values.length < 2) refuse('SYNTAX_ERROR', "The 'coalesce' function must have at least two arguments", place);
  const common = commonOfAll(values.map((value) => value.type));
  if (!common) refuse('TYPE_MISMATCH', 'All COALESCE operands must be the same type or coercible to a common type', place);
  return over(
    common,
    values.map((value) => cast(value, common)),
    (sqls) => `coalesce(${sqls.join(', ')})`,
    { place },
  );
}

/** `ROW(a, b)`. */
export function rowOf(values: readonly Expression[], place: Place): Expression {
  const type: TrinoType = { kind: 'row', fields: values.map((value) => ({ type: value.type })) };
  return over(
    type,
    values,
    (sqls) => `{${sqls.map((sql, index) => `'f${index + 1}': ${typed(sql, values[index])}`).join(', ')}}`,
    { place },
  );
}

function typed(sql: string, value: Expression | undefined): string {
  return value?.type.kind === 'unknown' ? 'CAST(NULL AS INTEGER)' : sql;
}

/** `ARRAY[a, b]`. */
export function arrayOf(values: readonly Expression[], place: Place): Expression {
  const common = commonOfAll(values.map((value) => value.type));
  if (!common) refuse('TYPE_MISMATCH', 'All ARRAY elements must be the same type or coercible to a common type', place);
  const type: TrinoType = { kind: 'array', element: common };
  return over(
    type,
    values.map((value) => cast(value, common)),
    (sqls) => `CAST([${sqls.join(', ')}] AS ${duckType(type)})`,
    { place },
  );
}

function childrenOf(context: ParserRuleContext): ParserRuleContext[] {
  return (context as tree.RowConstructorContext).expression();
}

function bindCast(context: tree.CastContext, bind: (inner: ParserRuleContext) => Expression, place: Place): Expression {
  const value = bind(context.expression());
  const soft = context.KW_TRY_CAST() !== null;
  const to = typeOf(context.type(), place);
  return cast(soft || !isNested(to) ? value : unsorted(value), withZone(to, value.type), soft, place);
}

/** Trino casts json_parse(column) in one step, so that JSON values inside keep the order of their members; a constant it reads beforehand. */
function unsorted(value: Expression): Expression {
  const [text] = value.parts;
  if (
    value.type.kind !== 'json' ||
    !text ||
    value.parts.length !== 1 ||
    text.constant !== undefined ||
    value.sql !== `tr_json_parse(${text.sql})`
  )
    return value;
  return over(value.type, [text], ([sql = '']) => `tr_json_keep(${sql})`, { fallible: true, place: value.place });
}

/** A cast to `timestamp with time zone` takes the zone of the value; a text brings its own. */
function withZone(to: TrinoType, from: TrinoType): TrinoType {
  if (to.kind === 'timestamptz') {
    const zone = from.kind === 'timestamptz' ? from.zone : from.kind === 'date' || from.kind === 'timestamp' ? 'UTC' : undefined;
    return { ...to, zone };
  }
  if (to.kind === 'array' && from.kind === 'array') return { ...to, element: withZone(to.element, from.element) };
  return to;
}

function scalarSubquery(context: tree.SubqueryExpressionContext, environment: Environment, place: Place): Expression {
  const { query, outer } = subqueryExpression(context.query(), environment, 'scalar');
  const [field, ...more] = query.fields;
  if (!field || more.length > 0) unsupported('a scalar subquery of several columns', place);
  const write = () => `(SELECT ${field.column} FROM (${query.sql}) q)`;
  return over(field.type, [], write, { role: { kind: 'subquery', outer }, fallible: true, place });
}

function grouping(context: tree.GroupingOperationContext, environment: Environment, place: Place): Expression {
  if (environment.scalarOnly)
    refuse(
      'EXPRESSION_NOT_SCALAR',
      `${environment.scalarOnly} cannot contain aggregations, window functions or grouping operations`,
      place,
    );
  const columns = context.qualifiedName().map((name) => bindName(name, environment));
  const type = simple(columns.length < 32 ? 'integer' : 'bigint');
  return over(type, columns, (sqls) => `CAST(GROUPING(${sqls.join(', ')}) AS ${duckType(type)})`, {
    role: { kind: 'grouping' },
    place,
  });
}

function bindSyntaxFunction(
  context: ParserRuleContext,
  bind: (inner: ParserRuleContext) => Expression,
  place: Place,
): Expression | undefined {
  const call = (name: string, args: readonly Expression[]) => callFunction(scalarFunctions, name, args, place);
  if (context instanceof tree.ExtractContext)
    return extract(nameOf(context.identifier()).toUpperCase(), bind(context.valueExpression()), place, call);
  if (context instanceof tree.SubstringContext) return call('substr', context.valueExpression().map(bind));
  if (context instanceof tree.PositionContext) {
    const [needle, text] = context.valueExpression().map(bind);
    return needle && text ? call('strpos', [text, needle]) : undefined;
  }
  if (context instanceof tree.TrimContext) return trim(context, bind, call);
  if (context instanceof tree.NormalizeContext) {
    const form = context.normalForm()?.getText().toUpperCase() ?? 'NFC';
    return call('normalize', [bind(context.valueExpression()), textLiteral(form)]);
  }
  if (context instanceof tree.AtTimeZoneContext)
    return call('at_timezone', [bind(context.valueExpression()), zoneOf(context.timeZoneSpecifier())]);
  return undefined;
}

function zoneOf(context: ParserRuleContext): Expression {
  if (context instanceof tree.TimeZoneStringContext) return textLiteral(context.string().getText().slice(1, -1));
  const interval = readInterval((context as tree.TimeZoneIntervalContext).interval(), placeOf(context));
  if (typeof interval.constant !== 'bigint') return unsupported('this time zone', placeOf(context));
  const minutes = Number(interval.constant / 60_000n);
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return textLiteral(`${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`);
}

const EXTRACT: Readonly<Record<string, string>> = {
  YEAR: 'year',
  QUARTER: 'quarter',
  MONTH: 'month',
  WEEK: 'week',
  DAY: 'day',
  DAY_OF_MONTH: 'day',
  DAY_OF_WEEK: 'day_of_week',
  DOW: 'day_of_week',
  DAY_OF_YEAR: 'day_of_year',
  DOY: 'day_of_year',
  YEAR_OF_WEEK: 'year_of_week',
  YOW: 'year_of_week',
  HOUR: 'hour',
  MINUTE: 'minute',
  SECOND: 'second',
  TIMEZONE_HOUR: 'timezone_hour',
  TIMEZONE_MINUTE: 'timezone_minute',
};

function extract(
  field: string,
  value: Expression,
  place: Place,
  call: (name: string, args: readonly Expression[]) => Expression,
): Expression {
  const name = EXTRACT[field];
  if (!name)
    refuse('SYNTAX_ERROR', `Invalid EXTRACT field ${field}, valid fields are: ${Object.keys(EXTRACT).join(', ')}`, place);
  if (value.type.kind === 'date' && /^(hour|minute|second)$/.test(name))
    refuse('TYPE_MISMATCH', `Cannot extract ${field} from date`, place);
  if (name.startsWith('timezone') && value.type.kind !== 'timestamptz')
    refuse('TYPE_MISMATCH', `Cannot extract ${field} from ${typeName(value.type)}`, place);
  if (value.type.kind === 'varchar' || value.type.kind === 'integer') {
    refuse(
      'TYPE_MISMATCH',
      `Type of argument to extract must be DATE, TIME, TIMESTAMP, or INTERVAL (actual ${typeName(value.type)})`,
      place,
    );
  }
  return call(name, [value]);
}

function trim(
  context: tree.TrimContext,
  bind: (inner: ParserRuleContext) => Expression,
  call: (name: string, args: readonly Expression[]) => Expression,
): Expression {
  const side = context.trimsSpecification()?.getText().toLowerCase() ?? 'both';
  const name = side === 'leading' ? 'ltrim' : side === 'trailing' ? 'rtrim' : 'trim';
  const [first, second] = context.valueExpression().map(bind) as [Expression, Expression | undefined];
  if (!second) return call(name, [first]);
  return context.KW_FROM() ? call(name, [second, first]) : call(name, [first, second]);
}

/** `if(condition, then, else)`. */
export function ifFunction(args: readonly Expression[], place: Place): Expression {
  const [condition, then, otherwise] = args;
  if (!condition || !then || args.length > 3) refuse('SYNTAX_ERROR', "Invalid number of arguments for 'if' function", place);
  return conditional([{ condition, result: then }], otherwise ?? literal(simple('unknown'), 'NULL', null), place, 'IF');
}
