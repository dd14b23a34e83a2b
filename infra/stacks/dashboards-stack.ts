import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnDashboard, CfnDataSource } from 'aws-cdk-lib/aws-quicksight';
import type { Construct } from 'constructs';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { ToldDataSet } from '../constructs/told-data-set.ts';
import { cubeSql } from '../dashboards/cube-sql.ts';
import { type Cube, cubes } from '../dashboards/cubes.ts';
import { dashboardDefinition } from '../dashboards/definition.ts';
import { type ToldSet, toldSets } from '../dashboards/told-sql.ts';
import type { Stage } from '../stages.ts';
import type { DataStack } from './data-stack.ts';

/** What the dashboards need. */
export interface DashboardsStackProps extends StackProps {
  /** The settings of the stage. */
  readonly stage: Stage;
  readonly data: DataStack;
  /** Tables and formulas. */
  readonly vocabulary: Glossary;
  /** ARN of the QuickSight user or group that owns them. */
  readonly ownerArn: string;
}

/** QuickSight as code: ten sheets, made from the formulas of the glossary. Optional, since QuickSight costs by the head. */
export class DashboardsStack extends Stack {
  /** What a link names. */
  readonly dashboardId: string;
  /** Ids of the data sets, which the bot has filled anew after a refresh. */
  readonly dataSetIds: readonly string[];

  constructor(scope: Construct, id: string, { stage, data, vocabulary, ownerArn, ...props }: DashboardsStackProps) {
    super(scope, id, props);
    const source = new CfnDataSource(this, 'Athena', {
      awsAccountId: this.account,
      dataSourceId: `${stage.prefix}-athena`,
      name: stage.prefix,
      type: 'ATHENA',
      dataSourceParameters: { athenaParameters: { workGroup: data.dashboards.name } },
      permissions: [{ principal: ownerArn, actions: [...ownSource] }],
    });
    const sets = [...cubes.map((cube) => told(cube, vocabulary, stage.zone)), ...toldSets(vocabulary, stage.zone)];
    const idOf = (set: string) => `${stage.prefix}-${set.replaceAll('_', '-')}`;
    this.dataSetIds = sets.map(({ id: set }) => idOf(set));
    const arns = sets.map(({ id: set, sql, columns }) => {
      const made = new ToldDataSet(this, `Set-${set}`, {
        awsAccountId: this.account,
        source: source.attrArn,
        id: idOf(set),
        sql,
        columns,
        places: set === 'places' ? { country: 'COUNTRY', region: 'STATE', city: 'CITY' } : {},
        ownerArn,
        zone: stage.zone,
      });
      return [set, made.attrArn] as const;
    });
    this.dashboardId = stage.prefix;
    new CfnDashboard(this, 'Dashboard', {
      awsAccountId: this.account,
      dashboardId: this.dashboardId,
      name: 'Askstream',
      definition: dashboardDefinition({ glossary: vocabulary, currency: stage.currency, arns: Object.fromEntries(arns) }),
      permissions: [{ principal: ownerArn, actions: [...ownDashboard] }],
      validationStrategy: { mode: 'STRICT' },
    });
  }
}

function told(cube: Cube, vocabulary: Glossary, zone: string): ToldSet {
  const sums = cube.metrics.map(
    (id) => [id, vocabulary.metrics[id]?.measure?.value.startsWith('sum') ? 'DECIMAL' : 'INTEGER'] as const,
  );
  const names = cube.dimensions.map((id) => [id, 'STRING'] as const);
  return {
    id: cube.id,
    sql: cubeSql(cube, vocabulary, zone),
    columns: { day: 'DATETIME', ...Object.fromEntries([...names, ...sums]) },
  };
}

const ownSource = [
  'quicksight:DescribeDataSource',
  'quicksight:DescribeDataSourcePermissions',
  'quicksight:PassDataSource',
  'quicksight:UpdateDataSource',
  'quicksight:DeleteDataSource',
  'quicksight:UpdateDataSourcePermissions',
] as const;

const ownDashboard = [
  'quicksight:DescribeDashboard',
  'quicksight:ListDashboardVersions',
  'quicksight:QueryDashboard',
  'quicksight:UpdateDashboardPermissions',
  'quicksight:UpdateDashboard',
  'quicksight:DeleteDashboard',
  'quicksight:DescribeDashboardPermissions',
  'quicksight:UpdateDashboardPublishedVersion',
] as const;
