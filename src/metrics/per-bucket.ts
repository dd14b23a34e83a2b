import { Temporal } from 'temporal-polyfill';
import { bucketsOf } from './bucket-sql.ts';
import { addUnits, type DayUnit, unitStart } from './calendar-span.ts';
import { isOfDay } from './dimension-sql.ts';
import type { ResolvedPeriod } from './draft.ts';
import type { PerUnit } from './formula.ts';
import type { Frame, Side } from './frame.ts';
import { identifier } from './sql-text.ts';

/** How many buckets of the unit an average divides by, as SQL: those of the period that the data reach. */
export function countBuckets(unit: PerUnit, side: Side, frame: Frame): string {
  const { period } = side;
  if (!frame.grain) return String(bucketsOf(unit, period, frame, frame.zone)?.count ?? 1);
  if (unit !== 'day' || frame.grain === 'hour' || side.shift !== 0) return 'count(DISTINCT each_bucket)';
  const days = bucketsOf('day', period, frame, frame.zone, 0);
  if (frame.grain === 'day' || !days) return '1';
  const bucket = identifier(frame.timeName);
  const start = frame.lookback > 0 ? bucket : `greatest(${bucket}, DATE '${days.first}')`;
  const divisor = `date_diff('day', ${start}, least(date_add('${frame.grain}', 1, ${bucket}), date_add('day', 1, DATE '${days.last}')))`;
  return `max(${divisor})`;
}

/** Whether groups or filters pick days (weekends, Mondays): then only days that have rows count. */
export function movesWithDay(frame: Frame, side: Side): boolean {
  const filters = [...side.filters, ...frame.segments.flatMap((segment) => segment.filters)];
  return [...frame.dimensions, ...filters.map((filter) => filter.dimension)].some((id) =>
    isOfDay(frame.glossary.dimensions[id]!),
  );
}

/** The complete units inside a period; undefined where there is none, so that the average is over parts of one. */
export function completeUnits(period: ResolvedPeriod, unit: PerUnit): { readonly from: string; readonly to: string } | undefined {
  if (unit === 'hour' || period.fromTime) return { from: period.from, to: period.to };
  const [from, to] = [Temporal.PlainDate.from(period.from), Temporal.PlainDate.from(period.to)];
  const end = period.partial ? to.subtract({ days: 1 }) : to;
  const start = unitStart(from, unit);
  const first = start.equals(from) ? from : addUnits(start, unit, 1);
  const last = endOfComplete(end, unit);
  return Temporal.PlainDate.compare(first, last) > 0 ? undefined : { from: first.toString(), to: last.toString() };
}

function endOfComplete(day: Temporal.PlainDate, unit: DayUnit): Temporal.PlainDate {
  const next = day.add({ days: 1 });
  return unitStart(next, unit).subtract({ days: 1 });
}
