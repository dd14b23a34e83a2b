const ISO =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?)?(?:(Z)|([-+])([0-9]{2}):?([0-9]{2}))?$/;

/**
 * Milliseconds since 1970 of an ISO 8601 text: a day, or a day and a time with `T` or a space; without an offset it is UTC.
 * NaN for anything else, also for days and times that do not exist. The same text means the same in Glue (`moments.py`).
 */
export function isoMillis(text: string): number {
  const found = ISO.exec(text);
  if (found === null) return Number.NaN;
  const part = (index: number) => Number(found[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)] as const;
  const start = Date.UTC(year, month - 1, day);
  const real = year >= 1000 && new Date(start).getUTCMonth() === month - 1 && new Date(start).getUTCDate() === day;
  if (!real || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const millis = Number((found[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = (part(10) * 60 + part(11)) * (found[9] === '-' ? -60_000 : 60_000);
  return start + ((hour * 60 + minute) * 60 + second) * 1000 + millis - offset;
}
