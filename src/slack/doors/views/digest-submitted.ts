import type { Schedule } from '../../../glossary/reading.ts';
import { digestMade } from '../../digest-made.ts';
import { whisper } from '../../jobs/say-denied.ts';
import type { Door } from '../door.ts';
import { filledIn } from '../view-values.ts';

/** Face w3 was sent: the answer's Reading becomes a subscription. */
export const digestSubmitted: Door = (bolt, room) => {
  bolt.view('digest_new', async ({ ack, body, view }) => {
    const kept = await room.kept.get(view.private_metadata);
    const reading = kept?.outcome.kind === 'answer' ? kept.outcome.reading : undefined;
    const channel = filledIn(view, 'where');
    const schedule = scheduleOf(filledIn(view, 'when') ?? 'mon', filledIn(view, 'time') ?? '09:00');
    if (!kept || !reading)
      return ack({ response_action: 'errors', errors: { name: 'This answer is gone. Ask again, then schedule it.' } });
    if (!channel) return ack({ response_action: 'errors', errors: { where: 'Choose a channel.' } });
    if (await room.access.isExternal(channel))
      return ack({ response_action: 'errors', errors: { where: 'People from another company are in this channel.' } });
    const user = body.user.id;
    const draft = {
      name: filledIn(view, 'name') ?? 'Digest',
      question: kept.outcome.question,
      reading,
      schedule,
      channel,
      owner: user,
    };
    const made = await room.digests.add(draft);
    await ack();
    await whisper(digestMade(made, room), { user, channel: kept.channel }, room);
  });
};

function scheduleOf(when: string, time: string): Schedule {
  const [hour = 9, minute = 0] = time.split(':').map(Number);
  const at = { hour, minute };
  if (when === 'mon') return { every: 'week', weekday: 1, ...at };
  if (when === 'first') return { every: 'month', day: 1, ...at };
  return { every: when === 'weekday' ? 'weekday' : 'day', ...at };
}
