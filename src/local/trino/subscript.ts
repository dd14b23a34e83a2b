import { cast } from './cast.ts';
import { canCoerce, commonType } from './coercion.ts';
import type { Expression } from './expression.ts';
import { once, over } from './expression.ts';
import { failure } from './failure.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import { isInteger, simple, typeName } from './trino-type.ts';
import { textOf } from './value-text.ts';

/** `value[index]` of an array (1-based, checked), a map (the key must be there) or a row (a literal position). */
export function subscript(value: Expression, index: Expression, place: Place): Expression {
  const { type } = value;
  if (type.kind === 'array' && (isInteger(index.type) || index.type.kind === 'unknown')) {
    const at = cast(index, simple('bigint'));
    return over(type.element, [value, at], ([list = '', i = '']) => once([list, i], ([a = '', n = '']) => element(a, n)), {
      fallible: true,
      place,
    });
  }
  if (type.kind === 'map' && (canCoerce(index.type, type.key) || commonType(index.type, type.key))) {
    const key = cast(index, type.key);
    const text = textOf(type.key);
    return over(
      type.value,
      [value, key],
      ([map = '', k = '']) =>
        once([map, k], ([m = '', n = '']) => {
          const missing = failure(
            'INVALID_FUNCTION_ARGUMENT',
            `'Key not present in map' || coalesce(': ' || ${text?.(n) ?? "''"}, '')`,
            true,
          );
          return `(CASE WHEN ${m} IS NULL OR ${n} IS NULL THEN NULL WHEN map_contains(${m}, ${n}) THEN map_extract_value(${m}, ${n}) ELSE ${missing} END)`;
        }),
      { fallible: true, place },
    );
  }
  if (type.kind === 'row' && typeof index.constant === 'bigint') {
    const position = Number(index.constant);
    const field = type.fields[position - 1];
    if (!field)
      refuse(
        'INVALID_FUNCTION_ARGUMENT',
        `Subscript index out of bounds: ${position}, max value is ${type.fields.length}`,
        place,
      );
    return over(field.type, [value], ([sql = '']) => `(${sql}).f${position}`, { place });
  }
  return refuse('TYPE_MISMATCH', `Cannot use ${typeName(index.type)} for subscript of ${typeName(type)}`, place);
}

function element(list: string, index: string): string {
  const zero = failure('INVALID_FUNCTION_ARGUMENT', 'SQL array indices start at 1');
  const low = failure('INVALID_FUNCTION_ARGUMENT', 'Array subscript is negative');
  const high = failure('INVALID_FUNCTION_ARGUMENT', 'Array subscript must be less than or equal to array length');
  return `(CASE WHEN ${index} BETWEEN 1 AND len(${list}) THEN ${list}[${index}] WHEN ${list} IS NULL OR ${index} IS NULL THEN NULL WHEN ${index} = 0 THEN ${zero} WHEN ${index} < 0 THEN ${low} ELSE ${high} END)`;
}
