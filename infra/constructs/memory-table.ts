import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/** What the memory's table needs. */
export interface MemoryTableProps {
  /** Name of the table: what the bot is told. */
  readonly name: string;
}

/**
 * The bot's memory: threads, digests, approvals, leases. Keys as `src/aws/dynamodb-memory.ts` has them (`pk` = kind, `sk` =
 * id, `expires` in seconds); on demand with a ceiling, so that a fault can't cost much; any second of 35 days can be restored.
 */
export class MemoryTable extends TableV2 {
  constructor(scope: Construct, id: string, { name }: MemoryTableProps) {
    super(scope, id, {
      tableName: name,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expires',
      billing: Billing.onDemand({ maxReadRequestUnits: 1000, maxWriteRequestUnits: 500 }),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
