import type { Room } from '../room.ts';
import { callSlack } from '../send/call-slack.ts';
import type { Job } from './job.ts';

/** Where a message goes, with the person's direct messages opened. */
export interface ResolvedPlace {
  readonly channel: string;
  readonly thread?: string;
  readonly edit?: string;
}

export async function resolvePlace({ place }: Job, room: Room): Promise<ResolvedPlace> {
  if (place.to === 'direct') return { channel: await directChannel(place.user, room) };
  const { to: _, ...at } = place;
  return at;
}

/** The channel of the app's direct messages with a person. */
export async function directChannel(user: string, { client, sleep }: Pick<Room, 'client' | 'sleep'>): Promise<string> {
  const { channel } = await callSlack(() => client.conversations.open({ users: user }), sleep);
  if (!channel?.id) throw new Error('Slack opened no direct messages.');
  return channel.id;
}
