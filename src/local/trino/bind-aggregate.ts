import type { ParserRuleContext } from 'antlr4ng';
import type * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { bindArgument } from './bind-argument.ts';
import { bindSort, sortText } from './bind-sort.ts';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { cast } from './cast.ts';
import { checkKey } from './comparison.ts';
import type { Expression } from './expression.ts';
import { over, quote, some } from './expression.ts';
import { chooseOverload } from './function-call.ts';
import { aggregateFunctions } from './functions/aggregate-functions.ts';
import type { AggregateOverload, Modifiers } from './functions/aggregate-table.ts';
import { stringOf } from './read-names.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import { typeName, varchar } from './trino-type.ts';

/** An aggregate with its DISTINCT, ORDER BY and FILTER. */
export function bindAggregate(name: string, context: tree.FunctionCallContext, environment: Environment): Expression {
  const place = placeOf(context);
  checkPlace(name, environment, place);
  const inner: Environment = { ...environment, inAggregate: name };
  const args = context.ASTERISK() ? [] : context.expression().map((argument) => bindArgument(argument, inner));
  const distinct = /^distinct$/i.test(context.setQuantifier()?.getText() ?? '');
  const filter = filterOf(context.filter(), inner);
  const order = context.sortItem().map((item) => bindSort(item, inner));
  // In ORDER BY a name inside an aggregate may mean an output column that is an aggregate itself: Trino does not find it.
  for (const arg of args) {
    if ('type' in arg && some(arg, (part) => part.role?.kind === 'aggregate'))
      refuse('COLUMN_NOT_FOUND', `A column inside ${name} cannot be resolved`, place);
  }
  const { overload, call } = chooseOverload(name, aggregateFunctions.get(name) ?? [], args, place);
  if (distinct) for (const arg of call.args) if (arg.type.kind !== 'function') checkKey(arg.type, place);
  return aggregateExpression(
    name,
    overload,
    call.args,
    call.type,
    { distinct, filter, order: order.map((item) => item) },
    place,
    call.variables,
  );
}

/** `listagg(x, ',') WITHIN GROUP (ORDER BY …)`. */
export function bindListagg(context: tree.ListAggContext, environment: Environment): Expression {
  const place = placeOf(context);
  if (!context.KW_WITHIN()) refuse('SYNTAX_ERROR', "mismatched input. Expecting: 'WITHIN'", place);
  checkPlace('listagg', environment, place);
  if (/TRUNCATE/i.test(context.listAggOverflowBehavior()?.getText() ?? ''))
    unsupported('LISTAGG with ON OVERFLOW TRUNCATE', place);
  const inner: Environment = { ...environment, inAggregate: 'listagg' };
  const value = environment.statement.expression(context.expression(), inner);
  if (value.type.kind !== 'varchar' && value.type.kind !== 'char') {
    refuse(
      'TYPE_MISMATCH',
      `Expected expression of varchar, but '${context.expression().getText()}' has ${typeName(value.type)} type`,
      value.place ?? place,
    );
  }
  const separator = context.string();
  const between = separator ? stringOf(separator) : '';
  const overload = aggregateFunctions.get('listagg')?.[0];
  if (!overload) unsupported('LISTAGG', place);
  const order = context.sortItem().map((item) => bindSort(item, inner));
  const distinct = /^distinct$/i.test(context.setQuantifier()?.getText() ?? '');
  const separatorArg = over(varchar(), [], () => quote(between));
  return aggregateExpression(
    'listagg',
    overload,
    [cast(value, varchar()), separatorArg],
    varchar(),
    { distinct, filter: filterOf(context.filter(), inner), order },
    place,
    new Map(),
  );
}

interface Parts {
  readonly distinct: boolean;
  readonly filter: Expression | undefined;
  readonly order: readonly { readonly key: Expression; readonly text: string }[];
}

/** Builds the expression whose parts are arguments, order keys and filter, in this order. */
export function aggregateExpression(
  name: string,
  overload: AggregateOverload,
  args: readonly Expression[],
  type: Expression['type'],
  parts: Parts,
  place: Place,
  variables: ReadonlyMap<string, Expression['type']>,
): Expression {
  const all = [...args, ...parts.order.map((item) => item.key), ...(parts.filter ? [parts.filter] : [])];
  const make = (sqls: readonly string[]) => {
    const values = sqls.slice(0, args.length);
    const keys = sqls.slice(args.length, args.length + parts.order.length);
    const modifiers: Modifiers = {
      distinct: parts.distinct,
      order: keys.map((key, index) => sortText(key, parts.order[index]?.text ?? '')).join(', '),
      filter: parts.filter ? sqls.at(-1) : undefined,
    };
    return overload.aggregate({ sqls: values, args, type, place, variables: new Map(variables) }, modifiers);
  };
  return over(type, all, make, {
    role: { kind: 'aggregate', name, filtered: parts.filter !== undefined },
    fallible: true,
    place,
  });
}

function checkPlace(name: string, environment: Environment, place: Place): void {
  if (environment.inAggregate)
    refuse('NESTED_AGGREGATION', `Cannot nest aggregations inside aggregation '${environment.inAggregate}'`, place);
  if (environment.scalarOnly) {
    refuse(
      'EXPRESSION_NOT_SCALAR',
      `${environment.scalarOnly} cannot contain aggregations, window functions or grouping operations: ${name}`,
      place,
    );
  }
}

function filterOf(context: tree.FilterContext | null, environment: Environment): Expression | undefined {
  const condition = context?.whereClause();
  if (!condition) return undefined;
  const inner = condition.getChild(condition.getChildCount() - 1) as ParserRuleContext;
  const value = environment.statement.expression(inner, environment);
  if (value.type.kind !== 'boolean' && value.type.kind !== 'unknown') {
    refuse(
      'TYPE_MISMATCH',
      `FILTER clause must evaluate to a boolean: actual type ${typeName(value.type)}`,
      value.place ?? placeOf(inner),
    );
  }
  return value;
}
