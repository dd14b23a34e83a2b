import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { KeptBucket } from './kept-bucket.ts';

/** What the bucket of raw events needs. */
export interface RawBucketProps {
  /** Where S3 writes who read what. */
  readonly accessLogs: Bucket;
  /** ARN of the one role that may delete (erasure by law); undefined: nobody may. */
  readonly eraser: string | undefined;
}

/** Raw events: kept for ever, and nobody deletes them, whatever else a policy allows. Everything else can be made again from it. To change its own lifecycle later, take the statement out first. */
export class RawBucket extends KeptBucket {
  constructor(scope: Construct, id: string, { accessLogs, eraser }: RawBucketProps) {
    super(scope, id, { accessLogs, logPrefix: 'raw/', tiered: true });
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NobodyDeletesRaw',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutLifecycleConfiguration', 's3:DeleteBucket'],
        resources: [this.bucketArn, this.arnForObjects('*')],
        ...(eraser ? { conditions: { ArnNotEquals: { 'aws:PrincipalArn': eraser } } } : {}),
      }),
    );
  }
}
