import { ulid } from 'ulid';
import { notice } from '../../blocks/asking-faces.ts';
import { shareWhere } from '../../blocks/small-modals.ts';
import { faceOf } from '../../face-of.ts';
import { aboutFace } from '../../jobs/about-face.ts';
import { denialFace } from '../../jobs/say-denied.ts';
import type { KeptAnswer } from '../../kept.ts';
import type { Room } from '../../room.ts';
import { slackWord } from '../../send/call-slack.ts';
import { deliver } from '../../send/deliver.ts';
import { deliverWorld } from '../../send/deliver-world.ts';
import type { Click } from '../click.ts';
import { openView } from '../open-view.ts';
import { tell } from '../pressed.ts';

/** «Share in this channel» posts it there with the asker's name; in direct messages a modal asks where. */
export async function shareAnswer(kept: KeptAnswer, click: Click, room: Room): Promise<void> {
  if (!click.isEphemeral) return openView(shareWhere(kept.id), click.trigger, room);
  if (click.channel) await shareIn(click.channel, kept, click, room);
}

/** Posts a kept answer in a channel, once; says why where that can't be. */
export async function shareIn(channel: string, kept: KeptAnswer, click: Click, room: Room): Promise<void> {
  if (kept.outcome.kind !== 'answer') return;
  if (await room.access.isExternal(channel)) {
    const face = denialFace('external_channel', kept.id);
    return tell(click, { ...face, blocks: face.blocks.filter((b) => b.type !== 'actions') }, room);
  }
  if (!(await room.kept.once(`share:${kept.id}:${channel}`, 60_000))) return;
  const id = ulid(Date.parse(room.clock.now()));
  const { thread: _, message: __, ...rest } = kept;
  const shared: KeptAnswer = {
    ...rest,
    id,
    channel,
    shared: { asker: click.user, command: kept.via === 'sql' ? '/sql' : '/ask' },
  };
  const target = { channel, jobId: id, askedAt: room.clock.now() };
  try {
    const { ts } = await deliver(faceOf(shared, aboutFace(shared, room)), target, deliverWorld(room));
    await room.kept.keep({ ...shared, message: ts });
  } catch (fault) {
    if (slackWord(fault) === undefined) throw fault;
    room.report(fault, 'share');
    await tell(click, notice('I can’t post there.', 'Invite Askstream to that channel, then share again.'), room);
  }
}
