import { AthenaClient } from '@aws-sdk/client-athena';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GlueClient } from '@aws-sdk/client-glue';
import { QuickSightClient } from '@aws-sdk/client-quicksight';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { Model } from '../services/model.ts';
import type { Refresher } from '../services/refresher.ts';
import type { Warehouse } from '../services/warehouse.ts';
import { type AthenaWarehouseOptions, openAthenaWarehouse } from './athena-warehouse.ts';
import { openBedrockModel } from './bedrock-model.ts';
import { type DataSets, openDataSets } from './data-sets.ts';
import { openDynamodbMemory } from './dynamodb-memory.ts';
import { openGlueRefresher } from './glue-refresher.ts';
import type { TokenPrice } from './model-price.ts';
import type { Pace } from './pause.ts';
import { openRunInbox } from './run-inbox.ts';
import { openS3Files } from './s3-files.ts';
import { openSnapshotReader } from './snapshot-reader.ts';
import { openWeighFolder } from './weigh-folder.ts';

/** What the stack named its parts; places are `s3://bucket/prefix`. */
export interface AwsNames {
  readonly region: string;
  readonly database: string;
  readonly workgroup: string;
  /** Workgroup of what a person approved, with a higher cut-off. */
  readonly largeWorkgroup?: string;
  readonly memoryTable: string;
  readonly job: string;
  readonly raw: string;
  readonly results: string;
  readonly state: string;
  /** Queue with news of ended runs; without it they are only looked for. */
  readonly inboxUrl?: string;
  /** QuickSight's data sets, filled anew after a refresh; needs the inbox, whose address names the account. */
  readonly dataSets?: readonly string[];
}

export interface AwsWorld {
  readonly clock: Clock;
  readonly report: (fault: unknown, what: string) => void;
  readonly known?: AthenaWarehouseOptions['known'];
  /** How queries are waited for; the world's own time unless told. */
  readonly pace?: Pace;
}

/** The services on AWS, with credentials and addresses as the SDK finds them. */
export interface Aws {
  readonly warehouse: Warehouse;
  readonly refresher: Refresher;
  readonly memory: Memory;
  close(): Promise<void>;
}

/** Opens Athena, Glue, S3, SQS and DynamoDB. Nothing is asked of them yet. */
export function openAws(names: AwsNames, { clock, report, known, pace }: AwsWorld): Aws {
  const { region } = names;
  const s3 = new S3Client({ region });
  const glue = new GlueClient({ region });
  const sqs = names.inboxUrl ? new SQSClient({ region }) : undefined;
  const files = (location: string) => openS3Files({ client: s3, location });
  const snapshot = openSnapshotReader(files(names.results), clock);
  const memory = openDynamodbMemory({ client: new DynamoDBClient({ region }), table: names.memoryTable, clock });
  const inbox = sqs && names.inboxUrl ? openRunInbox({ client: sqs, queueUrl: names.inboxUrl }) : undefined;
  const warehouse = openAthenaWarehouse({
    // Throttles at the start are waited for by the warehouse itself; the SDK's patience is for all others.
    client: new AthenaClient({ region, maxAttempts: 4 }),
    workgroup: names.workgroup,
    database: names.database,
    catalog: 'AwsDataCatalog',
    ...(names.largeWorkgroup ? { largeWorkgroup: names.largeWorkgroup } : {}),
    snapshotStats: () => snapshot.read(),
    weighFolder: openWeighFolder({ client: s3, clock, report }),
    executions: { memory, clock },
    report,
    ...(pace ? { pace } : {}),
    ...(known ? { known } : {}),
  });
  const refresher = openGlueRefresher({
    client: glue,
    job: names.job,
    raw: files(names.raw),
    state: files(names.state),
    snapshot,
    memory,
    clock,
    report,
    ...(inbox ? { inbox } : {}),
    ...openDashboardsData(names, report),
  });
  const close = async () => {
    await Promise.allSettled([inbox?.close(), warehouse.close(), memory.close()]);
    for (const client of [s3, glue, sqs]) client?.destroy();
  };
  return { warehouse, refresher, memory, close };
}

/** An SQS address is `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`. */
function openDashboardsData(
  { region, inboxUrl, dataSets: ids = [] }: AwsNames,
  report: AwsWorld['report'],
): { dataSets?: DataSets } {
  const accountId = /\/(\d{12})\//.exec(inboxUrl ?? '')?.[1];
  if (!accountId || ids.length === 0) return {};
  return { dataSets: openDataSets({ client: new QuickSightClient({ region }), accountId, ids, report }) };
}

/** The model that reads questions, with the SDK's own retries for throttles. */
export function openAwsModel({ region, ...model }: { region: string; modelId: string; price?: TokenPrice | undefined }): Model {
  return openBedrockModel({ client: new BedrockRuntimeClient({ region, maxAttempts: 3 }), ...model });
}
