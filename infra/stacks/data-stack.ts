import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { CappedWorkgroup } from '../constructs/capped-workgroup.ts';
import { KeptBucket } from '../constructs/kept-bucket.ts';
import { RawBucket } from '../constructs/raw-bucket.ts';
import { ResultsTable } from '../constructs/results-table.ts';
import { acknowledge } from '../nag.ts';
import type { Stage } from '../stages.ts';

/** What the data need. */
export interface DataStackProps extends StackProps {
  /** The settings of the stage. */
  readonly stage: Stage;
  /** Names and columns of the tables. */
  readonly vocabulary: Glossary;
  /** ARN of the one role that may delete raw files; undefined: nobody may. */
  readonly rawEraser: string | undefined;
}

/** What is kept for ever: raw events, the tables made of them, the refresh's book-keeping; and the ways to ask them. */
export class DataStack extends Stack {
  readonly raw: RawBucket;
  readonly results: KeptBucket;
  readonly state: KeptBucket;
  readonly dashboardResults: KeptBucket;
  readonly ask: CappedWorkgroup;
  /** What a person approved: the same with a higher cut-off. */
  readonly askLarge: CappedWorkgroup;
  readonly dashboards: CappedWorkgroup;
  readonly database: string;
  /** `s3://bucket/prefix` of tables that the owner brought: the bot reads them too. */
  readonly ownLocations: readonly string[];

  constructor(scope: Construct, id: string, { stage, vocabulary, rawEraser, ...props }: DataStackProps) {
    super(scope, id, props);
    const accessLogs = new KeptBucket(this, 'AccessLogs', {
      accessLogs: undefined,
      logPrefix: '',
      expireDays: 365,
      expireReplacedDays: 1,
    });
    this.raw = new RawBucket(this, 'Raw', { accessLogs, eraser: rawEraser });
    this.results = new KeptBucket(this, 'Results', { accessLogs, logPrefix: 'results/', expireReplacedDays: 30, tiered: true });
    this.state = new KeptBucket(this, 'State', { accessLogs, logPrefix: 'state/', expireReplacedDays: 30, tiered: true });
    this.dashboardResults = new KeptBucket(this, 'DashboardResults', {
      accessLogs,
      logPrefix: 'dashboard-results/',
      expireDays: 7,
      expireReplacedDays: 1,
    });
    acknowledge(accessLogs, 'AwsSolutions-S1');

    this.database = vocabulary.database;
    this.ownLocations = ownLocations(vocabulary);
    this.addCatalog(stage, vocabulary);
    const { prefix, cutoffGib } = stage;
    this.ask = this.addQuestions('Ask', { name: `${prefix}-ask`, about: 'Questions from Slack', cutoffGib });
    this.askLarge = this.addQuestions('AskLarge', {
      name: `${prefix}-ask-large`,
      about: 'Questions from Slack whose price a person approved',
      cutoffGib: stage.approvedCutoffGib,
    });
    this.dashboards = new CappedWorkgroup(this, 'DashboardQueries', {
      name: `${prefix}-dashboards`,
      about: 'What the dashboards load',
      cutoffGib: stage.dashboardCutoffGib,
      results: this.dashboardResults.s3UrlForObject('athena/'),
    });
    for (const workgroup of [this.ask, this.askLarge]) acknowledge(workgroup, 'AwsSolutions-ATH1');
    new CfnOutput(this, 'RawBucket', { value: this.raw.bucketName, description: 'Raw files go below raw/ of it' });
  }

  /** The database and its tables: those of the refresh, and those that the owner brought. */
  private addQuestions(id: string, of: { name: string; about: string; cutoffGib: number }): CappedWorkgroup {
    return new CappedWorkgroup(this, id, { ...of, results: undefined });
  }

  private addCatalog(stage: Stage, vocabulary: Glossary): void {
    const catalogId = this.account;
    const database = new CfnDatabase(this, 'Database', {
      catalogId,
      databaseName: vocabulary.database,
      databaseInput: { name: vocabulary.database, description: 'The shop’s clickstream, made by Askstream' },
    });
    for (const [table, { about, columns, partition, location }] of Object.entries(vocabulary.tables)) {
      if (location && !location.startsWith('s3://')) continue;
      const made = new ResultsTable(this, `Table-${table}`, {
        catalogId,
        database: vocabulary.database,
        table,
        about,
        columns,
        partition,
        location: location?.replace(/\/+$/, '') ?? this.results.s3UrlForObject(`results/${table}`),
        firstDay: stage.firstDay,
      });
      made.addResourceDependency(database);
    }
  }
}

/** Tables with an `s3://` location of their own; a local folder is for the local engine only. */
function ownLocations(vocabulary: Glossary): string[] {
  return Object.values(vocabulary.tables).flatMap(({ location }) =>
    location?.startsWith('s3://') ? [location.replace(/\/+$/, '')] : [],
  );
}
