/**
 * Trino's types. A `timestamptz` whose zone is the same for every value carries it (`zone`) and is stored as a UTC
 * TIMESTAMP; without `zone` every value carries its own and is stored as STRUCT(t, z).
 */
export type TrinoType =
  | { readonly kind: SimpleKind }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'varchar'; readonly length?: number | undefined }
  | { readonly kind: 'char'; readonly length: number }
  | { readonly kind: 'time'; readonly precision: number }
  | { readonly kind: 'timestamp'; readonly precision: number }
  | { readonly kind: 'timestamptz'; readonly precision: number; readonly zone?: string | undefined }
  | { readonly kind: 'array'; readonly element: TrinoType }
  | { readonly kind: 'map'; readonly key: TrinoType; readonly value: TrinoType }
  | { readonly kind: 'row'; readonly fields: readonly RowField[] }
  | { readonly kind: 'function'; readonly parameters: number };

export type SimpleKind =
  | 'unknown'
  | 'boolean'
  | 'tinyint'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'real'
  | 'double'
  | 'varbinary'
  | 'date'
  | 'interval_day'
  | 'interval_year'
  | 'json'
  | 'uuid'
  | 'ipaddress'
  | 'geometry'
  | 'geography';

export interface RowField {
  readonly name?: string | undefined;
  readonly type: TrinoType;
}

/** A type without parameters. */
export function simple(kind: SimpleKind): TrinoType {
  return SIMPLE[kind];
}

/** `varchar`, or `varchar(length)`. */
export function varchar(length?: number): TrinoType {
  return length === undefined ? VARCHAR : { kind: 'varchar', length };
}

/** `decimal(precision, scale)`; precision is cut to 38 as Trino does. */
export function decimal(precision: number, scale: number): TrinoType {
  return { kind: 'decimal', precision: Math.max(1, Math.min(38, precision)), scale };
}

/** The name that `typeof` gives: `decimal(12,1)`, `timestamp(3) with time zone`, `row(x integer, y varchar)`. */
export function typeName(type: TrinoType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'char':
      return `char(${type.length})`;
    case 'time':
      return `time(${type.precision})`;
    case 'timestamp':
      return `timestamp(${type.precision})`;
    case 'timestamptz':
      return `timestamp(${type.precision}) with time zone`;
    case 'array':
      return `array(${typeName(type.element)})`;
    case 'map':
      return `map(${typeName(type.key)}, ${typeName(type.value)})`;
    case 'row':
      return `row(${type.fields.map((field) => (field.name ? `${field.name} ` : '') + typeName(field.type)).join(', ')})`;
    case 'function':
      return '<function>';
    case 'interval_day':
      return 'interval day to second';
    case 'interval_year':
      return 'interval year to month';
    case 'geography':
      return 'SphericalGeography';
    case 'geometry':
      return 'Geometry';
    default:
      return type.kind;
  }
}

/** The name of a result column's type as Athena shows it: lengths of texts left out. */
export function columnTypeName(type: TrinoType): string {
  switch (type.kind) {
    case 'varchar':
      return 'varchar';
    case 'array':
      return `array(${columnTypeName(type.element)})`;
    case 'map':
      return `map(${columnTypeName(type.key)}, ${columnTypeName(type.value)})`;
    case 'row':
      return `row(${type.fields.map((field) => (field.name ? `${field.name} ` : '') + columnTypeName(field.type)).join(', ')})`;
    default:
      return typeName(type);
  }
}

/** Whether two types are one and the same; row field names and zones do not count. */
export function sameType(left: TrinoType, right: TrinoType): boolean {
  return shape(left) === shape(right);
}

/** Tinyint to bigint. */
export function isInteger(type: TrinoType): boolean {
  return INTEGERS.has(type.kind);
}

/** Integers, decimals, real and double. */
export function isNumeric(type: TrinoType): boolean {
  return isInteger(type) || type.kind === 'decimal' || type.kind === 'real' || type.kind === 'double';
}

/** The decimal that holds every value of an integer type, or the type itself where it is a decimal. */
export function asDecimal(type: TrinoType): { precision: number; scale: number } | undefined {
  if (type.kind === 'decimal') return type;
  const precision = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 }[type.kind as string];
  return precision === undefined ? undefined : { precision, scale: 0 };
}

const INTEGERS = new Set<string>(['tinyint', 'smallint', 'integer', 'bigint']);
const VARCHAR: TrinoType = { kind: 'varchar' };
const SIMPLE = Object.fromEntries(
  (
    [
      'unknown',
      'boolean',
      'tinyint',
      'smallint',
      'integer',
      'bigint',
      'real',
      'double',
      'varbinary',
      'date',
      'interval_day',
      'interval_year',
      'json',
      'uuid',
      'ipaddress',
      'geometry',
      'geography',
    ] as const
  ).map((kind) => [kind, { kind }]),
) as Readonly<Record<SimpleKind, TrinoType>>;

function shape(type: TrinoType): string {
  switch (type.kind) {
    case 'row':
      return `row(${type.fields.map((field) => shape(field.type)).join(',')})`;
    case 'array':
      return `array(${shape(type.element)})`;
    case 'map':
      return `map(${shape(type.key)},${shape(type.value)})`;
    case 'timestamptz':
      return `${typeName(type)}/${type.zone ?? '*'}`;
    default:
      return typeName(type);
  }
}
