import { CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import { glueType } from '../glue-type.ts';

/** One table of the catalog over Parquet files. */
export interface ResultsTableProps {
  /** Account that holds the catalog. */
  readonly catalogId: string;
  /** Database of the table. */
  readonly database: string;
  /** Name of the table. */
  readonly table: string;
  /** What a row is, for people who look into the catalog. */
  readonly about: string;
  /** Column → Athena type in table order, the partition column too. */
  readonly columns: Readonly<Record<string, string>>;
  /** Column of days (`yyyy-MM-dd`) that the files are laid out by; undefined for a table that is written whole. */
  readonly partition: string | undefined;
  /** `s3://…` without a slash at its end. */
  readonly location: string;
  /** First day that partition projection looks for. */
  readonly firstDay: string;
}

/** A Glue table whose days are computed (partition projection): no crawler, no partition to forget. */
export class ResultsTable extends CfnTable {
  constructor(scope: Construct, id: string, props: ResultsTableProps) {
    const { catalogId, database, table, about, columns, partition, location } = props;
    const of = (wanted: boolean) =>
      Object.entries(columns)
        .filter(([name]) => (name === partition) === wanted)
        .map(([name, type]) => ({ name, type: glueType(type) }));
    super(scope, id, {
      catalogId,
      databaseName: database,
      tableInput: {
        name: table,
        description: about.slice(0, 2048),
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: of(true),
        parameters: { classification: 'parquet', EXTERNAL: 'TRUE', ...(partition ? projection(props, partition) : {}) },
        storageDescriptor: {
          columns: of(false),
          location: `${location}/`,
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
  }
}

function projection({ location, firstDay }: ResultsTableProps, partition: string): Record<string, string> {
  return {
    'projection.enabled': 'true',
    [`projection.${partition}.type`]: 'date',
    [`projection.${partition}.format`]: 'yyyy-MM-dd',
    [`projection.${partition}.range`]: `${firstDay},NOW+1DAYS`,
    [`projection.${partition}.interval`]: '1',
    [`projection.${partition}.interval.unit`]: 'DAYS',
    'storage.location.template': `${location}/${partition}=\${${partition}}`,
  };
}
