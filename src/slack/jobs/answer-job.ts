import type { Outcome } from '../../answer/stations.ts';
import { nothingRead } from '../../answer/words/say-refusal.ts';
import { sayBudget } from '../../answer/words/say-spending.ts';
import { sayBytes } from '../../answer/words/say-value.ts';
import { isCut } from '../blocks/answer-face.ts';
import type { Message } from '../blocks/pieces.ts';
import { cancelledFace } from '../blocks/refused-face.ts';
import { faceOf } from '../face-of.ts';
import type { KeptAnswer } from '../kept.ts';
import type { Room } from '../room.ts';
import { deliver } from '../send/deliver.ts';
import { deliverWorld } from '../send/deliver-world.ts';
import { findPosted } from '../send/find-posted.ts';
import { uploadPicture, uploadText } from '../send/upload.ts';
import { stoppedAfter } from '../words.ts';
import { aboutFace } from './about-face.ts';
import { askLine } from './ask-line.ts';
import type { HeldJob } from './job-store.ts';
import { openProgress } from './progress.ts';
import { type ResolvedPlace, resolvePlace } from './resolve-place.ts';
import { sayDenied } from './say-denied.ts';
import { scheduleRead } from './schedule-read.ts';
import { showPreview } from './show-preview.ts';

/**
 * One job from its claim to its one message: may they, is it there already, ask the line, keep, post, say where. Each step may be
 * interrupted: a job that is taken up again looks for what it already posted before it does anything.
 */
export async function answerJob(held: HeldJob, signal: AbortSignal, room: Room, resumed: boolean): Promise<void> {
  const { job } = held.record;
  const denial = await room.access.deny(job);
  if (denial) return sayDenied(denial, job, room);
  const at = await resolvePlace(job, room);
  const stands = resumed ? await findPosted(room.client, at, job) : undefined;
  if (stands && !stands.plan) return finish(held, { ...at, edit: stands.ts }, stands.ts, room);
  if (stands) await held.save({ message: stands.ts, channel: stands.channel });

  const progress = openProgress(held, at, room, resumed);
  const begun = performance.now();
  const outcome = await askLine(held, at, room, { signal, onState: progress.onState });
  const picture = signal.aborted ? undefined : await bringPicture(outcome, room);
  const { message, isOld } = await progress.end();

  const kept: KeptAnswer = {
    id: job.id,
    outcome,
    asker: job.asker,
    via: job.via,
    askedAt: job.askedAt,
    channel: at.channel,
    ...(at.thread ? { thread: at.thread } : {}),
    ...(picture ? { picture } : {}),
    ...(job.work.kind === 'reading' && job.work.digest ? { digest: job.work.digest } : {}),
    ...(outcome.kind === 'refused' && outcome.approval && !signal.aborted ? await cardOf(room) : {}),
  };
  await room.kept.keep(kept);
  await held.save({ state: 'posting' });
  const face = signal.aborted
    ? cancelled(outcome, job.id, String(signal.reason), begun, room.engine)
    : faceOf(kept, aboutFace(kept, room));
  const sent = await post(face, { at, plan: message, isOld }, held, room);
  await finish(held, at, sent.ts, room);
  if (outcome.kind === 'answer' && !signal.aborted) await scheduleRead(outcome, job, at, room);
  if (outcome.kind === 'answer' && !signal.aborted && (isCut(outcome, face) || sent.step >= 2))
    await sendCsv(kept, { ...at, thread: at.thread ?? sent.ts }, room);
}

/** A price may be decided for 15 minutes, and beside it stands what the month has cost; a report that can't be had is left out. */
async function cardOf({ clock, spending, report }: Room): Promise<Pick<KeptAnswer, 'until' | 'month'>> {
  const until = new Date(Date.parse(clock.now()) + 15 * 60_000).toISOString();
  const spent = await spending?.report().catch((fault: unknown) => void report(fault, 'spending'));
  return { until, ...(spent ? { month: sayBudget(spent.month.total.usd, spent.limits.month) } : {}) };
}

/** The plan becomes the answer; a plan so old that nobody looks at it gives way to a new message. */
async function post(
  face: Message,
  { at, plan, isOld }: { at: ResolvedPlace; plan: string | undefined; isOld: boolean },
  held: HeldJob,
  room: Room,
): Promise<{ ts: string; step: number }> {
  const { job } = held.record;
  const edit = isOld ? undefined : (plan ?? at.edit);
  const sent = await deliver(face, { ...at, edit, jobId: job.id, askedAt: job.askedAt }, deliverWorld(room));
  if (isOld && plan && plan !== sent.ts) {
    await room.client.chat
      .delete({ channel: at.channel, ts: plan })
      .catch((fault: unknown) => room.log.debug({ fault: String(fault) }, 'a plan was not deleted'));
  }
  return sent;
}

/** The message stands: its thread and channel remember it, and a command's channel gets its preview. */
async function finish(held: HeldJob, at: ResolvedPlace, ts: string, room: Room): Promise<void> {
  const { job } = held.record;
  const kept = await room.kept.get(job.id);
  if (kept) await room.kept.keep({ ...kept, message: ts });
  await held.save({ message: ts, channel: at.channel, state: 'done' });
  if (kept && job.typedIn && job.typedIn.channel !== at.channel) await showPreview(kept, { ...at, ts }, job.typedIn, room);
}

/** A picture that Slack doesn't take in time costs a mark, never the answer. */
async function bringPicture(outcome: Outcome, room: Room): Promise<string | undefined> {
  if (outcome.kind !== 'answer' || !outcome.png || !outcome.chart) return undefined;
  const file = { png: Buffer.from(outcome.png), name: 'chart.png', altText: outcome.chart.altText };
  try {
    return await uploadPicture(file, room.client, room.sleep);
  } catch (fault) {
    room.report(fault, 'picture upload');
    return undefined;
  }
}

function cancelled(outcome: Outcome, id: string, by: string, begun: number, engine: string): Message {
  const seconds = Math.max(1, Math.round((performance.now() - begun) / 1000));
  const readAs = outcome.kind === 'answer' ? outcome.readAs : undefined;
  const bytes = outcome.kind === 'refused' ? outcome.scannedBytes : 0;
  const rest = bytes > 0 ? `${engine} had read ${sayBytes(bytes)} by then.` : nothingRead;
  return cancelledFace({ id, by, lead: stoppedAfter(seconds), rest, ...(readAs ? { readAs } : {}) });
}

/** The whole result as a file in the thread of the answer. */
export async function sendCsv(kept: KeptAnswer, to: { channel: string; thread?: string | undefined }, room: Room): Promise<void> {
  if (kept.outcome.kind !== 'answer') return;
  await uploadText({ text: room.line.csv(kept.outcome), name: 'askstream.csv' }, to, room.client, room.sleep);
}
