import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DataStack } from '../stacks/data-stack.ts';
import type { PipelineStack } from '../stacks/pipeline-stack.ts';
import type { StateStack } from '../stacks/state-stack.ts';

/** What the bot may look at. */
export interface BotRoleProps {
  readonly data: DataStack;
  readonly state: StateStack;
  readonly pipeline: PipelineStack;
  /** QuickSight data sets that it may have filled anew. */
  readonly dataSetIds: readonly string[];
  /** Bedrock inference profile; undefined: no model. */
  readonly model: string | undefined;
}

/**
 * The second lock behind the guard: whatever SQL reached Athena, this role can only read. It asks one workgroup, reads the
 * tables' files, keeps its own memory, empties its inbox, starts one job. Raw events it can list, not read.
 */
export class BotRole extends Role {
  constructor(scope: Construct, id: string, { data, state, pipeline, dataSetIds, model }: BotRoleProps) {
    super(scope, id, {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      description: 'The bot: reads, and nothing else',
    });
    const stack = Stack.of(this);
    const statements = [
      ...askStatements(stack, data),
      ...readStatements(stack, data),
      ...workStatements(state, pipeline),
      ...(dataSetIds.length > 0 ? [refillStatement(stack, dataSetIds)] : []),
      ...(model ? [modelStatement(stack, model)] : []),
      ...neverStatements(data),
    ];
    for (const statement of statements) this.addToPolicy(statement);
  }
}

function askStatements(stack: Stack, data: DataStack): PolicyStatement[] {
  const workgroups = [data.ask, data.askLarge].map(({ name }) =>
    stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: name }),
  );
  const glue = (resource: string, resourceName?: string) =>
    stack.formatArn({ service: 'glue', resource, ...(resourceName ? { resourceName } : {}) });
  return [
    new PolicyStatement({
      sid: 'AskAthena',
      actions: ['athena:StartQueryExecution', 'athena:StopQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
      resources: workgroups,
    }),
    new PolicyStatement({
      sid: 'ReadCatalog',
      actions: [
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetTables',
        'glue:GetPartition',
        'glue:GetPartitions',
        'glue:BatchGetPartition',
      ],
      resources: [glue('catalog'), glue('database', data.database), glue('table', `${data.database}/*`)],
    }),
  ];
}

function readStatements(stack: Stack, data: DataStack): PolicyStatement[] {
  const own = data.ownLocations.map((location) => /^s3:\/\/([^/]+)\/?(.*)$/.exec(location)!);
  const ownBuckets = [...new Set(own.map(([, bucket]) => `arn:${stack.partition}:s3:::${bucket}`))];
  const ownFiles = own.map(([, bucket, prefix]) => `arn:${stack.partition}:s3:::${bucket}/${prefix ? `${prefix}/` : ''}*`);
  return [
    new PolicyStatement({
      sid: 'ReadTables',
      actions: ['s3:GetObject'],
      resources: [
        data.results.arnForObjects('results/*'),
        data.state.arnForObjects('state/manifest/*'),
        data.state.arnForObjects('state/runs/*'),
        ...ownFiles,
      ],
    }),
    new PolicyStatement({
      sid: 'ListFiles',
      actions: ['s3:ListBucket', 's3:GetBucketLocation'],
      resources: [data.results.bucketArn, data.state.bucketArn, data.raw.bucketArn, ...ownBuckets],
    }),
  ];
}

function workStatements(state: StateStack, pipeline: PipelineStack): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'OwnMemory',
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resources: [state.memory.tableArn],
    }),
    new PolicyStatement({
      sid: 'OwnInbox',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      resources: [pipeline.inbox.queue.queueArn],
    }),
    new PolicyStatement({
      sid: 'StartRefresh',
      actions: ['glue:StartJobRun', 'glue:GetJobRun', 'glue:GetJobRuns'],
      resources: [pipeline.job.jobArn],
    }),
  ];
}

/** Has the dashboards' own copies loaded anew, by name; it can neither read nor change them. */
function refillStatement(stack: Stack, ids: readonly string[]): PolicyStatement {
  const arn = (resourceName: string) => stack.formatArn({ service: 'quicksight', resource: 'dataset', resourceName });
  return new PolicyStatement({
    sid: 'RefillDashboards',
    actions: ['quicksight:CreateIngestion'],
    resources: ids.flatMap((id) => [arn(id), arn(`${id}/ingestion/*`)]),
  });
}

/** Converse needs the profile and, wherever it routes to, the model behind it. */
function modelStatement(stack: Stack, model: string): PolicyStatement {
  const family = model.replace(/^(global|us|eu|jp|au|apac)\./, '');
  return new PolicyStatement({
    sid: 'AskModel',
    actions: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    resources: [
      stack.formatArn({ service: 'bedrock', resource: 'inference-profile', resourceName: model }),
      `arn:${stack.partition}:bedrock:*::foundation-model/${family}`,
    ],
  });
}

/** Said although nothing allows it: a policy that someone adds later can't open these doors. */
function neverStatements(data: DataStack): PolicyStatement[] {
  const buckets = [data.raw, data.results, data.state, data.dashboardResults];
  return [
    new PolicyStatement({
      sid: 'NeverWriteFiles',
      effect: Effect.DENY,
      actions: ['s3:PutObject*', 's3:DeleteObject*', 's3:RestoreObject', 's3:PutBucket*', 's3:DeleteBucket*'],
      resources: buckets.flatMap((bucket) => [bucket.bucketArn, bucket.arnForObjects('*')]),
    }),
    new PolicyStatement({
      sid: 'NeverReadRaw',
      effect: Effect.DENY,
      actions: ['s3:GetObject*'],
      resources: [data.raw.arnForObjects('*')],
    }),
    new PolicyStatement({
      sid: 'NeverChangeCatalog',
      effect: Effect.DENY,
      actions: [
        'glue:Create*',
        'glue:Update*',
        'glue:Delete*',
        'glue:BatchCreate*',
        'glue:BatchUpdate*',
        'glue:BatchDelete*',
        'glue:Put*',
      ],
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: 'NeverReachFurther',
      effect: Effect.DENY,
      actions: ['lambda:*', 'iam:*', 'sts:AssumeRole', 'athena:Create*', 'athena:Update*', 'athena:Delete*', 'lakeformation:*'],
      resources: ['*'],
    }),
  ];
}
