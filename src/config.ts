import { existsSync } from 'node:fs';
import { z } from 'zod';

/**
 * The environment, checked once and frozen; the only reader of `process.env`. README's table of settings is held to
 * `settings` by a test. An error is one sentence that names the variable.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = fromProcess()): Config {
  const parsed = z.object(schemas()).safeParse(Object.fromEntries(Object.entries(environment).filter(([, v]) => v !== '')));
  if (parsed.success) return Object.freeze(parsed.data) as Config;
  const issue = parsed.error.issues[0]!;
  throw new ConfigFault(`The setting ${String(issue.path[0])} is wrong: ${issue.message}.`);
}

/** A setting that can't be used; its message is for the one who runs Askstream. */
export class ConfigFault extends Error {}

/** A setting that another one asks for; a ConfigFault names both where it is not set. */
export function neededSetting(
  config: Config,
  name:
    | 'AWS_REGION'
    | 'AWS_BEDROCK_MODEL'
    | 'MODEL_RECORDINGS'
    | `AWS_${'ATHENA_WORKGROUP' | 'MEMORY_TABLE' | 'REFRESH_JOB' | 'RAW' | 'RESULTS' | 'STATE'}`,
): string {
  const value = config[name];
  if (value) return value;
  const why =
    name === 'MODEL_RECORDINGS' || name === 'AWS_BEDROCK_MODEL' ? `MODEL=${config.MODEL}` : `WAREHOUSE=${config.WAREHOUSE}`;
  throw new ConfigFault(`${why} needs the setting ${name}, which is not set.`);
}

export type Config = { readonly [K in keyof typeof settings]: z.infer<(typeof settings)[K]['schema']> };

const zone = z.string().refine(isZone, 'not a time zone such as Europe/Berlin');
const count = (standard: number) =>
  z.coerce.number('not a whole number').int('not a whole number').min(0, 'not a number from 0 on').default(standard);
const dollars = (standard: number) =>
  z
    .union([z.literal('off').transform(() => undefined), z.coerce.number().min(0)], 'neither a number from 0 on nor off')
    .default(standard);
const bucket = z
  .string()
  .regex(/^s3:\/\/[^/]+/, 'not a place such as s3://bucket/prefix')
  .optional();
const list = z
  .string()
  .default('')
  .transform((s) =>
    s
      .split(',')
      .map((x) => x.trim())
      .filter(Boolean),
  );

/** Every setting: its form, and what README says of it. */
export const settings = {
  RAW_DIR: {
    schema: z.string().optional(),
    about: 'Folder of raw files. Unset: the sample shop is made in `DATA_DIR/raw` and lives on.',
  },
  DATA_DIR: { schema: z.string().default('.data'), about: 'Local tables and state.' },
  SHOP_TIME_ZONE: { schema: zone.default('UTC'), about: 'The zone of days, weeks and months.' },
  SHOP_CURRENCY: {
    schema: z
      .string()
      .regex(/^[A-Z]{3}$/, 'not a currency code such as EUR')
      .default('EUR'),
    about: 'Money is in this currency unless a question names another.',
  },
  GLOSSARY: { schema: z.string().default('prompts/glossary.yml'), about: 'The vocabulary: tables, metrics, dimensions, words.' },
  GEO_RANGES: {
    schema: z.string().optional(),
    about: 'CSV or Parquet of address ranges with country, region, city, for raw data without a place.',
  },
  WAREHOUSE: {
    schema: z.enum(['local', 'athena'], 'neither local nor athena').default('local'),
    about: '`local` = DuckDB in this process’s child, `athena` = Amazon Athena.',
  },
  MODEL: {
    schema: z.enum(['none', 'bedrock', 'replay'], 'neither none, bedrock nor replay').default('none'),
    about: 'Reads what the grammar cannot; `none` asks back instead, `replay` answers from `MODEL_RECORDINGS`.',
  },
  MODEL_RECORDINGS: {
    schema: z.string().optional(),
    about: 'Folder of recorded model answers, for `MODEL=replay`; unknown requests are put into its `pending`.',
  },
  AWS_REGION: { schema: z.string().optional(), about: 'Region of everything on AWS.' },
  AWS_ATHENA_WORKGROUP: { schema: z.string().optional(), about: 'With `WAREHOUSE=athena`: workgroup of the questions.' },
  AWS_ATHENA_LARGE_WORKGROUP: {
    schema: z.string().optional(),
    about: 'Workgroup of what a person approved, with a higher cut-off. Unset: the same as all.',
  },
  AWS_REFRESH_JOB: { schema: z.string().optional(), about: 'With `WAREHOUSE=athena`: Glue job of the refresh.' },
  AWS_MEMORY_TABLE: {
    schema: z.string().optional(),
    about: 'With `WAREHOUSE=athena`: DynamoDB table that outlives the process.',
  },
  AWS_RAW: { schema: bucket, about: 'With `WAREHOUSE=athena`: where the raw files lie, `s3://bucket/prefix`.' },
  AWS_RESULTS: { schema: bucket, about: 'With `WAREHOUSE=athena`: where the tables lie.' },
  AWS_STATE: { schema: bucket, about: 'With `WAREHOUSE=athena`: where the refresh keeps its books.' },
  AWS_INBOX_URL: {
    schema: z.string().optional(),
    about: 'SQS queue with news of ended refreshes; without it they are looked for.',
  },
  AWS_BEDROCK_MODEL: { schema: z.string().optional(), about: 'With `MODEL=bedrock`: inference profile or model id.' },
  AWS_BEDROCK_USD: {
    schema: z
      .string()
      .regex(/^\d+(\.\d+)?,\d+(\.\d+)?$/, 'not two prices such as 3,15')
      .transform((text) => {
        const [input = 0, output = 0] = text.split(',').map(Number);
        return { input, output };
      })
      .optional(),
    about: 'USD a million tokens in and out, `3,15`, for a model whose list price isn’t known here, or is another.',
  },
  AWS_DATA_SETS: {
    schema: list,
    about: 'QuickSight data sets that a refresh fills anew, comma-separated; needs `AWS_INBOX_URL`.',
  },
  AWS_DASHBOARD: { schema: z.string().optional(), about: 'QuickSight dashboard that answers link to.' },
  PORT: {
    schema: z.coerce
      .number('not a port number')
      .int('not a port number')
      .min(0, 'not a port number')
      .max(65535, 'not a port number')
      .default(3000),
    about: 'Port of the playground (or of the HTTP door, with Slack over HTTP); 0 takes a free one.',
  },
  SLACK_BOT_TOKEN: {
    schema: z.string().startsWith('xoxb-', 'not a bot token (xoxb-…)').optional(),
    about: 'With it the app connects to a real workspace; without it the playground opens.',
  },
  SLACK_APP_TOKEN: {
    schema: z.string().startsWith('xapp-', 'not an app-level token (xapp-…)').optional(),
    about: 'Socket Mode: no public address is needed.',
  },
  SLACK_SIGNING_SECRET: {
    schema: z.string().min(8, 'too short').optional(),
    about: 'HTTP instead of Socket Mode: Slack signs its requests with it.',
  },
  EDITORS: {
    schema: list,
    about: 'Slack user ids who may approve prices and refresh at any time, comma-separated. Empty: everybody.',
  },
  ENGINEERS: { schema: list, about: 'Slack user ids who may use `/sql`. Empty: everybody in the workspace.' },
  ROW_LIMIT: { schema: count(10_000), about: 'Rows that one answer holds at most.' },
  QUERY_SECONDS: { schema: count(60), about: 'A query is stopped after so many seconds.' },
  MAX_QUERY_GB: {
    schema: z.coerce.number('not a number').positive('not a number over 0').default(10),
    about: 'A query that would read more is not run.',
  },
  APPROVE_USD: {
    schema: z.coerce.number('not a number').min(0, 'not a number from 0 on').default(0.02),
    about: 'A query that would cost more waits for a click.',
  },
  DAILY_USD_PERSON: {
    schema: dollars(1),
    about:
      'What one person’s questions and SQL may cost a day (the shop’s), the model’s calls among them, in USD at the list prices; `off` = no budget.',
  },
  DAILY_USD_WORKSPACE: { schema: dollars(5), about: 'The same for all together, digests among them.' },
  MONTHLY_USD_WORKSPACE: { schema: dollars(60), about: 'The same for all together in a calendar month.' },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
    about: 'How much is written to standard error, as JSON lines.',
  },
} as const satisfies Record<string, { schema: z.ZodType; about: string }>;

function schemas() {
  return Object.fromEntries(Object.entries(settings).map(([name, s]) => [name, s.schema])) as {
    [K in keyof typeof settings]: (typeof settings)[K]['schema'];
  };
}

function fromProcess(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
