import { nothingRan } from '../../answer/words/say-refusal.ts';
import type { Denial } from '../access.ts';
import { notice } from '../blocks/asking-faces.ts';
import type { Message } from '../blocks/pieces.ts';
import type { Room } from '../room.ts';
import { callSlack, slackWord } from '../send/call-slack.ts';
import { asKnown } from '../send/deliver.ts';
import { externalChannel, notYours, onlyYou, sqlNotAllowed } from '../words.ts';
import type { Job } from './job.ts';
import { directChannel } from './resolve-place.ts';

/** Faces x1 and x2: what isn't possible here, why, and the way that is open; only to the person, never to the channel. */
export async function sayDenied(denial: Denial, job: Job, room: Pick<Room, 'client' | 'sleep' | 'log' | 'kept'>): Promise<void> {
  if (denial === 'external_channel') await room.kept.keepDenied(job.id, job.work);
  await whisper(denialFace(denial, job.id), { user: job.asker, ...whereAsked(job) }, room);
}

export function denialFace(denial: Denial, id: string): Message {
  switch (denial) {
    case 'outsider':
      return notice(notYours);
    case 'external_channel':
      return notice(externalChannel.bold, externalChannel.rest, {
        text: externalChannel.text,
        button: ['Answer me in a direct message', 'deny.dm', id],
      });
    case 'not_an_engineer':
      return notice(sqlNotAllowed.bold, sqlNotAllowed.rest, { text: sqlNotAllowed.text, grey: `${onlyYou} ${nothingRan}` });
  }
}

/** Says something to one person, where they are; where that can't be (no member, direct messages), in their direct messages. */
export async function whisper(
  message: Message,
  to: { readonly user: string; readonly channel?: string; readonly thread?: string },
  room: Pick<Room, 'client' | 'sleep' | 'log'>,
): Promise<void> {
  const { client, sleep } = room;
  const content = { text: message.text, blocks: asKnown(message.blocks) };
  if (to.channel && !to.channel.startsWith('D')) {
    const { channel, user, thread } = to;
    try {
      await callSlack(
        () => client.chat.postEphemeral({ channel, user, ...content, ...(thread ? { thread_ts: thread } : {}) }),
        sleep,
      );
      return;
    } catch (fault) {
      if (!notThere.has(slackWord(fault) ?? '')) throw fault;
    }
  }
  const channel = to.channel?.startsWith('D') ? to.channel : await directChannel(to.user, room);
  const thread = to.channel?.startsWith('D') ? to.thread : undefined;
  await callSlack(
    () => client.chat.postMessage({ channel, ...content, ...(thread ? { thread_ts: thread } : {}), unfurl_links: false }),
    sleep,
  );
}

const notThere = new Set(['user_not_in_channel', 'not_in_channel', 'channel_not_found', 'is_archived']);

function whereAsked(job: Job): { channel?: string; thread?: string } {
  if (job.typedIn) return { channel: job.typedIn.channel };
  if (job.place.to === 'direct') return {};
  // A thread of one message is not active, and an ephemeral in it would not be seen.
  return {
    channel: job.place.channel,
    ...(job.place.channel.startsWith('D') && job.place.thread ? { thread: job.place.thread } : {}),
  };
}
