import { z } from 'zod';
import { comparisonSchema, periodSchema } from './period.ts';

/**
 * What a question means: plain data, checked by this one schema (also the model's tool schema). It holds meaning and no
 * resolution («last 7 days», `channel = email`), so a stored Reading is as right next month as today. Ids are those of
 * `prompts/glossary.yml`; a Reading that names an unknown id is refused by `checkReading`.
 */
export type Reading = z.infer<typeof readingSchema>;
export type MetricReading = z.infer<typeof metricSchema>;
export type FunnelReading = z.infer<typeof funnelSchema>;
export type SqlReading = z.infer<typeof sqlSchema>;
export type ClarifyReading = z.infer<typeof clarifySchema>;
export type DeclineReading = z.infer<typeof declineSchema>;
/** The kinds that the house turns into SQL by its own definitions. */
export type DataReading = MetricReading | FunnelReading;
export type Filter = z.infer<typeof filterSchema>;
export type Segment = z.infer<typeof segmentSchema>;
export type Grain = z.infer<typeof grainSchema>;
export type Schedule = z.infer<typeof scheduleSchema>;
export type MadeMetric = z.infer<typeof madeSchema>;

const grainSchema = z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']);

/**
 * `values` are value ids or group ids of the dimension where the glossary lists them (`mobile`, `eu`), else values as the
 * data hold them; they compare without case. `unknown` stands for NULL. Numbers (viewport width, load time) use the
 * comparing operators with one value as text.
 */
export const filterSchema = z.strictObject({
  dimension: z.string(),
  op: z.enum(['is', 'is_not', 'contains', 'not_contains', 'starts_with', 'at_least', 'at_most', 'more_than', 'less_than']),
  values: z.array(z.string()).min(1),
});

/**
 * One side of «safari on iphone vs chrome android»: a label in the asker's words and its filters; without any it is
 * everybody («mobile vs overall»).
 */
const segmentSchema = z.strictObject({ label: z.string(), filters: z.array(filterSchema) });

/** «every monday 9am»: local time of the channel's zone. Weekday 1 = Monday. */
const scheduleSchema = z.strictObject({
  every: z.enum(['day', 'weekday', 'week', 'month']),
  weekday: z.int().min(1).max(7).optional(),
  day: z.int().min(1).max(31).optional(),
  hour: z.int().min(0).max(23),
  minute: z.int().min(0).max(59),
});

const made = { id: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/), label: z.string().min(1) };

/**
 * A number that the glossary does not list, made of those that it lists (or of one made before it). Its `id` stands in
 * `metrics` as theirs do; what it comes to is `withMade`'s.
 */
const madeSchema = z.discriminatedUnion('type', [
  /** «dead clicks per session» (`number`), «refunded value as a percentage of revenue» (`rate`). */
  z.strictObject({ type: z.literal('ratio'), ...made, of: z.string(), over: z.string(), as: z.enum(['rate', 'number']) }),
  /** «share of orders paid with klarna»: the part with these filters ÷ all of the row. */
  z.strictObject({ type: z.literal('part'), ...made, of: z.string(), filters: z.array(filterSchema).min(1) }),
  /** «sessions with more than 5 page views», «orders over 200 euros»: how many of `of` have that much of `metric`. */
  z.strictObject({
    type: z.literal('bound'),
    ...made,
    of: z.string(),
    metric: z.string(),
    op: z.enum(['at_least', 'at_most', 'more_than', 'less_than']),
    value: z.number(),
  }),
  /** «median order value», «p90 load time», of what `of` averages. */
  z.strictObject({ type: z.literal('percentile'), ...made, of: z.string(), percent: z.int().min(1).max(99) }),
  /** «different brands sold»: values of the dimension among the rows that `of` counts. */
  z.strictObject({ type: z.literal('distinct'), ...made, of: z.string(), dimension: z.string() }),
]);

const scope = {
  /** Absent = the last 28 complete days. */
  period: periodSchema.optional(),
  compare: comparisonSchema.optional(),
  filters: z.array(filterSchema).default([]),
  segments: z.array(segmentSchema).min(2).max(6).optional(),
  /** Absent = left out. */
  bots: z.enum(['include', 'only']).optional(),
  schedule: scheduleSchema.optional(),
  /** Words that were understood as meaning nothing for the numbers, or defaults that the answer must name. */
  assumed: z.array(z.string()).optional(),
};

const metricSchema = z.strictObject({
  kind: z.literal('metric'),
  metrics: z.array(z.string()).min(1),
  made: z.array(madeSchema).min(1).max(8).optional(),
  dimensions: z.array(z.string()).max(3).default([]),
  grain: grainSchema.optional(),
  ...scope,
  having: z
    .array(
      z.strictObject({ metric: z.string(), op: z.enum(['at_least', 'at_most', 'more_than', 'less_than']), value: z.number() }),
    )
    .default([]),
  /** `by` is a metric id, a dimension id or `time`. */
  order: z.strictObject({ by: z.string(), direction: z.enum(['asc', 'desc']) }).optional(),
  limit: z.int().min(1).max(1000).optional(),
  /** Shows each row's share of the whole, for metrics that add up. */
  share: z.boolean().optional(),
  /** The share is of the rows with the same value of this dimension, which is one of `dimensions`. */
  within: z.string().optional(),
  /** Trailing average over this many buckets of the grain. */
  movingAverage: z.int().min(2).max(90).optional(),
  /** Averages the metric over the days, weeks … of the period («orders per day»). */
  per: grainSchema.optional(),
  /** What the question said of the picture. */
  picture: z.enum(['none', 'map', 'line', 'bars']).optional(),
});

const funnelSchema = z.strictObject({
  kind: z.literal('funnel'),
  /** Step ids of the glossary, in order. */
  steps: z.array(z.string()).min(2).max(8),
  /** `any`: sessions that reached each step, in any order (open). `in_order`: one after the other, within the window (closed). */
  order: z.enum(['any', 'in_order']).default('any'),
  windowMinutes: z.int().positive().optional(),
  by: z.string().optional(),
  ...scope,
  picture: z.enum(['none', 'bars']).optional(),
});

/** The last resort: SQL that a model wrote, because no other kind can say the question. Never stored, repeated or approved. */
const sqlSchema = z.strictObject({
  kind: z.literal('sql'),
  /** One read-only Athena statement. */
  sql: z.string().min(1).max(10_000),
  /** One English sentence: what its rows are and what was counted. */
  says: z.string().min(1).max(1000),
});

/** A ready answer of a clarify: `question` is asked as it stands when the button is pressed, whole in itself. */
const choiceSchema = z.strictObject({ label: z.string().max(75), question: z.string() });

const clarifySchema = z.strictObject({
  kind: z.literal('clarify'),
  about: z.enum(['metric', 'period', 'dimension', 'value', 'meaning', 'words', 'nothing_asked']),
  /** One sentence that asks one thing. */
  question: z.string(),
  choices: z.array(choiceSchema).min(2).max(4),
  /** The asker's words that were not understood. */
  words: z.array(z.string()).optional(),
});

const declineSchema = z.strictObject({
  kind: z.literal('decline'),
  /** `reasons` of the glossary, plus those that no glossary changes. */
  reason: z.string(),
  /** What was asked for, in words that the sentence can name. */
  subject: z.string(),
  nearest: choiceSchema.optional(),
});

export const readingSchema = z.discriminatedUnion('kind', [metricSchema, funnelSchema, sqlSchema, clarifySchema, declineSchema]);
