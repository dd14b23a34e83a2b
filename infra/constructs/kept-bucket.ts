import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** How a bucket differs from the others of the house. */
export interface KeptBucketProps {
  /** Where S3 writes who read what; undefined for the bucket that holds these logs. */
  readonly accessLogs: Bucket | undefined;
  /** Begins the names of its access logs. */
  readonly logPrefix: string;
  /** Days until an object is deleted; undefined keeps it for ever. */
  readonly expireDays?: number;
  /** Days until a version that was replaced is deleted; undefined keeps it for ever. */
  readonly expireReplacedDays?: number;
  /** Moves objects that nobody reads to cheaper storage by themselves. */
  readonly tiered?: boolean;
}

/** A bucket that is private, encrypted, versioned, reached by TLS only, and outlives its stack. */
export class KeptBucket extends Bucket {
  constructor(scope: Construct, id: string, props: KeptBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: lifecycle(props),
      ...(props.accessLogs
        ? { serverAccessLogsBucket: props.accessLogs as IBucket, serverAccessLogsPrefix: props.logPrefix }
        : {}),
    });
  }
}

function lifecycle({ expireDays, expireReplacedDays, tiered = false }: KeptBucketProps): LifecycleRule[] {
  return [
    {
      id: 'housekeeping',
      abortIncompleteMultipartUploadAfter: Duration.days(7),
      ...(expireDays === undefined ? {} : { expiration: Duration.days(expireDays) }),
      ...(expireReplacedDays === undefined ? {} : { noncurrentVersionExpiration: Duration.days(expireReplacedDays) }),
      ...(tiered ? { transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }] } : {}),
    },
  ];
}
