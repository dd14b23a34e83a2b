import { Temporal } from 'temporal-polyfill';
import type { Grain } from '../glossary/reading.ts';
import { addUnits, unitStart } from './calendar-span.ts';
import type { DataReach } from './clip-to-data.ts';
import type { ResolvedPeriod } from './draft.ts';
import { literal, timestampLiteral } from './sql-text.ts';

/** Where the rows of a table lie in time: SQL of the day (a DATE of the shop) and of the UTC timestamp. */
export interface TimeSql {
  readonly day: string;
  readonly time: string;
}

/** First and last bucket, both inclusive: ISO dates, or local `yyyy-MM-ddTHH:00` for hours. */
export interface Buckets {
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

/** The bucket of a row: a DATE (first day of the week, month …), or a TIMESTAMP of the shop's clock for hours. */
export function bucketSql(grain: Grain, { day, time }: TimeSql, zone: string): string {
  if (grain === 'hour') return `CAST(date_trunc('hour', ${time} AT TIME ZONE ${literal(zone)}) AS timestamp)`;
  return grain === 'day' ? day : `date_trunc('${grain}', ${day})`;
}

/** Buckets of a period that the data reach, with `lookback` more before it; undefined where there is none. */
export function bucketsOf(
  grain: Grain,
  period: ResolvedPeriod,
  reach: DataReach,
  zone: string,
  lookback = 0,
): Buckets | undefined {
  if (grain === 'hour') return hoursOf(period, reach, zone, lookback);
  const unit = grain;
  const wanted = addUnits(unitStart(Temporal.PlainDate.from(period.from), unit), unit, -lookback);
  const first = later(wanted.toString(), reach.firstDay === null ? wanted.toString() : bucketStart(reach.firstDay, unit));
  const last = bucketStart(earlier(period.to, reach.lastDay ?? period.to), unit);
  if (last < first) return undefined;
  const from = Temporal.PlainDate.from(first);
  const days = from.until(Temporal.PlainDate.from(last)).days;
  return { first, last, count: Math.round(days / UNIT_DAYS[unit]) + 1 };
}

/** `UNNEST` of all buckets, to stand in FROM with the bucket as its only column. */
export function bucketsSql(grain: Grain, { first, last }: Buckets, zone: string): string {
  if (grain !== 'hour') return `UNNEST(sequence(DATE '${first}', DATE '${last}', INTERVAL ${STEPS[grain]}))`;
  return `UNNEST(sequence(${timestampLiteral(utcOf(first, zone))}, ${timestampLiteral(utcOf(last, zone))}, INTERVAL '1' HOUR))`;
}

/** How the column of `bucketsSql` reads as a bucket: hours are unrolled in UTC, so that no hour is invented or lost. */
export function unrolledBucket(grain: Grain, column: string, zone: string): string {
  return grain === 'hour' ? `CAST(${column} AT TIME ZONE ${literal(zone)} AS timestamp)` : column;
}

/** A bucket as a literal. */
export function bucketLiteral(grain: Grain, bucket: string): string {
  return grain === 'hour' ? timestampLiteral(`${bucket}:00`) : `DATE '${bucket}'`;
}

/** Buckets between two of them, from the earlier period to the later. */
export function bucketsBetween(grain: Grain, before: ResolvedPeriod, now: ResolvedPeriod): number {
  if (grain === 'hour') {
    const days = Temporal.PlainDate.from(before.from).until(Temporal.PlainDate.from(now.from)).days;
    return days * 24;
  }
  const [from, to] = [before.from, now.from].map((day) => unitStart(Temporal.PlainDate.from(day), grain)) as [
    Temporal.PlainDate,
    Temporal.PlainDate,
  ];
  if (grain === 'day' || grain === 'week') return Math.round(from.until(to).days / UNIT_DAYS[grain]);
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return Math.round(months / (UNIT_MONTHS[grain] ?? 1));
}

/** UTC instant at which a day of the shop begins. */
export function dayStart(day: string, zone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString();
}

/** `yyyy-MM-dd`, some days later. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

const STEPS = { day: "'1' DAY", week: "'7' DAY", month: "'1' MONTH", quarter: "'3' MONTH", year: "'1' YEAR" };
const UNIT_DAYS = { day: 1, week: 7, month: 30.44, quarter: 91.3, year: 365.25 };
const UNIT_MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

function hoursOf(period: ResolvedPeriod, reach: DataReach, zone: string, lookback: number): Buckets | undefined {
  const start = period.fromTime ?? dayStart(later(period.from, reach.firstDay ?? period.from), zone);
  const end = period.toTime ?? dayStart(addDays(earlier(period.to, reach.lastDay ?? period.to), 1), zone);
  const from = Temporal.Instant.from(start).toZonedDateTimeISO(zone).subtract({ hours: lookback });
  const newest = reach.newestEventTime;
  const until = newest && newest < end ? newest : end;
  const to = Temporal.Instant.from(until).toZonedDateTimeISO(zone).subtract({ milliseconds: 1 });
  const count = Math.floor(from.until(to).total('hours')) + 1;
  return count < 1 ? undefined : { first: hourText(from), last: hourText(to), count };
}

function hourText(time: Temporal.ZonedDateTime): string {
  return `${time.toPlainDate().toString()}T${String(time.hour).padStart(2, '0')}:00`;
}

function utcOf(hour: string, zone: string): string {
  return Temporal.PlainDateTime.from(hour).toZonedDateTime(zone).toInstant().toString();
}

function bucketStart(day: string, unit: Exclude<Grain, 'hour'>): string {
  return unitStart(Temporal.PlainDate.from(day), unit).toString();
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
