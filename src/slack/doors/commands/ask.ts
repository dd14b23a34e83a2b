import { ulid } from 'ulid';
import { emptyFace } from '../../blocks/asking-faces.ts';
import { asKnown } from '../../send/deliver.ts';
import { unescapeText } from '../../typed-text.ts';
import type { Door } from '../door.ts';

/** `/ask QUESTION`: the whole answer in the person's direct messages, a preview where it was typed. */
export const ask: Door = (bolt, room) => {
  bolt.command('/ask', async ({ ack, command }) => {
    const text = unescapeText(command.text ?? '');
    if (text === '') {
      const { text: said, blocks } = emptyFace();
      return ack({ response_type: 'ephemeral', text: said, blocks: asKnown(blocks) });
    }
    await room.ask({
      id: ulid(Date.parse(room.clock.now())),
      key: `command:${command.trigger_id}`,
      work: { kind: 'ask', text },
      asker: command.user_id,
      askedAt: room.clock.now(),
      place: { to: 'direct', user: command.user_id },
      via: 'ask',
      typedIn: { channel: command.channel_id, responseUrl: command.response_url },
    });
    await ack();
  });
};
