import type { LineState } from '../../answer/line.ts';
import { follow, type PlanState, planFace } from '../blocks/plan-face.ts';
import type { Room } from '../room.ts';
import { asKnown, deliver } from '../send/deliver.ts';
import { deliverWorld } from '../send/deliver-world.ts';
import type { HeldJob } from './job-store.ts';
import type { ResolvedPlace } from './resolve-place.ts';

/** What is seen of a question while it runs: nothing at first, then one plan message that is edited. */
export interface Progress {
  onState(state: LineState): void;
  /** Ends it; the plan message that stands, and whether it is so old that the answer must be posted new. */
  end(): Promise<{ readonly message?: string; readonly isOld: boolean }>;
}

/** `again`: the job was taken up after a restart. */
export function openProgress(held: HeldJob, at: ResolvedPlace, room: Room, again: boolean): Progress {
  const { job } = held.record;
  const { patience } = room;
  const begun = performance.now();
  let state: PlanState = again ? { step: 0, again } : { step: 0 };
  let message = held.record.message ?? at.edit;
  let edit: NodeJS.Timeout | undefined;
  let ended = false;
  const face = () => planFace(textOf(held), state, { id: job.id, engine: room.engine });

  const post = async () => {
    const sent = await deliver(
      face(),
      { ...at, edit: message, jobId: job.id, askedAt: job.askedAt, part: 'plan' },
      deliverWorld(room),
    );
    message = sent.ts;
    await held.save({ message: sent.ts, channel: at.channel });
  };
  let posting: Promise<void> | undefined;
  const plan = setTimeout(
    () => {
      posting = post().catch((fault: unknown) => void room.report(fault, 'plan'));
    },
    at.edit ? 0 : patience.plan,
  );
  plan.unref();
  const redraw = () => {
    edit = undefined;
    if (ended || !posting || !message) return;
    const { text, blocks } = face();
    room.progress.chat
      .update({ channel: at.channel, ts: message, text, blocks: asKnown(blocks) })
      .catch((fault: unknown) => room.log.debug({ fault: String(fault) }, 'an edit of a plan was dropped'));
  };
  showSession(room, at, 'processing');
  return {
    onState(next) {
      state = follow(state, next);
      if (!ended) edit ??= setTimeout(redraw, patience.edit);
    },
    async end() {
      ended = true;
      clearTimeout(plan);
      clearTimeout(edit);
      await posting;
      showSession(room, at, 'active');
      return { ...(message ? { message } : {}), isOld: performance.now() - begun > patience.fresh };
    },
  };
}

/** Slack's own «is reading your question» with its Stop button; only threads have it, and losing it loses nothing. */
function showSession({ progress, log }: Room, at: ResolvedPlace, status: 'processing' | 'active'): void {
  if (!at.thread) return;
  const where = { channel_id: at.channel, thread_ts: at.thread };
  const dropped = (fault: unknown) => log.debug({ fault: String(fault) }, 'a status was dropped');
  progress.agents.sessions.setStatus({ ...where, status }).catch(dropped);
  progress.assistant.threads
    .setStatus({ ...where, status: status === 'active' ? '' : 'is reading your question' })
    .catch(dropped);
}

function textOf({ record: { job } }: HeldJob): string {
  return job.work.text;
}
