import { fixedOffset } from './zone.ts';

const MINUTE = 60_000_000n;

/**
 * Microseconds that a zone's clock is ahead of UTC at a time given as UTC microseconds (`utc`) or as the zone's own clock
 * (`local`: a time in a gap counts with the offset before it, a doubled one is the first); undefined for an unknown zone.
 */
export function zoneOffset(zone: string, micros: bigint, given: 'utc' | 'local'): bigint | undefined {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return BigInt(fixed) * MINUTE;
  const lookup = zoneTable(zone);
  if (!lookup) return undefined;
  const at = Number(micros / 1000n);
  if (given === 'utc') return BigInt(lookup(at)) * 1000n;
  const before = lookup(at - 86_400_000);
  const after = lookup(at + 86_400_000);
  // The earlier of two instants has the offset from before the change, and so has a time that the clock jumped over.
  const offset = lookup(at - before) === before || lookup(at - after) !== after ? before : after;
  return BigInt(offset) * 1000n;
}

type Lookup = (utcMillis: number) => number;

const tables = new Map<string, Lookup | undefined>();

function zoneTable(zone: string): Lookup | undefined {
  if (!tables.has(zone)) tables.set(zone, buildTable(zone));
  return tables.get(zone);
}

function buildTable(zone: string): Lookup | undefined {
  const format = formatOf(zone);
  if (!format) return undefined;
  const hours = new Map<number, number>();
  return (millis) => {
    // Offsets change at quarter hours at the finest, so that one look-up serves fifteen minutes of values.
    const quarter = Math.floor(millis / 900_000);
    let offset = hours.get(quarter);
    if (offset === undefined) {
      offset = offsetAt(format, quarter * 900_000);
      if (hours.size > 200_000) hours.clear();
      hours.set(quarter, offset);
    }
    return offset;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  } catch {
    return undefined;
  }
}

function offsetAt(format: Intl.DateTimeFormat, millis: number): number {
  const parts = Object.fromEntries(format.formatToParts(millis).map((part) => [part.type, part.value]));
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
  return local.getTime() - millis;
}
