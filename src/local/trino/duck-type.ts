import type { TrinoType } from './trino-type.ts';

/**
 * The DuckDB type that holds a Trino type's values. Rows are structs whose fields are named by position (`f1`, `f2`),
 * so that DuckDB's casts by name are Trino's by position; intervals are milliseconds or months; json, uuid and geometry are texts.
 */
export function duckType(type: TrinoType): string {
  switch (type.kind) {
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'array':
      return `${duckType(type.element)}[]`;
    case 'map':
      return `MAP(${duckType(type.key)}, ${duckType(type.value)})`;
    case 'row':
      return `STRUCT(${type.fields.map((field, index) => `f${index + 1} ${duckType(field.type)}`).join(', ')})`;
    case 'timestamptz':
      return type.zone === undefined ? 'STRUCT(t TIMESTAMP, z VARCHAR)' : 'TIMESTAMP';
    default:
      return PLAIN[type.kind] ?? 'VARCHAR';
  }
}

const PLAIN: Readonly<Record<string, string>> = {
  unknown: 'INTEGER',
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'FLOAT',
  double: 'DOUBLE',
  varbinary: 'BLOB',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  interval_day: 'BIGINT',
  interval_year: 'BIGINT',
};
