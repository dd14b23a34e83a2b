import type { DuckDBValue } from '@duckdb/node-api';
import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
} from '@duckdb/node-api';
import type { Cell } from '../../services/warehouse.ts';
import { timestampText } from './natives/dates.ts';
import { javaDouble, shortestReal } from './natives/numbers.ts';
import type { TrinoType } from './trino-type.ts';
import { zoneOffset } from './zone-offset.ts';

/**
 * A DuckDB value as a JSON value of its Trino type. Decimals are numbers (texts with `exact`); integers beyond 2^53 are
 * texts; NaN and the infinities are the texts `NaN`, `Infinity`, `-Infinity`; bytes are hexadecimal pairs with blanks
 * between, as Athena shows them; dates, times, intervals and json are Trino's texts; a row without field names has
 * `field0`, `field1`.
 */
export function toCell(type: TrinoType, value: DuckDBValue, exact = false): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return integerCell(type, value);
  if (typeof value === 'number') return numberCell(type, value);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (value instanceof DuckDBDecimalValue) return exact ? value.toString() : Number(value.toString());
  if (value instanceof DuckDBDateValue) return timestampText(BigInt(value.days) * 86_400_000_000n, 0, ' ').split(' ')[0] ?? null;
  if (value instanceof DuckDBTimestampValue) return timestampCell(type, value.micros, undefined);
  if (value instanceof DuckDBTimeValue)
    return timestampText(value.micros, type.kind === 'time' ? type.precision : 3, ' ').slice(11);
  if (value instanceof DuckDBBlobValue) return [...value.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (value instanceof DuckDBListValue) {
    const element = type.kind === 'array' ? type.element : type;
    return value.items.map((item) => toCell(element, item, exact));
  }
  if (value instanceof DuckDBMapValue) return mapCell(type, value, exact);
  if (value instanceof DuckDBStructValue) return structCell(type, value, exact);
  return String(value);
}

function integerCell(type: TrinoType, value: bigint): Cell {
  if (type.kind === 'interval_day') {
    const size = value < 0n ? -value : value;
    return `${value < 0n ? '-' : ''}${size / 86_400_000n} ${timestampText((size % 86_400_000n) * 1000n, 3, ' ').slice(11)}`;
  }
  if (type.kind === 'interval_year') {
    const size = value < 0n ? -value : value;
    return `${value < 0n ? '-' : ''}${size / 12n}-${size % 12n}`;
  }
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}

function numberCell(type: TrinoType, value: number): Cell {
  if (!Number.isFinite(value)) return String(value);
  return type.kind === 'real' ? shortestReal(value) : value;
}

function timestampCell(type: TrinoType, micros: bigint, zone: string | undefined): Cell {
  const precision = type.kind === 'timestamp' || type.kind === 'timestamptz' ? type.precision : 3;
  if (type.kind !== 'timestamptz') return timestampText(micros, precision, ' ');
  const name = zone ?? type.zone ?? 'UTC';
  return `${timestampText(micros + (zoneOffset(name, micros, 'utc') ?? 0n), precision, ' ')} ${name}`;
}

function mapCell(type: TrinoType, value: DuckDBMapValue, exact: boolean): Cell {
  const [key, inner] = type.kind === 'map' ? [type.key, type.value] : [type, type];
  return Object.fromEntries(value.entries.map((entry) => [keyText(key, entry.key, exact), toCell(inner, entry.value, exact)]));
}

/** Arrays, rows and maps as Java's collections write themselves, which is what Trino shows of such a key. */
function keyText(type: TrinoType, key: DuckDBValue, exact: boolean): string {
  if (type.kind === 'array' && key instanceof DuckDBListValue)
    return `[${key.items.map((item) => keyText(type.element, item, exact)).join(', ')}]`;
  if (type.kind === 'row' && key instanceof DuckDBStructValue)
    return `[${type.fields.map((field, index) => keyText(field.type, key.entries[`f${index + 1}`] ?? null, exact)).join(', ')}]`;
  if (type.kind === 'map' && key instanceof DuckDBMapValue)
    return `{${key.entries.map((entry) => `${keyText(type.key, entry.key, exact)}=${keyText(type.value, entry.value, exact)}`).join(', ')}}`;
  const cell = toCell(type, key, exact);
  return typeof cell === 'number' && (type.kind === 'double' || type.kind === 'real') ? javaDouble(cell) : String(cell);
}

function structCell(type: TrinoType, value: DuckDBStructValue, exact: boolean): Cell {
  const { entries } = value;
  if (type.kind === 'timestamptz') {
    const stamp = entries.t;
    return stamp instanceof DuckDBTimestampValue ? timestampCell(type, stamp.micros, String(entries.z)) : null;
  }
  if (type.kind !== 'row') return null;
  return Object.fromEntries(
    type.fields.map((field, index) => [
      field.name ?? `field${index}`,
      toCell(field.type, entries[`f${index + 1}`] ?? null, exact),
    ]),
  );
}
