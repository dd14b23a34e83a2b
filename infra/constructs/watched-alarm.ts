import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** One alarm as a row of the table in `alarms.ts`. */
export interface WatchedAlarmProps {
  /** Begins the alarm's name. */
  readonly prefix: string;
  /** Name of the alarm, and of its section in docs/runbook.md. */
  readonly name: string;
  /** What happened, for the one who gets the mail. */
  readonly says: string;
  /** What is measured. */
  readonly metric: IMetric;
  /** Raised at more than this, or at less than `below`. */
  readonly above?: number;
  /** Raised at less than this. */
  readonly below?: number;
  /** Periods in a row. */
  readonly periods?: number;
  /** Whether silence is a fault too. */
  readonly isSilenceBad?: boolean;
  /** Who is told. */
  readonly topic: ITopic;
}

/** An alarm that says what happened and which page helps, when it comes and when it goes. */
export class WatchedAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: WatchedAlarmProps) {
    const { prefix, name, says, metric, above, below, periods = 1, isSilenceBad = false, topic } = props;
    super(scope, id, {
      alarmName: `${prefix}-${name}`,
      alarmDescription: `${says} docs/runbook.md#${name}`,
      metric,
      threshold: above ?? below ?? 0,
      comparisonOperator:
        below === undefined ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: isSilenceBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(topic));
    this.addOkAction(new SnsAction(topic));
  }
}

/** Minutes as a period of a metric. */
export const minutes = (n: number): Duration => Duration.minutes(n);
