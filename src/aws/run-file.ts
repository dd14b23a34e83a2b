import type { RefreshFault, RefreshStep, Run } from '../services/refresher.ts';

/**
 * What a run on Glue tells of itself: one JSON file `runs/RUN_ID.json` below the state, replaced at each change of step.
 * While it runs: `status` running with `step` and its counts; at its end the whole Run, and where it failed a `code`.
 * RUN_ID is Glue's own (`--JOB_RUN_ID`), so that who started the run finds its file.
 */
export interface RunFile {
  readonly status: 'running' | Run['status'];
  readonly step?: RefreshStep;
  /** The run as far as it is known. */
  readonly run?: Run;
  readonly code?: RefreshFault;
}

const STEPS = new Set(['list', 'stage', 'build', 'publish']);
const FAULTS = new Set(['raw_missing', 'disk_full', 'not_conserved', 'fault']);
const COUNTS = ['files_read', 'records_read', 'events', 'duplicates', 'quarantined', 'late_events'] as const;

/** The file's text → what it says; undefined where it says nothing that can be understood. */
export function readRunFile(text: string | undefined): RunFile | undefined {
  if (text === undefined) return undefined;
  let found: Record<string, unknown>;
  try {
    found = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const status = found.status;
  if (status !== 'running' && status !== 'succeeded' && status !== 'failed' && status !== 'nothing_new') return undefined;
  const step = stepOf(found);
  return {
    status,
    ...(step ? { step } : {}),
    ...(status === 'running' ? {} : { run: runOf(found, status) }),
    ...(FAULTS.has(String(found.code)) ? { code: found.code as RefreshFault } : {}),
  };
}

/** A run of which nothing is known but its name and its time. */
export function emptyRun(runId: string, trigger: string, startedAt: string, finishedAt: string): Run {
  return runOf({ run_id: runId, run_trigger: trigger, started_at: startedAt, finished_at: finishedAt }, 'failed');
}

function stepOf(found: Record<string, unknown>): RefreshStep | undefined {
  if (!STEPS.has(String(found.step))) return undefined;
  const counts = (['files', 'records', 'partitions'] as const).filter((name) => typeof found[name] === 'number');
  return {
    step: found.step as RefreshStep['step'],
    ...Object.fromEntries(counts.map((name) => [name, found[name] as number])),
  };
}

function runOf(found: Record<string, unknown>, status: Run['status']): Run {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, Number(found[name] ?? 0)])) as Record<
    (typeof COUNTS)[number],
    number
  >;
  return {
    run_id: String(found.run_id ?? ''),
    run_trigger: String(found.run_trigger ?? found.trigger ?? ''),
    status,
    started_at: String(found.started_at ?? ''),
    finished_at: String(found.finished_at ?? ''),
    ...counts,
    reasons: isRecord(found.reasons) ? (found.reasons as Record<string, number>) : {},
    partitions_written: Array.isArray(found.partitions_written) ? found.partitions_written.map(String) : [],
    newest_event_time: typeof found.newest_event_time === 'string' ? found.newest_event_time : null,
    unreadable: Array.isArray(found.unreadable) ? (found.unreadable as Run['unreadable']) : [],
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
