import { join } from 'node:path';
import { AssetHashType, DockerImage, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnJob, CfnTrigger } from 'aws-cdk-lib/aws-glue';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import house from '../../package.json' with { type: 'json' };
import { type JobFiles, stageBundle } from '../job-files.ts';
import { acknowledge } from '../nag.ts';
import type { DataStack } from '../stacks/data-stack.ts';
import type { Stage } from '../stages.ts';
import { JobRole } from './job-role.ts';

/** What the refresh needs. */
export interface RefreshJobProps {
  /** The settings of the stage. */
  readonly stage: Stage;
  /** The buckets it works on. */
  readonly data: DataStack;
  /** Its script and what goes with it. */
  readonly files: JobFiles;
}

/** The Glue job that turns raw events into tables, and the clock that starts it. */
export class RefreshJob extends Construct {
  /** Name of the job: what the bot is told. */
  readonly jobName: string;
  readonly jobArn: string;

  constructor(scope: Construct, id: string, { stage, data, files }: RefreshJobProps) {
    super(scope, id);
    this.jobName = `${stage.prefix}-refresh`;
    this.jobArn = Stack.of(this).formatArn({ service: 'glue', resource: 'job', resourceName: this.jobName });
    const script = new Asset(this, 'Script', { path: files.script });
    const bundle = this.bundle(files);
    const logPrefix = `/${stage.prefix}/refresh`;
    const role = new JobRole(this, 'Role', {
      raw: data.raw,
      written: [data.results, data.state],
      code: [script, bundle],
      logs: this.logGroups(logPrefix),
    });
    const job = new CfnJob(this, 'Job', {
      name: this.jobName,
      description: 'Raw events into tables',
      role: role.roleArn,
      glueVersion: '5.1',
      command: { name: 'glueetl', pythonVersion: '3', scriptLocation: script.s3ObjectUrl },
      workerType: 'G.1X',
      numberOfWorkers: stage.refreshWorkers,
      executionProperty: { maxConcurrentRuns: 1 },
      maxRetries: 0,
      timeout: stage.refreshMinutes,
      defaultArguments: {
        ...argumentsOf(stage, data),
        '--extra-py-files': bundle.s3ObjectUrl,
        '--custom-logGroup-prefix': logPrefix,
      },
    });
    this.addClock(job, stage);
    acknowledge(this, 'AwsSolutions-GL1', 'AwsSolutions-GL3');
  }

  /** One zip, made here without Docker: on the script's path, for its modules and for the texts of the house. */
  private bundle({ house }: JobFiles): Asset {
    const tryBundle = (folder: string) => {
      stageBundle(house, folder);
      return true;
    };
    return new Asset(this, 'Bundle', {
      path: join(house, 'src/refresh'),
      assetHashType: AssetHashType.OUTPUT,
      bundling: { image: DockerImage.fromRegistry('scratch'), local: { tryBundle } },
    });
  }

  /** Glue 5 names the groups so; they are made here so that they end after three months. */
  private logGroups(prefix: string): LogGroup[] {
    return ['error', 'output'].map(
      (kind) =>
        new LogGroup(this, `Log-${kind}`, {
          logGroupName: `${prefix}/${kind}`,
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
    );
  }

  private addClock(job: CfnJob, stage: Stage): void {
    new CfnTrigger(this, 'Clock', {
      name: `${this.jobName}-clock`,
      description: 'Starts the refresh by itself',
      type: 'SCHEDULED',
      schedule: stage.refresh,
      startOnCreation: true,
      actions: [{ jobName: this.jobName, arguments: { '--trigger': 'schedule' } }],
    }).addResourceDependency(job);
  }
}

/** Written into each row of `runs`. */
const codeVersion: string = house.version;

function argumentsOf(stage: Stage, data: DataStack): Record<string, string> {
  return {
    '--raw': data.raw.s3UrlForObject('raw'),
    '--results': data.results.s3UrlForObject('results'),
    '--state': data.state.s3UrlForObject('state'),
    '--zone': stage.zone,
    '--currency': stage.currency,
    '--trigger': 'cli',
    '--code-version': codeVersion,
    ...(stage.geoRanges ? { '--geo-ranges': data.state.s3UrlForObject(stage.geoRanges) } : {}),
    '--job-language': 'python',
    '--enable-auto-scaling': 'true',
    '--enable-metrics': 'true',
  };
}
