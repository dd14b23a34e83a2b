import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { estimateOnAthena } from '../../src/aws/athena-estimate.ts';
import { openWeighFolder } from '../../src/aws/weigh-folder.ts';
import type { Snapshot } from '../../src/refresh/snapshot.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';
import { openS3Server } from '../box/servers/s3-server.ts';
import type { WireServer } from '../box/servers/wire-server.ts';

const root = mkdtempSync(join(tmpdir(), 'estimate-'));
const faults: unknown[] = [];
let s3: WireServer;
let client: S3Client;

beforeAll(async () => {
  for (const [key, bytes] of Object.entries({
    'ads/costs/dt=2026-11-22/a.parquet': 1000,
    'ads/costs/dt=2026-11-23/a.parquet': 2000,
    'ads/costs/dt=2026-11-23/_SUCCESS': 50,
    'ads/costs/_temporary/b.parquet': 700,
    'ads/costs_of_others/a.parquet': 9000,
  })) {
    mkdirSync(dirname(join(root, key)), { recursive: true });
    writeFileSync(join(root, key), Buffer.alloc(bytes));
  }
  s3 = await openS3Server({ root, pageSize: 2 });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = new S3Client({ endpoint: s3.endpoint, region: 'eu-central-1', credentials, forcePathStyle: true, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await s3.close();
  rmSync(root, { recursive: true });
});

const cost = { name: 'cost', type: 'double' };
const dt = { name: 'dt', type: 'varchar' };
const table = (location?: string) => ({ columns: [cost, dt], partitionColumns: ['dt'], ...(location ? { location } : {}) });
const catalog: Catalog = {
  defaultCatalog: 'awsdatacatalog',
  defaultDatabase: 'shop',
  tables: {
    'shop.events': table(),
    'shop.ad_costs': table('s3://ads/costs'),
    'shop.closed': table('s3://nobody/knows'),
    'other.numbers': table(),
  },
  blockedColumns: [],
};
const snapshot = {
  tables: { events: { files: [{ partition: { dt: '2026-11-23' }, columnBytes: { cost: 400, other: 5 } }] } },
} as unknown as Snapshot;

async function estimate(text: string, known: Snapshot | undefined = snapshot) {
  const verdict = checkSql(text, catalog);
  if (!verdict.ok) throw new Error(verdict.message);
  const clock = { now: () => '2026-11-24T12:00:00Z' };
  const weighFolder = openWeighFolder({ client, clock, report: (fault) => faults.push(fault) });
  return estimateOnAthena({ snapshotStats: async () => known, weighFolder }, verdict.sql);
}

test('an owner’s table in S3 weighs its files within the bounds, whole', async () => {
  expect(await estimate('SELECT sum(cost) FROM ad_costs')).toEqual({ bytes: 3000 });
  expect(await estimate("SELECT sum(cost) FROM ad_costs WHERE dt = '2026-11-23'")).toEqual({ bytes: 2000 });
  expect(await estimate('SELECT a.cost FROM ad_costs a JOIN events e ON a.dt = e.dt WHERE e.cost > 0')).toEqual({ bytes: 3400 });
});

test('a size that can’t be found is named, and the fault is kept for the one who runs it', async () => {
  expect(await estimate('SELECT cost FROM closed, events')).toEqual({ bytes: 400, unknown: ['shop.closed'] });
  expect(faults).toHaveLength(1);
  expect(await estimate('SELECT cost FROM other.numbers')).toEqual({ bytes: 0, unknown: ['other.numbers'] });
});

test('before the first refresh nobody knows how large the tables are', async () => {
  const verdict = checkSql('SELECT cost FROM events', catalog);
  if (!verdict.ok) throw new Error(verdict.message);
  const end = await estimateOnAthena({ snapshotStats: async () => undefined }, verdict.sql);
  expect(end).toEqual({ bytes: 0, unknown: ['shop.events'] });
});

test('EXPLAIN is free, and EXPLAIN ANALYZE costs what it runs', async () => {
  expect(await estimate('EXPLAIN SELECT cost FROM ad_costs')).toEqual({ bytes: 0 });
  expect(await estimate('EXPLAIN /* all of it */ ANALYZE SELECT cost FROM ad_costs')).toEqual({ bytes: 3000 });
});
