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
  if (a.kind === 'unknown' || b.kind === 'unknown') return nullConcat(left, right);
  if (a.kind === 'varbinary' && b.kind === 'varbinary') return over(a, [left, right], join, { place });
  if (a.kind === 'char' && b.kind === 'char')
    return over({ kind: 'char', length: a.length + b.length }, [left, right], join, { place });
  if (!isText(a) || !isText(b)) noSuch([left, right], place);
  return over(varchar(), [cast(left, varchar()), cast(right, varchar())], join, { place });
}

/** `concat(a, b, c, …)`. */
export function concatenateAll(parts: readonly Expression[], place: Place): Expression {
  if (parts.length < 2) refuse('INVALID_FUNCTION_ARGUMENT', 'There must be two or more concatenation arguments', place);
  const types = parts.map((part) => part.type);
  const texts = types.every((type) => isText(type) || type.kind === 'unknown');
  if (parts.length === 2 && types.some((type) => type.kind === 'unknown'))
    return concatenate(parts[0] as Expression, parts[1] as Expression, place);
  if (texts && types.some(isText)) {
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

function isText(type: TrinoType): boolean {
  return type.kind === 'varchar' || type.kind === 'char';
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
function nullConcat(left: Expression, right: Expression): Expression {
  const element = left.type.kind === 'unknown' ? right.type : left.type;
  return over({ kind: 'array', element }, [], () => 'NULL');
}

function arrays(left: Expression, right: Expression, place: Place): Expression {
  if (left.type.kind === 'unknown' || right.type.kind === 'unknown') {
    refuse('AMBIGUOUS_FUNCTION_CALL', 'Could not choose a best candidate operator. Explicit type casts must be added.', place);
  }
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

function whole(a: string, b: string): string {
  return `(CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN list_concat(${a}, ${b}) END)`;
}
