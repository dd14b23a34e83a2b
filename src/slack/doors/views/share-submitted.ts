import { shareIn } from '../actions/share.ts';
import type { Door } from '../door.ts';
import { filledIn } from '../view-values.ts';

/** The channel for an answer was chosen. */
export const shareSubmitted: Door = (bolt, room) => {
  bolt.view('share_where', async ({ ack, body, view }) => {
    const channel = filledIn(view, 'where');
    const kept = await room.kept.get(view.private_metadata);
    if (!channel || !kept) return ack({ response_action: 'errors', errors: { where: 'Choose a channel.' } });
    await ack();
    const click = { user: body.user.id, action: 'share', value: kept.id, trigger: '', channel, isEphemeral: false };
    await shareIn(channel, kept, click, room);
  });
};
