import { zoneOffset } from '../zone-offset.ts';
import type { PatternPart } from './date-pattern.ts';
import { jodaPattern, mysqlPattern } from './date-pattern.ts';
import { floorDiv, offsetText, printDate } from './date-print.ts';
import { readDate } from './date-read.ts';
import { canonicalZone, epochDays } from './date-texts.ts';
import type { Native } from './native.ts';
import { invalid, native } from './native.ts';

/** Texts of dates and times, by MySQL and Joda patterns and ISO 8601; times are microseconds since 1970. */
export const dateNatives: Readonly<Record<string, Native>> = {
  tr_timestamp_text: native(['BIGINT', 'INTEGER'], 'VARCHAR', (micros: bigint, precision: number) =>
    timestampText(micros, precision, ' '),
  ),
  tr_interval_day_text: native(['BIGINT'], 'VARCHAR', (millis: bigint) => {
    const size = millis < 0n ? -millis : millis;
    const clock = timestampText(size * 1000n, 3, ' ').slice(11);
    return `${millis < 0n ? '-' : ''}${size / 86_400_000n} ${clock}`;
  }),
  tr_interval_year_text: native(['BIGINT'], 'VARCHAR', (months: bigint) => {
    const size = months < 0n ? -months : months;
    return `${months < 0n ? '-' : ''}${size / 12n}-${size % 12n}`;
  }),
  tr_date_format: native(['BIGINT', 'VARCHAR'], 'VARCHAR', (micros: bigint, pattern: string) =>
    printDate(mysql(pattern), micros),
  ),
  tr_format_datetime: native(['BIGINT', 'VARCHAR', 'VARCHAR'], 'VARCHAR', (utc: bigint, pattern: string, zone: string) => {
    const parts = joda(pattern);
    const clock = parts.some((part) => 'field' in part && /^(offset|offsetColon|zone|zoneName)$/.test(part.field));
    if (zone === '' && clock) {
      invalid(
        "format_datetime for TIMESTAMP type, cannot use 'Z' nor 'z' in format, as this type does not contain TZ information",
      );
    }
    const offset = zone === '' ? 0n : (zoneOffset(zone, utc, 'utc') ?? 0n);
    return printDate(parts, utc + offset, offset, zone);
  }),
  tr_date_parse: native(
    ['VARCHAR', 'VARCHAR'],
    'BIGINT',
    (text: string, pattern: string) => readDate(mysql(pattern), text, 2020).micros,
  ),
  tr_parse_datetime: native(['VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, pattern: string) => {
    const read = readDate(joda(pattern), text, new Date().getUTCFullYear() + 20);
    return `${read.utc} ${read.zone}`;
  }),
  tr_iso_timestamp: native(['VARCHAR'], 'VARCHAR', isoTimestamp),
  tr_iso_date: native(['VARCHAR'], 'INTEGER', (text: string) => isoDays(text) ?? invalid(`Invalid format: "${text}"`)),
  tr_to_iso: native(['BIGINT', 'INTEGER', 'VARCHAR'], 'VARCHAR', (utc: bigint, precision: number, zone: string) => {
    if (zone === '') return timestampText(utc, precision, 'T');
    const offset = zoneOffset(zone, utc, 'utc') ?? 0n;
    return timestampText(utc + offset, precision, 'T') + (offset === 0n ? 'Z' : offsetText(offset, ':'));
  }),
  tr_unix_micros: native(['DOUBLE'], 'BIGINT', (seconds: number) =>
    Number.isNaN(seconds) ? 0n : BigInt(Math.round(seconds * 1000)) * 1000n,
  ),
};

/** Date and time of microseconds since 1970 with that many fraction digits. */
export function timestampText(micros: bigint, precision: number, between: string): string {
  const days = floorDiv(micros, 86_400_000_000n);
  const date = new Date(Number(days) * 86_400_000);
  const inDay = Number(micros - days * 86_400_000_000n);
  const two = (value: number) => String(value).padStart(2, '0');
  const year = date.getUTCFullYear();
  const shown = year > 9999 ? `+${year}` : year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0');
  const clock = `${two(Math.floor(inDay / 3.6e9))}:${two(Math.floor(inDay / 6e7) % 60)}:${two(Math.floor(inDay / 1e6) % 60)}`;
  const fraction =
    precision === 0
      ? ''
      : `.${String(inDay % 1_000_000)
          .padStart(6, '0')
          .padEnd(precision, '0')
          .slice(0, precision)}`;
  return `${shown}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}${between}${clock}${fraction}`;
}

const patterns = new Map<string, readonly PatternPart[]>();

function mysql(pattern: string): readonly PatternPart[] {
  return cached(`m${pattern}`, () => mysqlPattern(pattern));
}

function joda(pattern: string): readonly PatternPart[] {
  return cached(`j${pattern}`, () => jodaPattern(pattern));
}

function cached(key: string, read: () => readonly PatternPart[]): readonly PatternPart[] {
  const known = patterns.get(key) ?? read();
  if (patterns.size > 1000) patterns.clear();
  patterns.set(key, known);
  return known;
}

function isoTimestamp(text: string): string {
  const parts = /^([^T]+)(?:T(?:(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(text);
  const days = parts && isoDays(parts[1] ?? '');
  if (!parts || days === null || days === undefined) return invalid(`Invalid format: "${text}" is malformed`);
  const [hour, minute, second] = [parts[2], parts[3], parts[4]].map((part) => Number(part ?? 0)) as [number, number, number];
  if (hour > 23 || minute > 59 || second > 59) invalid(`Cannot parse "${text}": a value is out of its range`);
  const millis = Number((parts[5] ?? '').padEnd(3, '0').slice(0, 3));
  const micros =
    BigInt(days) * 86_400_000_000n + BigInt(hour * 3600 + minute * 60 + second) * 1_000_000n + BigInt(millis) * 1000n;
  const zone = canonicalZone(parts[6] ?? 'UTC');
  return `${micros - (zoneOffset(zone, micros, 'local') ?? 0n)} ${zone}`;
}

function isoDays(text: string): number | undefined {
  const parts = /^([+-]?\d{4,9})(?:-(?:(\d{2})(?:-(\d{2}))?|W(\d{2})(?:-(\d))?|(\d{3})))?$/.exec(text);
  if (!parts) return undefined;
  const year = Number(parts[1]);
  if (parts[4] !== undefined) {
    const start = epochDays(year, 1, 4) ?? 0;
    return start - ((((start + 3) % 7) + 7) % 7) + (Number(parts[4]) - 1) * 7 + Number(parts[5] ?? 1) - 1;
  }
  if (parts[6] !== undefined) return (epochDays(year, 1, 1) ?? 0) + Number(parts[6]) - 1;
  return epochDays(year, Number(parts[2] ?? 1), Number(parts[3] ?? 1));
}
