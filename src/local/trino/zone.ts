import { quote, tag } from './expression.ts';
import type { TrinoType } from './trino-type.ts';

type Zoned = Extract<TrinoType, { kind: 'timestamptz' }>;

/** The UTC timestamp of a `timestamp with time zone`. */
export function instantOf(type: Zoned, sql: string): string {
  return type.zone === undefined ? `(${sql}).t` : sql;
}

/** The clock time in the value's own zone, and that zone's name, both as DuckDB texts. */
export function localOf(type: Zoned, sql: string): { local: string; zone: string } {
  if (type.zone !== undefined) return { local: toLocal(sql, type.zone), zone: quote(type.zone) };
  return { local: `make_timestamp(tr_local_micros(epoch_us((${sql}).t), (${sql}).z))`, zone: `(${sql}).z` };
}

/** The clock time of a UTC timestamp in a zone that is known beforehand. */
export function toLocal(utc: string, zone: string): string {
  const offset = fixedOffset(zone);
  if (offset === 0) return utc;
  if (offset !== undefined) return `(${utc} + to_minutes(${offset}))`;
  return `make_timestamp(tr_local_micros(epoch_us(${utc}), ${quote(zone)}))`;
}

/** The UTC timestamp of a clock time in a zone: a time in a gap moves forward, a doubled one is the first. */
export function toInstant(local: string, zone: string): string {
  const offset = fixedOffset(zone);
  if (offset === 0) return local;
  if (offset !== undefined) return `(${local} - to_minutes(${offset}))`;
  return `make_timestamp(tr_utc_micros(epoch_us(${local}), ${quote(zone)}))`;
}

/** A value of the type from a text '«micros» «zone»' that a native function gave. */
export function zoned(sql: string, to: Zoned): string {
  const z = `z${tag(sql)}`;
  const text = `split_part(${z}, ' ', 1)`;
  const parts = `list_transform([${sql}], lambda ${z}: CASE WHEN ${z} IS NOT NULL THEN {'t': make_timestamp(CAST(${text} AS BIGINT)), 'z': split_part(${z}, ' ', 2)} END)[1]`;
  return to.zone === undefined ? parts : `(${parts}).t`;
}

/** Whether the platform knows the zone: a region name or an offset such as `+05:30`. */
export function isZone(zone: string): boolean {
  const offset = fixedOffset(zone);
  if (offset !== undefined) return Math.abs(offset) <= 14 * 60;
  if (/^(EST|HST|MST|ROC)$/.test(zone)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    // Trino's names are case-sensitive.
    return timeZone === zone || timeZone.toLowerCase() !== zone.toLowerCase();
  } catch {
    return false;
  }
}

/** Minutes east of UTC of an offset zone, 0 for UTC's own names, undefined for regions. */
export function fixedOffset(zone: string): number | undefined {
  if (/^(utc|gmt|z|ut|etc\/utc)$/i.test(zone)) return 0;
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!parts) return undefined;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return parts[1] === '-' ? -minutes : minutes;
}
