import { cast } from './cast.ts';
import { commonType } from './coercion.ts';
import { duckType } from './duck-type.ts';
import type { Expression } from './expression.ts';
import { once, over } from './expression.ts';
import { failure } from './failure.ts';
import { intervalArithmetic } from './interval-arithmetic.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';
import { asDecimal, decimal, isInteger, isNumeric, typeName } from './trino-type.ts';

export type Operator = '+' | '-' | '*' | '/' | '%';

/** `left operator right` by Trino's rules: integers truncate and overflow, decimals have their own scale, dates take intervals. */
export function arithmetic(operator: Operator, left: Expression, right: Expression, place: Place): Expression {
  const [a, b] = [left.type, right.type];
  if (a.kind === 'unknown' && b.kind !== 'unknown')
    return withNull(operator, b, (peer) => arithmetic(operator, cast(left, peer), right, place), place);
  if (b.kind === 'unknown' && a.kind !== 'unknown')
    return withNull(operator, a, (peer) => arithmetic(operator, left, cast(right, peer), place), place);
  if (!isNumeric(a) || !isNumeric(b)) {
    const result = intervalArithmetic(operator, left, right, place);
    return result ?? refuse('TYPE_MISMATCH', `Cannot apply operator: ${typeName(a)} ${operator} ${typeName(b)}`, place);
  }
  const common = commonType(a, b) ?? a;
  if (common.kind === 'decimal') return decimalArithmetic(operator, left, right, place);
  const [x, y] = [cast(left, common), cast(right, common)];
  if (isInteger(common)) return integerArithmetic(operator, common, x, y, place);
  return over(common, [x, y], ([p = '', q = '']) => floating(operator, p, q, common), { place });
}

/** `-x`. */
export function negate(value: Expression, place: Place): Expression {
  if (!isNumeric(value.type) && value.type.kind !== 'interval_day' && value.type.kind !== 'interval_year') {
    refuse('TYPE_MISMATCH', `Cannot negate ${typeName(value.type)}`, place);
  }
  return over(value.type, [value], ([sql = '']) => `(-${sql})`, { fallible: true, place });
}

/** A bare NULL beside a value: Trino takes it for decimal(1,0) beside decimals, and cannot choose where intervals fit as well. */
function withNull(operator: Operator, other: TrinoType, apply: (peer: TrinoType) => Expression, place: Place): Expression {
  if (other.kind === 'date') return over(other, [], () => 'CAST(NULL AS DATE)');
  if (other.kind === 'timestamp' || other.kind === 'timestamptz' || (operator === '*' && other.kind === 'double'))
    refuse('AMBIGUOUS_FUNCTION_CALL', 'Could not choose a best candidate operator. Explicit type casts must be added.', place);
  const scaled = other.kind.startsWith('interval') && (operator === '*' || operator === '/');
  return apply(other.kind === 'decimal' ? decimal(1, 0) : scaled ? { kind: 'bigint' } : other);
}

function integerArithmetic(operator: Operator, type: TrinoType, x: Expression, y: Expression, place: Place): Expression {
  if (operator !== '/' && operator !== '%') {
    return over(type, [x, y], ([p = '', q = '']) => `(${p} ${operator} ${q})`, { fallible: true, place });
  }
  const sign = operator === '/' ? '//' : '%';
  const known = typeof y.constant === 'bigint' && y.constant !== 0n;
  const divisor = (p: string, q: string) => (known ? q : nonZero(p, q));
  return over(type, [x, y], ([p = '', q = '']) => `(${p} ${sign} ${divisor(p, q)})`, { fallible: !known || x.fallible, place });
}

/** The divisor, or the error where it is zero; NULL divided by zero is NULL all the same. */
function nonZero(dividend: string, sql: string): string {
  const zero = failure('DIVISION_BY_ZERO', 'Division by zero');
  return once(
    [dividend, sql],
    ([p = '', q = '']) => `(CASE WHEN ${q} <> 0 THEN ${q} WHEN ${q} = 0 AND ${p} IS NOT NULL THEN ${zero} END)`,
  );
}

function floating(operator: Operator, p: string, q: string, type: TrinoType): string {
  if (operator !== '%') return `(${p} ${operator} ${q})`;
  return `(CASE WHEN ${q} = 0 THEN CAST('nan' AS ${duckType(type)}) ELSE ${p} % ${q} END)`;
}

/** Result type of an operator on decimals, or undefined where the scale would exceed 38. */
function decimalResult(operator: Operator, a: Shape, b: Shape): TrinoType & { kind: 'decimal' } {
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
  const scale = Math.max(a.scale, b.scale);
  const type =
    operator === '*'
      ? decimal(a.precision + b.precision, a.scale + b.scale)
      : operator === '/'
        ? decimal(a.precision + b.scale + Math.max(b.scale - a.scale, 0), scale)
        : operator === '%'
          ? decimal(Math.min(a.precision - a.scale, b.precision - b.scale) + scale, scale)
          : decimal(whole + scale + 1, scale);
  return type as TrinoType & { kind: 'decimal' };
}

interface Shape {
  readonly precision: number;
  readonly scale: number;
}

function decimalArithmetic(operator: Operator, left: Expression, right: Expression, place: Place): Expression {
  const a = asDecimal(left.type) as Shape;
  const b = asDecimal(right.type) as Shape;
  const type = decimalResult(operator, a, b);
  if (type.scale > 38) refuse('INVALID_FUNCTION_ARGUMENT', 'DECIMAL scale must be in range [0, 38]', place);
  const [x, y] = [cast(left, decimal(a.precision, a.scale)), cast(right, decimal(b.precision, b.scale))];
  const options = { fallible: true, place };
  if (operator === '/') return over(type, [x, y], ([p = '', q = '']) => divideDecimals(p, a, q, b, type), options);
  // A remainder is narrower than what it is the remainder of.
  const wide = duckType(decimal(operator === '%' ? 38 : Math.max(type.precision, 19), type.scale));
  if (operator === '*') {
    const [wideA, wideB] = [duckType(decimal(38, a.scale)), duckType(decimal(38, b.scale))];
    return over(
      type,
      [x, y],
      ([p = '', q = '']) => `CAST(CAST(${p} AS ${wideA}) * CAST(${q} AS ${wideB}) AS ${duckType(type)})`,
      options,
    );
  }
  const divisor = (p: string, q: string) => (operator === '%' ? nonZero(p, `CAST(${q} AS ${wide})`) : `CAST(${q} AS ${wide})`);
  return over(
    type,
    [x, y],
    ([p = '', q = '']) => `CAST(CAST(${p} AS ${wide}) ${operator} ${divisor(p, q)} AS ${duckType(type)})`,
    options,
  );
}

/** Quotient of two decimals at the result's scale, rounded half away from zero, computed on whole numbers of up to 128 bits. */
export function divideDecimals(p: string, a: Shape, q: string, b: Shape, type: TrinoType & { kind: 'decimal' }): string {
  return once([p, q], ([x = '', y = '']) => {
    const shift = type.scale - a.scale + b.scale;
    const dividend = `(${unscaled(x, a)}${shift > 0 ? ` * CAST('1${'0'.repeat(shift)}' AS HUGEINT)` : ''})`;
    const divisor = unscaled(y, b);
    return once([dividend, divisor], ([n = '', d = '']) => {
      const quotient = `((abs(${n}) * 2 + abs(${d})) // (abs(${d}) * 2)) * sign(${n}) * sign(${d})`;
      const zero = failure('DIVISION_BY_ZERO', 'Division by zero');
      return `(CASE WHEN ${d} = 0 AND ${n} IS NOT NULL THEN ${zero} ELSE ${scaled(quotient, type)} END)`;
    });
  });
}

/** A decimal's digits as a whole number: 12.30 → 1230. */
export function unscaled(sql: string, shape: Shape): string {
  if (shape.scale === 0) return `CAST(${sql} AS HUGEINT)`;
  return `CAST(CAST(${sql} AS DECIMAL(38,${shape.scale})) * 1${'0'.repeat(shape.scale)} AS HUGEINT)`;
}

/** A decimal from its digits: 1230 at scale 2 → 12.30. */
export function scaled(sql: string, type: TrinoType & { kind: 'decimal' }): string {
  const whole = `CAST(${sql} AS DECIMAL(38,0))`;
  if (type.scale === 0) return `CAST(${whole} AS ${duckType(type)})`;
  const unit = `CAST('0.${'0'.repeat(type.scale - 1)}1' AS DECIMAL(${type.scale},${type.scale}))`;
  return `CAST(${whole} * ${unit} AS ${duckType(type)})`;
}
