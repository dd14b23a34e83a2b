import { feedbackModal } from '../../blocks/small-modals.ts';
import { clickOf, halves } from '../click.ts';
import type { Door } from '../door.ts';
import { openView } from '../open-view.ts';
import { keptFor } from '../pressed.ts';
import { filledIn } from '../view-values.ts';

/** Thumbs: up says nothing, down asks why; nothing of it is posted in the channel. */
export const feedback: Door = (bolt, room) => {
  bolt.action('answer.feedback', async ({ ack, body }) => {
    const click = clickOf(body);
    const [side, id] = halves(click.value);
    await ack();
    const kept = await keptFor(id, click, room);
    if (!kept) return;
    if (side === 'down') await openView(feedbackModal(id, kept.outcome.question), click.trigger, room);
    else await room.kept.feedback(id, click.user, { good: true });
  });
  bolt.view('feedback_reason', async ({ ack, body, view }) => {
    const expected = filledIn(view, 'expected');
    const said = { good: false, reason: filledIn(view, 'reason') ?? '', ...(expected ? { expected } : {}) };
    await room.kept.feedback(view.private_metadata, body.user.id, said);
    await ack();
  });
};
