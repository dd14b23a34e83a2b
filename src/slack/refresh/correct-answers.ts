import type { Answer, Mark } from '../../answer/stations.ts';
import type { Run } from '../../services/refresher.ts';
import type { Change } from '../blocks/refresh-faces.ts';
import { faceOf } from '../face-of.ts';
import { aboutFace } from '../jobs/about-face.ts';
import type { KeptAnswer } from '../kept.ts';
import { localDay, timeOf } from '../local-time.ts';
import type { Room } from '../room.ts';
import { callSlack } from '../send/call-slack.ts';
import { deliver } from '../send/deliver.ts';
import { deliverWorld } from '../send/deliver-world.ts';
import { uploadPicture } from '../send/upload.ts';
import { firstChange } from './first-change.ts';

/**
 * After a refresh: every answer of the last two days in a channel is asked again from its Reading; where a figure changed, the
 * message is edited in place with the 🔄 mark. A fault in one leaves it as it was and the rest goes on.
 */
export async function correctAnswers(
  channel: string,
  run: Run,
  room: Omit<Room, 'refreshes'>,
): Promise<{ compared: number; changes: readonly Change[] }> {
  const answers = (await room.kept.recentIn(channel)).filter((k) => k.outcome.kind === 'answer' && k.outcome.reading);
  const changes: Change[] = [];
  let compared = 0;
  for (const kept of answers.slice(-most)) {
    try {
      const change = await correctOne(kept, run, room);
      if (change === 'not_asked') continue;
      compared += 1;
      if (change) changes.push(change);
    } catch (fault) {
      room.report(fault, 'correction');
    }
  }
  return { compared, changes };
}

const most = 30;
/** Nobody asked: the workspace pays. */
const spender = { kind: 'correction', who: '' } as const;

/** `not_asked`: it could not be asked again, for its price or a fault, so nobody knows whether it changed. */
async function correctOne(kept: KeptAnswer, run: Run, room: Omit<Room, 'refreshes'>): Promise<Change | 'not_asked' | undefined> {
  const before = kept.outcome as Answer;
  if (!before.reading || !kept.message) return 'not_asked';
  const question = { id: kept.id, text: before.question, askedAt: sameDay(kept, room) };
  const after = await room.line.reading(before.reading, question, { noPicture: true, spender });
  if (after.kind !== 'answer') return 'not_asked';
  const figure = firstChange(before, after);
  if (!figure) return undefined;

  const whole = kept.picture ? await room.line.reading(before.reading, question, { spender }) : after;
  const outcome = whole.kind === 'answer' ? whole : after;
  const picture = outcome.png && outcome.chart ? await uploadAgain(outcome, room) : undefined;
  const { picture: _, ...rest } = kept;
  const updated: KeptAnswer = { ...rest, outcome, updated: markOf(figure, run, room), ...(picture ? { picture } : {}) };
  const at = { channel: kept.channel, edit: kept.message, jobId: kept.id, askedAt: kept.askedAt };
  await deliver(faceOf(updated, aboutFace(updated, room)), { ...at, thread: kept.thread }, deliverWorld(room));
  await room.kept.keep(updated);
  const { permalink } = await callSlack(
    () => room.client.chat.getPermalink({ channel: kept.channel, message_ts: kept.message! }),
    room.sleep,
  );
  return { title: titleOf(before), ...figure, ...(permalink ? { url: permalink } : {}) };
}

/** «Today» stays today while it is; «yesterday» of yesterday's question stays that day. */
function sameDay(kept: KeptAnswer, { clock, zone }: Pick<Room, 'clock' | 'zone'>): string {
  return localDay(kept.askedAt, zone) === localDay(clock.now(), zone) ? clock.now() : kept.askedAt;
}

async function uploadAgain(answer: Answer, room: Pick<Room, 'client' | 'sleep'>): Promise<string | undefined> {
  const file = { png: Buffer.from(answer.png!), name: 'chart.png', altText: answer.chart!.altText };
  return uploadPicture(file, room.client, room.sleep);
}

function markOf({ from, to }: { from: string; to: string }, run: Run, room: Pick<Room, 'clock' | 'zone'>): Mark {
  const late = run.late_events > 0 ? ` ${run.late_events.toLocaleString('en')} events came late.` : '';
  return {
    code: 'updated',
    title: `Updated at ${timeOf(room.clock.now(), room)}: ${from} → ${to}.`,
    text: `A refresh brought newer data.${late}`,
  };
}

/** «Conversion rate by device, 25 Oct – 23 Nov 2026». */
function titleOf({ readAs }: Answer): string {
  const [what = '', when = ''] = readAs.split(' · ');
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}${when ? `, ${when.replace('no period named, so the ', '')}` : ''}`;
}
