import { cast } from './cast.ts';
import { commonType, isComparable, isOrderable } from './coercion.ts';
import type { Expression } from './expression.ts';
import { once, over, tag } from './expression.ts';
import { failure } from './failure.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';
import { simple, typeName } from './trino-type.ts';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** `left operator right` as a boolean; refuses types that Trino does not compare. */
export function compare(operator: Comparison, left: Expression, right: Expression, place: Place): Expression {
  const common = commonType(left.type, right.type);
  const [shown, first, second] = operator.startsWith('>') ? [operator.replace('>', '<'), right, left] : [operator, left, right];
  const fits = common && (operator === '=' || operator === '<>' ? isComparable(common) : isOrderable(common));
  if (!common || !fits) {
    refuse('TYPE_MISMATCH', `Cannot apply operator: ${typeName(first.type)} ${shown} ${typeName(second.type)}`, place);
  }
  const [a, b] = [cast(left, common), cast(right, common)];
  return over(simple('boolean'), [a, b], ([x = '', y = '']) => comparisonText(operator, common, x, y, a, b), {
    place,
    role: operator === '=' ? { kind: 'equality' } : undefined,
  });
}

/** `IS [NOT] DISTINCT FROM`, which NULL and NaN take as values. */
export function distinctFrom(left: Expression, right: Expression, not: boolean, place: Place): Expression {
  const common = commonType(left.type, right.type);
  if (!common || !isComparable(common)) {
    refuse('TYPE_MISMATCH', `Cannot apply operator: ${typeName(left.type)} IS DISTINCT FROM ${typeName(right.type)}`, place);
  }
  const key = (sql: string) => sortKey(common, sql);
  const word = not ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM';
  return over(
    simple('boolean'),
    [cast(left, common), cast(right, common)],
    ([x = '', y = '']) => `(${key(x)} ${word} ${key(y)})`,
    { place },
  );
}

/** What DuckDB compares, groups and orders by for a value of the type. */
export function sortKey(type: TrinoType, sql: string): string {
  if (type.kind === 'timestamptz' && type.zone === undefined) return `(${sql}).t`;
  return sql;
}

/** Refuses to group, deduplicate or join by values whose zones differ, since DuckDB would tell equal instants apart. */
export function checkKey(type: TrinoType, place: Place): void {
  if (!isComparable(type))
    refuse('TYPE_MISMATCH', `${typeName(type)} is not comparable, and therefore cannot be used in GROUP BY or DISTINCT`, place);
  if (JSON.stringify(type).includes('"timestamptz"') && hasOwnZones(type)) {
    unsupported('grouping by timestamps whose time zones differ', place);
  }
}

function hasOwnZones(type: TrinoType): boolean {
  if (type.kind === 'timestamptz') return type.zone === undefined;
  if (type.kind === 'array') return hasOwnZones(type.element);
  if (type.kind === 'map') return hasOwnZones(type.key) || hasOwnZones(type.value);
  return type.kind === 'row' && type.fields.some((field) => hasOwnZones(field.type));
}

/** The text of `x operator y` for two values of one type. */
export function comparisonText(
  operator: Comparison,
  type: TrinoType,
  x: string,
  y: string,
  a?: Expression,
  b?: Expression,
): string {
  if (operator === '=') return equalText(type, x, y, a, b);
  if (operator === '<>') return isPlain(type) ? `(${x} <> ${y})` : `(NOT ${equalText(type, x, y, a, b)})`;
  if (type.kind === 'array' || type.kind === 'row') return nestedOrder(operator, type, x, y);
  const plain = `(${sortKey(type, x)} ${operator} ${sortKey(type, y)})`;
  if (type.kind !== 'double' && type.kind !== 'real') return plain;
  // DuckDB takes NaN as the largest number; for Trino every comparison with it is false.
  const [side, known, other] = operator.startsWith('>') ? [x, a, y] : [y, b, x];
  const number = typeof known?.constant === 'number' || typeof known?.constant === 'bigint';
  return number ? plain : `(${plain} AND (NOT isnan(${side}) OR ${other} IS NULL))`;
}

/** Trino refuses to order arrays and rows whose NULLs decide; DuckDB would take NULL as the largest value. */
function nestedOrder(operator: Comparison, type: TrinoType & { kind: 'array' | 'row' }, x: string, y: string): string {
  return once([x, y], ([a = '', b = '']) => {
    const empty = (side: string) => holdsNull(type, side);
    const gap = failure('UNSUPPORTED_LOCALLY', 'Ordering arrays or rows that hold NULL');
    return `(CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN ${empty(a)} OR ${empty(b)} THEN ${gap} ELSE ${a} ${operator} ${b} END)`;
  });
}

/** Whether an array has a NULL element, or a row a NULL field. */
export function holdsNull(type: TrinoType & { kind: 'array' | 'row' }, sql: string): string {
  return type.kind === 'array'
    ? `len(list_filter(${sql}, lambda n${tag(sql)}: n${tag(sql)} IS NULL)) > 0`
    : `(${type.fields.map((_, index) => `(${sql}).f${index + 1} IS NULL`).join(' OR ')})`;
}

function isPlain(type: TrinoType): boolean {
  return !['double', 'real', 'array', 'map', 'row', 'timestamptz'].includes(type.kind);
}

function equalText(type: TrinoType, x: string, y: string, a?: Expression, b?: Expression): string {
  if (type.kind === 'double' || type.kind === 'real') {
    const known = [a, b].some((side) => typeof side?.constant === 'number' || typeof side?.constant === 'bigint');
    return known ? `(${x} = ${y})` : `(${x} = ${y} AND (NOT isnan(${x}) OR ${y} IS NULL))`;
  }
  if (type.kind === 'array') return once([x, y], ([p = '', q = '']) => arraysEqual(type.element, p, q));
  if (type.kind === 'row') return once([x, y], ([p = '', q = '']) => rowsEqual(type, p, q));
  if (type.kind === 'map') return once([x, y], ([p = '', q = '']) => mapsEqual(type, p, q));
  return `(${sortKey(type, x)} = ${sortKey(type, y)})`;
}

function rowsEqual(type: TrinoType & { kind: 'row' }, x: string, y: string): string {
  const parts = type.fields.map((field, index) => equalText(field.type, `(${x}).f${index + 1}`, `(${y}).f${index + 1}`));
  return `(CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN ${parts.join(' AND ')} END)`;
}

function arraysEqual(element: TrinoType, x: string, y: string): string {
  const i = `i${tag(x + y)}`;
  const each = `list_transform(range(1, len(${x}) + 1), lambda ${i}: ${equalText(element, `${x}[${i}]`, `${y}[${i}]`)})`;
  return `(CASE WHEN len(${x}) <> len(${y}) THEN false WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN ${allTrue(each)} END)`;
}

function mapsEqual(type: TrinoType & { kind: 'map' }, x: string, y: string): string {
  const e = `e${tag(x + y)}`;
  const value = equalText(type.value, `${e}.value`, `map_extract_value(${y}, ${e}.key)`);
  const each = `list_transform(map_entries(${x}), lambda ${e}: CASE WHEN NOT map_contains(${y}, ${e}.key) THEN false ELSE ${value} END)`;
  return `(CASE WHEN cardinality(${x}) <> cardinality(${y}) THEN false WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN ${allTrue(each)} END)`;
}

/** AND over a list of booleans, with SQL's NULL. */
export function allTrue(list: string): string {
  const b = `b${tag(list)}`;
  return once(
    [list],
    ([all = '']) =>
      `(CASE WHEN NOT list_bool_and(${all}) THEN false WHEN len(list_filter(${all}, lambda ${b}: ${b} IS NULL)) > 0 THEN NULL ELSE true END)`,
  );
}

/** OR over a list of booleans, with SQL's NULL. */
export function anyTrue(list: string): string {
  const b = `b${tag(list)}`;
  return once(
    [list],
    ([all = '']) =>
      `(CASE WHEN list_bool_or(${all}) THEN true WHEN len(list_filter(${all}, lambda ${b}: ${b} IS NULL)) > 0 THEN NULL ELSE false END)`,
  );
}
