import { Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { alarmsOf } from '../alarms.ts';
import { MonthlyBudget } from '../constructs/monthly-budget.ts';
import { minutes, WatchedAlarm } from '../constructs/watched-alarm.ts';
import type { Stage } from '../stages.ts';
import type { BotStack } from './bot-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { PipelineStack } from './pipeline-stack.ts';

/** What is watched, and who is told. */
export interface OpsStackProps extends StackProps {
  /** The settings of the stage. */
  readonly stage: Stage;
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
  readonly bot: BotStack;
  /** Gets alarms and the budget's warnings; undefined: nobody does, and there is no budget. */
  readonly alarmEmail: string | undefined;
}

/** Alarms and the budget. */
export class OpsStack extends Stack {
  constructor(scope: Construct, id: string, { stage, data, pipeline, bot, alarmEmail, ...props }: OpsStackProps) {
    super(scope, id, props);
    const topic = new Topic(this, 'Alarms', { topicName: `${stage.prefix}-alarms`, enforceSSL: true });
    topic.addToResourcePolicy(alarmsMayTell(this, topic));
    if (alarmEmail) {
      topic.addSubscription(new EmailSubscription(alarmEmail));
      new MonthlyBudget(this, 'Month', { product: stage.prefix, usd: stage.monthlyBudgetUsd, email: alarmEmail });
    }
    const filter = new MetricFilter(this, 'Faults', {
      logGroup: bot.log,
      // pino writes the level as a number: 50 is an error, 60 the end.
      filterPattern: FilterPattern.numberValue('$.level', '>=', 50),
      metricNamespace: stage.prefix,
      metricName: 'Faults',
      defaultValue: 0,
    });
    const faults = filter.metric({ statistic: 'Sum', period: minutes(15) });
    for (const alarm of alarmsOf({ stage, data, pipeline, bot, faults }))
      new WatchedAlarm(this, alarm.name, { ...alarm, prefix: stage.prefix, topic });
  }
}

/** Said since a topic with a policy of its own loses SNS's first one, which lets alarms in: they would be raised and told to nobody. */
function alarmsMayTell(stack: Stack, topic: Topic): PolicyStatement {
  return new PolicyStatement({
    sid: 'AlarmsMayTell',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
    },
  });
}
