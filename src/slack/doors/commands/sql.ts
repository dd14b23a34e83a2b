import { ulid } from 'ulid';
import { sqlEditor } from '../../blocks/sql-editor.ts';
import { denialFace } from '../../jobs/say-denied.ts';
import { asKnown } from '../../send/deliver.ts';
import { unescapeText } from '../../typed-text.ts';
import type { Door } from '../door.ts';
import { openView } from '../open-view.ts';

/** `/sql SELECT …` runs; `/sql` alone opens the editor. */
export const sql: Door = (bolt, room) => {
  bolt.command('/sql', async ({ ack, command }) => {
    const text = unescapeText(command.text ?? '').replace(/^```(?:sql)?\s*|\s*```$/g, '');
    if (text === '' && room.access.maySql(command.user_id)) {
      await ack();
      const channel =
        command.channel_name === 'directmessage' ? undefined : { id: command.channel_id, name: command.channel_name };
      return openView(sqlEditor({ ...(channel ? { channel } : {}) }), command.trigger_id, room);
    }
    if (!room.access.maySql(command.user_id)) {
      const denied = denialFace('not_an_engineer', 'ask');
      return ack({ response_type: 'ephemeral', text: denied.text, blocks: asKnown(denied.blocks) });
    }
    await room.ask({
      id: ulid(Date.parse(room.clock.now())),
      key: `command:${command.trigger_id}`,
      work: { kind: 'sql', text },
      asker: command.user_id,
      askedAt: room.clock.now(),
      place: { to: 'direct', user: command.user_id },
      via: 'sql',
      typedIn: { channel: command.channel_id, responseUrl: command.response_url },
    });
    await ack();
  });
};
