import { readTimestamp } from './date-texts.ts';
import type { Native } from './native.ts';
import { badCast, native } from './native.ts';
import { decimalOf, doubleText, realText, roundedDecimal } from './numbers.ts';

const BITS: Readonly<Record<string, bigint>> = { tinyint: 7n, smallint: 15n, integer: 31n, bigint: 63n };
const SHOWN: Readonly<Record<string, string>> = { tinyint: 'TINYINT', smallint: 'SMALLINT', integer: 'INT', bigint: 'BIGINT' };

/** Casts between texts and numbers, dates and booleans, as Trino reads and writes them. */
export const castNatives: Readonly<Record<string, Native>> = {
  tr_text_to_integer: native(['VARCHAR', 'VARCHAR', 'BOOLEAN'], 'BIGINT', (text: string, kind: string, soft: boolean) => {
    const trimmed = trim(text);
    const value = /^[+-]?\d+$/.test(trimmed) ? BigInt(trimmed.replace(/^\+/, '')) : undefined;
    const limit = 2n ** (BITS[kind] ?? 63n);
    if (value === undefined || value >= limit || value < -limit) return badCast(soft, `Cannot cast '${text}' to ${SHOWN[kind]}`);
    return value;
  }),
  tr_text_to_double: native(['VARCHAR', 'VARCHAR', 'BOOLEAN'], 'DOUBLE', (text: string, kind: string, soft: boolean) => {
    const value = readDouble(trim(text));
    return value ?? badCast(soft, `Cannot cast '${text}' to ${kind.toUpperCase()}`);
  }),
  tr_text_to_decimal: native(
    ['VARCHAR', 'INTEGER', 'INTEGER', 'BOOLEAN'],
    'VARCHAR',
    (text: string, precision: number, scale: number, soft: boolean) => {
      const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? roundedDecimal(text, scale) : undefined;
      if (value !== undefined && fits(value, precision)) return decimalOf(value, scale);
      return badCast(soft, `Cannot cast VARCHAR '${text}' to DECIMAL(${precision}, ${scale}).`);
    },
  ),
  tr_double_to_decimal: native(
    ['DOUBLE', 'INTEGER', 'INTEGER', 'BOOLEAN'],
    'VARCHAR',
    (value: number, precision: number, scale: number, soft: boolean) => {
      const rounded = Number.isFinite(value) ? roundedDecimal(String(value), scale) : undefined;
      if (rounded !== undefined && fits(rounded, precision)) return decimalOf(rounded, scale);
      return badCast(soft, `Cannot cast DOUBLE '${value}' to DECIMAL(${precision}, ${scale})`);
    },
  ),
  tr_text_to_boolean: native(['VARCHAR', 'BOOLEAN'], 'BOOLEAN', (text: string, soft: boolean) => {
    if (/^(true|t|1)$/i.test(text)) return true;
    if (/^(false|f|0)$/i.test(text)) return false;
    return badCast(soft, `Cannot cast '${text}' to BOOLEAN`);
  }),
  tr_text_to_date: native(['VARCHAR', 'BOOLEAN'], 'INTEGER', (text: string, soft: boolean) => {
    const days = /^[+-]?\d+-\d{1,2}-\d{1,2}$/.test(trim(text)) ? readTimestamp(trim(text))?.micros : undefined;
    return days === undefined ? badCast(soft, `Value cannot be cast to date: ${text}`) : Number(days / 86_400_000_000n);
  }),
  tr_text_to_timestamp: native(['VARCHAR', 'INTEGER', 'BOOLEAN'], 'BIGINT', (text: string, precision: number, soft: boolean) => {
    const value = readTimestamp(trim(text));
    return value ? roundMicros(value.micros, precision) : badCast(soft, `Value cannot be cast to timestamp: ${text}`);
  }),
  tr_text_to_zoned: native(['VARCHAR', 'INTEGER', 'BOOLEAN'], 'VARCHAR', (text: string, precision: number, soft: boolean) => {
    const value = readTimestamp(trim(text));
    if (!value) return badCast(soft, `Value cannot be cast to timestamp with time zone: ${text}`);
    return `${roundMicros(value.utc, precision)} ${value.zone ?? 'UTC'}`;
  }),
  tr_text_to_time: native(['VARCHAR', 'INTEGER', 'BOOLEAN'], 'BIGINT', (text: string, precision: number, soft: boolean) => {
    const value = /^\d{1,2}:\d{1,2}/.test(trim(text)) ? readTimestamp(`1970-01-01 ${trim(text)}`) : undefined;
    return value ? roundMicros(value.micros, precision) : badCast(soft, `Value cannot be cast to time: ${text}`);
  }),
  tr_double_text: native(['DOUBLE'], 'VARCHAR', doubleText),
  tr_real_text: native(['DOUBLE'], 'VARCHAR', realText),
  tr_fit_varchar: native(['VARCHAR', 'INTEGER', 'BOOLEAN'], 'VARCHAR', (text: string, length: number, soft: boolean) =>
    text.length <= length ? text : badCast(soft, `Value ${text} cannot be represented as varchar(${length})`),
  ),
};

function fits(unscaled: bigint, precision: number): boolean {
  const limit = 10n ** BigInt(precision);
  return unscaled < limit && unscaled > -limit;
}

/** Java's trim: blanks and control characters at both ends. */
export function trim(text: string): string {
  return text.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
}

/** Microseconds rounded half up to that many fraction digits. */
export function roundMicros(micros: bigint, precision: number): bigint {
  if (precision >= 6) return micros;
  const step = 10n ** BigInt(6 - precision);
  const shifted = micros + step / 2n;
  return (shifted - (((shifted % step) + step) % step)) as bigint;
}

function readDouble(text: string): number | undefined {
  const special = /^([+-]?)(NaN|Infinity)$/.exec(text);
  if (special) return special[2] === 'NaN' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/.test(text) ? Number(text.replace(/[dDfF]$/, '')) : undefined;
}
