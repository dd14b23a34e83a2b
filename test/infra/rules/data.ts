import { describe, expect, test } from '@jest/globals';
import { glueType } from '../../../infra/glue-type.ts';
import { TABLES } from '../../../src/refresh/tables.ts';
import { resourcesOf, type Templates } from '../synthesize.ts';

interface TableInput {
  readonly Name: string;
  readonly PartitionKeys: readonly { Name: string; Type: string }[];
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly StorageDescriptor: { readonly Columns: readonly { Name: string; Type: string }[]; readonly Location: unknown };
}

const kept = ['AWS::S3::Bucket', 'AWS::DynamoDB::GlobalTable', 'AWS::SecretsManager::Secret'];

/** Data are kept, closed and described as the glossary says. */
export function dataRules(made: () => Templates): void {
  describe('data', () => {
    const tables = () =>
      Object.values(resourcesOf(made().data, 'AWS::Glue::Table')).map((r) => r.Properties.TableInput as TableInput);
    const buckets = () => Object.entries(resourcesOf(made().data, 'AWS::S3::Bucket'));

    test('what holds data outlives its stack', () => {
      const found = Object.values(made().all).flatMap((t) => kept.flatMap((type) => Object.entries(resourcesOf(t, type))));
      expect(found.length).toBe(7);
      expect(
        found.filter(([, r]) => r.DeletionPolicy !== 'Retain' || r.UpdateReplacePolicy !== 'Retain').map(([id]) => id),
      ).toEqual([]);
    });

    test('every bucket is closed to the public, encrypted and versioned', () => {
      expect(buckets().length).toBe(5);
      for (const [, { Properties }] of buckets())
        expect(Properties).toMatchObject({
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
          VersioningConfiguration: { Status: 'Enabled' },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        });
    });

    test('every bucket refuses what does not come by TLS', () => {
      const policies = Object.values(resourcesOf(made().data, 'AWS::S3::BucketPolicy')).map((p) => JSON.stringify(p.Properties));
      expect(policies.length).toBe(buckets().length);
      expect(policies.filter((p) => !p.includes('"aws:SecureTransport":"false"'))).toEqual([]);
    });

    test('nobody deletes raw events, and no rule lets them expire', () => {
      const [id, raw] = buckets().find(([name]) => name.startsWith('Raw'))!;
      expect(JSON.stringify(raw.Properties.LifecycleConfiguration)).not.toMatch(/Expiration/);
      const policies = Object.values(resourcesOf(made().data, 'AWS::S3::BucketPolicy'));
      const policy = policies.find((p) => JSON.stringify(p.Properties.Bucket).includes(id))!;
      const { Statement } = policy.Properties.PolicyDocument as { Statement: Record<string, unknown>[] };
      const deny = Statement.find((s) => s.Sid === 'NobodyDeletesRaw')!;
      expect(deny).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' } });
      expect(deny.Action).toEqual(
        expect.arrayContaining(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutLifecycleConfiguration']),
      );
      expect(deny.Condition).toBeUndefined();
    });

    test('the catalog has the tables and columns of the glossary, and those that the refresh writes', () => {
      const { database, tables: wanted } = made().vocabulary;
      const inCatalog = Object.fromEntries(
        tables().map((t) => [t.Name, [...t.StorageDescriptor.Columns, ...t.PartitionKeys].map((c) => [c.Name, c.Type])]),
      );
      const inGlossary = Object.entries(wanted)
        .filter(([, { location }]) => location !== '/data')
        .map(([name, { columns }]) => [name, Object.entries(columns).map(([column, type]) => [column, glueType(type)])]);
      expect(inCatalog).toEqual(Object.fromEntries(inGlossary));
      for (const [name, { columns }] of Object.entries(TABLES))
        expect(inCatalog[name]).toEqual(columns.map((c) => [c.name, glueType(c.type)]));
      made().data.hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { Name: database } });
    });

    test('a table that the owner brought lies where it lies; one on a disk is not in the catalog', () => {
      const own = tables().find((t) => t.Name === 'ad_costs')!;
      expect(own.StorageDescriptor.Location).toBe('s3://ads-of-the-shop/costs/');
      expect(tables().map((t) => t.Name)).not.toContain('on_this_disk');
    });

    test('days are computed, not crawled: from the first day of the stage to tomorrow', () => {
      const byDay = tables().filter((t) => t.PartitionKeys.length > 0);
      expect(byDay.length).toBeGreaterThan(5);
      for (const t of byDay) {
        expect(t.PartitionKeys).toEqual([{ Name: 'dt', Type: 'string' }]);
        expect(t.Parameters).toMatchObject({
          'projection.enabled': 'true',
          'projection.dt.type': 'date',
          'projection.dt.format': 'yyyy-MM-dd',
          'projection.dt.range': `${made().stage.firstDay},NOW+1DAYS`,
        });
        expect(JSON.stringify(t.Parameters['storage.location.template'])).toMatch(
          new RegExp(`/results/${t.Name}/dt=\\$\\{dt\\}`),
        );
      }
    });

    test('every workgroup enforces its settings, and stops a query at 10 GiB at most', () => {
      const groups = Object.values(made().all).flatMap((t) => Object.values(resourcesOf(t, 'AWS::Athena::WorkGroup')));
      expect(groups.length).toBe(3);
      for (const { Properties } of groups) {
        const settings = Properties.WorkGroupConfiguration as Record<string, unknown>;
        expect(settings.EnforceWorkGroupConfiguration).toBe(true);
        expect(settings.BytesScannedCutoffPerQuery).toBeLessThanOrEqual(10 * 2 ** 30);
        expect(settings.BytesScannedCutoffPerQuery).toBeGreaterThanOrEqual(10_000_000);
        const isManaged = 'ManagedQueryResultsConfiguration' in settings;
        expect(isManaged).not.toBe('ResultConfiguration' in settings);
      }
    });

    test('what a person approved may read more than other questions, and neither needs a right to write', () => {
      const { ask, 'ask-large': large } = Object.fromEntries(
        Object.values(resourcesOf(made().data, 'AWS::Athena::WorkGroup')).map(({ Properties }) => [
          String(Properties.Name).replace('askstream-', ''),
          Properties.WorkGroupConfiguration as { BytesScannedCutoffPerQuery: number; ManagedQueryResultsConfiguration: unknown },
        ]),
      );
      expect(large!.BytesScannedCutoffPerQuery).toBeGreaterThan(ask!.BytesScannedCutoffPerQuery);
      for (const group of [ask, large]) expect(group!.ManagedQueryResultsConfiguration).toEqual({ Enabled: true });
    });

    test('the memory has the keys that the app uses, forgets by itself, and can be put back to any second', () => {
      made().state.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        BillingMode: 'PAY_PER_REQUEST',
        Replicas: [{ DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      });
    });
  });
}
