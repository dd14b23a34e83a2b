import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { cast } from './cast.ts';
import { duckType } from './duck-type.ts';
import type { Expression } from './expression.ts';
import { literal, once, over, quote } from './expression.ts';
import { failure } from './failure.ts';
import { readSqlPath } from './natives/json-paths.ts';
import { stringOf, typeOf } from './read-names.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import { isNumeric, simple, typeName, varchar } from './trino-type.ts';

type Bind = (context: ParserRuleContext) => Expression;

/** The SQL standard's JSON functions; undefined for any other node. */
export function bindJson(context: ParserRuleContext, environment: Environment): Expression | undefined {
  const bind: Bind = (inner) => environment.statement.expression(inner, environment);
  const place = placeOf(context);
  if (context instanceof tree.JsonValueContext) return jsonValue(context, bind, place);
  if (context instanceof tree.JsonQueryContext) return jsonQuery(context, bind, place);
  if (context instanceof tree.JsonExistsContext) return jsonExists(context, bind, place);
  if (context instanceof tree.JsonObjectContext) return jsonObject(context, bind, place);
  if (context instanceof tree.JsonArrayContext) return jsonArray(context, bind, place);
  return undefined;
}

/** Input and path of a function, both as texts. */
function invocation(context: tree.JsonPathInvocationContext, bind: Bind): { input: Expression; path: string } {
  const place = placeOf(context);
  if (context.jsonArgument().length > 0 || context.KW_AS()) unsupported('PASSING in a JSON function', place);
  const path = stringOf(context.string());
  if (!/^\s*(lax|strict)(?![a-z])/.test(path))
    refuse('SYNTAX_ERROR', 'A path starts with lax or strict, as in lax $.a', placeOf(context.string()));
  if (!readSqlPath(path)) unsupported(`the JSON path ${path}`, placeOf(context.string()));
  const input = bind(context.jsonValueExpression().expression());
  if (input.type.kind !== 'varchar' && input.type.kind !== 'json' && input.type.kind !== 'unknown') {
    refuse('TYPE_MISMATCH', `Cannot read input of type ${typeName(input.type)} as JSON`, input.place ?? place);
  }
  return { input: cast(input, input.type.kind === 'json' ? input.type : varchar()), path: quote(path) };
}

const NOT_JSON = failure('JSON_INPUT_CONVERSION_ERROR', 'conversion to JSON failed');
const PATH_ERROR = failure('PATH_EVALUATION_ERROR', 'path evaluation failed');

function jsonValue(context: tree.JsonValueContext, bind: Bind, place: Place): Expression {
  const { input, path } = invocation(context.jsonPathInvocation(), bind);
  const returning = context.type();
  const type = returning ? typeOf(returning) : varchar();
  const kind = typeName(type);
  if (!isNumeric(type) && !['varchar', 'boolean', 'date'].includes(type.kind))
    unsupported(`json_value RETURNING ${typeName(type)}`, place);
  const empty = behaviour(
    context._emptyBehavior,
    bind,
    type,
    failure('JSON_VALUE_RESULT_ERROR', 'cannot extract SQL scalar from JSON: JSON path found no items'),
  );
  const onError = behaviour(context._errorBehavior, bind, type, PATH_ERROR);
  const convert = (text: string) => (type.kind === 'varchar' ? text : `TRY_CAST(${text} AS ${duckType(type)})`);
  const parts = [input, ...(empty.value ? [empty.value] : []), ...(onError.value ? [onError.value] : [])];
  return over(
    type,
    parts,
    ([json = '', ...rest]) =>
      once([`tr_sql_json_value(${json}, ${path}, ${quote(kind)})`], ([answer = '']) => {
        const other = onError.value ? (rest.at(-1) ?? 'NULL') : onError.text;
        const notJson = onError.text === PATH_ERROR ? NOT_JSON : other;
        return `(CASE left(${answer}, 1) WHEN 'v' THEN ${convert(`substr(${answer}, 2)`)} WHEN 'e' THEN ${empty.value ? rest[0] : empty.text} WHEN 'x' THEN ${other} WHEN 'j' THEN ${notJson} END)`;
      }),
    { fallible: true, place },
  );
}

/** NULL, ERROR or DEFAULT … for one case. */
function behaviour(
  context: tree.JsonValueBehaviorContext | undefined,
  bind: Bind,
  type: Expression['type'],
  error: string,
): { text: string; value?: Expression } {
  if (context?.KW_ERROR()) return { text: error };
  const other = context?.expression();
  return other ? { text: 'NULL', value: cast(bind(other), type) } : { text: 'NULL' };
}

function jsonQuery(context: tree.JsonQueryContext, bind: Bind, place: Place): Expression {
  const { input, path } = invocation(context.jsonPathInvocation(), bind);
  const returning = context.type();
  if (returning && typeOf(returning).kind !== 'varchar') unsupported('json_query RETURNING another type than varchar', place);
  const wrapper = context.jsonQueryWrapperBehavior()?.getText().toUpperCase() ?? 'WITHOUT';
  const mode = wrapper.startsWith('WITHOUT')
    ? 'never'
    : wrapper.includes('CONDITIONAL') && !wrapper.includes('UNCONDITIONAL')
      ? 'conditional'
      : 'always';
  const quotes = context.KW_OMIT() ? 'omit' : 'keep';
  const empty = queryBehaviour(context._emptyBehavior, failure('JSON_VALUE_RESULT_ERROR', 'JSON path found no items'));
  const onError = queryBehaviour(context._errorBehavior, PATH_ERROR);
  return over(
    varchar(),
    [input],
    ([json = '']) =>
      once([`tr_sql_json_query(${json}, ${path}, '${mode} ${quotes}')`], ([answer = '']) => {
        const notJson = onError === PATH_ERROR ? NOT_JSON : onError;
        return `(CASE left(${answer}, 1) WHEN 'v' THEN substr(${answer}, 2) WHEN 'e' THEN ${empty} WHEN 'x' THEN ${onError} WHEN 'j' THEN ${notJson} END)`;
      }),
    { fallible: true, place },
  );
}

function queryBehaviour(context: tree.JsonQueryBehaviorContext | undefined, error: string): string {
  if (context?.KW_ERROR()) return error;
  if (context?.KW_EMPTY()) return context.KW_OBJECT() ? "'{}'" : "'[]'";
  return 'NULL';
}

function jsonExists(context: tree.JsonExistsContext, bind: Bind, place: Place): Expression {
  const { input, path } = invocation(context.jsonPathInvocation(), bind);
  const word = context.jsonExistsErrorBehavior()?.getText().toUpperCase() ?? 'FALSE';
  const other = word === 'ERROR' ? PATH_ERROR : word === 'UNKNOWN' ? 'NULL' : word.toLowerCase();
  return over(
    simple('boolean'),
    [input],
    ([json = '']) =>
      once(
        [`tr_sql_json_exists(${json}, ${path})`],
        ([answer = '']) =>
          `(CASE ${answer} WHEN 'v' THEN true WHEN 'e' THEN false WHEN 'x' THEN ${other} WHEN 'j' THEN ${other === PATH_ERROR ? NOT_JSON : other} END)`,
      ),
    { fallible: true, place },
  );
}

function jsonObject(context: tree.JsonObjectContext, bind: Bind, place: Place): Expression {
  if (context.KW_RETURNING() || context.KW_UNIQUE()) unsupported('json_object with RETURNING or UNIQUE KEYS', place);
  const absent = context.KW_ABSENT() !== null;
  const members = context.jsonObjectMember().map((member) => {
    const key = bind(member.expression());
    if (key.type.kind !== 'varchar')
      refuse('TYPE_MISMATCH', `JSON object keys must be character strings, not ${typeName(key.type)}`, key.place ?? place);
    return { key, value: jsonText(member.jsonValueExpression(), bind) };
  });
  const parts = members.flatMap((member) => [member.key, member.value]);
  return over(
    varchar(),
    parts,
    (sqls) => {
      const keys = members.map((_, index) => sqls[2 * index]);
      // A missing value is an empty text, which no JSON value is.
      const values = members.map((_, index) => `coalesce(${sqls[2 * index + 1]}, '${absent ? '' : 'null'}')`);
      return `tr_json_object([${keys.join(', ')}]::VARCHAR[], [${values.join(', ')}]::VARCHAR[])`;
    },
    { fallible: true, place },
  );
}

function jsonArray(context: tree.JsonArrayContext, bind: Bind, place: Place): Expression {
  if (context.KW_RETURNING()) unsupported('json_array with RETURNING', place);
  const keep = context.KW_NULL().length > 0;
  const values = context.jsonValueExpression().map((value) => jsonText(value, bind));
  return over(
    varchar(),
    values,
    (sqls) => {
      const texts = sqls.map((sql) => (keep ? `coalesce(${sql}, 'null')` : sql));
      return `('[' || array_to_string(list_filter([${texts.join(', ')}]::VARCHAR[], lambda m_: m_ IS NOT NULL), ',') || ']')`;
    },
    { place },
  );
}

/** A value as JSON text; with FORMAT JSON, or made by a JSON function itself, it is taken for JSON already. */
function jsonText(context: tree.JsonValueExpressionContext, bind: Bind): Expression {
  const value = bind(context.expression());
  if (value.type.kind === 'unknown') return literal(varchar(), 'CAST(NULL AS VARCHAR)', null);
  if (context.KW_FORMAT() || makesJson(context.expression()))
    return over(varchar(), [cast(value, varchar())], ([sql = '']) => `tr_json_parse(${sql})`, { fallible: true });
  const plain = isNumeric(value.type) || value.type.kind === 'boolean' || value.type.kind === 'varchar';
  return cast(plain ? value : cast(value, varchar()), simple('json'));
}

function makesJson(context: ParserRuleContext): boolean {
  let inner = context;
  while (inner.getChildCount() === 1 || inner instanceof tree.ParenthesizedExpressionContext) {
    const next = inner instanceof tree.ParenthesizedExpressionContext ? inner.expression() : inner.getChild(0);
    if (!next || !('getChildCount' in next)) return false;
    inner = next as ParserRuleContext;
  }
  return (
    inner instanceof tree.JsonArrayContext || inner instanceof tree.JsonObjectContext || inner instanceof tree.JsonQueryContext
  );
}
