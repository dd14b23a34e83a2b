import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { WatchedAlarmProps } from './constructs/watched-alarm.ts';
import { minutes } from './constructs/watched-alarm.ts';
import type { BotStack } from './stacks/bot-stack.ts';
import type { DataStack } from './stacks/data-stack.ts';
import type { PipelineStack } from './stacks/pipeline-stack.ts';
import type { Stage } from './stages.ts';

/** What is watched. */
export interface Watched {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
  readonly bot: BotStack;
  /** Counts log lines of level error and above. */
  readonly faults: Metric;
}

const day = minutes(24 * 60);

/** All alarms as one table; each name is a section of docs/runbook.md, which a test holds to it. */
export function alarmsOf({
  stage,
  data,
  pipeline,
  bot,
  faults,
}: Watched): readonly Omit<WatchedAlarmProps, 'prefix' | 'topic'>[] {
  const { service } = bot.bot;
  return [
    {
      name: 'bot-is-away',
      says: 'No task of the bot has run for five minutes: nobody in Slack gets an answer.',
      // A running task reports its CPU each minute: no Container Insights needed to see that it is there.
      metric: service.metricCpuUtilization({ statistic: Stats.SAMPLE_COUNT, period: minutes(1) }),
      below: 1,
      periods: 5,
      isSilenceBad: true,
    },
    {
      name: 'bot-memory-is-short',
      says: 'The bot uses more than 85 % of its memory; over 100 % it is ended.',
      metric: service.metricMemoryUtilization({ statistic: Stats.MAXIMUM, period: minutes(5) }),
      above: 85,
      periods: 3,
    },
    { name: 'bot-has-faults', says: 'The bot met more than five faults in a quarter of an hour.', metric: faults, above: 5 },
    {
      name: 'news-not-taken',
      says: 'The bot could not take news of a refresh five times.',
      metric: pipeline.inbox.failed.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: minutes(5) }),
      above: 0,
    },
    {
      name: 'news-waits',
      says: 'News of a refresh has waited for more than fifteen minutes.',
      metric: pipeline.inbox.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: minutes(5) }),
      above: 900,
    },
    {
      name: 'refresh-failed',
      says: 'A refresh ended badly; the tables are as they were before it.',
      metric: matched(pipeline.broken.ruleName, minutes(5)),
      above: 0,
    },
    {
      name: 'refresh-is-away',
      says: 'No refresh has ended well for a day.',
      metric: matched(pipeline.refreshed.ruleName, day),
      below: 1,
      isSilenceBad: true,
    },
    readMuch(stage, 'queries-read-much', 'Questions', data.ask.name),
    readMuch(stage, 'approved-queries-read-much', 'Questions that people approved', data.askLarge.name),
    ...(stage.model ? [modelIsThrottled(stage.model)] : []),
  ];
}

/** Athena counts what each workgroup reads. */
function readMuch(stage: Stage, name: string, who: string, WorkGroup: string): Omit<WatchedAlarmProps, 'prefix' | 'topic'> {
  return {
    name,
    says: `${who} have read more than ${stage.dailyScanGib} GiB in a day.`,
    metric: new Metric({
      namespace: 'AWS/Athena',
      metricName: 'ProcessedBytes',
      dimensionsMap: { WorkGroup },
      statistic: Stats.SUM,
      period: day,
    }),
    above: stage.dailyScanGib * 2 ** 30,
  };
}

function matched(rule: string, period: ReturnType<typeof minutes>): Metric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'Invocations',
    dimensionsMap: { RuleName: rule },
    statistic: Stats.SUM,
    period,
  });
}

function modelIsThrottled(model: string): Omit<WatchedAlarmProps, 'prefix' | 'topic'> {
  return {
    name: 'model-is-throttled',
    says: 'Bedrock turned away more than ten calls in five minutes; questions that need the model are asked back.',
    metric: new Metric({
      namespace: 'AWS/Bedrock',
      metricName: 'InvocationThrottles',
      dimensionsMap: { ModelId: model },
      statistic: Stats.SUM,
      period: minutes(5),
    }),
    above: 10,
  };
}
