import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { bindArgument } from './bind-argument.ts';
import type { SortKey } from './bind-sort.ts';
import { bindSort, sortText } from './bind-sort.ts';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { cast } from './cast.ts';
import { checkKey } from './comparison.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import { failure } from './failure.ts';
import { chooseOverload } from './function-call.ts';
import { aggregateFunctions } from './functions/aggregate-functions.ts';
import type { AggregateOverload } from './functions/aggregate-table.ts';
import { knownFunctions } from './functions/known-functions.ts';
import { windowFunctions } from './functions/window-functions.ts';
import { nameOf } from './read-names.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import { isInteger, isNumeric, typeName } from './trino-type.ts';

/** A window function or an aggregate over a window. */
export function bindWindow(name: string, context: tree.FunctionCallContext, environment: Environment): Expression {
  const place = placeOf(context);
  if (environment.inAggregate)
    refuse('NESTED_WINDOW', `Cannot nest window functions inside aggregation '${environment.inAggregate}'`, place);
  if (environment.scalarOnly)
    refuse(
      'EXPRESSION_NOT_SCALAR',
      `${environment.scalarOnly} cannot contain aggregations, window functions or grouping operations: ${name}`,
      place,
    );
  if (context.filter()) refuse('NOT_SUPPORTED', 'FILTER is not yet supported for window functions', place);
  const overloads: readonly AggregateOverload[] | undefined = windowFunctions.get(name) ?? aggregateFunctions.get(name);
  if (!overloads && knownFunctions.has(name)) unsupported(`the function ${name} over a window`, place);
  if (!overloads) refuse('FUNCTION_NOT_FOUND', `Function '${name}' not registered`, place);
  const inner: Environment = { ...environment };
  const args = context.ASTERISK() ? [] : context.expression().map((argument) => bindArgument(argument, inner));
  const { overload, call } = chooseOverload(name, overloads, args, place);
  const distinct = /^distinct$/i.test(context.setQuantifier()?.getText() ?? '');
  const window = windowOf(context.over() as ParserRuleContext, environment);
  checkRanking(name, window, place);
  const ignoreNulls = context.nullTreatment()?.KW_IGNORE() != null;
  if (context.nullTreatment() && !windowFunctions.has(name))
    refuse('NULL_TREATMENT_NOT_ALLOWED', `Cannot specify null treatment clause for ${name} function`, place);
  const inside = context.sortItem().map((item) => bindSort(item, inner));
  const keys = inside.map((item) => item.key);
  const parts = [...call.args, ...keys, ...window.partition, ...window.order.map((item) => item.key), ...window.bounds];
  const make = (sqls: readonly string[]) => {
    const [values, rest] = [sqls.slice(0, call.args.length), sqls.slice(call.args.length)];
    const order = keys.map((_, index) => sortText(rest[index] ?? '', inside[index]?.text ?? '')).join(', ');
    const over_ = window.write(rest.slice(keys.length));
    return overload.aggregate({ ...call, sqls: values }, { distinct, order, over: over_, ignoreNulls });
  };
  return over(call.type, parts, make, { role: { kind: 'window' }, fallible: true, place });
}

const RANKING = new Set(['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile', 'lag', 'lead']);

/** Functions that count positions take no frame, and those that look around need an order. */
function checkRanking(name: string, window: Window, place: Place): void {
  if (/^(lag|lead)$/.test(name) && window.order.length === 0)
    refuse('MISSING_ORDER_BY', `${name} function requires an ORDER BY window clause`, place);
  if (RANKING.has(name) && window.framed)
    refuse('INVALID_WINDOW_FRAME', `Cannot specify window frame for ${name} function`, place);
}

interface Window {
  readonly framed: boolean;
  readonly partition: readonly Expression[];
  readonly order: readonly SortKey[];
  readonly bounds: readonly Expression[];
  /** The window's text from the texts of partition, order and bounds, in this order. */
  readonly write: (sqls: readonly string[]) => string;
}

function windowOf(context: ParserRuleContext, environment: Environment): Window {
  const overContext = context as tree.OverContext;
  const specification = overContext.windowSpecification();
  if (specification) return specificationOf(specification, environment);
  return specificationOf(namedWindow(overContext.identifier() as ParserRuleContext, environment), environment);
}

function namedWindow(name: ParserRuleContext, environment: Environment): tree.WindowSpecificationContext {
  const found = environment.windows.get(nameOf(name).toLowerCase());
  if (!found) refuse('INVALID_WINDOW_REFERENCE', `Cannot resolve WINDOW name ${nameOf(name)}`, placeOf(name));
  return found as tree.WindowSpecificationContext;
}

function specificationOf(context: tree.WindowSpecificationContext, environment: Environment): Window {
  const base = context.identifier();
  const inherited = base ? specificationOf(namedWindow(base, environment), environment) : undefined;
  const partitionBy = context.partitionBy() as tree.PartitionByContext | tree.PartitionByContext[] | null;
  const own = (Array.isArray(partitionBy) ? partitionBy : partitionBy ? [partitionBy] : [])
    .flatMap((part) => part.expression())
    .map((inner) => {
      const value = environment.statement.expression(inner, environment);
      checkKey(value.type, placeOf(inner));
      return value;
    });
  const partition = own.length > 0 ? own : (inherited?.partition ?? []);
  const items = context.sortItem().map((item) => bindSort(item, environment));
  const frame = context.windowFrame();
  const order = items.length > 0 ? items : (inherited?.order ?? []);
  const { bounds, write, keys } = frame ? frameOf(frame, order, environment) : { bounds: [], write: () => '', keys: order };
  return {
    framed: frame !== null || (inherited?.framed ?? false),
    partition,
    order: keys,
    bounds,
    write: (sqls) => {
      const [first, second] = [sqls.slice(0, partition.length), sqls.slice(partition.length, partition.length + keys.length)];
      const sorted = second.map((key, index) => sortText(key, keys[index]?.text ?? ''));
      const by = first.length > 0 ? `PARTITION BY ${first.join(', ')} ` : '';
      const orderBy = sorted.length > 0 ? `ORDER BY ${sorted.join(', ')} ` : '';
      return `(${by}${orderBy}${write(sqls.slice(partition.length + keys.length))})`;
    },
  };
}

interface Frame {
  readonly bounds: readonly Expression[];
  readonly write: (sqls: readonly string[]) => string;
  readonly keys: readonly SortKey[];
}

function frameOf(context: tree.WindowFrameContext, order: readonly SortKey[], environment: Environment): Frame {
  if (context.rowPattern() || context.measureDefinition().length > 0)
    unsupported('row pattern recognition in a window', placeOf(context));
  const extent = context.frameExtent();
  const kind = (extent._frameType?.text ?? 'ROWS').toUpperCase();
  const place = placeOf(extent);
  const ends = extent.frameBound();
  const values: Expression[] = [];
  let keys = order;
  const texts = ends.map((bound): ((sqls: readonly string[]) => string) => {
    if (bound instanceof tree.CurrentRowBoundContext) return () => 'CURRENT ROW';
    if (!(bound instanceof tree.BoundedFrameContext))
      return () => `UNBOUNDED ${(bound as tree.UnboundedFrameContext)._boundType?.text ?? 'PRECEDING'}`;
    const value = environment.statement.expression(bound.expression(), environment);
    const position = values.length;
    const { expression, keys: changed } = boundValue(kind, value, keys, place);
    keys = changed;
    values.push(expression);
    return (sqls) => `${sqls[position]} ${bound._boundType?.text ?? 'PRECEDING'}`;
  });
  const write = (sqls: readonly string[]) =>
    texts.length === 2 ? `${kind} BETWEEN ${texts[0]?.(sqls)} AND ${texts[1]?.(sqls)}` : `${kind} ${texts[0]?.(sqls)}`;
  return { bounds: values, write, keys };
}

function boundValue(
  kind: string,
  value: Expression,
  keys: readonly SortKey[],
  place: Place,
): { expression: Expression; keys: readonly SortKey[] } {
  if (kind !== 'RANGE') {
    if (!isInteger(value.type))
      refuse(
        'TYPE_MISMATCH',
        `Window frame ${kind} value type must be exact numeric type with scale 0 (actual ${typeName(value.type)})`,
        value.place ?? place,
      );
    return { expression: frameSize(cast(value, { kind: 'bigint' }), kind, place), keys };
  }
  const [first, ...more] = keys;
  if (!first || more.length > 0)
    refuse('INVALID_ORDER_BY', 'Window frame of type RANGE PRECEDING or FOLLOWING requires single sort item in ORDER BY', place);
  const { type } = first.key;
  if (isNumeric(type) && isNumeric(value.type)) {
    const wide: Expression['type'] = isInteger(type) && isInteger(value.type) ? { kind: 'bigint' } : { kind: 'double' };
    return { expression: cast(value, wide), keys: [{ ...first, key: cast(first.key, wide) }] };
  }
  const temporal = type.kind === 'date' || type.kind === 'timestamp';
  if (!temporal || (value.type.kind !== 'interval_day' && value.type.kind !== 'interval_year')) {
    refuse(
      'TYPE_MISMATCH',
      `Window frame RANGE value type (${typeName(value.type)}) not compatible with sort item type (${typeName(type)})`,
      value.place ?? place,
    );
  }
  const months = value.type.kind === 'interval_year';
  const whole = (sql: string) => (type.kind === 'date' ? `(CASE WHEN ${sql} % 86400000 = 0 THEN ${sql} ELSE ${HOURS} END)` : sql);
  const expression = over(value.type, [value], ([sql = '']) =>
    months ? `to_months(CAST(${sql} AS INTEGER))` : `to_milliseconds(${whole(sql)})`,
  );
  return { expression, keys: [{ ...first, key: cast(first.key, { kind: 'timestamp', precision: 6 }) }] };
}

/** Rows or groups to go: neither NULL nor below nothing. */
function frameSize(value: Expression, kind: string, place: Place): Expression {
  const message = `Window frame ${kind} offset must not be negative or null`;
  if (typeof value.constant === 'bigint') {
    if (value.constant < 0n) refuse('INVALID_WINDOW_FRAME', message, value.place ?? place);
    return value;
  }
  const bad = failure('INVALID_WINDOW_FRAME', message);
  return over(value.type, [value], ([sql = '']) => `(CASE WHEN ${sql} >= 0 THEN ${sql} ELSE ${bad} END)`, { fallible: true });
}

const HOURS = failure('INVALID_FUNCTION_ARGUMENT', 'Cannot add hour, minutes or seconds to a date');
