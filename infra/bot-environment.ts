import type { DashboardsStack } from './stacks/dashboards-stack.ts';
import type { DataStack } from './stacks/data-stack.ts';
import type { PipelineStack } from './stacks/pipeline-stack.ts';
import type { StateStack } from './stacks/state-stack.ts';
import type { Stage } from './stages.ts';

/** What the bot is told about the house on AWS. */
export interface BotSurroundings {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly state: StateStack;
  readonly pipeline: PipelineStack;
  /** Undefined where there are no dashboards. */
  readonly dashboards: DashboardsStack | undefined;
}

/** The bot's settings as environment variables: names of resources, no secret among them. */
export function botEnvironment({ stage, data, state, pipeline, dashboards }: BotSurroundings): Record<string, string> {
  return {
    WAREHOUSE: 'athena',
    MODEL: stage.model ? 'bedrock' : 'none',
    SHOP_TIME_ZONE: stage.zone,
    SHOP_CURRENCY: stage.currency,
    MAX_QUERY_GB: String(stage.approvedCutoffGib),
    // What needs no click must fit below the usual cut-off, also where the estimate was a fifth too low.
    APPROVE_USD: String(usdOf(stage.cutoffGib * 0.8)),
    LOG_LEVEL: 'info',
    AWS_REGION: data.region,
    AWS_ATHENA_WORKGROUP: data.ask.name,
    AWS_ATHENA_LARGE_WORKGROUP: data.askLarge.name,
    AWS_MEMORY_TABLE: state.memory.tableName,
    AWS_REFRESH_JOB: pipeline.job.jobName,
    AWS_INBOX_URL: pipeline.inbox.queue.queueUrl,
    AWS_RAW: data.raw.s3UrlForObject('raw'),
    AWS_RESULTS: data.results.s3UrlForObject('results'),
    AWS_STATE: data.state.s3UrlForObject('state'),
    ...(stage.model ? { AWS_BEDROCK_MODEL: stage.model } : {}),
    ...(dashboards ? { AWS_DASHBOARD: dashboards.dashboardId, AWS_DATA_SETS: dashboards.dataSetIds.join(',') } : {}),
  };
}

/** Athena's list price of so many GiB, 5 $ a TB, in tenths of a cent. */
function usdOf(gib: number): number {
  return Math.floor(((gib * 2 ** 30) / 1e12) * 5 * 1000) / 1000;
}
