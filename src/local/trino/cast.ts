import { fromJson, toJson } from './cast-json.ts';
import { duckType } from './duck-type.ts';
import type { Expression } from './expression.ts';
import { literal, once, over, quote } from './expression.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';
import { isInteger, isNumeric, sameType, typeName } from './trino-type.ts';
import { isNested, listOf, textOf } from './value-text.ts';
import { instantOf, localOf, zoned } from './zone.ts';

/**
 * The value as another type, by Trino's rules: rounding half away from zero, strict texts, blanks trimmed. With `soft`
 * (TRY_CAST) a value that does not fit becomes NULL instead of an error. Refuses pairs that Trino has no cast for.
 */
export function cast(from: Expression, to: TrinoType, soft = false, place?: Place): Expression {
  if (sameType(from.type, to)) return { ...from, type: to };
  if (from.type.kind === 'unknown') return literal(to, `CAST(NULL AS ${duckType(to)})`, from.constant, place);
  if (typeof from.constant === 'bigint' && (isInteger(to) || to.kind === 'double')) {
    const text = constantNumber(from.constant, to);
    if (text) return literal(to, text, from.constant, place);
  }
  const write = castText(from.type, to, soft);
  if (!write) {
    const quiet = { ...to } as TrinoType;
    refuse('TYPE_MISMATCH', `Cannot cast ${typeName(from.type)} to ${typeName(quiet)}`, place ?? from.place);
  }
  return over(to, [from], ([sql = '']) => write(sql), { fallible: from.fallible || !isWidening(from.type, to), place });
}

type Write = (sql: string) => string;

/** How a value's text is written as another type, or undefined where Trino has no such cast. */
export function castText(from: TrinoType, to: TrinoType, soft: boolean): Write | undefined {
  if (sameType(from, to)) return (sql) => sql;
  const plain: Write = (sql) => `${soft ? 'TRY_CAST' : 'CAST'}(${sql} AS ${duckType(to)})`;
  if (from.kind === 'unknown') return () => `CAST(NULL AS ${duckType(to)})`;
  if (from.kind === 'json') return fromJson(to, soft);
  if (to.kind === 'json') return toJson(from);
  if (isNested(from) || isNested(to)) return castNested(from, to, soft);
  if (to.kind === 'varchar') return toVarchar(from, to, soft);
  // Trino casts only texts to char, and char only to texts.
  if (from.kind === 'char' && to.kind !== 'char') return undefined;
  if (to.kind === 'char') {
    if (from.kind !== 'varchar' && from.kind !== 'char') return undefined;
    const text = toVarchar(from, { kind: 'varchar', length: to.length }, soft);
    return text && ((sql) => `rpad(${text(sql)}, ${to.length}, ' ')`);
  }
  if (from.kind === 'varchar') return fromText(to, soft);
  if (isNumeric(from) && isNumeric(to)) return castNumber(from, to, soft, plain);
  if (from.kind === 'boolean' && isNumeric(to)) return plain;
  if (isNumeric(from) && to.kind === 'boolean') return (sql) => `((${sql}) <> 0)`;
  return castTemporal(from, to);
}

function castNumber(from: TrinoType, to: TrinoType, soft: boolean, plain: Write): Write {
  const binary = from.kind === 'double' || from.kind === 'real';
  if (to.kind === 'decimal' && binary) {
    return (sql) =>
      `${soft ? 'TRY_CAST' : 'CAST'}(tr_double_to_decimal(CAST(${sql} AS DOUBLE), ${to.precision}, ${to.scale}, ${soft}) AS ${duckType(to)})`;
  }
  if (isInteger(to) && binary) return (sql) => plain(`round(${nan(sql, soft)})`);
  if (isInteger(to) && from.kind === 'decimal') return (sql) => plain(`round(${sql}, 0)`);
  return plain;
}

function nan(sql: string, soft: boolean): string {
  return soft ? `nullif(CAST(${sql} AS DOUBLE), 'nan'::DOUBLE)` : `CAST(${sql} AS DOUBLE)`;
}

function constantNumber(value: bigint, to: TrinoType): string | undefined {
  const bits = { tinyint: 7n, smallint: 15n, integer: 31n, bigint: 63n }[to.kind as string];
  if (to.kind === 'double') return value <= 2n ** 53n && value >= -(2n ** 53n) ? `${value}::DOUBLE` : undefined;
  if (bits === undefined || value >= 2n ** bits || value < -(2n ** bits)) return undefined;
  return value < 0n ? `(${value})::${duckType(to)}` : `${value}::${duckType(to)}`;
}

function toVarchar(
  from: TrinoType,
  to: { readonly kind: 'varchar'; length?: number | undefined },
  soft: boolean,
): Write | undefined {
  const length = to.length;
  if (from.kind === 'varchar' || from.kind === 'char') {
    const shorter = from.length !== undefined && length !== undefined && from.length <= length;
    return length === undefined || shorter ? (sql) => sql : (sql) => `left(${sql}, ${length})`;
  }
  const text = textOf(from);
  if (!text) return undefined;
  if (length === undefined) return text;
  return (sql) => `tr_fit_varchar(${text(sql)}, ${length}, ${soft})`;
}

function fromText(to: TrinoType, soft: boolean): Write | undefined {
  if (isInteger(to)) {
    return (sql) => `CAST(tr_text_to_integer(${sql}, ${quote(to.kind)}, ${soft}) AS ${duckType(to)})`;
  }
  if (to.kind === 'double' || to.kind === 'real') {
    return (sql) => `CAST(tr_text_to_double(${sql}, ${quote(to.kind)}, ${soft}) AS ${duckType(to)})`;
  }
  if (to.kind === 'decimal') {
    return (sql) => `CAST(tr_text_to_decimal(${sql}, ${to.precision}, ${to.scale}, ${soft}) AS ${duckType(to)})`;
  }
  if (to.kind === 'boolean') return (sql) => `tr_text_to_boolean(${sql}, ${soft})`;
  if (to.kind === 'date') return (sql) => `(DATE '1970-01-01' + tr_text_to_date(${sql}, ${soft}))`;
  if (to.kind === 'timestamp') {
    return (sql) => `make_timestamp(tr_text_to_timestamp(${sql}, ${to.precision}, ${soft}))`;
  }
  if (to.kind === 'timestamptz') {
    return (sql) => zoned(`tr_text_to_zoned(${sql}, ${to.precision}, ${soft})`, to);
  }
  if (to.kind === 'time') return (sql) => `CAST(make_timestamp(tr_text_to_time(${sql}, ${to.precision}, ${soft})) AS TIME)`;
  if (to.kind === 'varbinary') return (sql) => `encode(${sql})`;
  if (to.kind === 'uuid') return (sql) => `lower(CAST(CAST(${sql} AS UUID) AS VARCHAR))`;
  return undefined;
}

function castTemporal(from: TrinoType, to: TrinoType): Write | undefined {
  if (from.kind === 'timestamptz') {
    if (to.kind === 'timestamptz') return rezone(from, to);
    const local: Write = (sql) => localOf(from, sql).local;
    if (to.kind === 'date') return (sql) => `CAST(${local(sql)} AS DATE)`;
    if (to.kind === 'timestamp') return (sql) => toPrecision(local(sql), from.precision, to.precision);
    if (to.kind === 'time') return (sql) => `CAST(${toPrecision(local(sql), from.precision, to.precision)} AS TIME)`;
    return undefined;
  }
  if (to.kind === 'timestamptz') {
    if (from.kind !== 'date' && from.kind !== 'timestamp') return undefined;
    const stamp: Write = (sql) =>
      from.kind === 'timestamp' ? toPrecision(sql, from.precision, to.precision) : `CAST(${sql} AS TIMESTAMP)`;
    return (sql) => (to.zone === undefined ? `{'t': ${stamp(sql)}, 'z': 'UTC'}` : stamp(sql));
  }
  if (from.kind === 'date' && to.kind === 'timestamp') return (sql) => `CAST(${sql} AS TIMESTAMP)`;
  if (from.kind === 'timestamp' && to.kind === 'timestamp') return (sql) => toPrecision(sql, from.precision, to.precision);
  if (from.kind === 'timestamp' && to.kind === 'date') return (sql) => `CAST(${sql} AS DATE)`;
  if (from.kind === 'timestamp' && to.kind === 'time')
    return (sql) => `CAST(${toPrecision(sql, from.precision, to.precision)} AS TIME)`;
  if (from.kind === 'time' && to.kind === 'time') {
    return (sql) => `CAST(${toPrecision(`(DATE '1970-01-01' + ${sql})`, from.precision, to.precision)} AS TIME)`;
  }
  if (from.kind === 'varbinary' && to.kind === 'uuid') return (sql) => `tr_bytes_to_uuid(${sql})`;
  if (from.kind === 'uuid' && to.kind === 'varbinary') return (sql) => `unhex(replace(${sql}, '-', ''))`;
  return undefined;
}

function rezone(from: TrinoType & { kind: 'timestamptz' }, to: TrinoType & { kind: 'timestamptz' }): Write {
  return (sql) => {
    if (to.zone !== undefined) return toPrecision(instantOf(from, sql), from.precision, to.precision);
    return from.zone === undefined ? sql : `{'t': ${sql}, 'z': ${quote(from.zone)}}`;
  };
}

/** A timestamp rounded half up to fewer fraction digits. */
export function toPrecision(sql: string, from: number, to: number): string {
  if (to >= from || to >= 6) return sql;
  const step = 10 ** (6 - to);
  return `make_timestamp(CAST(floor((epoch_us(${sql}) + ${step / 2}) / ${step}.0) AS BIGINT) * ${step})`;
}

function castNested(from: TrinoType, to: TrinoType, soft: boolean): Write | undefined {
  if (from.kind === 'array' && to.kind === 'array') {
    const element = castText(from.element, to.element, false);
    return element && softly(soft, (sql) => listOf(sql, element), to);
  }
  if (from.kind === 'map' && to.kind === 'map') {
    const key = castText(from.key, to.key, false);
    const value = castText(from.value, to.value, false);
    if (!key || !value) return undefined;
    const write: Write = (sql) =>
      `map_from_entries(${listOf(`map_entries(${sql})`, (e) => `{'k': ${key(`${e}.key`)}, 'v': ${value(`${e}.value`)}}`)})`;
    return softly(soft, write, to);
  }
  if (from.kind === 'row' && to.kind === 'row' && from.fields.length === to.fields.length) {
    const fields = from.fields.map((field, index) => castText(field.type, to.fields[index]?.type ?? field.type, false));
    if (fields.some((field) => !field)) return undefined;
    const write: Write = (sql) => once([sql], ([row = '']) => rowText(row, fields as Write[]));
    return softly(soft, write, to);
  }
  return undefined;
}

function rowText(row: string, fields: readonly Write[]): string {
  const parts = fields.map((field, index) => `'f${index + 1}': ${field(`(${row}).f${index + 1}`)}`);
  return `CASE WHEN ${row} IS NOT NULL THEN {${parts.join(', ')}} END`;
}

function softly(soft: boolean, write: Write, to: TrinoType): Write {
  return (sql) => (soft ? `TRY(CAST(${write(sql)} AS ${duckType(to)}))` : `CAST(${write(sql)} AS ${duckType(to)})`);
}

function isWidening(from: TrinoType, to: TrinoType): boolean {
  if (to.kind === 'varchar' && to.length === undefined) return true;
  if (to.kind === 'double') return isNumeric(from);
  if (isInteger(from) && isInteger(to))
    return (
      ['tinyint', 'smallint', 'integer', 'bigint'].indexOf(from.kind) <=
      ['tinyint', 'smallint', 'integer', 'bigint'].indexOf(to.kind)
    );
  return from.kind === 'date' || from.kind === 'timestamp';
}
