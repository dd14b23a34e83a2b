import { SettingsFault } from './settings-fault.ts';

/**
 * What differs between stages, as one table: an owner edits it. A stage is one account and region, because the Glue database
 * has the name that the glossary gives it.
 */
export const stages: Readonly<Record<string, Stage>> = {
  dev: {
    name: 'dev',
    prefix: 'askstream-dev',
    zone: 'UTC',
    currency: 'EUR',
    firstDay: '2024-01-01',
    cutoffGib: 1,
    approvedCutoffGib: 2,
    dashboardCutoffGib: 10,
    dailyScanGib: 20,
    refresh: 'cron(30 3 * * ? *)',
    refreshWorkers: 2,
    refreshMinutes: 60,
    bot: { cpu: 512, memoryMib: 1024, tasks: 1 },
    geoRanges: undefined,
    model: undefined,
    monthlyBudgetUsd: 50,
    isProtected: false,
  },
  prod: {
    name: 'prod',
    prefix: 'askstream',
    zone: 'UTC',
    currency: 'EUR',
    firstDay: '2024-01-01',
    cutoffGib: 4,
    approvedCutoffGib: 10,
    dashboardCutoffGib: 10,
    dailyScanGib: 500,
    refresh: 'cron(10 * * * ? *)',
    refreshWorkers: 2,
    refreshMinutes: 60,
    bot: { cpu: 512, memoryMib: 1024, tasks: 1 },
    geoRanges: undefined,
    model: 'eu.anthropic.claude-sonnet-4-6',
    monthlyBudgetUsd: 200,
    isProtected: true,
  },
};

/** The settings of one stage. */
export interface Stage {
  /** What `-c stage=` takes. */
  readonly name: string;
  /** Begins the name of every stack and of what people see in the console. */
  readonly prefix: string;
  /** The shop's time zone: days of the tables are its days. */
  readonly zone: string;
  /** Money is in this currency unless a question names another. */
  readonly currency: string;
  /** First day (`yyyy-MM-dd`) that partition projection looks for. */
  readonly firstDay: string;
  /** A question's query is stopped by Athena after so many GiB; at most 10. */
  readonly cutoffGib: number;
  /** The same for a query whose price a person approved; at most 10. */
  readonly approvedCutoffGib: number;
  /** The same for a query of a dashboard; at most 10. */
  readonly dashboardCutoffGib: number;
  /** More GiB in a day than this raises an alarm. */
  readonly dailyScanGib: number;
  /** When the refresh starts by itself, in UTC: a Glue cron expression. */
  readonly refresh: string;
  /** G.1X workers of the refresh at most; Glue takes fewer where fewer suffice. */
  readonly refreshWorkers: number;
  /** The refresh is stopped after so many minutes. */
  readonly refreshMinutes: number;
  /** The bot's task: CPU units of 1/1024 vCPU, memory in MiB, and how many of it. */
  readonly bot: { readonly cpu: number; readonly memoryMib: number; readonly tasks: number };
  /** Key in the state bucket of a table of address ranges (CSV or Parquet), for raw data without a place; undefined: no places then. */
  readonly geoRanges: string | undefined;
  /** Bedrock inference profile that reads what the grammar cannot; undefined asks back instead. */
  readonly model: string | undefined;
  /** Half, four fifths and all of it send a mail. */
  readonly monthlyBudgetUsd: number;
  /** Stacks that hold data can't be deleted while this is true; the data themselves are kept in any case. */
  readonly isProtected: boolean;
}

/** The stage that was asked for; `prod` where none was. Throws a SettingsFault for a name that the table does not hold. */
export function stageNamed(name: unknown = 'prod'): Stage {
  const stage = stages[String(name)];
  if (!stage)
    throw new SettingsFault(`There is no stage «${String(name)}». Write -c stage=${Object.keys(stages).join(' or -c stage=')}.`);
  return stage;
}
