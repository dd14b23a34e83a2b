import { notice } from '../../blocks/asking-faces.ts';
import { cancelledFace } from '../../blocks/refused-face.ts';
import { workAgain } from '../../jobs/work-again.ts';
import type { KeptAnswer } from '../../kept.ts';
import type { Room } from '../../room.ts';
import { deliver } from '../../send/deliver.ts';
import { deliverWorld } from '../../send/deliver-world.ts';
import { expiredCard, nothingRan, notYourPrice } from '../../words.ts';
import { type Click, clickOf } from '../click.ts';
import type { Door } from '../door.ts';
import { keptFor, pressed, tell } from '../pressed.ts';

/** Decisions over a question: approve or cancel its price, stop it while it runs, take it to direct messages. */
export const decide: Door = (bolt, room) => {
  bolt.action(/^price\.(approve|cancel)$/, async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    const kept = await keptFor(click.value, click, room);
    if (kept?.outcome.kind !== 'refused' || !kept.outcome.approval || !kept.message) return;
    if (!mayDecide(click.user, kept, room)) return tell(click, notice(notYourPrice), room);
    const isLate = Date.parse(room.clock.now()) - Date.parse(kept.askedAt) > 15 * 60_000;
    if (isLate || click.action === 'price.cancel') return settle(kept, isLate, click, room);
    const approvedUsd = kept.outcome.approval.usd;
    await room.ask(pressed(click, workAgain(kept), room, { edit: true, approvedUsd }));
  });
  bolt.action('question.cancel', async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    await stop((id, asker) => id === click.value && (asker === click.user || room.access.isEditor(click.user)), click.user, room);
  });
  bolt.action('deny.dm', async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    const record = await room.kept.denied(click.value);
    if (record) await room.ask({ ...pressed(click, record, room), place: { to: 'direct', user: click.user } });
  });
  bolt.event('agent_session_stopped', async ({ event }) => {
    const { channel, thread_ts, user } = event as unknown as { channel: string; thread_ts?: string; user: string };
    await room.runner.cancel(({ job }) => {
      const { place } = job;
      const isThere = place.to === 'channel' && place.channel === channel && place.thread === thread_ts;
      return isThere && (job.asker === user || room.access.isEditor(user));
    }, user);
  });
};

/** Stops what runs here; what another process runs is marked and stops at its next sign of life. */
async function stop(isMeant: (id: string, asker: string) => boolean, by: string, room: Room): Promise<void> {
  const here = await room.runner.cancel(({ job }) => isMeant(job.id, job.asker), by);
  if (here.length > 0) return;
  for (const { job } of await room.store.running()) if (isMeant(job.id, job.asker)) await room.store.cancel(job.key, by);
}

function mayDecide(user: string, kept: KeptAnswer, room: Room): boolean {
  return user === kept.asker || room.access.isEditor(user);
}

async function settle(kept: KeptAnswer, isLate: boolean, click: Click, room: Room): Promise<void> {
  const how = isLate ? { lead: expiredCard } : { lead: 'Cancelled', by: click.user };
  const face = cancelledFace({ id: kept.id, ...how, rest: nothingRan });
  const target = { channel: kept.channel, thread: kept.thread, edit: kept.message, jobId: kept.id, askedAt: kept.askedAt };
  await deliver(face, target, deliverWorld(room));
}
