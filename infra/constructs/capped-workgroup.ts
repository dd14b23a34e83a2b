import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { Construct } from 'constructs';
import { SettingsFault } from '../settings-fault.ts';

/** The most that any query may read, in GiB: a rule of the house. */
export const highestCutoffGib = 10;

/** One workgroup of Athena. */
export interface CappedWorkgroupProps {
  /** Its name. */
  readonly name: string;
  /** What it is for. */
  readonly about: string;
  /** A query is stopped after so many GiB; more than 10 is refused. */
  readonly cutoffGib: number;
  /** `s3://…/` where results go; undefined lets Athena keep them itself for a day, so that who asks needs no right to write. */
  readonly results: string | undefined;
}

/** A workgroup whose settings no client can change: engine version 3, a cut-off, and where results go. */
export class CappedWorkgroup extends CfnWorkGroup {
  constructor(scope: Construct, id: string, { name, about, cutoffGib, results }: CappedWorkgroupProps) {
    if (!(cutoffGib > 0 && cutoffGib <= highestCutoffGib))
      throw new SettingsFault(
        `A cut-off of ${cutoffGib} GiB for ${name} is not between 0 and ${highestCutoffGib}. Set it in infra/stages.ts.`,
      );
    super(scope, id, {
      name,
      description: about,
      recursiveDeleteOption: false,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        bytesScannedCutoffPerQuery: Math.round(cutoffGib * 2 ** 30),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        ...(results
          ? { resultConfiguration: { outputLocation: results, encryptionConfiguration: { encryptionOption: 'SSE_S3' } } }
          : { managedQueryResultsConfiguration: { enabled: true } }),
      },
    });
  }
}
