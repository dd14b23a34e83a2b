import { tag } from './expression.ts';
import type { TrinoType } from './trino-type.ts';
import { isInteger } from './trino-type.ts';
import { localOf } from './zone.ts';

type Write = (sql: string) => string;

/** Trino's text of a scalar value, as CAST(x AS varchar) gives it; undefined for types that have none. */
export function textOf(type: TrinoType): Write | undefined {
  if (isInteger(type) || type.kind === 'boolean' || type.kind === 'date') {
    return (sql) => `CAST(${sql} AS VARCHAR)`;
  }
  if (type.kind === 'decimal') return decimalText(type);
  if (type.kind === 'varchar' || type.kind === 'char' || type.kind === 'uuid') return (sql) => sql;
  if (type.kind === 'double') return (sql) => `tr_double_text(${sql})`;
  if (type.kind === 'real') return (sql) => `tr_real_text(CAST(${sql} AS DOUBLE))`;
  if (type.kind === 'timestamp') return (sql) => `tr_timestamp_text(epoch_us(${sql}), ${type.precision})`;
  if (type.kind === 'time') {
    return (sql) => `substr(tr_timestamp_text(epoch_us(DATE '1970-01-01' + ${sql}), ${type.precision}), 12)`;
  }
  if (type.kind === 'timestamptz') {
    return (sql) => {
      const { local, zone } = localOf(type, sql);
      return `(tr_timestamp_text(epoch_us(${local}), ${type.precision}) || ' ' || ${zone})`;
    };
  }
  if (type.kind === 'interval_day') return (sql) => `tr_interval_day_text(${sql})`;
  if (type.kind === 'interval_year') return (sql) => `tr_interval_year_text(${sql})`;
  if (type.kind === 'json') return (sql) => sql;
  return undefined;
}

/** DuckDB leaves out the zero before the point where the type has no digits there. */
export function decimalText(type: TrinoType & { kind: 'decimal' }): Write {
  if (type.precision > type.scale || type.scale === 0) return (sql) => `CAST(${sql} AS VARCHAR)`;
  if (type.precision < 38) return (sql) => `CAST(CAST(${sql} AS DECIMAL(${type.precision + 1},${type.scale})) AS VARCHAR)`;
  return (sql) => `regexp_replace(CAST(${sql} AS VARCHAR), '^(-?)\\.', '\\10.')`;
}

/** The list with every element written anew. */
export function listOf(list: string, write: Write): string {
  const name = `e${tag(list)}`;
  return `list_transform(${list}, lambda ${name}: ${write(name)})`;
}

/** Arrays, maps and rows. */
export function isNested(type: TrinoType): boolean {
  return type.kind === 'array' || type.kind === 'map' || type.kind === 'row';
}
