import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { openGlueRefresher } from '../../src/aws/glue-refresher.ts';
import { openS3Files } from '../../src/aws/s3-files.ts';
import { openSnapshotReader } from '../../src/aws/snapshot-reader.ts';
import { refresherContract } from '../contracts/refresher-contract.ts';
import { openMapMemory } from '../doors/map-memory.ts';
import { duckdbJob } from './engines/refresh-jobs.ts';
import { openGlueServer } from './servers/glue-server.ts';
import { openS3Server } from './servers/s3-server.ts';

refresherContract('The refresh on Glue’s wire', async (rawDir, work) => {
  const root = join(rawDir, '..');
  const [results, state] = [join(root, 'results'), join(root, 'state')];
  for (const folder of [results, state]) mkdirSync(folder);
  const settings = { zone: 'Europe/Berlin', currency: 'EUR', aliases: {} };
  const glue = await openGlueServer({ name: 'refresh', job: duckdbJob({ raw: rawDir, results, state }, work, settings) });
  const s3 = await openS3Server({ root });
  const shared = { region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const s3Client = new S3Client({ ...shared, endpoint: s3.endpoint, forcePathStyle: true });
  const client = new GlueClient({ ...shared, endpoint: glue.endpoint });
  const files = (bucket: string) => openS3Files({ client: s3Client, location: `s3://${bucket}` });
  const clock = { now: () => new Date().toISOString() };
  const refresher = openGlueRefresher({
    client,
    job: 'refresh',
    raw: files('raw'),
    state: files('state'),
    snapshot: openSnapshotReader(files('results'), clock),
    memory: openMapMemory(),
    clock,
    report: () => {},
    lookMs: 20,
  });
  const close = async () => {
    for (const one of [client, s3Client]) one.destroy();
    await Promise.all([glue.close(), s3.close()]);
  };
  return { refresher, close };
});
