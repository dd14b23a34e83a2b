import { Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { Inbox } from '../constructs/inbox.ts';
import { RefreshJob } from '../constructs/refresh-job.ts';
import type { JobFiles } from '../job-files.ts';
import type { Stage } from '../stages.ts';
import type { DataStack } from './data-stack.ts';

/** What the pipeline needs. */
export interface PipelineStackProps extends StackProps {
  /** The settings of the stage. */
  readonly stage: Stage;
  /** The buckets it works on. */
  readonly data: DataStack;
  /** The refresh's script and what goes with it. */
  readonly files: JobFiles;
}

/** Raw events into tables: the job, its clock, and the news of its end. */
export class PipelineStack extends Stack {
  readonly job: RefreshJob;
  readonly inbox: Inbox;
  /** Matches each run that ended well; silence for a day is an alarm. */
  readonly refreshed: Rule;
  /** Matches each run that did not. */
  readonly broken: Rule;

  constructor(scope: Construct, id: string, { stage, data, files, ...props }: PipelineStackProps) {
    super(scope, id, props);
    this.job = new RefreshJob(this, 'Refresh', { stage, data, files });
    this.inbox = new Inbox(this, 'Inbox', { name: `${stage.prefix}-inbox` });
    this.refreshed = this.ruleFor('Refreshed', stage, ['SUCCEEDED']);
    this.broken = this.ruleFor('Broken', stage, ['FAILED', 'TIMEOUT', 'STOPPED', 'ERROR', 'EXPIRED']);
  }

  private ruleFor(id: string, stage: Stage, states: string[]): Rule {
    return new Rule(this, id, {
      ruleName: `${this.job.jobName}-${id.toLowerCase()}`,
      description: `The refresh of ${stage.prefix} ended: ${states.join(', ')}`,
      eventPattern: {
        source: ['aws.glue'],
        detailType: ['Glue Job State Change'],
        detail: { jobName: [this.job.jobName], state: states },
      },
      targets: [new SqsQueue(this.inbox.queue, { deadLetterQueue: this.inbox.failed })],
    });
  }
}
