import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { botEnvironment } from '../bot-environment.ts';
import { BotRole } from '../constructs/bot-role.ts';
import { BotService } from '../constructs/bot-service.ts';
import { OneWayNetwork } from '../constructs/one-way-network.ts';
import type { Stage } from '../stages.ts';
import type { DashboardsStack } from './dashboards-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import type { StateStack } from './state-stack.ts';

/** What the bot needs. */
export interface BotStackProps extends StackProps {
  /** The settings of the stage. */
  readonly stage: Stage;
  readonly data: DataStack;
  readonly state: StateStack;
  readonly pipeline: PipelineStack;
  /** Undefined where there are no dashboards. */
  readonly dashboards: DashboardsStack | undefined;
  /** Folder with the Dockerfile. */
  readonly house: string;
}

/** The bot: one task without a way in, and a role that reads. */
export class BotStack extends Stack {
  readonly bot: BotService;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, { stage, data, state, pipeline, dashboards, house, ...props }: BotStackProps) {
    super(scope, id, props);
    this.log = new LogGroup(this, 'Log', {
      logGroupName: `/${stage.prefix}/bot`,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bot = new BotService(this, 'Bot', {
      stage,
      house,
      network: new OneWayNetwork(this, 'Network'),
      role: new BotRole(this, 'Role', {
        data,
        state,
        pipeline,
        dataSetIds: dashboards?.dataSetIds ?? [],
        model: stage.model,
      }),
      log: this.log,
      slackTokens: state.slackTokens,
      environment: botEnvironment({ stage, data, state, pipeline, dashboards }),
    });
  }
}
