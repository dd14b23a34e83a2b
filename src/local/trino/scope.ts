import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';

/** A column of a relation: its name as SQL sees it, the alias (or table name) before the dot, and its unique DuckDB column. */
export interface Field {
  readonly name?: string | undefined;
  /** From the innermost out: alias; or table, database, catalog. */
  readonly qualifiers: readonly string[];
  readonly column: string;
  readonly type: TrinoType;
}

/** What names mean at one place: the fields of FROM, and the scope around a subquery. */
export interface Scope {
  readonly id: number;
  readonly fields: readonly Field[];
  readonly parent?: Scope | undefined;
}

/** The fields that a (possibly qualified) name fits in this scope alone. */
export function fieldsNamed(scope: Scope, parts: readonly string[]): readonly Field[] {
  const name = parts.at(-1);
  const before = parts.slice(0, -1).reverse();
  return scope.fields.filter(
    (field) =>
      field.name !== undefined && same(field.name, name) && before.every((part, index) => same(field.qualifiers[index], part)),
  );
}

/** The column that a name means here or in a scope around, or undefined; refuses a name that fits two columns. */
export function resolveName(scope: Scope | undefined, parts: readonly string[], place: Place): Expression | undefined {
  for (let here = scope; here; here = here.parent) {
    const found = fieldsNamed(here, parts);
    if (found.length > 1) refuse('AMBIGUOUS_NAME', `Column '${parts.join('.')}' is ambiguous`, place);
    if (found[0]) return column(here.id, found[0], place);
  }
  return undefined;
}

/** A reference to a field. */
export function column(scope: number, field: Field, place?: Place): Expression {
  return over(field.type, [], () => field.column, { role: { kind: 'column', scope, name: field.name ?? field.column }, place });
}

function same(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && left.toLowerCase() === right.toLowerCase();
}
