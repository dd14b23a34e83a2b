import { openWireServer, WireError, type WireReply, type WireRequest, type WireServer } from './wire-server.ts';

export type RunState = 'STARTING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMEOUT' | 'STOPPED';

/** What a run does; resolves with its end. */
export type Job = (run: { id: string; args: Readonly<Record<string, string>> }) => Promise<{ state: RunState; message?: string }>;

export interface GlueServer extends WireServer {
  /** Runs in the order of their start. */
  readonly runs: readonly Run[];
  readonly faults: { failingLooks: number; isAccessDenied: boolean };
  readonly calls: Readonly<Record<string, number>>;
}

export interface Run {
  readonly id: string;
  readonly args: Readonly<Record<string, string>>;
  readonly startedOn: number;
  state: RunState;
  message?: string;
}

/** Glue's JSON 1.1 for one job with one run at a time; `onEnd` hears of each end, as EventBridge would. */
export async function openGlueServer(options: {
  name: string;
  job: Job;
  onEnd?: (run: Run) => void;
  port?: number;
}): Promise<GlueServer> {
  const runs: Run[] = [];
  const faults = { failingLooks: 0, isAccessDenied: false };
  const calls: Record<string, number> = {};
  const server = await openWireServer((request) => {
    calls[request.operation] = (calls[request.operation] ?? 0) + 1;
    if (faults.isAccessDenied) throw new WireError('AccessDeniedException', 'not authorized to perform glue:StartJobRun');
    if (request.operation === 'GetJobRun' && faults.failingLooks-- > 0)
      throw new WireError('InternalServiceException', 'internal', 500);
    return answer(options, runs, request);
  }, options.port);
  return { ...server, runs, faults, calls };
}

function answer(options: Parameters<typeof openGlueServer>[0], runs: Run[], request: WireRequest): WireReply {
  const input = request.json<{ JobName: string; RunId?: string; Arguments?: Record<string, string> }>();
  if (input.JobName !== options.name) throw new WireError('EntityNotFoundException', `Failed to find job ${input.JobName}`);
  switch (request.operation) {
    case 'StartJobRun':
      return start(options, runs, input.Arguments ?? {});
    case 'GetJobRun': {
      const run = runs.find((candidate) => candidate.id === input.RunId);
      if (!run) throw new WireError('EntityNotFoundException', `Failed to find run ${input.RunId}`);
      return { json: { JobRun: wired(options.name, run) } };
    }
    case 'GetJobRuns':
      return { json: { JobRuns: runs.toReversed().map((run) => wired(options.name, run)) } };
    default:
      throw new WireError('UnknownOperationException', request.operation);
  }
}

function start(options: Parameters<typeof openGlueServer>[0], runs: Run[], args: Record<string, string>): WireReply {
  if (runs.some((run) => run.state === 'STARTING' || run.state === 'RUNNING'))
    throw new WireError('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${options.name}`);
  const run: Run = { id: `jr_${String(runs.length + 1).padStart(8, '0')}`, args, startedOn: Date.now() / 1000, state: 'RUNNING' };
  runs.push(run);
  void options.job(run).then(
    ({ state, message }) => end(options, run, state, message),
    (fault: unknown) => end(options, run, 'FAILED', String(fault)),
  );
  return { json: { JobRunId: run.id } };
}

function end(options: Parameters<typeof openGlueServer>[0], run: Run, state: RunState, message: string | undefined): void {
  run.state = state;
  if (message !== undefined) run.message = message;
  options.onEnd?.(run);
}

function wired(name: string, run: Run) {
  return {
    Id: run.id,
    JobName: name,
    JobRunState: run.state,
    StartedOn: run.startedOn,
    Arguments: run.args,
    ...(run.message ? { ErrorMessage: run.message } : {}),
  };
}
