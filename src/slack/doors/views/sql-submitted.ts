import { ulid } from 'ulid';
import type { Place } from '../../jobs/job.ts';
import { unescapeText } from '../../typed-text.ts';
import type { Door } from '../door.ts';
import { filledIn } from '../view-values.ts';

/** The editor was sent: the SQL runs where the person chose to see it. */
export const sqlSubmitted: Door = (bolt, room) => {
  bolt.view('sql_editor', async ({ ack, body, view }) => {
    const text = unescapeText(filledIn(view, 'sql') ?? '');
    if (text === '') return ack({ response_action: 'errors', errors: { sql: 'Write one SELECT.' } });
    const channel = filledIn(view, 'where') === 'channel' ? view.private_metadata : '';
    const place: Place = channel ? { to: 'channel', channel } : { to: 'direct', user: body.user.id };
    await room.ask({
      id: ulid(Date.parse(room.clock.now())),
      key: `view:${view.id}:${view.hash}`,
      work: { kind: 'sql', text },
      asker: body.user.id,
      askedAt: room.clock.now(),
      place,
      via: 'sql',
    });
    await ack();
  });
};
