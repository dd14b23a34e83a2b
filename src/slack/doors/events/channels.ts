import type { Door } from '../door.ts';

/** A channel that is shared with another company, or no longer, is looked at anew. */
export const channels: Door = (bolt, room) => {
  const forget = async ({ event }: { event: unknown }) => {
    const { channel } = event as { channel?: string };
    if (channel) room.access.forget(channel);
  };
  bolt.event('channel_shared', forget);
  bolt.event('channel_unshared', forget);
  bolt.event('member_joined_channel', forget);
};
