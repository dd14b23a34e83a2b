import type { WebClient } from '@slack/web-api';
import { ulid } from 'ulid';
import { openDigests } from '../digest/open-digests.ts';
import { openAccess } from './access.ts';
import { answerJob } from './jobs/answer-job.ts';
import type { HeldJob } from './jobs/job-store.ts';
import { openJobStore } from './jobs/job-store.ts';
import { openRunner, type Runner } from './jobs/run-jobs.ts';
import { openKept } from './kept.ts';
import { openRefreshTeller } from './refresh/tell-refresh.ts';
import { type Room, usualPatience } from './room.ts';
import type { SlackAppOptions } from './slack-app-options.ts';

/** Puts together what the doors are handed. */
export function openRoom(
  options: SlackAppOptions,
  slack: { client: WebClient; progress: WebClient; team: string; botUser: string },
): Room {
  const { memory, clock, report } = options;
  const patience = { ...usualPatience, ...options.patience };
  // Doors keep the process; a wait for Slack alone must not.
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());
  const store = openJobStore({ memory, clock, holder: ulid(), sole: options.sole, holdMs: patience.heartbeat * 3 });
  const runner: Runner = openRunner({
    store,
    report,
    heartbeatMs: patience.heartbeat,
    work: (held: HeldJob, signal: AbortSignal) => answerJob(held, signal, room, held.resumed),
  });
  const bare: Omit<Room, 'refreshes'> = {
    ...slack,
    line: options.line,
    ...(options.verified ? { verified: options.verified } : {}),
    refresher: options.refresher,
    clock,
    zone: options.zone,
    digests: openDigests({ memory, clock, zone: options.zone, refresher: options.refresher }),
    sleep,
    access: openAccess({ ...slack, clock, sleep, engineers: options.engineers, editors: options.editors }),
    kept: openKept({ memory, clock }),
    store,
    runner,
    patience,
    engine: options.engine,
    ...(options.spending ? { spending: options.spending } : {}),
    ...(options.approveUsd === undefined ? {} : { approveUsd: options.approveUsd }),
    ...(options.querySeconds === undefined ? {} : { querySeconds: options.querySeconds }),
    ...(options.guardTest ? { guardTest: options.guardTest } : {}),
    log: options.log,
    report,
    async ask(job) {
      const isNew = await store.claim(job);
      if (isNew) void runner.start(job.key);
      return isNew;
    },
  };
  const room: Room = { ...bare, refreshes: openRefreshTeller(bare) };
  return room;
}
