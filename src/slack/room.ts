import type { WebClient } from '@slack/web-api';
import type { Line } from '../answer/line.ts';
import type { VerifiedQuestions } from '../answer/open-verified.ts';
import type { Digests } from '../digest/open-digests.ts';
import type { Clock } from '../services/clock.ts';
import type { Refresher } from '../services/refresher.ts';
import type { Spending } from '../services/spending.ts';
import type { Access } from './access.ts';
import type { Job } from './jobs/job.ts';
import type { JobStore } from './jobs/job-store.ts';
import type { Runner } from './jobs/run-jobs.ts';
import type { Kept } from './kept.ts';
import type { Sleep } from './send/call-slack.ts';

/** What every door is handed. */
export interface Room {
  readonly line: Line;
  /** Absent where nothing can be approved. */
  readonly verified?: VerifiedQuestions;
  readonly refresher: Refresher;
  readonly clock: Clock;
  /** IANA name of the shop's zone. */
  readonly zone: string;
  readonly digests: Digests;
  /** Answers wait for Slack; progress drops what Slack doesn't take at once. */
  readonly client: WebClient;
  readonly progress: WebClient;
  readonly sleep: Sleep;
  readonly access: Access;
  readonly kept: Kept;
  readonly store: JobStore;
  readonly runner: Runner;
  readonly refreshes: RefreshTeller;
  readonly botUser: string;
  readonly team: string;
  readonly patience: Patience;
  /** «Athena» or «the local engine», as people read it. */
  readonly engine: string;
  readonly spending?: Pick<Spending, 'report'>;
  readonly approveUsd?: number;
  /** A query is stopped after so many seconds. */
  readonly querySeconds?: number;
  readonly guardTest?: () => Promise<{ readonly tried: number; readonly passed: number }>;
  readonly log: Log;
  /** Keeps a fault in the log and answers with its reference. */
  readonly report: (fault: unknown, what: string) => string;
  /** Claims a job, and begins it where it is new. Resolves once it is remembered. */
  readonly ask: (job: Job) => Promise<boolean>;
}

/** Where a refresh was asked for: it is told there. */
export interface RefreshAsked {
  readonly by: string;
  readonly channel: string;
  readonly thread?: string;
  /** Names this telling, in the metadata of its message. */
  readonly id: string;
}

/** One refresh at a time in this process, told in one message that is edited as it goes. */
export interface RefreshTeller {
  /** Runs or joins; answers whether the tables may be newer now. */
  tell(asked: RefreshAsked): Promise<'done' | 'nothing_new' | 'joined' | 'too_soon' | 'failed'>;
  /** Goes on with the telling of a process that is gone, to the end of its run; where `sole`, any other is gone. */
  takeUp(sole: boolean): Promise<void>;
}

/** A structured log: facts first, then what happened. */
export interface Log {
  debug(facts: object, what: string): void;
  info(facts: object, what: string): void;
  warn(facts: object, what: string): void;
  error(facts: object, what: string): void;
}

/** How long things may take, in milliseconds. */
export interface Patience {
  /** Without an answer for so long, the plan is posted. */
  readonly plan: number;
  /** Between two edits of a plan. */
  readonly edit: number;
  /** An answer within this time edits the plan; later it is posted new, since nobody is told of an edit. */
  readonly fresh: number;
  /** Between two signs of life of a running job. */
  readonly heartbeat: number;
  /** Between two looks for jobs that nobody holds. */
  readonly sweep: number;
  /** How long closing waits for what runs; the rest is taken up at the next start. */
  readonly close: number;
}

export const usualPatience: Patience = { plan: 2000, edit: 3000, fresh: 60_000, heartbeat: 10_000, sweep: 15_000, close: 8000 };
