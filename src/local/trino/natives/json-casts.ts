import type { TrinoType } from '../trino-type.ts';
import { jsonString } from './json-scan.ts';
import { badCast } from './native.ts';
import { decimalOf, doubleText, roundedDecimal } from './numbers.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A JSON number that keeps its digits. */
interface Digits {
  readonly digits: string;
}
type Value = string | boolean | null | Digits | readonly Value[] | { readonly members: ReadonlyMap<string, Value> };

/** CAST(json AS varchar(length)), -1 without length: texts unquoted, numbers as Trino writes them, objects, arrays and longer texts refused. */
export function jsonToText(json: string, length: number, soft: boolean): string | null {
  const value = read(json);
  if (value === null) return null;
  const text = scalarText(value);
  const fits = text !== undefined && (length < 0 || [...text].length <= length);
  return fits ? text : badCast(soft, `Cannot cast '${json}' to varchar`);
}

/** CAST(json AS type) as a JSON value that DuckDB casts to the type without loss: rows by position, numbers as texts. */
export function jsonToType(json: string, type: TrinoType, soft: boolean): Json {
  try {
    return convert(read(json), type);
  } catch (fault) {
    if (!(fault instanceof Misfit)) throw fault;
    return badCast(soft, `Cannot cast '${json}': ${fault.message}`);
  }
}

class Misfit extends Error {}

function convert(value: Value, type: TrinoType): Json {
  if (type.kind === 'json') return write(value);
  if (value === null) return null;
  if (type.kind === 'array') return list(value, 'array').map((element) => convert(element, type.element));
  if (type.kind === 'map') return convertMap(value, type);
  if (type.kind === 'row') return convertRow(value, type);
  if (type.kind === 'varchar') {
    const text = scalarText(value) ?? misfit('varchar');
    return type.length === undefined || [...text].length <= type.length ? text : misfit('varchar');
  }
  return scalar(value, type);
}

function convertMap(value: Value, type: TrinoType & { kind: 'map' }): Json {
  const result: Record<string, Json> = {};
  for (const [key, member] of members(value)) result[String(convert(key, type.key))] = convert(member, type.value);
  return result;
}

function convertRow(value: Value, type: TrinoType & { kind: 'row' }): Json {
  const result: Record<string, Json> = {};
  const found =
    value !== null && typeof value === 'object' && 'members' in value
      ? new Map([...members(value)].map(([name, member]) => [name.toLowerCase(), member]))
      : undefined;
  const values = found ? undefined : list(value, 'row');
  if (values && values.length !== type.fields.length) misfit('row');
  for (const [index, field] of type.fields.entries()) {
    const member = found ? (found.get(field.name?.toLowerCase() ?? '') ?? null) : (values?.[index] ?? null);
    result[`f${index + 1}`] = convert(member, field.type);
  }
  return result;
}

function scalar(value: Value, type: TrinoType): Json {
  const text =
    typeof value === 'boolean'
      ? value
        ? '1'
        : '0'
      : typeof value === 'string'
        ? value
        : isDigits(value)
          ? value.digits
          : misfit(type.kind);
  const number = Number(text);
  if (type.kind === 'boolean') return booleanOf(value, text);
  if (type.kind === 'double' || type.kind === 'real') {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^NaN$|^[+-]?Infinity$/.test(text)) misfit(type.kind);
    return text.replace('Infinity', 'inf');
  }
  if (type.kind === 'decimal') {
    if (Number.isNaN(number) || text === '') misfit('decimal');
    return decimalOf(roundedDecimal(text, type.scale), type.scale);
  }
  const bits = { tinyint: 7, smallint: 15, integer: 31, bigint: 63 }[type.kind as string] ?? misfit(type.kind);
  if (typeof value === 'string' && !/^[+-]?\d+$/.test(text)) misfit(type.kind);
  if (Number.isNaN(number)) misfit(type.kind);
  const whole = roundedDecimal(text, 0);
  return whole < 2n ** BigInt(bits) && whole >= -(2n ** BigInt(bits)) ? whole.toString() : misfit(type.kind);
}

function booleanOf(value: Value, text: string): boolean {
  if (typeof value === 'boolean') return value;
  if (isDigits(value)) return Number(text) !== 0;
  if (/^(true|t|1)$/i.test(text)) return true;
  return /^(false|f|0)$/i.test(text) ? false : misfit('boolean');
}

function scalarText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (!isDigits(value)) return undefined;
  return /^-?\d+$/.test(value.digits) ? value.digits : doubleText(Number(value.digits));
}

function isDigits(value: Value): value is Digits {
  return value !== null && typeof value === 'object' && 'digits' in value;
}

function list(value: Value, kind: string): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : misfit(kind);
}

function members(value: Value): ReadonlyMap<string, Value> {
  return value !== null && typeof value === 'object' && 'members' in value ? value.members : misfit('map');
}

function misfit(kind: string): never {
  throw new Misfit(`it is not a ${kind}`);
}

function read(json: string): Value {
  const value: Value = JSON.parse(json, (_key, inner: unknown, context?: { source?: string }) => {
    if (typeof inner === 'number') return { digits: context?.source ?? String(inner) };
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner) || 'digits' in inner) return inner;
    return { members: new Map(Object.entries(inner)) };
  });
  return value;
}

function write(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return jsonString(value);
  if (isDigits(value)) return value.digits;
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(write).join(',')}]`;
  const entries = [...members(value)].map(([name, member]) => `${jsonString(name)}:${write(member)}`);
  return `{${entries.join(',')}}`;
}
