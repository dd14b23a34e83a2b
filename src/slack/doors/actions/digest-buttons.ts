import { sqlEditor } from '../../blocks/sql-editor.ts';
import { clickOf, halves } from '../click.ts';
import { changeDigest } from '../commands/digest.ts';
import type { Door } from '../door.ts';
import { publishHome } from '../events/home.ts';
import { openView } from '../open-view.ts';
import { keptFor, tell } from '../pressed.ts';

/** The ··· menus of a digest, under its message and on Home. */
export const digestButtons: Door = (bolt, room) => {
  bolt.action(/^(digest\.more|home\.digest\.\d+)$/, async ({ ack, body }) => {
    const click = clickOf(body);
    const [verb, name] = halves(click.value);
    await ack();
    if (await room.access.isOutsider(click.user)) return;
    if (verb === 'edit_sql') {
      const kept = await keptFor(name, click, room);
      if (kept?.outcome.kind === 'answer' && room.access.maySql(click.user))
        await openView(sqlEditor({ sql: kept.outcome.sql }), click.trigger, room);
      return;
    }
    await tell(click, await changeDigest(verb, name, click.user, room), room);
    if (!click.channel) await publishHome(click.user, room);
  });
};
