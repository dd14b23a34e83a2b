import { z } from 'zod';

/** A stretch of time as it was said. Days, weeks and months are those of the shop's zone; weeks are ISO. */
export type Period = z.infer<typeof periodSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type PeriodUnit = z.infer<typeof unitSchema>;

const unitSchema = z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']);

/** «n complete days ending yesterday», «n complete weeks»: the last complete unit is the last one taken. */
const last = z.strictObject({ type: z.literal('last'), count: z.int().min(1).max(1000), unit: unitSchema });
/** One complete unit: 1 day ago = yesterday, 1 week ago = last week, 2 months ago = the month before last. */
const ago = z.strictObject({ type: z.literal('ago'), count: z.int().min(1).max(1000), unit: unitSchema });
/** «today», «this week», «mtd», «ytd»: from the start of the unit until now, partial. */
const current = z.strictObject({ type: z.literal('current'), unit: unitSchema });
/** A date, a month, a quarter, an ISO week or a year; without a year the latest that has begun. */
const calendar = z.strictObject({
  type: z.literal('calendar'),
  year: z.int().min(2000).max(2100).optional(),
  quarter: z.int().min(1).max(4).optional(),
  month: z.int().min(1).max(12).optional(),
  week: z.int().min(1).max(53).optional(),
  day: z.int().min(1).max(31).optional(),
});
/** The latest past one (today excluded); `weeksAgo` counts further back: «tuesday last week» = weekday of last ISO week. */
const weekday = z.strictObject({
  type: z.literal('weekday'),
  weekday: z.int().min(1).max(7),
  inWeekAgo: z.int().min(0).max(53).optional(),
});
/** Shop calendar days that have a name. `black_friday_week` runs Monday to Sunday, `easter` from Good Friday to Easter Monday. */
const named = z.strictObject({
  type: z.literal('named'),
  name: z.enum([
    'black_friday',
    'cyber_monday',
    'black_friday_week',
    'cyber_week',
    'christmas',
    'christmas_eve',
    'new_year',
    'valentines_day',
    'halloween',
    'singles_day',
    'thanksgiving',
    'boxing_day',
    'new_years_eve',
    'good_friday',
    'easter',
    'easter_sunday',
    'easter_monday',
  ]),
  year: z.int().min(2000).max(2100).optional(),
});
/** All data there are. */
const all = z.strictObject({ type: z.literal('all') });

const pointSchema = z.discriminatedUnion('type', [ago, current, calendar, weekday, named]);

/** From the first day of `from` to the last day of `to`, both inclusive; absent `to` = until now, absent `from` = from the first data. */
const range = z.strictObject({ type: z.literal('range'), from: pointSchema.optional(), to: pointSchema.optional() });
/** The same calendar period one year back. */
const yearBefore = z.strictObject({
  type: z.literal('year_before'),
  of: z.discriminatedUnion('type', [last, ago, current, calendar, weekday, named, range]),
});
/** A part of a month, quarter or year: first or second half, or its nth week (days 1–7, 8–14 …). */
const part = z.strictObject({
  type: z.literal('part'),
  of: z.discriminatedUnion('type', [ago, current, calendar]),
  half: z.int().min(1).max(2).optional(),
  week: z.int().min(1).max(5).optional(),
});

export const periodSchema = z.discriminatedUnion('type', [
  last,
  ago,
  current,
  calendar,
  weekday,
  named,
  all,
  range,
  yearBefore,
  part,
]);

/** `previous`: the adjacent period of equal length. `year_ago`: the same calendar period one year back. */
export const comparisonSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('previous') }),
  z.strictObject({ type: z.literal('year_ago') }),
  z.strictObject({ type: z.literal('period'), period: periodSchema }),
]);
