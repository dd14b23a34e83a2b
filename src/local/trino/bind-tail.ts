import type { ParserRuleContext } from 'antlr4ng';
import type { QueryNoWithContext, SortItemContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { directionOf, orderable, sortExpression, sortText } from './bind-sort.ts';
import type { BoundQuery, Ctes, Environment, Statement } from './binder.ts';
import { placeOf } from './binder.ts';
import type { Expression } from './expression.ts';
import { refuse, unsupported } from './refusal.ts';
import type { Field, Scope } from './scope.ts';
import { column } from './scope.ts';

/** What follows a query: ORDER BY, OFFSET, LIMIT or FETCH. */
export interface Tail {
  readonly order: readonly SortItemContext[];
  readonly offset?: bigint | undefined;
  readonly limit?: bigint | undefined;
  readonly ties?: boolean;
}

/** Reads the tail of a query. */
export function tailOf(context: QueryNoWithContext): Tail {
  const ties = context.KW_TIES() !== null;
  const offset = context._offset ? count(context._offset) : undefined;
  const fetch = context.KW_FETCH() ? (context._fetchFirst ? count(context._fetchFirst) : 1n) : undefined;
  const limit = context._limit ? count(context._limit) : undefined;
  if (ties && context.sortItem().length === 0)
    refuse('MISSING_ORDER_BY', 'FETCH FIRST WITH TIES clause requires ORDER BY', placeOf(context));
  if (ties && offset !== undefined) unsupported('OFFSET with FETCH … WITH TIES', placeOf(context));
  return { order: context.sortItem(), offset, limit: fetch ?? limit, ties };
}

function count(context: ParserRuleContext): bigint | undefined {
  const text = context.getText();
  if (/^all$/i.test(text)) return undefined;
  if (!/^\d+$/.test(text)) unsupported('a row count that is not a number', placeOf(context));
  return BigInt(text);
}

/** Orders and cuts a query that is a whole already (a set operation, VALUES): ORDER BY sees only its columns. */
export function finish(query: BoundQuery, tail: Tail, statement: Statement, outer: Scope | undefined, ctes: Ctes): BoundQuery {
  if (tail.order.length === 0 && tail.limit === undefined && tail.offset === undefined) return query;
  const scope: Scope = { id: Number(statement.next('s').slice(1)), fields: query.fields, parent: outer };
  const environment: Environment = {
    statement,
    scope,
    ctes,
    lambdas: new Map(),
    windows: new Map(),
    scalarOnly: 'ORDER BY clause',
  };
  const keys = tail.order.map((item) => {
    const ordinal = ordinalOf(item, query.fields.length);
    const field = ordinal === undefined ? undefined : query.fields[ordinal];
    const key = field ? column(scope.id, field) : sortExpression(item, environment);
    return { key: orderable(key, item), text: directionOf(item) };
  });
  return { ...query, sql: cut(`SELECT ${names(query.fields)} FROM (${query.sql}) q`, keys, tail, query.fields) };
}

/** The text with ORDER BY and LIMIT; ties are counted by rank. */
export function cut(
  select: string,
  keys: readonly { key: Expression; text: string }[],
  tail: Tail,
  fields: readonly Field[],
): string {
  const order = keys.map((item) => sortText(item.key.sql, item.text)).join(', ');
  if (tail.ties) {
    const ranked = `${select} QUALIFY rank() OVER (ORDER BY ${order}) <= ${tail.limit}`;
    return `${ranked} ORDER BY ${order}`;
  }
  const orderBy = order ? ` ORDER BY ${order}` : '';
  const limit = tail.limit === undefined ? '' : ` LIMIT ${tail.limit}`;
  const offset = tail.offset === undefined ? '' : ` OFFSET ${tail.offset}`;
  return fields.length > 0 ? `${select}${orderBy}${limit}${offset}` : select;
}

/** Zero-based position that an integer in ORDER BY or GROUP BY means, or undefined where it is an expression. */
export function ordinalOf(item: ParserRuleContext, columns: number, clause = 'ORDER BY'): number | undefined {
  const first = item.getChild(0);
  const text = first?.getText() ?? '';
  if (!/^\d+$/.test(text)) return undefined;
  const position = Number(text);
  if (position < 1 || position > columns)
    refuse('INVALID_COLUMN_REFERENCE', `${clause} position ${position} is not in select list`, placeOf(item));
  return position - 1;
}

/** The columns of fields as a select list. */
export function names(fields: readonly Field[]): string {
  return fields.map((field) => field.column).join(', ');
}
