import { notice } from '../../blocks/asking-faces.ts';
import { list, paragraph, richText, words } from '../../blocks/pieces.ts';
import { runDetails } from '../../blocks/refresh-faces.ts';
import { directChannel } from '../../jobs/resolve-place.ts';
import { workAgain } from '../../jobs/work-again.ts';
import { timeOf } from '../../local-time.ts';
import type { Room } from '../../room.ts';
import { onlyYou } from '../../words.ts';
import { type Click, clickOf } from '../click.ts';
import { startRefresh } from '../commands/refresh.ts';
import type { Door } from '../door.ts';
import { keptFor, pressed, tell } from '../pressed.ts';

/** Buttons of a refresh: again, details, why quarantined; from Home; and «Refresh, then ask again» under an answer. */
export const refreshButtons: Door = (bolt, room) => {
  bolt.action(/^(refresh\.again|home\.refresh)$/, async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    await startRefresh({ by: click.user, channel: click.channel ?? (await directChannel(click.user, room)) }, room);
  });
  bolt.action('refresh.then_again', async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    const kept = await keptFor(click.value, click, room);
    if (!kept || !click.channel) return;
    const place = click.thread ? { channel: click.channel, thread: click.thread } : { channel: click.channel };
    const end = await startRefresh({ by: click.user, ...place }, room);
    if (end === 'done') await room.ask(pressed(click, workAgain(kept), room));
  });
  bolt.action(/^refresh\.(run|quarantine)$/, async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    await showRun(click, room);
  });
};

async function showRun(click: Click, room: Room): Promise<void> {
  const run = await room.kept.run(click.value);
  if (!run) return tell(click, notice('That run is no longer kept.', 'SELECT * FROM runs shows them all.'), room);
  const lines = runDetails(run, (instant) => timeOf(instant, room));
  const face = notice(lines[0]!, '', { grey: onlyYou });
  const details = richText(
    list(
      'bullet',
      lines.slice(1).map((line) => paragraph(words(line))),
    ),
  );
  await tell(click, { text: lines.join(' '), blocks: [face.blocks[0]!, details, ...face.blocks.slice(1)] }, room);
}
