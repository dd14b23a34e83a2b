import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { bindAggregate, bindListagg } from './bind-aggregate.ts';
import { bindArgument } from './bind-argument.ts';
import { nullIf } from './bind-case.ts';
import { timestampOf } from './bind-literals.ts';
import { coalesce, ifFunction } from './bind-special.ts';
import { bindWindow } from './bind-window.ts';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { concatenateAll } from './concatenation.ts';
import type { Expression } from './expression.ts';
import { literal, over, quote } from './expression.ts';
import { callFunction } from './function-call.ts';
import { aggregateFunctions } from './functions/aggregate-functions.ts';
import { knownFunctions } from './functions/known-functions.ts';
import { scalarFunctions } from './functions/scalar-functions.ts';
import { nameOf } from './read-names.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import { typeName, varchar } from './trino-type.ts';

/** A function call of any kind; undefined for any other node. */
export function bindCall(context: ParserRuleContext, environment: Environment): Expression | undefined {
  if (context instanceof tree.ListAggContext) return bindListagg(context, environment);
  if (context instanceof tree.LambdaContext) unsupported('a lambda outside of a function', placeOf(context));
  if (!(context instanceof tree.FunctionCallContext)) return undefined;
  const place = placeOf(context);
  const name = functionName(context, place);
  if (context.processingMode() || context._label) unsupported('functions of MATCH_RECOGNIZE', place);
  if (context.over()) return bindWindow(name, context, environment);
  if (aggregateFunctions.has(name)) return bindAggregate(name, context, environment);
  if (WINDOW_ONLY.has(name)) refuse('MISSING_OVER', `Window function ${name} requires an OVER clause`, place);
  if (context.filter()) refuse('FUNCTION_NOT_AGGREGATE', 'Filter is only valid for aggregation functions', place);
  if (context.setQuantifier() && /^distinct$/i.test(context.setQuantifier()?.getText() ?? '')) {
    refuse('FUNCTION_NOT_AGGREGATE', 'DISTINCT is only valid for aggregation functions', place);
  }
  return bindScalar(name, context, environment, place);
}

const WINDOW_ONLY = new Set([
  'row_number',
  'rank',
  'dense_rank',
  'percent_rank',
  'cume_dist',
  'ntile',
  'lag',
  'lead',
  'first_value',
  'last_value',
  'nth_value',
]);

function functionName(context: tree.FunctionCallContext, place: Place): string {
  const parts = context.functionName().qualifiedName().identifier().map(nameOf);
  if (parts.length > 1) refuse('FUNCTION_NOT_FOUND', `Function '${parts.join('.')}' not registered`, place);
  return (parts[0] ?? '').toLowerCase();
}

function bindScalar(name: string, context: tree.FunctionCallContext, environment: Environment, place: Place): Expression {
  const args = context.expression().map((inner) => bindArgument(inner, environment));
  const values = args.filter((arg): arg is Expression => 'type' in arg);
  if (name === 'if') return ifFunction(values, place);
  if (name === 'nullif') return nullIf(values, place);
  if (name === 'coalesce') return coalesce(values, place);
  if (name === 'concat') return concatenateAll(values, place);
  if (name === 'typeof' && values[0]) {
    const shown = typeName(values[0].type);
    // The value is computed all the same: its error is the call's.
    const { fallible } = values[0];
    const write = ([sql = '']: readonly string[]) =>
      fallible ? `(CASE WHEN ${sql} IS NULL THEN ${quote(shown)} ELSE '' || ${quote(shown)} END)` : quote(shown);
    return over(varchar(), [values[0]], write, { fallible, place });
  }
  if (name === 'now' && values.length === 0) return nowOf(environment, place);
  if (name === 'try') return tryFunction(values, place);
  if (!scalarFunctions.has(name) && knownFunctions.has(name)) unsupported(`the function ${name}`, place);
  return callFunction(scalarFunctions, name, args, place);
}

/** `now()`: the start of the query. */
function nowOf(environment: Environment, place: Place): Expression {
  return literal(
    { kind: 'timestamptz', precision: 3, zone: 'UTC' },
    timestampOf((environment.statement.startedAt / 1000n) * 1000n),
    undefined,
    place,
  );
}

function tryFunction(values: readonly Expression[], place: Place): Expression {
  const [value, ...more] = values;
  if (!value || more.length > 0) refuse('SYNTAX_ERROR', "The 'try' function must have exactly one argument", place);
  return over(value.type, [value], ([sql = '']) => (value.fallible ? `TRY(${sql})` : sql), { fallible: false, place });
}
