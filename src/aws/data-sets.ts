import { CreateIngestionCommand, type QuickSightClient, ResourceExistsException } from '@aws-sdk/client-quicksight';

/** The dashboards' own copies of the tables. */
export interface DataSets {
  /** Has them filled anew after a run. Dashboards that lag are no reason to fail a refresh: faults go to the log. */
  refill(runId: string): Promise<void>;
}

export interface DataSetsOptions {
  readonly client: QuickSightClient;
  readonly accountId: string;
  readonly ids: readonly string[];
  readonly report: (fault: unknown, what: string) => void;
}

/** QuickSight's SPICE: one ingestion a data set and run, named by the run, so that a second call starts nothing. */
export function openDataSets({ client, accountId, ids, report }: DataSetsOptions): DataSets {
  return {
    async refill(runId) {
      const name = runId.replace(/[^\w-]/g, '-');
      await Promise.all(
        ids.map(async (id) => {
          try {
            await client.send(new CreateIngestionCommand({ AwsAccountId: accountId, DataSetId: id, IngestionId: name }));
          } catch (fault) {
            if (!(fault instanceof ResourceExistsException)) report(fault, `the dashboards' data set ${id}`);
          }
        }),
      );
    },
  };
}
