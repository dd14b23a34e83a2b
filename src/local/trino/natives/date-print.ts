import type { PatternPart } from './date-pattern.ts';

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Writes a clock time (microseconds since 1970) by a pattern; `offset` in microseconds east and `zone` feed the zone fields. */
export function printDate(parts: readonly PatternPart[], micros: bigint, offset = 0n, zone = 'UTC'): string {
  const days = floorDiv(micros, 86_400_000_000n);
  const date = new Date(Number(days) * 86_400_000);
  const inDay = Number(micros - days * 86_400_000_000n);
  return parts.map((part) => ('literal' in part ? part.literal : printField(part, date, inDay, offset, zone))).join('');
}

/** Week of the ISO year and that year. */
export function isoWeek(date: Date): { week: number; year: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return { week: Math.floor((thursday.getTime() - first) / 604_800_000) + 1, year: thursday.getUTCFullYear() };
}

function printField(
  part: Extract<PatternPart, { field: string }>,
  date: Date,
  inDay: number,
  offset: bigint,
  zone: string,
): string {
  const padded = (value: number) =>
    value < 0 ? `-${String(-value).padStart(part.width, '0')}` : String(value).padStart(part.width, '0');
  const hour = Math.floor(inDay / 3_600_000_000);
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = DAYS[(date.getUTCDay() || 7) - 1] ?? '';
  const year = date.getUTCFullYear();
  switch (part.field) {
    case 'year':
      return padded(year);
    case 'year2':
      return String(Math.abs(year) % 100).padStart(2, '0');
    case 'century':
      return padded(Math.floor(year / 100));
    case 'era':
      return year > 0 ? 'AD' : 'BC';
    case 'weekyear':
      return padded(isoWeek(date).year);
    case 'weekyear2':
      return String(isoWeek(date).year % 100).padStart(2, '0');
    case 'week':
      return padded(isoWeek(date).week);
    case 'month':
      return padded(date.getUTCMonth() + 1);
    case 'monthShort':
      return month.slice(0, 3);
    case 'monthLong':
      return month;
    case 'day':
      return padded(date.getUTCDate());
    case 'dayOfYear':
      return padded(Math.round((Date.UTC(year, date.getUTCMonth(), date.getUTCDate()) - Date.UTC(year, 0, 1)) / 86_400_000) + 1);
    case 'dayOfWeek':
      return padded(date.getUTCDay() || 7);
    case 'dayShort':
      return day.slice(0, 3);
    case 'dayLong':
      return day;
    case 'hour':
      return padded(hour);
    case 'hourOfDay24':
      return padded(hour || 24);
    case 'hour12':
      return padded(hour % 12 || 12);
    case 'hour11':
      return padded(hour % 12);
    case 'minute':
      return padded(Math.floor(inDay / 60_000_000) % 60);
    case 'second':
      return padded(Math.floor(inDay / 1_000_000) % 60);
    case 'fraction':
      return fraction(inDay, part.width);
    case 'ampm':
      return hour < 12 ? 'AM' : 'PM';
    case 'offset':
      return offsetText(offset, '');
    case 'offsetColon':
      return offsetText(offset, ':');
    case 'zone':
      return zone;
    case 'zoneName':
      return zoneName(date, zone, part.width);
  }
}

/** Thousandths are all that Trino's formatter sees; further digits are zeros. */
function fraction(inDay: number, width: number): string {
  const millis = String(Math.floor(inDay / 1000) % 1000).padStart(3, '0');
  return millis.padEnd(width, '0').slice(0, width);
}

/** `+01:00` or `+0100`. */
export function offsetText(offset: bigint, colon: string): string {
  const minutes = Number((offset < 0n ? -offset : offset) / 60_000_000n);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((value) => String(value).padStart(2, '0'));
  return `${offset < 0n ? '-' : '+'}${hours}${colon}${rest}`;
}

function zoneName(date: Date, zone: string, width: number): string {
  if (/^[+-]/.test(zone)) return zone;
  const style = width >= 4 ? 'long' : 'short';
  const locale = /^(America|US)\//.test(zone) ? 'en-US' : 'en-GB';
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style }).formatToParts(date);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** Division that rounds down, also for negative numbers. */
export function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
