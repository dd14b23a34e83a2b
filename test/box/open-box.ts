import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createMemoryTable } from '../../src/aws/create-memory-table.ts';
import { openDynalite } from '../../src/local/dynalite-memory.ts';
import type { Snapshot } from '../../src/refresh/snapshot.ts';
import { startTrino } from '../engines/start-trino.ts';
import { layTables, readOnlyRules } from './engines/lay-tables.ts';
import type { Buckets } from './engines/refresh-jobs.ts';
import { trinoEngine } from './engines/trino-engine.ts';
import { type AthenaEngine, type AthenaServer, openAthenaServer } from './servers/athena-server.ts';
import { type BedrockServer, type Conversed, openBedrockServer, type Turn } from './servers/bedrock-server.ts';
import { type GlueServer, type Job, openGlueServer } from './servers/glue-server.ts';
import { type MemoryServer, openMemoryServer } from './servers/memory-server.ts';
import { openQuicksightServer, type QuicksightServer } from './servers/quicksight-server.ts';
import { openS3Server, type S3Server } from './servers/s3-server.ts';
import { openSqsServer, type SqsServer } from './servers/sqs-server.ts';

/** AWS on this machine: its services' wires on loopback, with real engines behind. */
export interface Box {
  /** What the app must have in its environment to live in the box. */
  readonly environment: Readonly<Record<string, string>>;
  readonly buckets: Buckets;
  readonly athena: AthenaServer;
  readonly glue: GlueServer;
  readonly bedrock: BedrockServer;
  readonly memory: MemoryServer;
  readonly s3: S3Server;
  readonly sqs: SqsServer;
  readonly quicksight: QuicksightServer;
  close(): Promise<void>;
}

export interface BoxOptions {
  readonly database: string;
  /** What a run of the refresh does. */
  readonly job: (buckets: Buckets) => Job;
  /** Plays the model. */
  readonly model: (request: Conversed, index: number) => Turn;
  /** Athena's cut-off, in bytes. */
  readonly cutoffBytes?: number;
  /** What stands behind Athena; a real Trino unless told. */
  readonly engine?: BoxEngine;
}

/** An engine for Athena's server; `data` is the folder whose folders are the buckets. */
export interface BoxEngine {
  readonly data: string;
  readonly ask: AthenaEngine;
  /** Told of the tables after each run of the job. */
  lay(snapshot: Snapshot): Promise<void>;
  stop(): Promise<void>;
}

const region = 'eu-central-1';
const job = 'askstream-refresh';
const table = 'askstream-memory';

/** Opens the box, or answers with a plain word why it can't be. */
export async function openBox(options: BoxOptions): Promise<Box | string> {
  const engine = options.engine ?? (await trinoBehind(options.database));
  if (typeof engine === 'string') return engine;
  const bucket = (name: string) => join(engine.data, name, name);
  const buckets: Buckets = { raw: bucket('raw'), results: bucket('results'), state: bucket('state') };
  for (const folder of Object.values(buckets)) mkdirSync(folder, { recursive: true });
  const work = options.job(buckets);
  const sqs = await openSqsServer();
  const s3 = await openS3Server({ root: engine.data });
  const quicksight = await openQuicksightServer();
  const dynalite = await openDynalite({});
  const memory = await openMemoryServer(dynalite.endpoint);
  const athena = await openAthenaServer({
    engine: engine.ask,
    workgroup: 'askstream-ask',
    largeWorkgroup: { name: 'askstream-ask-large', cutoffBytes: 10 * 2 ** 30 },
    ...(options.cutoffBytes ? { cutoffBytes: options.cutoffBytes } : {}),
  });
  const bedrock = await openBedrockServer(options.model);
  const glue = await openGlueServer({
    name: job,
    // Glue's catalog needs no telling, since its partitions are computed; Trino does.
    job: async (run) => {
      const end = await work(run);
      const snapshot = readSnapshot(buckets.results);
      if (snapshot) await engine.lay(snapshot);
      return end;
    },
    onEnd: ({ id, state }) =>
      sqs.send(JSON.stringify({ 'detail-type': 'Glue Job State Change', detail: { jobRunId: id, state } })),
  });
  await makeMemoryTable(dynalite.endpoint);
  const servers = [athena, glue, bedrock, s3, sqs, quicksight, memory, dynalite];
  return {
    environment: {
      WAREHOUSE: 'athena',
      MODEL: 'bedrock',
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'box',
      AWS_SECRET_ACCESS_KEY: 'box',
      AWS_ATHENA_WORKGROUP: 'askstream-ask',
      AWS_ATHENA_LARGE_WORKGROUP: 'askstream-ask-large',
      AWS_MEMORY_TABLE: table,
      AWS_REFRESH_JOB: job,
      AWS_INBOX_URL: sqs.queueUrl,
      AWS_RAW: 's3://raw/raw',
      AWS_RESULTS: 's3://results/results',
      AWS_STATE: 's3://state/state',
      AWS_BEDROCK_MODEL: 'eu.model.in-a-box',
      AWS_DATA_SETS: 'askstream-traffic,askstream-shop',
      AWS_ENDPOINT_URL_ATHENA: athena.endpoint,
      AWS_ENDPOINT_URL_GLUE: glue.endpoint,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_ENDPOINT_URL_SQS: sqs.endpoint,
      AWS_ENDPOINT_URL_QUICKSIGHT: quicksight.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: memory.endpoint,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.endpoint,
    },
    buckets,
    athena,
    glue,
    bedrock,
    memory,
    s3,
    sqs,
    quicksight,
    async close() {
      await Promise.allSettled(servers.map((server) => server.close()));
      await engine.stop();
    },
  };
}

async function trinoBehind(database: string): Promise<BoxEngine | string> {
  const trino = await startTrino({ rules: readOnlyRules });
  if (typeof trino === 'string') return trino;
  return {
    data: trino.data,
    ask: trinoEngine(trino.url, 'bot'),
    lay: (snapshot) => layTables({ url: trino.url, folder: 'results/results', database, snapshot }),
    stop: () => trino.stop(),
  };
}

function readSnapshot(results: string): Snapshot | undefined {
  const file = join(results, 'snapshot.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Snapshot) : undefined;
}

async function makeMemoryTable(endpoint: string): Promise<void> {
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId: 'box', secretAccessKey: 'box' } });
  await createMemoryTable(client, table);
  client.destroy();
}
