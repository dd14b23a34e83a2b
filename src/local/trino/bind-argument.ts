import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import type { Argument } from './function-call.ts';
import { lambdaName, lambdaText } from './lambda-text.ts';
import { nameOf } from './read-names.ts';
import type { TrinoType } from './trino-type.ts';
import { simple } from './trino-type.ts';

/** A value, or a lambda that waits for its parameters' types. */
export function bindArgument(context: ParserRuleContext, environment: Environment): Argument {
  const lambda = lambdaOf(context);
  if (!lambda) return environment.statement.expression(context, environment);
  const names = lambda.identifier().map((identifier) => nameOf(identifier).toLowerCase());
  return { parameters: names.length, bind: (types) => bindLambda(lambda, names, types, environment) };
}

function bindLambda(
  context: tree.LambdaContext,
  names: readonly string[],
  types: readonly TrinoType[],
  environment: Environment,
): Expression {
  const parameters = names.map(() => lambdaName(Number(environment.statement.next('l').slice(1))));
  const lambdas = new Map(environment.lambdas);
  for (const [index, name] of names.entries()) {
    const sql = parameters[index] as string;
    lambdas.set(
      name,
      over(types[index] ?? simple('unknown'), [], () => sql),
    );
  }
  const body = environment.statement.expression(context.expression(), {
    ...environment,
    lambdas,
    scalarOnly: environment.scalarOnly ?? 'Lambda expression',
  });
  return over({ kind: 'function', parameters: names.length }, [body], ([sql = '']) => lambdaText(parameters, sql), {
    role: { kind: 'lambda', parameters, body },
    place: placeOf(context),
  });
}

function lambdaOf(context: ParserRuleContext): tree.LambdaContext | undefined {
  let inner: ParserRuleContext = context;
  while (!(inner instanceof tree.LambdaContext)) {
    const only = inner.getChildCount() === 1 ? inner.getChild(0) : undefined;
    if (!only || !('getChildCount' in only)) return undefined;
    inner = only as ParserRuleContext;
  }
  return inner;
}
