import { ulid } from 'ulid';
import { sayDay } from '../answer/words/say-value.ts';
import type { Due } from '../digest/open-digests.ts';
import { sayWhen } from '../digest/subscription.ts';
import type { DigestNote } from './jobs/job.ts';
import { localDay } from './local-time.ts';
import type { Room } from './room.ts';
import { callSlack } from './send/call-slack.ts';
import { digestWords } from './words.ts';

/** A due digest becomes a job like any other: its key lets one due time be posted once, in whatever process and over a restart. */
export async function tellDigest(due: Due, room: Room): Promise<void> {
  const { subscription: s, key } = due;
  if (due.kind === 'waiting') return tellWaiting(due, room);
  if (await room.access.isExternal(s.channel)) return room.digests.setPaused(s.id, true);
  await room.ask({
    id: ulid(Date.parse(room.clock.now())),
    key,
    work: { kind: 'reading', reading: s.reading, text: s.question, digest: noteOf(due, room) },
    asker: '',
    askedAt: room.clock.now(),
    place: { to: 'channel', channel: s.channel },
    via: 'digest',
  });
}

/** «Weekly numbers · Mondays 09:00 · next: Mon 30 Nov», and the mark where it is late. */
export function noteOf(
  { subscription: s, late }: Pick<Due, 'subscription' | 'late'>,
  room: Pick<Room, 'digests' | 'zone'>,
): DigestNote {
  const next = sayDay(localDay(room.digests.next(s), s.zone));
  const mark = late && (late.why === 'data' ? digestWords.late(hours(late.ms)) : digestWords.asleep(hours(late.ms)));
  const line = `${s.name} · ${sayWhen(s.schedule)} · next: ${next}`;
  return { id: s.id, name: s.name, owner: s.owner, line, ...(mark ? { late: mark } : {}) };
}

async function tellWaiting({ key, subscription, needs }: Due, room: Room): Promise<void> {
  if (!(await room.kept.once(key, 30 * 86_400_000))) return;
  const text = digestWords.waiting(subscription.name, sayDay(needs));
  await callSlack(() => room.client.chat.postMessage({ channel: subscription.channel, text }), room.sleep);
}

function hours(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} minutes`;
  const h = Math.round(minutes / 60);
  return h === 1 ? 'One hour' : `${words[h] ?? h} hours`;
}

const words = ['', '', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];
