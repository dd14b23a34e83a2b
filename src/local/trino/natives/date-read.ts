import { zoneOffset } from '../zone-offset.ts';
import type { DateField, PatternPart } from './date-pattern.ts';
import { DAYS, MONTHS } from './date-print.ts';
import { canonicalZone, epochDays } from './date-texts.ts';
import { invalid, NativeError } from './native.ts';

/** A time read by a pattern: clock time and instant in microseconds, and the zone where the text names one. */
export interface ReadDate {
  readonly micros: bigint;
  readonly utc: bigint;
  readonly zone: string;
}

type Values = Partial<Record<DateField, number>> & { zoneText?: string };

/** Reads a whole text by a pattern; what the pattern leaves open is 1970-01-01 00:00:00 UTC, the year of a day or month without one 2000. Raises Trino's error on a mismatch. */
export function readDate(parts: readonly PatternPart[], text: string, pivot: number): ReadDate {
  const values: Values = {};
  let at = 0;
  for (const part of parts)
    at = 'literal' in part ? readLiteral(part.literal, text, at) : readField(part, text, at, values, pivot);
  if (at < text.length) malformed(text, at);
  const days = daysOf(values, text);
  const seconds = hourOf(values) * 3600 + (values.minute ?? 0) * 60 + (values.second ?? 0);
  const micros = BigInt(days) * 86_400_000_000n + BigInt(seconds) * 1_000_000n + BigInt(values.fraction ?? 0) * 1000n;
  const zone = values.zoneText ?? 'UTC';
  const offset = zoneOffset(zone, micros, 'local') ?? malformed(text, 0);
  const utc = micros - offset;
  // A time that the zone's clock jumped over.
  if (zoneOffset(zone, utc, 'utc') !== offset) malformed(text, 0);
  return { micros, utc, zone: canonicalZone(zone) };
}

function malformed(text: string, at: number): never {
  invalid(`Invalid format: "${text}"${at > 0 ? ` is malformed at "${text.slice(at)}"` : ''}`);
}

function readLiteral(literal: string, text: string, at: number): number {
  if (text.slice(at, at + literal.length).toLowerCase() !== literal.toLowerCase()) malformed(text, at);
  return at + literal.length;
}

function readField(
  part: Extract<PatternPart, { field: string }>,
  text: string,
  at: number,
  values: Values,
  pivot: number,
): number {
  const { field } = part;
  if (field === 'monthShort' || field === 'monthLong') return readName(text, at, MONTHS, (index) => (values.month = index + 1));
  if (field === 'dayShort' || field === 'dayLong' || field === 'dayOfWeek' || field === 'century' || field === 'era') {
    if (field === 'dayShort' || field === 'dayLong') return readName(text, at, DAYS, (index) => (values.dayOfWeek = index + 1));
    throw new NativeError('UNSUPPORTED_LOCALLY', 'this field of a date pattern');
  }
  if (field === 'ampm') return readName(text, at, ['AM', 'PM'], (index) => (values.ampm = index));
  if (field === 'offset' || field === 'offsetColon' || field === 'zone' || field === 'zoneName')
    return readZone(text, at, field, values);
  if (field === 'fraction') {
    const digits = /^\d+/.exec(text.slice(at))?.[0].slice(0, part.most) ?? malformed(text, at);
    values.fraction = Number(digits.padEnd(3, '0').slice(0, 3));
    return at + digits.length;
  }
  const shape = new RegExp(`^[+-]?\\d{1,${part.most}}`);
  const digits = shape.exec(text.slice(at))?.[0] ?? malformed(text, at);
  const short = (field === 'year2' || field === 'weekyear2') && digits.length === 2;
  const value = short ? twoDigit(Number(digits), pivot) : Number(digits);
  const name: DateField = field === 'year2' ? 'year' : field === 'weekyear2' ? 'weekyear' : field;
  if (!inRange(name, value)) invalid(`Cannot parse "${text}": Value ${value} for ${name} must be in its range`);
  values[name] = value;
  return at + digits.length;
}

function twoDigit(value: number, pivot: number): number {
  const first = pivot - 50;
  const candidate = Math.floor(first / 100) * 100 + value;
  return candidate < first ? candidate + 100 : candidate;
}

const RANGES: Partial<Record<DateField, readonly [number, number]>> = {
  month: [1, 12],
  day: [1, 31],
  dayOfYear: [1, 366],
  hour: [0, 23],
  hourOfDay24: [1, 24],
  hour12: [1, 12],
  hour11: [0, 11],
  minute: [0, 59],
  second: [0, 59],
  week: [1, 53],
};

function inRange(field: DateField, value: number): boolean {
  const [low, high] = RANGES[field] ?? [-292_000_000, 292_000_000];
  return value >= low && value <= high;
}

function readName(text: string, at: number, names: readonly string[], found: (index: number) => unknown): number {
  const rest = text.slice(at).toLowerCase();
  for (const length of [99, 3]) {
    const index = names.findIndex((name) => rest.startsWith(name.slice(0, length).toLowerCase()));
    if (index >= 0) {
      found(index);
      return at + Math.min((names[index] ?? '').length, length);
    }
  }
  return malformed(text, at);
}

function readZone(text: string, at: number, field: DateField, values: Values): number {
  const shape = field === 'zone' || field === 'zoneName' ? /^[A-Za-z][\w/+-]*|^[+-]\d{2}:?\d{2}/ : /^Z|^[+-]\d{2}(?::?\d{2})?/;
  const zone = shape.exec(text.slice(at))?.[0] ?? malformed(text, at);
  if (field === 'zoneName') throw new NativeError('UNSUPPORTED_LOCALLY', 'zone names in a date pattern');
  values.zoneText = zone;
  return at + zone.length;
}

/** Joda's year of a date without one. */
const LEAP = 2000;

function daysOf(values: Values, text: string): number {
  if (values.dayOfWeek !== undefined) throw new NativeError('UNSUPPORTED_LOCALLY', 'reading a day of the week by a date pattern');
  if (values.weekyear !== undefined || values.week !== undefined) {
    const start = epochDays(values.weekyear ?? LEAP, 1, 4) ?? 0;
    return start - ((((start + 3) % 7) + 7) % 7) + ((values.week ?? 1) - 1) * 7;
  }
  const dated = values.month !== undefined || values.day !== undefined || values.dayOfYear !== undefined;
  const year = values.year ?? (dated ? LEAP : 1970);
  if (values.dayOfYear !== undefined) {
    const day = (epochDays(year, 1, 1) ?? 0) + values.dayOfYear - 1;
    return day < (epochDays(year + 1, 1, 1) ?? 0) ? day : invalid(`Cannot parse "${text}": no such day`);
  }
  return epochDays(year, values.month ?? 1, values.day ?? 1) ?? invalid(`Cannot parse "${text}": no such day`);
}

function hourOf(values: Values): number {
  if (values.hour !== undefined) return values.hour;
  if (values.hourOfDay24 !== undefined) return values.hourOfDay24 % 24;
  const half = values.hour12 !== undefined ? values.hour12 % 12 : (values.hour11 ?? 0);
  return half + (values.ampm ?? 0) * 12;
}
