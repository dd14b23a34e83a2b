import type { Answer } from '../../../answer/stations.ts';
import { notice } from '../../blocks/asking-faces.ts';
import { faceOf } from '../../face-of.ts';
import { aboutFace } from '../../jobs/about-face.ts';
import type { KeptAnswer } from '../../kept.ts';
import type { Room } from '../../room.ts';
import { deliver } from '../../send/deliver.ts';
import { deliverWorld } from '../../send/deliver-world.ts';
import { uploadPicture } from '../../send/upload.ts';
import type { Click } from '../click.ts';
import { tell } from '../pressed.ts';

/** «Draw it another way» takes the next kind that the rows allow; «Draw it again» the same. The message is edited in place. */
export async function redraw(kept: KeptAnswer, click: Click, room: Room): Promise<void> {
  const { outcome } = kept;
  if (outcome.kind !== 'answer' || !outcome.chart || !kept.message) return;
  const type = outcome.chart.others[0] ?? outcome.chart.type;
  const png = await room.line.redraw(outcome, type);
  if (!png) return tell(click, notice('It can’t be drawn another way.', 'The rows allow this picture only.'), room);
  const chart = { ...outcome.chart, type, others: [...outcome.chart.others.slice(1), outcome.chart.type] };
  const picture = await uploadPicture({ png, name: 'chart.png', altText: chart.altText }, room.client, room.sleep);
  if (!picture) return;
  const redrawn: Answer = { ...outcome, chart, marks: outcome.marks.filter((m) => m.code !== 'no_picture') };
  const updated: KeptAnswer = { ...kept, outcome: redrawn, picture };
  const target = { channel: kept.channel, thread: kept.thread, edit: kept.message, jobId: kept.id, askedAt: kept.askedAt };
  await deliver(faceOf(updated, aboutFace(updated, room)), target, deliverWorld(room));
  await room.kept.keep(updated);
}
