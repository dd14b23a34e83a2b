import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { Aggregation, isAggregated } from './aggregation.ts';
import { groupingOf } from './bind-grouping.ts';
import { nameParts } from './bind-names.ts';
import { checkBoolean } from './bind-operators.ts';
import { bindFrom } from './bind-relation.ts';
import { directionOf, orderable, sortExpression } from './bind-sort.ts';
import type { Tail } from './bind-tail.ts';
import { cut, names, ordinalOf } from './bind-tail.ts';
import type { BoundQuery, Ctes, Environment, Statement } from './binder.ts';
import { placeOf } from './binder.ts';
import { checkKey } from './comparison.ts';
import { readsOf } from './correlation.ts';
import type { Expression } from './expression.ts';
import { over, rewrite, sameText, some } from './expression.ts';
import { nameOf } from './read-names.ts';
import { refuse } from './refusal.ts';
import type { Field, Scope } from './scope.ts';
import { column } from './scope.ts';

/** One output column. */
export interface SelectItem {
  readonly name?: string | undefined;
  readonly value: Expression;
}

/** SELECT … FROM … WHERE … GROUP BY … HAVING … with the ORDER BY and LIMIT that follow it, level by level. */
export function bindSpecification(
  context: tree.QuerySpecificationContext,
  tail: Tail,
  statement: Statement,
  outer: Scope | undefined,
  ctes: Ctes,
): BoundQuery {
  const from = bindFrom(context.relation(), statement, outer, ctes);
  const { scope } = from;
  const windows = windowsOf(context);
  const environment: Environment = { statement, scope, ctes, lambdas: new Map(), windows };
  const where = conditionOf(context.whereClause(), { ...environment, scalarOnly: 'WHERE clause' }, 'WHERE clause');
  const items = selectItems(context.selectList(), environment);
  const grouping = groupingOf(context.groupBy(), items, environment);
  const having = conditionOf(context.havingClause(), environment, 'HAVING clause');
  const distinct = /^distinct$/i.test(context.setQuantifier()?.getText() ?? '');
  const order = orderOf(tail, items, environment, distinct);
  const chosen = items.map((item) => item.value);
  const reads =
    outer &&
    readsOf({
      scope,
      tables: from.reads,
      tableCount: context.relation().length,
      conditions: where ? [...from.conditions, where] : from.conditions,
      values: chosen,
      having,
      keys: grouping?.keys,
      aggregated: chosen.some(isAggregated) || having !== undefined,
      distinct,
      tail,
    });
  let level = `FROM ${from.sql}${where ? ` WHERE ${where.sql}` : ''}`;
  let values: readonly Expression[] = [...items.map((item) => item.value), ...order.map((item) => item.key)];
  if (grouping || having || values.some(isAggregated)) {
    const aggregation = new Aggregation(statement, scope, grouping);
    const lowered = having ? aggregation.lower(having) : undefined;
    values = values.map((value) => aggregation.lower(value));
    level = `FROM (${aggregation.sql(level)}) g${lowered ? ` WHERE ${lowered.sql}` : ''}`;
  }
  const windowed = lowerWindows(values, statement);
  if (windowed.columns.length > 0) level = `FROM (SELECT *, ${windowed.columns.join(', ')} ${level}) w`;
  return { ...output(items, windowed.values, order, tail, distinct, level, statement), reads };
}

function windowsOf(context: tree.QuerySpecificationContext): ReadonlyMap<string, ParserRuleContext> {
  const windows = new Map<string, ParserRuleContext>();
  for (const definition of context.windowDefinition()) {
    const name = nameOf(definition.identifier()).toLowerCase();
    if (windows.has(name)) refuse('DUPLICATE_WINDOW_NAME', `WINDOW name '${name}' specified more than once`, placeOf(definition));
    windows.set(name, definition.windowSpecification() as ParserRuleContext);
  }
  return windows;
}

function conditionOf(clause: ParserRuleContext | null, environment: Environment, word: string): Expression | undefined {
  if (!clause) return undefined;
  const inner = clause.getChild(clause.getChildCount() - 1) as ParserRuleContext;
  const value = environment.statement.expression(inner, environment);
  checkBoolean(value, word, value.place ?? placeOf(inner));
  if (some(value, (part) => part.role?.kind === 'window'))
    refuse('NESTED_WINDOW', `${word} cannot contain window functions or row pattern measures`, placeOf(inner));
  return value;
}

function selectItems(list: tree.SelectListContext, environment: Environment): SelectItem[] {
  return list.selectItem().flatMap((item) => selectItem(item, environment));
}

function selectItem(item: tree.SelectItemContext, environment: Environment): SelectItem[] {
  const { scope } = environment;
  const place = placeOf(item);
  if (item.selectAllWithoutTable()) {
    if (!scope || scope.fields.length === 0)
      refuse('COLUMN_NOT_FOUND', 'SELECT * not allowed in queries without FROM clause', place);
    return scope.fields.map((field) => ({ name: field.name, value: column(scope.id, field, place) }));
  }
  const all = item.tableAllColumns();
  if (all) return starOf(all, item, environment);
  const literal = item.selectLiteralColumnName();
  const inner = literal ? literal.columnRef() : (item.selectExpressionColumnName()?.expression() as ParserRuleContext);
  const value = environment.statement.expression(inner, environment);
  const alias = item.identifier();
  return [{ name: alias ? nameOf(alias) : impliedName(inner), value }];
}

function starOf(all: tree.TableAllColumnsContext, item: tree.SelectItemContext, environment: Environment): SelectItem[] {
  const { scope } = environment;
  const parts = nameParts(all.primaryExpression());
  const aliases = item.columnAliases()?.identifier().map(nameOf);
  const wanted = parts?.map((part) => part.toLowerCase()).reverse();
  const fields =
    scope?.fields.filter((field) => wanted?.every((part, index) => field.qualifiers[index]?.toLowerCase() === part)) ?? [];
  if (scope && wanted && fields.length > 0) {
    return fields.map((field, index) => ({
      name: aliases?.[index] ?? field.name,
      value: column(scope.id, field, placeOf(item)),
    }));
  }
  const row = environment.statement.expression(all.primaryExpression(), environment);
  if (row.type.kind !== 'row') return refuse('TYPE_MISMATCH', 'expected expression of type Row', placeOf(item));
  return row.type.fields.map((field, index) => ({
    name: aliases?.[index] ?? field.name,
    value: over(field.type, [row], ([sql = '']) => `(${sql}).f${index + 1}`),
  }));
}

/** A plain column or field keeps its name. */
function impliedName(context: ParserRuleContext): string | undefined {
  let inner = context;
  while (
    !(
      inner instanceof tree.ColumnReferenceContext ||
      inner instanceof tree.DereferenceContext ||
      inner instanceof tree.ColumnRefContext
    )
  ) {
    const only = inner.getChildCount() === 1 ? inner.getChild(0) : undefined;
    if (!only || !('getChildCount' in only)) return undefined;
    inner = only as ParserRuleContext;
  }
  return nameParts(inner)?.at(-1);
}

interface OrderItem {
  readonly key: Expression;
  readonly text: string;
}

function orderOf(tail: Tail, items: readonly SelectItem[], environment: Environment, distinct: boolean): OrderItem[] {
  const outputs = new Map<string, Expression | 'ambiguous'>();
  for (const item of items) {
    const name = item.name?.toLowerCase();
    if (name === undefined) continue;
    const known = outputs.get(name);
    outputs.set(name, known && known !== 'ambiguous' && known.sql !== item.value.sql ? 'ambiguous' : item.value);
  }
  const chosen = new Set(items.map((item) => sameText(item.value.sql)));
  return tail.order.map((item) => {
    const ordinal = ordinalOf(item, items.length);
    const value =
      ordinal === undefined ? sortExpression(item, { ...environment, outputs }) : (items[ordinal]?.value as Expression);
    if (distinct && !chosen.has(sameText(value.sql))) {
      refuse('EXPRESSION_NOT_IN_DISTINCT', 'For SELECT DISTINCT, ORDER BY expressions must appear in select list', placeOf(item));
    }
    return { key: orderable(value, item), text: directionOf(item) };
  });
}

/** Gives every window function a column of its own below the select list. */
function lowerWindows(values: readonly Expression[], statement: Statement): { values: readonly Expression[]; columns: string[] } {
  const columns = new Map<string, { sql: string; reference: Expression }>();
  const lower = (value: Expression): Expression =>
    rewrite(value, (part) => {
      if (part.role?.kind !== 'window') return undefined;
      if (part.parts.some((inner) => some(inner, (deep) => deep.role?.kind === 'window'))) {
        refuse('NESTED_WINDOW', 'Cannot nest window functions or row pattern measures inside window function', part.place);
      }
      const key = sameText(part.sql);
      const name = columns.get(key)?.reference.sql ?? statement.next('c');
      const reference = over(part.type, [], () => name, { place: part.place });
      columns.set(key, { sql: `${part.sql} AS ${name}`, reference });
      return reference;
    });
  return { values: values.map(lower), columns: [...columns.values()].map((entry) => entry.sql) };
}

function output(
  items: readonly SelectItem[],
  values: readonly Expression[],
  order: readonly OrderItem[],
  tail: Tail,
  distinct: boolean,
  level: string,
  statement: Statement,
): BoundQuery {
  const chosen = values.slice(0, items.length);
  const fields = chosen.map((value, index): Field => {
    if (distinct) checkKey(value.type, value.place ?? { line: 1, column: 1 });
    return { name: items[index]?.name, qualifiers: [], column: statement.next('c'), type: value.type };
  });
  const texts = new Map(chosen.map((value, index) => [value.sql, fields[index]?.column ?? '']));
  const extra: string[] = [];
  const keys = order.map((item, index) => {
    const value = values[items.length + index] as Expression;
    const known = texts.get(value.sql);
    const name = known ?? statement.next('c');
    if (known === undefined) extra.push(`${value.sql} AS ${name}`);
    return { key: over(value.type, [], () => name), text: item.text };
  });
  const list = [...chosen.map((value, index) => `${selected(value)} AS ${fields[index]?.column}`), ...extra].join(', ');
  const select = `SELECT ${distinct ? 'DISTINCT ' : ''}${list} ${level}`;
  const plain = keys.length === 0 && tail.limit === undefined && tail.offset === undefined;
  return { sql: plain ? select : cut(`SELECT ${names(fields)} FROM (${select}) q`, keys, tail, fields), fields };
}

function selected(value: Expression): string {
  return value.type.kind === 'unknown' ? `CAST(${value.sql} AS INTEGER)` : value.sql;
}
