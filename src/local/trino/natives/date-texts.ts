import { zoneOffset } from '../zone-offset.ts';

/** A point in time read from a text: clock time and instant in microseconds since 1970, and the zone where one is written. */
export interface ReadTimestamp {
  readonly micros: bigint;
  readonly utc: bigint;
  readonly zone?: string;
  readonly digits: number;
  /** The zone's clock jumped over this time. */
  readonly skipped?: boolean;
}

const SHAPE = /^([+-]?\d+)-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,12}))?)?)?(?:\s?([A-Za-z+-].*))?$/;

/** Reads `2025-01-05`, `2025-01-05 10:11:12.123 Europe/Berlin` as Trino's casts and literals do; undefined where it is none. */
export function readTimestamp(text: string): ReadTimestamp | undefined {
  const parts = SHAPE.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = parts;
  const days = epochDays(Number(year), Number(month), Number(day));
  if (days === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = BigInt(days) * 86_400n + BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second));
  const micros = seconds * 1_000_000n + BigInt(Math.round(Number(`0.${fraction.padEnd(1, '0')}`) * 1e6));
  if (zone === undefined) return { micros, utc: micros, digits: fraction.length };
  const offset = zoneOffset(zone.trim(), micros, 'local');
  if (offset === undefined) return undefined;
  const utc = micros - offset;
  const skipped = zoneOffset(zone.trim(), utc, 'utc') !== offset;
  return { micros, utc, zone: canonicalZone(zone.trim()), digits: fraction.length, skipped };
}

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar, or undefined where there is no such day. */
export function epochDays(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 86_400_000;
}

/** `+02:00` for `+2`, `+0200`, `GMT+2`, `Etc/GMT-2`; `UTC` for its other names; regions as they are. */
export function canonicalZone(zone: string): string {
  if (UTC_NAMES.test(zone)) return 'UTC';
  const offset = /^(Etc\/)?(?:UTC|GMT|UT)?([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (!offset) return zone;
  // POSIX counts westwards: Etc/GMT+5 is five hours behind.
  const sign = offset[1] ? (offset[2] === '+' ? '-' : '+') : offset[2];
  const text = `${offset[3]?.padStart(2, '0')}:${offset[4] ?? '00'}`;
  return text === '00:00' ? 'UTC' : `${sign}${text}`;
}

const UTC_NAMES = /^(utc|gmt|z|ut|zulu|uct|universal|greenwich|gmt0|etc\/(utc|gmt|gmt0|uct|universal|zulu|greenwich))$/i;

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
