import type { Place } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';

/**
 * A typed expression that knows its DuckDB text. `make` writes that text from the texts of its parts, so that a part can
 * be replaced (a group key, an aggregate's result) and the text written anew.
 */
export interface Expression {
  readonly type: TrinoType;
  readonly sql: string;
  readonly parts: readonly Expression[];
  readonly make: (sqls: readonly string[]) => string;
  readonly role?: Role | undefined;
  /** A literal's value; NULL is null. */
  readonly constant?: string | number | bigint | boolean | null | undefined;
  /** May raise an error for some values: decides whether AND and CASE must keep their order. */
  readonly fallible: boolean;
  readonly place?: Place | undefined;
}

/** What an expression is besides a value of its parts. */
export type Role =
  | { readonly kind: 'column'; readonly scope: number; readonly name: string }
  | { readonly kind: 'aggregate'; readonly name: string; readonly filtered?: boolean }
  /** AND of its parts; `=` of its parts. */
  | { readonly kind: 'conjunction' | 'equality' }
  | { readonly kind: 'window' }
  | { readonly kind: 'subquery'; readonly outer: readonly Expression[] }
  | { readonly kind: 'lambda'; readonly parameters: readonly string[]; readonly body: Expression }
  | { readonly kind: 'grouping' };

/** An expression over parts. */
export function over(
  type: TrinoType,
  parts: readonly Expression[],
  make: (sqls: readonly string[]) => string,
  more: Partial<Pick<Expression, 'role' | 'constant' | 'fallible' | 'place'>> = {},
): Expression {
  return {
    type,
    parts,
    make,
    sql: make(parts.map((part) => part.sql)),
    fallible: parts.some((part) => part.fallible),
    ...more,
  };
}

/** A literal with its DuckDB text. */
export function literal(type: TrinoType, sql: string, constant: Expression['constant'], place?: Place): Expression {
  return { type, sql, parts: [], make: () => sql, constant, fallible: false, place };
}

/** The same expression with every part for which `replace` has an answer replaced, top-down. */
export function rewrite(expression: Expression, replace: (part: Expression) => Expression | undefined): Expression {
  const replaced = replace(expression);
  if (replaced) return replaced;
  const parts = expression.parts.map((part) => rewrite(part, replace));
  if (parts.every((part, index) => part === expression.parts[index])) return expression;
  return { ...expression, parts, sql: expression.make(parts.map((part) => part.sql)) };
}

/** Whether the expression or any of its parts satisfies the test. */
export function some(expression: Expression, test: (part: Expression) => boolean): boolean {
  return test(expression) || expression.parts.some((part) => some(part, test));
}

/** A DuckDB text literal. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Writes a text that uses its operands several times without writing (and computing) a long operand more than once. */
export function once(sqls: readonly string[], write: (names: readonly string[]) => string): string {
  if (sqls.every((sql) => sql.length <= SHORT)) return write(sqls);
  const id = `o${tag(sqls.join())}`;
  const names = sqls.map((sql, index) => (sql.length > SHORT ? `${id}.f${index}` : sql));
  const fields = sqls.flatMap((sql, index) => (sql.length > SHORT ? [`'f${index}': ${sql}`] : []));
  return `list_transform([{${fields.join(', ')}}], lambda ${id}: ${write(names)})[1]`;
}

const SHORT = 60;

/** A short name made of a text: equal texts, whatever their lambdas' parameters are called, give equal names, so that equal expressions have equal DuckDB texts. */
export function tag(source: string): string {
  const text = sameText(source);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return `${hash.toString(36)}_${text.length}`;
}

/** The text that tells whether two expressions are the same: names of lambda parameters do not count. */
export function sameText(sql: string): string {
  if (!sql.includes('λ')) return sql;
  const names = new Map<string, string>();
  return sql.replace(/λ\d+x[0-9a-f]+/g, (name) => {
    const known = names.get(name) ?? `λ${names.size}`;
    names.set(name, known);
    return known;
  });
}
