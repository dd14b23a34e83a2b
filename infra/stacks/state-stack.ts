import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { MemoryTable } from '../constructs/memory-table.ts';
import { acknowledge } from '../nag.ts';
import type { Stage } from '../stages.ts';

/** What the state needs. */
export interface StateStackProps extends StackProps {
  /** The settings of the stage. */
  readonly stage: Stage;
}

/** What the bot remembers, and Slack's tokens; both are kept. */
export class StateStack extends Stack {
  readonly memory: MemoryTable;
  /** JSON with `SLACK_BOT_TOKEN` and `SLACK_APP_TOKEN`; made empty, filled by the one who deploys. */
  readonly slackTokens: Secret;

  constructor(scope: Construct, id: string, { stage, ...props }: StateStackProps) {
    super(scope, id, props);
    this.memory = new MemoryTable(this, 'Memory', { name: `${stage.prefix}-memory` });
    this.slackTokens = new Secret(this, 'SlackTokens', {
      secretName: `${stage.prefix}/slack`,
      description: 'SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…) of the Slack app',
      generateSecretString: { secretStringTemplate: '{"SLACK_BOT_TOKEN":"","SLACK_APP_TOKEN":""}', generateStringKey: 'UNUSED' },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.slackTokens, 'AwsSolutions-SMG4');
  }
}
