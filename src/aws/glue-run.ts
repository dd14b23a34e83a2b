import { GetJobRunCommand, type GlueClient, type JobRun } from '@aws-sdk/client-glue';
import type { Clock } from '../services/clock.ts';
import type { RefreshEnd, RefreshFault, RefreshOptions, RefreshStep } from '../services/refresher.ts';
import { pause } from './pause.ts';
import { emptyRun, type RunFile, readRunFile } from './run-file.ts';
import type { RunInbox } from './run-inbox.ts';
import type { S3Files } from './s3-files.ts';

/** What following a run needs. */
export interface RunWorld {
  readonly client: GlueClient;
  readonly job: string;
  readonly state: S3Files;
  readonly clock: Clock;
  readonly report: (fault: unknown, what: string) => void;
  readonly inbox?: RunInbox;
  readonly lookMs?: number;
}

const FAULTS_BORNE = 5;
const WORDS: Readonly<Record<string, string>> = {
  TIMEOUT: 'The refresh took longer than it may and was stopped. The tables are as they were; its files wait for the next run.',
  STOPPED: 'The refresh was stopped. The tables are as they were; its files wait for the next run.',
  EXPIRED: 'Glue did not begin the refresh in time. Nothing was changed; ask for it again.',
};
const FAULT_WORDS: Readonly<Record<RefreshFault, string>> = {
  raw_missing: 'There is no raw data where the refresh looks for it. Nothing was changed.',
  disk_full: 'The refresh ran out of space. The tables are as they were; its files wait for the next run.',
  not_conserved: 'Events read and events written do not add up, so nothing was published. The tables are as they were.',
  fault: 'The refresh failed with a fault of its own. The tables are as they were; its files wait for the next run.',
};

/** Follows one run to its end: by looking, and sooner where the inbox has news of it. Looks that fail are borne for a while. */
export async function followRun(world: RunWorld, runId: string, asked: RefreshOptions): Promise<RefreshEnd> {
  const tell = teller(asked.onStep);
  for (let faults = 0; ; ) {
    await waitForNews(world, runId);
    try {
      const { JobRun: run = {} } = await world.client.send(new GetJobRunCommand({ JobName: world.job, RunId: runId }));
      const file = readRunFile(await world.state.text(`runs/${runId}.json`));
      tell(file?.step);
      const end = endOf(world, runId, run, file, asked);
      if (end) return end;
      faults = 0;
    } catch (fault) {
      if (++faults > FAULTS_BORNE)
        throw new Error('the refresh can no longer be followed; it goes on by itself', { cause: fault });
    }
  }
}

/** Tells a step only when it differs from the one told before. */
function teller(onStep: RefreshOptions['onStep']): (step: RefreshStep | undefined) => void {
  let told = '';
  return (step) => {
    const text = JSON.stringify(step);
    if (!step || text === told) return;
    told = text;
    onStep?.(step);
  };
}

async function waitForNews({ inbox, lookMs = 10_000 }: RunWorld, runId: string): Promise<void> {
  const over = new AbortController();
  await Promise.race([pause(lookMs, over.signal), ...(inbox ? [inbox.ended(runId, over.signal)] : [])]);
  over.abort();
}

function endOf(
  world: RunWorld,
  runId: string,
  run: JobRun,
  file: RunFile | undefined,
  asked: RefreshOptions,
): RefreshEnd | undefined {
  const state = run.JobRunState ?? '';
  if (state === 'SUCCEEDED') {
    if (!file?.run) throw new Error(`the run ${runId} ended well and left no account of itself`);
    return { kind: 'done', run: file.run };
  }
  if (!['FAILED', 'ERROR', 'TIMEOUT', 'STOPPED', 'EXPIRED'].includes(state)) return undefined;
  world.report(new Error(`Glue: ${state}: ${run.ErrorMessage ?? 'without a message'}`), `the run ${runId}`);
  const code = file?.code ?? 'fault';
  const startedAt = (run.StartedOn ?? new Date(world.clock.now())).toISOString();
  const account = file?.run ?? emptyRun(runId, asked.trigger, startedAt, world.clock.now());
  return { kind: 'failed', run: { ...account, status: 'failed' }, code, message: WORDS[state] ?? FAULT_WORDS[code] };
}
