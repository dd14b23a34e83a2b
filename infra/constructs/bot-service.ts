import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  Cluster,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  type HealthCheck,
  type ICluster,
  LogDrivers,
  OperatingSystemFamily,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret, Secret as StoredSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../nag.ts';
import type { Stage } from '../stages.ts';
import type { OneWayNetwork } from './one-way-network.ts';

/** What the bot's task needs. */
export interface BotServiceProps {
  readonly stage: Stage;
  readonly network: OneWayNetwork;
  readonly role: IRole;
  /** Where its log goes. */
  readonly log: ILogGroup;
  /** JSON with Slack's tokens. */
  readonly slackTokens: StoredSecret;
  /** Settings that are no secrets. */
  readonly environment: Record<string, string>;
  /** Folder with the Dockerfile. */
  readonly house: string;
}

/**
 * The bot on Fargate, on ARM: it connects to Slack by Socket Mode, so nothing connects to it. A new version starts beside the
 * old one and takes over; one that does not come up is rolled back. Only two folders can be written, and they end with the task.
 */
export class BotService extends Construct {
  readonly service: FargateService;

  constructor(scope: Construct, id: string, props: BotServiceProps) {
    super(scope, id);
    const { stage, network } = props;
    const cluster = new Cluster(this, 'Cluster', { clusterName: stage.prefix, vpc: network.vpc as IVpc });
    const task = new FargateTaskDefinition(this, 'Task', {
      family: `${stage.prefix}-bot`,
      cpu: stage.bot.cpu,
      memoryLimitMiB: stage.bot.memoryMib,
      runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
      taskRole: props.role,
      volumes: writable.map(({ name }) => ({ name })),
    });
    this.addContainer(task, props);
    this.service = new FargateService(this, 'Service', {
      serviceName: `${stage.prefix}-bot`,
      cluster: cluster as ICluster,
      taskDefinition: task,
      desiredCount: stage.bot.tasks,
      assignPublicIp: true,
      vpcSubnets: { subnets: network.vpc.publicSubnets },
      securityGroups: [network.outOnly],
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
    });
    acknowledge(cluster, 'AwsSolutions-ECS4');
    acknowledge(task, 'AwsSolutions-ECS2');
  }

  private addContainer(task: FargateTaskDefinition, { log, slackTokens, environment, house }: BotServiceProps): void {
    const container = task.addContainer('Bot', {
      image: ContainerImage.fromAsset(house, { platform: Platform.LINUX_ARM64 }),
      environment,
      secrets: {
        SLACK_BOT_TOKEN: Secret.fromSecretsManager(slackTokens as ISecret, 'SLACK_BOT_TOKEN'),
        SLACK_APP_TOKEN: Secret.fromSecretsManager(slackTokens as ISecret, 'SLACK_APP_TOKEN'),
      },
      logging: LogDrivers.awsLogs({ logGroup: log, streamPrefix: 'bot' }),
      readonlyRootFilesystem: true,
      stopTimeout: Duration.seconds(110),
      healthCheck,
    });
    for (const { name, path } of writable) container.addMountPoints({ sourceVolume: name, containerPath: path, readOnly: false });
  }
}

/** What the Dockerfile asks; ECS looks only at what the task says. Older than two minutes: it hangs, or Slack can't reach it. */
const healthCheck: HealthCheck = {
  command: ['CMD-SHELL', 'find /app/.data/alive -mmin -2 | grep -q .'],
  interval: Duration.seconds(30),
  timeout: Duration.seconds(5),
  startPeriod: Duration.seconds(120),
  retries: 3,
};

/** The Dockerfile declares both as volumes of its user, so that the task can write there and nowhere else. */
const writable = [
  { name: 'data', path: '/app/.data' },
  { name: 'tmp', path: '/tmp' },
] as const;
