import { notice } from '../../blocks/asking-faces.ts';
import { verifiedList, verifyModal } from '../../blocks/verified-faces.ts';
import type { KeptAnswer } from '../../kept.ts';
import type { Room } from '../../room.ts';
import { notAnEditor, verifiedAlready } from '../../words.ts';
import { type Click, clickOf } from '../click.ts';
import type { Door } from '../door.ts';
import { asView, openView } from '../open-view.ts';
import { tell } from '../pressed.ts';

/** The list of verified questions, and an editor who takes one back. */
export const verified: Door = (bolt, room) => {
  bolt.action('home.verified', async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    if (!room.verified || (await room.access.isOutsider(click.user))) return;
    await openView(verifiedList(await room.verified.list(), room.access.isEditor(click.user)), click.trigger, room);
  });
  bolt.action(/^verified\.withdraw\.\d+$/, async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    if (!room.verified || (await room.access.isOutsider(click.user)) || !room.access.isEditor(click.user)) return;
    await room.verified.withdraw(click.value);
    room.log.info({ key: click.value, by: click.user }, 'a verified question was taken back');
    const id = (body as { view?: { id?: string } }).view?.id;
    if (id) await room.client.views.update({ view_id: id, view: asView(verifiedList(await room.verified.list(), true)) });
  });
};

/** «Make it a verified question» asks an editor for its words. */
export async function verifyAnswer({ id, outcome }: KeptAnswer, click: Click, room: Room): Promise<void> {
  if (outcome.kind !== 'answer' || outcome.modelSql) return;
  if (!room.access.isEditor(click.user)) return tell(click, notice(notAnEditor.bold, notAnEditor.rest), room);
  if (outcome.verified) return tell(click, notice(verifiedAlready), room);
  const { question, readAs, reading } = outcome;
  await openView(verifyModal({ id, question, readAs, isSql: !reading }), click.trigger, room);
}
