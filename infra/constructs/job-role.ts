import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';

/** What the refresh may touch. */
export interface JobRoleProps {
  /** Read, never written. */
  readonly raw: Bucket;
  /** Read and written: tables and book-keeping. */
  readonly written: readonly Bucket[];
  /** Its script and what goes with it. */
  readonly code: readonly Asset[];
  /** Where its log goes. */
  readonly logs: readonly ILogGroup[];
}

/** The refresh's role: reads raw files, writes tables and book-keeping, and can't touch raw, catalog or memory. */
export class JobRole extends Role {
  constructor(scope: Construct, id: string, { raw, written, code, logs }: JobRoleProps) {
    super(scope, id, {
      assumedBy: new ServicePrincipal('glue.amazonaws.com'),
      description: 'The refresh: raw events into tables',
    });
    const all = [raw, ...written];
    const statements = [
      new PolicyStatement({
        sid: 'List',
        actions: ['s3:ListBucket', 's3:GetBucketLocation'],
        resources: all.map((b) => b.bucketArn),
      }),
      new PolicyStatement({ sid: 'Read', actions: ['s3:GetObject'], resources: all.map((b) => b.arnForObjects('*')) }),
      new PolicyStatement({
        sid: 'OwnCode',
        actions: ['s3:GetObject'],
        resources: code.map((asset) => asset.bucket.arnForObjects(asset.s3ObjectKey)),
      }),
      new PolicyStatement({
        sid: 'WriteTables',
        actions: ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        resources: written.map((b) => b.arnForObjects('*')),
      }),
      new PolicyStatement({
        sid: 'Log',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: logs.map((group) => group.logGroupArn),
      }),
      new PolicyStatement({
        sid: 'Metrics',
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        conditions: { StringEquals: { 'cloudwatch:namespace': 'Glue' } },
      }),
    ];
    for (const statement of statements) this.addToPolicy(statement);
  }
}
