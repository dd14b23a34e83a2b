import { z } from 'zod';
import { filterSchema } from './reading.ts';

/**
 * The form of `prompts/glossary.yml`. SQL in it is Athena SQL over the bare column names of one table; a formula lives here
 * and nowhere else. The reading room uses the words, the metrics room the formulas.
 */
export type Glossary = z.infer<typeof glossarySchema>;
export type GlossaryTable = z.infer<typeof tableSchema>;
export type Metric = z.infer<typeof metricSchema>;
export type Measure = z.infer<typeof measureSchema>;
export type Dimension = z.infer<typeof dimensionSchema>;
export type DimensionValue = z.infer<typeof valueSchema>;
export type FunnelStep = z.infer<typeof stepSchema>;
export type DeclineReason = z.infer<typeof reasonSchema>;

const words = z.array(z.string()).default([]);

const sumSchema = z.strictObject({ table: z.string(), value: z.string(), where: z.string().optional() });

const tableSchema = z.strictObject({
  about: z.string(),
  /** Column name → Athena type, in table order; the partition column last. */
  columns: z.record(z.string(), z.string()),
  partition: z.string().optional(),
  /** The keys of an owner's table that is partitioned by several, or by another than days, in the order of its folders. */
  partition_columns: z.array(z.string()).min(1).optional(),
  /** UTC timestamp column that a row belongs to. */
  time: z.string().optional(),
  /** Columns that join to `sessions.session_id` and `users.user_pseudo_id`. */
  session: z.string().optional(),
  user: z.string().optional(),
  /** Column that tells orders apart. */
  order: z.string().optional(),
  /** Boolean SQL: true for rows of bots. Absent where the table has no mark: then by its user. */
  bot: z.string().optional(),
  currency: z.string().optional(),
  /** Folder of Parquet files of a table that the owner brings. */
  location: z.string().optional(),
  /** For a table of daily sums: which aggregate of which table a column adds up. Its other columns tell the rows apart. */
  sums: z.record(z.string(), sumSchema).optional(),
  /** The table that every row of such sums has a row of. */
  rowsOf: z.string().optional(),
});

/** One aggregate over one table. `where` narrows the rows; `value` is the aggregate. */
const measureSchema = z.strictObject({
  table: z.string(),
  value: z.string(),
  where: z.string().optional(),
  /** Aggregates first per key (and per dimension) into the named values, over which `value` then aggregates. */
  each: z.strictObject({ keys: z.array(z.string()).min(1), values: z.record(z.string(), z.string()) }).optional(),
  /** Date SQL that a row belongs to, where it is not the partition. */
  day: z.string().optional(),
  /** Only rows with no valid order by the same user within so many days after the row's time. */
  withoutOrderWithinDays: z.int().positive().optional(),
  /** Only product rows of the first purchase event of a valid order. */
  ofValidOrder: z.boolean().optional(),
  /** Distinct count over this many days that end with each bucket (with the period, where no grain is asked). */
  trailingDays: z.int().positive().optional(),
  /** Average of the daily values over the days of the bucket or period. */
  averageOfDays: z.boolean().optional(),
  /** Only rows with these values of dimensions. */
  filters: z.array(filterSchema).optional(),
  /** Counted in one currency, as money is («orders» of the average order value). Money always is. */
  ofCurrency: z.boolean().optional(),
});

const metricSchema = z.strictObject({
  label: z.string(),
  synonyms: words,
  unit: z.enum(['count', 'rate', 'share', 'money', 'seconds', 'milliseconds', 'days', 'number']),
  /** Which direction is good: decides what «best» and «worst» mean. */
  better: z.enum(['up', 'down', 'none']).default('none'),
  /** How it is counted, one sentence for people. */
  definition: z.string(),
  /** May be summed over rows of a breakdown. */
  additive: z.boolean().default(false),
  // Exactly one of the three:
  measure: measureSchema.optional(),
  ratio: z.strictObject({ of: z.string(), over: z.string() }).optional(),
  complement: z.string().optional(),
  /** Asked with one of these dimensions or filters, another metric is meant. */
  variants: z.array(z.strictObject({ dimensions: z.array(z.string()).min(1), metric: z.string() })).default([]),
  /** Canonical event names that feed it: if none was ever seen, it is not tracked (unknown, never 0). */
  events: z.array(z.string()).optional(),
  /** Only a part of other metrics; no question means it. */
  hidden: z.boolean().default(false),
  /** Said with every answer that shows it. */
  caveat: z.string().optional(),
});

const valueSchema = z.strictObject({
  label: z.string(),
  /** What the column holds: one or several values. Absent: the id itself. */
  is: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]).optional(),
  synonyms: words,
  /**
   * Of a yes-or-no dimension's «yes»: what was done, verbs in their base form, articles left out, `|` between words of one
   * sense («add|put to|in cart|basket»). Any tense, «who …», «did not …» and «without …ing» are understood.
   */
  did: words,
});

const dimensionSchema = z.strictObject({
  label: z.string(),
  /** Label of several, where adding an s is wrong. */
  plural: z.string().optional(),
  synonyms: words,
  kind: z.enum(['text', 'boolean', 'number', 'cyclic', 'bin']),
  role: z.enum(['country', 'region', 'city', 'page', 'product', 'channel']).optional(),
  /** Table → SQL expression. Tables that are absent reach it through their session or user. `{zone}` is the shop's zone. */
  columns: z.record(z.string(), z.string()),
  /** Table → the number behind the bins, for «wider than 800 px». */
  numbers: z.record(z.string(), z.string()).optional(),
  values: z.record(z.string(), valueSchema).default({}),
  /** Named sets of values («eu», «paid»). */
  groups: z
    .record(z.string(), z.strictObject({ label: z.string(), values: z.array(z.string()).min(1), synonyms: words }))
    .default({}),
  /** Values are learned from the data (brands, campaigns, cities …). */
  learn: z.boolean().default(false),
  /** Two-letter ISO countries: names in the usual languages are known without a list. */
  countries: z.boolean().default(false),
  /** How NULL is called. */
  unknown: z.string().default('unknown'),
});

const stepSchema = z.strictObject({
  label: z.string(),
  synonyms: words,
  /** Boolean SQL over `sessions`. */
  session: z.string(),
  /** Canonical event name, for funnels in order; absent for the session's start. */
  event: z.string().optional(),
});

const reasonSchema = z.strictObject({
  /** Words and phrases that mean it. */
  synonyms: words,
  /** What is not there and why, one sentence; `{subject}` is what was asked for. */
  sentence: z.string(),
  /** How an owner could make it answerable. */
  how: z.string().optional(),
  nearest: z.strictObject({ label: z.string(), question: z.string() }).optional(),
});

export const glossarySchema = z.strictObject({
  database: z.string(),
  catalog: z.string(),
  /** Columns that no query may read: `column` or `table.column`. */
  blocked_columns: z.array(z.string()).default([]),
  tables: z.record(z.string(), tableSchema),
  metrics: z.record(z.string(), metricSchema),
  dimensions: z.record(z.string(), dimensionSchema),
  steps: z.record(z.string(), stepSchema),
  funnels: z.record(z.string(), z.strictObject({ label: z.string(), synonyms: words, steps: z.array(z.string()).min(2) })),
  /** Words that could mean several metrics, with what they could mean: asked back. */
  ambiguous: z
    .record(
      z.string(),
      z.strictObject({
        synonyms: words,
        question: z.string(),
        choices: z
          .array(z.strictObject({ label: z.string(), question: z.string() }))
          .min(2)
          .max(4),
      }),
    )
    .default({}),
  reasons: z.record(z.string(), reasonSchema),
  /** Raw event name → canonical name, beside the built-in ones of the refresh. */
  event_aliases: z.record(z.string(), z.string()).default({}),
  attribute_aliases: z.record(z.string(), z.string()).default({}),
  defaults: z
    .strictObject({ metric_for_traffic: z.string().optional(), units_per_item: z.enum(['quantity', 'one']).default('quantity') })
    .prefault({}),
});
