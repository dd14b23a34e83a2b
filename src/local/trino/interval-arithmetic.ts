import { cast, toPrecision } from './cast.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import { failure } from './failure.ts';
import type { Place } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';
import { isInteger, isNumeric, simple } from './trino-type.ts';
import { instantOf, localOf, toInstant } from './zone.ts';

/** Arithmetic with dates, times and intervals; undefined where Trino has no such operator. */
export function intervalArithmetic(operator: string, left: Expression, right: Expression, place: Place): Expression | undefined {
  if (isInterval(left.type) && isInterval(right.type)) return betweenIntervals(operator, left, right, place);
  if (isInterval(left.type) && isNumeric(right.type)) return scaleInterval(operator, left, right, place);
  if (isNumeric(left.type) && isInterval(right.type) && operator === '*') return scaleInterval('*', right, left, place);
  if (isInterval(right.type) && (operator === '+' || operator === '-')) return shift(operator, left, right, place);
  if (isInterval(left.type) && operator === '+') return shift('+', right, left, place);
  if (operator === '-') return difference(left, right, place);
  return undefined;
}

function isInterval(type: TrinoType): boolean {
  return type.kind === 'interval_day' || type.kind === 'interval_year';
}

function betweenIntervals(operator: string, left: Expression, right: Expression, place: Place): Expression | undefined {
  if (left.type.kind !== right.type.kind || (operator !== '+' && operator !== '-')) return undefined;
  return over(left.type, [left, right], ([a = '', b = '']) => `(${a} ${operator} ${b})`, { place });
}

function scaleInterval(operator: string, interval: Expression, number: Expression, place: Place): Expression | undefined {
  if (operator !== '*' && operator !== '/') return undefined;
  const whole = isInteger(number.type) && operator === '*';
  const factor = cast(number, simple(whole ? 'bigint' : 'double'));
  const write = ([a = '', b = '']: readonly string[]) =>
    whole ? `(${a} * ${b})` : operator === '*' ? `CAST(trunc(${a} * ${b}) AS BIGINT)` : `CAST(trunc(${a} / ${b}) AS BIGINT)`;
  return over(interval.type, [interval, factor], write, { fallible: true, place });
}

function shift(operator: string, value: Expression, interval: Expression, place: Place): Expression | undefined {
  const { type } = value;
  const months = interval.type.kind === 'interval_year';
  const amount = (sql: string) => `${operator} ${months ? `to_months(CAST(${sql} AS INTEGER))` : `to_milliseconds(${sql})`}`;
  const options = { fallible: !months && type.kind === 'date', place };
  if (type.kind === 'date') {
    const days = (sql: string) =>
      months
        ? amount(sql)
        : `${operator} to_days(CAST(CASE WHEN ${sql} % 86400000 = 0 THEN ${sql} // 86400000 ELSE ${HOURS} END AS INTEGER))`;
    return over(type, [value, interval], ([a = '', b = '']) => `CAST(${a} ${days(b)} AS DATE)`, options);
  }
  if (type.kind === 'timestamp') {
    const to = months ? type : { ...type, precision: Math.max(3, type.precision) };
    return over(to, [value, interval], ([a = '', b = '']) => `(${a} ${amount(b)})`, options);
  }
  if (type.kind === 'time') {
    if (months) return undefined;
    const to = { ...type, precision: Math.max(3, type.precision) };
    return over(to, [value, interval], ([a = '', b = '']) => `CAST((DATE '1970-01-01' + ${a}) ${amount(b)} AS TIME)`, options);
  }
  if (type.kind === 'timestamptz') return shiftZoned(value, type, interval, amount, months, place);
  return undefined;
}

const HOURS = failure('INVALID_FUNCTION_ARGUMENT', 'Cannot add hour, minutes or seconds to a date');

function shiftZoned(
  value: Expression,
  type: TrinoType & { kind: 'timestamptz' },
  interval: Expression,
  amount: (sql: string) => string,
  months: boolean,
  place: Place,
): Expression | undefined {
  const to = months ? type : { ...type, precision: Math.max(3, type.precision) };
  return over(
    to,
    [value, interval],
    ([a = '', b = '']) => {
      // Milliseconds move the instant, months move the clock.
      if (!months) return rebuild(type, a, `(${instantOf(type, a)} ${amount(b)})`);
      return rebuildLocal(type, a, `(${localOf(type, a).local} ${amount(b)})`);
    },
    { place },
  );
}

/** The value at another instant, in its own zone. */
export function rebuild(type: TrinoType & { kind: 'timestamptz' }, sql: string, instant: string): string {
  return type.zone === undefined ? `{'t': ${instant}, 'z': (${sql}).z}` : instant;
}

/** The value at another clock time, in its own zone. */
export function rebuildLocal(type: TrinoType & { kind: 'timestamptz' }, sql: string, local: string): string {
  if (type.zone !== undefined) return toInstant(local, type.zone);
  return `{'t': make_timestamp(tr_utc_micros(epoch_us(${local}), (${sql}).z)), 'z': (${sql}).z}`;
}

function difference(left: Expression, right: Expression, place: Place): Expression | undefined {
  const millis = (expression: Expression): ((sql: string) => string) | undefined => {
    const { type } = expression;
    if (type.kind === 'date') return (sql) => `epoch_ms(CAST(${sql} AS TIMESTAMP))`;
    if (type.kind === 'timestamp') return (sql) => `epoch_ms(${toPrecision(sql, type.precision, 3)})`;
    if (type.kind === 'timestamptz') return (sql) => `epoch_ms(${instantOf(type, sql)})`;
    if (type.kind === 'time') return (sql) => `epoch_ms(DATE '1970-01-01' + ${sql})`;
    return undefined;
  };
  const [a, b] = [millis(left), millis(right)];
  const times = (left.type.kind === 'time') === (right.type.kind === 'time');
  if (!a || !b || !times) return undefined;
  return over(simple('interval_day'), [left, right], ([x = '', y = '']) => `(${a(x)} - ${b(y)})`, { place });
}
