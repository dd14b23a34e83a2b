import { cast } from './cast.ts';
import { commonType } from './coercion.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import type { Call, FunctionTable, Overload } from './function-table.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import type { Variables } from './signature.ts';
import { concrete, unify, variablesText } from './signature.ts';
import type { TrinoType } from './trino-type.ts';
import { sameType, typeName } from './trino-type.ts';

/** A lambda that waits for the types of its parameters. */
export interface LambdaSource {
  readonly parameters: number;
  readonly bind: (types: readonly TrinoType[]) => Expression;
}

/** What stands in the brackets of a call. */
export type Argument = Expression | LambdaSource;

/** A call of a scalar function by Trino's choice of signature, or Trino's refusal. */
export function callFunction(table: FunctionTable, name: string, args: readonly Argument[], place: Place): Expression {
  const overloads = table.get(name) ?? refuse('FUNCTION_NOT_FOUND', `Function '${name}' not registered`, place);
  const { overload, call } = chooseOverload(name, overloads, args, place);
  return over(call.type, call.args, (sqls) => overload.write({ ...call, sqls }), {
    fallible: overload.fallible || call.args.some((arg) => arg.fallible),
    place,
  });
}

/** The best fitting signature with its arguments coerced. */
export function chooseOverload<O extends Overload>(
  name: string,
  overloads: readonly O[],
  args: readonly Argument[],
  place: Place,
): { overload: O; call: Call } {
  let best: { overload: O; variables: Variables; cost: number } | undefined;
  for (const overload of overloads) {
    const fit = fits(overload, args);
    if (fit && (!best || fit.cost < best.cost)) best = { overload, ...fit };
  }
  if (!best) return noSignature(name, args, place);
  const isNull = (arg: Argument | undefined) => arg !== undefined && 'type' in arg && arg.type.kind === 'unknown';
  for (const indexes of best.overload.ambiguous) {
    if ([indexes].flat().every((index) => isNull(args[index]))) {
      refuse('AMBIGUOUS_FUNCTION_CALL', 'Could not choose a best candidate operator. Explicit type casts must be added.', place);
    }
  }
  return { overload: best.overload, call: complete(best.overload, args, best.variables, place) };
}

function noSignature(name: string, args: readonly Argument[], place: Place): never {
  const types = args.map((arg) => ('type' in arg ? typeName(arg.type) : '<function>')).join(', ');
  refuse('FUNCTION_NOT_FOUND', `Unexpected parameters (${types}) for function ${name}.`, place);
}

function parameterAt(overload: Overload, index: number) {
  const last = overload.parameters.length - 1;
  return overload.parameters[overload.variadic ? Math.min(index, last) : index];
}

function fits(overload: Overload, args: readonly Argument[]): { variables: Variables; cost: number } | undefined {
  const { length } = overload.parameters;
  if (overload.variadic ? args.length < length - 1 : args.length !== length) return undefined;
  const variables: Variables = new Map();
  let cost = 0;
  for (const [index, arg] of args.entries()) {
    const pattern = parameterAt(overload, index);
    if (!pattern) return undefined;
    if (!('type' in arg)) {
      if (pattern.kind !== 'function' || pattern.parameters.length !== arg.parameters) return undefined;
      continue;
    }
    const step = unify(pattern, arg.type, variables);
    if (step === undefined) return undefined;
    cost += step;
  }
  return { variables, cost };
}

function complete(overload: Overload, args: readonly Argument[], variables: Variables, place: Place): Call {
  const lambdas = bindLambdas(overload, args, variables, place);
  const coerced = args.map((arg, index) => {
    const pattern = parameterAt(overload, index);
    if (!('type' in arg)) return lambdas.get(index) as Expression;
    return pattern ? cast(arg, concrete(pattern, variables, arg.type), false, place) : arg;
  });
  const type = overload.resultType?.(coerced, place) ?? concrete(overload.returns, variables, resultHint(overload, coerced));
  return { sqls: coerced.map((arg) => arg.sql), args: coerced, type, place, variables };
}

/** Lengths and precisions of a result follow the first argument of the same kind. */
function resultHint(overload: Overload, args: readonly Expression[]): TrinoType | undefined {
  const { returns } = overload;
  if (returns.kind !== 'plain') return undefined;
  return args.find((arg) => arg.type.kind === returns.name)?.type;
}

/** Lambdas widen the variables that they return into, and are bound again until nothing changes. */
function bindLambdas(overload: Overload, args: readonly Argument[], variables: Variables, place: Place): Map<number, Expression> {
  const bound = new Map<number, Expression>();
  for (let round = 0; round < 4; round++) {
    const before = variablesText(variables);
    for (const [index, arg] of args.entries()) {
      const pattern = parameterAt(overload, index);
      if ('type' in arg || pattern?.kind !== 'function') continue;
      const lambda = arg.bind(pattern.parameters.map((parameter) => concrete(parameter, variables)));
      bound.set(index, returning(lambda, pattern.returns, variables, place));
    }
    if (variablesText(variables) === before) return bound;
  }
  return refuse('GENERIC_INTERNAL_ERROR', 'The types of a lambda and its result do not settle', place);
}

function returning(lambda: Expression, pattern: Overload['returns'], variables: Variables, place: Place): Expression {
  const role = lambda.role;
  if (role?.kind !== 'lambda') return lambda;
  // A bare NULL is no boolean, nor the type that a variable stands for already.
  const fixed =
    pattern.kind === 'plain' || (pattern.kind === 'variable' && (variables.get(pattern.name)?.kind ?? 'unknown') !== 'unknown');
  const step = fixed && role.body.type.kind === 'unknown' ? undefined : unify(pattern, role.body.type, variables);
  if (step === undefined) {
    refuse(
      'FUNCTION_NOT_FOUND',
      `A lambda returns ${typeName(role.body.type)} where ${typeName(concrete(pattern, variables))} is expected`,
      lambda.place ?? place,
    );
  }
  const wanted = concrete(pattern, variables, role.body.type);
  const type = wanted.kind === 'unknown' ? role.body.type : wanted;
  if (sameType(type, role.body.type) || !commonType(type, role.body.type)) return lambda;
  const body = cast(role.body, type);
  return over(lambda.type, [body], lambda.make, { role: { ...role, body }, place: lambda.place });
}
