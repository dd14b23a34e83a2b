import { sayZone } from '../../../answer/words/say-footer.ts';
import { notice } from '../../blocks/asking-faces.ts';
import { digestModal } from '../../blocks/digest-modal.ts';
import type { KeptAnswer } from '../../kept.ts';
import type { Room } from '../../room.ts';
import type { Click } from '../click.ts';
import { openView } from '../open-view.ts';
import { tell } from '../pressed.ts';

/** «Schedule as a digest» under an answer opens face w3. */
export async function scheduleAnswer(kept: KeptAnswer, click: Click, room: Room): Promise<void> {
  const { outcome } = kept;
  if (outcome.kind !== 'answer' || !outcome.reading)
    return tell(
      click,
      notice('Only questions in words can be scheduled.', 'SQL holds its dates, so it would say the same each time.'),
      room,
    );
  const [what = '', when = ''] = outcome.readAs.split(' · ');
  const name = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  const view = digestModal({
    id: kept.id,
    what: name,
    rest: when ? `, ${when}.` : '.',
    name,
    zone: room.zone,
    zoneName: sayZone(room.zone),
    channel: click.channel ?? kept.channel,
  });
  await openView(view, click.trigger, room);
}
