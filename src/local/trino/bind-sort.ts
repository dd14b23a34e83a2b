import type { ParserRuleContext } from 'antlr4ng';
import type { SortItemContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { bindName } from './bind-names.ts';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { isOrderable } from './coercion.ts';
import { sortKey } from './comparison.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import { refuse } from './refusal.ts';
import { typeName } from './trino-type.ts';

/** One key to sort by and its direction as DuckDB writes it. NULL comes last unless said otherwise. */
export interface SortKey {
  readonly key: Expression;
  readonly text: string;
}

/** An item of ORDER BY inside an aggregate or a window. */
export function bindSort(item: SortItemContext, environment: Environment): SortKey {
  const key = sortExpression(item, environment);
  return { key: orderable(key, item), text: directionOf(item) };
}

/** The expression of a sort item. */
export function sortExpression(item: SortItemContext, environment: Environment): Expression {
  const name = item.columnRef();
  if (name) return bindName(name, environment);
  return environment.statement.expression(item.expression() as ParserRuleContext, environment);
}

/** `DESC NULLS LAST` and the like. */
export function directionOf(item: SortItemContext): string {
  return `${item.KW_DESC() ? 'DESC' : 'ASC'} NULLS ${item.KW_FIRST() ? 'FIRST' : 'LAST'}`;
}

/** The key in the form that DuckDB sorts by; refuses maps, json and functions as Trino does. */
export function orderable(key: Expression, item: ParserRuleContext): Expression {
  if (!isOrderable(key.type)) {
    refuse(
      'TYPE_MISMATCH',
      `Type ${typeName(key.type)} is not orderable, and therefore cannot be used in ORDER BY`,
      key.place ?? placeOf(item),
    );
  }
  if (sortKey(key.type, 'x') === 'x') return key;
  return over({ kind: 'timestamp', precision: 6 }, [key], ([sql = '']) => sortKey(key.type, sql));
}

/** A key's text with its direction. */
export function sortText(key: string, direction: string): string {
  return `${key} ${direction}`;
}
