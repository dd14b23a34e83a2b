import { CfnDataSet, CfnRefreshSchedule } from 'aws-cdk-lib/aws-quicksight';
import type { Construct } from 'constructs';
import type { ColumnForm } from '../dashboards/told-sql.ts';
import { acknowledge } from '../nag.ts';

/** One data set of the dashboards. */
export interface ToldDataSetProps {
  readonly awsAccountId: string;
  /** ARN of the Athena source. */
  readonly source: string;
  /** Its name in QuickSight. */
  readonly id: string;
  /** Athena SQL. */
  readonly sql: string;
  /** Column → form, in the order of the SQL. */
  readonly columns: Readonly<Record<string, ColumnForm>>;
  /** Columns that are places on the map. */
  readonly places: Readonly<Record<string, 'COUNTRY' | 'STATE' | 'CITY'>>;
  /** The shop's time zone: it is loaded anew each morning of it. */
  readonly zone: string;
  /** User or group that owns it. */
  readonly ownerArn: string;
}

/** Rows of one SQL kept in SPICE: opening a dashboard reads nothing from Athena. */
export class ToldDataSet extends CfnDataSet {
  constructor(
    scope: Construct,
    constructId: string,
    { id, sql, columns, places, source, ownerArn, awsAccountId, zone }: ToldDataSetProps,
  ) {
    super(scope, constructId, {
      awsAccountId,
      dataSetId: id,
      name: id,
      importMode: 'SPICE',
      physicalTableMap: {
        sql: {
          customSql: {
            name: id,
            dataSourceArn: source,
            sqlQuery: sql,
            columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
          },
        },
      },
      permissions: [{ principal: ownerArn, actions: [...ownDataSet] }],
    });
    if (Object.keys(places).length > 0) this.putOnMap(id, places);
    this.loadEachMorning(awsAccountId, id, zone);
  }

  private loadEachMorning(awsAccountId: string, id: string, timeZone: string): void {
    const schedule = new CfnRefreshSchedule(this, 'EachMorning', {
      awsAccountId,
      dataSetId: id,
      schedule: {
        scheduleId: 'each-morning',
        refreshType: 'FULL_REFRESH',
        scheduleFrequency: { interval: 'DAILY', timeOfTheDay: '05:30', timeZone },
      },
    });
    schedule.addResourceDependency(this);
  }

  /** QuickSight knows no newer way yet to say that a column is a country; the override keeps CDK from warning at each use. */
  private putOnMap(alias: string, places: ToldDataSetProps['places']): void {
    const DataTransforms = Object.entries(places).map(([ColumnName, ColumnGeographicRole]) => ({
      TagColumnOperation: { ColumnName, Tags: [{ ColumnGeographicRole }] },
    }));
    this.addPropertyOverride('LogicalTableMap', { rows: { Alias: alias, Source: { PhysicalTableId: 'sql' }, DataTransforms } });
    acknowledge(this, 'CloudFormation-Validate::W9009');
  }
}

const ownDataSet = [
  'quicksight:DescribeDataSet',
  'quicksight:DescribeDataSetPermissions',
  'quicksight:PassDataSet',
  'quicksight:DescribeIngestion',
  'quicksight:ListIngestions',
  'quicksight:CreateIngestion',
  'quicksight:CancelIngestion',
  'quicksight:UpdateDataSet',
  'quicksight:DeleteDataSet',
  'quicksight:UpdateDataSetPermissions',
] as const;
