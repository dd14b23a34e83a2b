import type { Room } from '../../room.ts';
import { clickOf } from '../click.ts';
import type { Door } from '../door.ts';
import { pressed } from '../pressed.ts';

/** Decisions over a question: stop it while it runs, take it to direct messages. */
export const decide: Door = (bolt, room) => {
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
