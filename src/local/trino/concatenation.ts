import { cast } from './cast.ts';
import { canCoerce, commonType } from './coercion.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';
import { sameType, typeName, varchar } from './trino-type.ts';

/** `left || right`, and `concat` of two: texts, bytes, arrays, or an array and an element. NULL makes NULL. */
export function concatenate(left: Expression, right: Expression, place: Place): Expression {
  const [a, b] = [left.type, right.type];
  if (a.kind === 'array' || b.kind === 'array') return arrays(left, right, place);
  if (a.kind === 'unknown' || b.kind === 'unknown') return nullConcat(left, right, place);
  if (a.kind === 'varbinary' && b.kind === 'varbinary') return over(a, [left, right], join, { place });
  const char = charResult(a, b);
  if (char) return over(char, [left, right], join, { place });
  if (a.kind !== 'varchar' || b.kind !== 'varchar') noSuch([left, right], place);
  return over(varchar(), [cast(left, varchar()), cast(right, varchar())], join, { place });
}

/** A char beside a text of known length makes a char of both lengths. */
function charResult(a: TrinoType, b: TrinoType): TrinoType | undefined {
  if (a.kind !== 'char' && b.kind !== 'char') return undefined;
  const sizes = [a, b].map((type) => (type.kind === 'char' || type.kind === 'varchar' ? type.length : undefined));
  const [first, second] = sizes;
  return first === undefined || second === undefined ? undefined : { kind: 'char', length: first + second };
}

/** `concat(a, b, c, …)`. */
export function concatenateAll(parts: readonly Expression[], place: Place): Expression {
  if (parts.length < 2) refuse('INVALID_FUNCTION_ARGUMENT', 'There must be two or more concatenation arguments', place);
  const types = parts.map((part) => part.type);
  if (parts.length > 2 && types.some((type) => type.kind === 'char')) noSuch(parts, place);
  if (types.every((type) => type.kind === 'char' || type.kind === 'varchar') && types.some((type) => type.kind === 'char'))
    return concatenate(parts[0] as Expression, parts[1] as Expression, place);
  const texts = types.every((type) => type.kind === 'varchar' || type.kind === 'unknown');
  if (parts.length === 2 && types.some((type) => type.kind === 'unknown'))
    return concatenate(parts[0] as Expression, parts[1] as Expression, place);
  if (texts && types.some((type) => type.kind === 'varchar')) {
    return over(
      varchar(),
      parts.map((part) => cast(part, varchar())),
      (sqls) => `(${sqls.join(' || ')})`,
      { place },
    );
  }
  if (!types.some((type) => type.kind === 'array') && new Set(types.map((type) => type.kind)).size > 1) noSuch(parts, place);
  return parts.reduce((left, right) => concatenate(left, right, place));
}

function join([a = '', b = '']: readonly string[]): string {
  return `(${a} || ${b})`;
}

function noSuch(parts: readonly Expression[], place: Place): never {
  const types = parts.map((part) => typeName(part.type)).join(', ');
  refuse(
    'FUNCTION_NOT_FOUND',
    `Unexpected parameters (${types}) for function concat. Expected: concat(varchar), concat(array(E), E), concat(varbinary)`,
    place,
  );
}

/** With a bare NULL Trino takes the signature for arrays: the result is a NULL array. */
function nullConcat(left: Expression, right: Expression, place: Place): Expression {
  const element = left.type.kind === 'unknown' ? right.type : left.type;
  if (/^(unknown|char|varbinary)$/.test(element.kind)) ambiguous(place);
  return over({ kind: 'array', element }, [], () => 'NULL');
}

function arrays(left: Expression, right: Expression, place: Place): Expression {
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown') ambiguous(place);
  const bare = [left, right].map(({ type }) => type.kind === 'array' && type.element.kind === 'unknown');
  if (left.type.kind === 'array' && right.type.kind === 'array' && bare[0] !== bare[1]) ambiguous(place);
  const both = left.type.kind === 'array' && right.type.kind === 'array' ? commonType(left.type, right.type) : undefined;
  if (both) return over(both, [cast(left, both), cast(right, both)], ([a = '', b = '']) => whole(a, b), { place });
  const [array, element] = left.type.kind === 'array' ? [left, right] : [right, left];
  const inner = array.type.kind === 'array' ? array.type.element : element.type;
  if (!canCoerce(element.type, inner) && !sameType(element.type, inner)) {
    const wider = commonType(inner, element.type);
    if (!wider) noSuch([left, right], place);
    return arrays(
      array === left ? cast(array, { kind: 'array', element: wider }) : left,
      array === left ? right : cast(array, { kind: 'array', element: wider }),
      place,
    );
  }
  const value = cast(element, inner);
  const parts = array === left ? [array, value] : [value, array];
  return over(array.type, parts, ([a = '', b = '']) => (array === left ? whole(a, `[${b}]`) : whole(`[${a}]`, b)), { place });
}

function ambiguous(place: Place): never {
  refuse('AMBIGUOUS_FUNCTION_CALL', 'Could not choose a best candidate operator. Explicit type casts must be added.', place);
}

function whole(a: string, b: string): string {
  return `(CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN list_concat(${a}, ${b}) END)`;
}
