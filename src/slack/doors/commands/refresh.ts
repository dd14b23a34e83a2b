import { ulid } from 'ulid';
import { denialFace, whisper } from '../../jobs/say-denied.ts';
import type { Room } from '../../room.ts';
import type { Door } from '../door.ts';

/** `/refresh`: brings in new files, told where it was typed since it changes everybody's answers. */
export const refresh: Door = (bolt, room) => {
  bolt.command('/refresh', async ({ ack, command }) => {
    await ack();
    await startRefresh({ by: command.user_id, channel: command.channel_id }, room);
  });
};

/** Starts or joins a refresh for somebody; undefined where they may not. A place the app can't write to is told in direct messages. */
export async function startRefresh(asked: { by: string; channel: string; thread?: string }, room: Room) {
  const outside = await room.access.isOutsider(asked.by);
  const denial = outside ? 'outsider' : (await room.access.isExternal(asked.channel)) ? 'external_channel' : undefined;
  if (denial) {
    const face = denialFace(denial, '');
    const quiet = { ...face, blocks: face.blocks.filter((b) => b.type !== 'actions') };
    await whisper(quiet, { user: asked.by, channel: asked.channel }, room);
    return undefined;
  }
  return room.refreshes.tell({ ...asked, id: ulid(Date.parse(room.clock.now())) });
}
