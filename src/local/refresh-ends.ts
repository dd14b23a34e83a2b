import type { RefreshEnd, RefreshFault, RefreshOptions, Run } from '../services/refresher.ts';
import type { RefreshStore } from './refresh-store.ts';

/** A run that has begun. */
export interface Started {
  readonly id: string;
  readonly startedAt: string;
  readonly trigger: RefreshOptions['trigger'];
}

/** A failed end; the fault behind it rides along as `cause`, for the log only: it is not enumerable, so nothing prints it. */
export type FailedEnd = Extract<RefreshEnd, { kind: 'failed' }> & { readonly cause?: unknown };

/** A run that has read nothing yet. */
export function emptyRun(run: Started): Run {
  return {
    run_id: run.id,
    run_trigger: run.trigger,
    status: 'failed',
    started_at: run.startedAt,
    finished_at: run.startedAt,
    files_read: 0,
    records_read: 0,
    events: 0,
    duplicates: 0,
    quarantined: 0,
    late_events: 0,
    reasons: {},
    partitions_written: [],
    newest_event_time: null,
    unreadable: [],
  };
}

/** An end that failed for a known reason. */
export function failedEnd(run: Started, finishedAt: string, code: RefreshFault, message: string, cause?: unknown): FailedEnd {
  const end: FailedEnd = { kind: 'failed', run: { ...emptyRun(run), finished_at: finishedAt }, code, message };
  return cause === undefined ? end : Object.defineProperty(end, 'cause', { value: cause, enumerable: false });
}

/** The end that a thrown fault means: a full disk by its name, else a fault of ours. That nothing was changed, those say who show it. */
export function faultEnd(run: Started, finishedAt: string, error: unknown): FailedEnd {
  if (isDiskFull(error)) {
    const message = 'The disk of the data folder is full. Make room and run the refresh again.';
    return failedEnd(run, finishedAt, 'disk_full', message, error);
  }
  const message = 'The refresh stopped with a fault of its own. Run it again; if it stops again, look into the log.';
  return failedEnd(run, finishedAt, 'fault', message, error);
}

function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  return (
    code === 'ENOSPC' || code === 'EDQUOT' || /no space left|disk quota exceeded|max_temp_directory_size/i.test(String(error))
  );
}

/** Leaves a run that changed no table to be shown in `runs` by the next one that does. */
export async function keepForLater(store: RefreshStore, run: Run, codeVersion: string): Promise<void> {
  await store.keepWaiting([...(await store.waitingRuns()), { ...run, code_version: codeVersion }]);
  if (run.status !== 'failed') await store.rememberRun(run);
}
