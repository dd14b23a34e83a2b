import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** What the inbox needs. */
export interface InboxProps {
  /** Name of the queue. */
  readonly name: string;
}

/** The bot's inbox: what AWS tells it while it sleeps or restarts. What it could not take five times lies in `failed`. */
export class Inbox extends Construct {
  readonly queue: Queue;
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { name }: InboxProps) {
    super(scope, id);
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    this.failed = new Queue(this, 'Failed', { ...safe, queueName: `${name}-failed` });
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      queueName: name,
      visibilityTimeout: Duration.minutes(2),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: 5 },
    });
  }
}
