import type { Door } from '../door.ts';
import type { Envelope } from './question-of-event.ts';

/** Mentions, direct messages and replies. The job was remembered before Slack got its acknowledgement (`keep-before-ack.ts`). */
export const asked: Door = (bolt, room) => {
  const start = async ({ body }: { body: unknown }) => {
    const { team_id, event } = body as Envelope;
    if (event?.channel && event.ts) await room.runner.start(`${team_id ?? room.team}:${event.channel}:${event.ts}`);
  };
  bolt.event('app_mention', start);
  bolt.event('message', start);
};
