import type { Answer } from '../../answer/stations.ts';
import { cut } from '../blocks/pieces.ts';
import { digestMade } from '../digest-made.ts';
import type { Room } from '../room.ts';
import type { Job } from './job.ts';
import { whisper } from './say-denied.ts';

/** «… every monday 9am»: the question is answered now, and what was read comes again where it was asked. Once per job. */
export async function scheduleRead(answer: Answer, job: Job, at: { channel: string }, room: Room): Promise<void> {
  const { reading } = answer;
  if (job.work.kind !== 'ask' || !reading?.schedule) return;
  if (!(await room.kept.once(`schedule:${job.id}`, 48 * 3_600_000))) return;
  const { schedule, ...rest } = reading;
  const [what = 'Digest'] = answer.readAs.split(' · ');
  const wanted = job.typedIn?.channel ?? at.channel;
  const channel = (await room.access.isExternal(wanted)) ? at.channel : wanted;
  const name = cut(withoutRhythm(`${what.charAt(0).toUpperCase()}${what.slice(1)}`), 60);
  const made = await room.digests.add({ name, question: answer.question, reading: rest, schedule, channel, owner: job.asker });
  await whisper(digestMade(made, room), { user: job.asker, channel }, room);
}

/** «Revenue by country, every Monday at 9:00» → «Revenue by country»: the name says what, the schedule when. */
function withoutRhythm(what: string): string {
  return what.replace(/, (?:every|each|on|daily|weekly|monthly)\b.*$/i, '') || what;
}
