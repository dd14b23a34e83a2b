import { ulid } from 'ulid';
import { notice } from '../blocks/asking-faces.ts';
import type { Job, Place, Work } from '../jobs/job.ts';
import { whisper } from '../jobs/say-denied.ts';
import type { KeptAnswer } from '../kept.ts';
import type { Room } from '../room.ts';
import { keptAway } from '../words.ts';
import type { Click } from './click.ts';

/**
 * A press as a job: answered in the thread it was pressed in, as if its words had been typed. `edit` lets the pressed message
 * become the answer, in place of the outcome of that id. One press of one person counts once, for a minute; where an outcome
 * gives way, or with `once`, once for all.
 */
export function pressed(
  click: Click,
  work: Work,
  room: Room,
  more: { edit?: string | undefined; once?: boolean; approvedUsd?: number; askedAt?: string } = {},
): Job {
  const minute = Math.floor(Date.parse(room.clock.now()) / 60_000);
  return {
    id: ulid(Date.parse(room.clock.now())),
    key: more.edit
      ? `press:${click.channel}:${click.message}:${more.edit}:settled`
      : `press:${click.channel ?? 'home'}:${click.message ?? ''}:${click.action}:${click.value}${more.once ? '' : `:${click.user}:${minute}`}`,
    work,
    asker: click.user,
    askedAt: more.askedAt ?? room.clock.now(),
    place: placeOf(click, more.edit !== undefined),
    via: work.kind === 'sql' ? 'sql' : click.channel ? 'button' : 'home',
    ...(more.approvedUsd === undefined ? {} : { approvedUsd: more.approvedUsd }),
  };
}

/** The answer that a button belongs to; says so where it is gone. */
export async function keptFor(id: string, click: Click, room: Room): Promise<KeptAnswer | undefined> {
  const kept = await room.kept.get(id);
  if (!kept) await tell(click, notice(keptAway, 'Ask again in your own words.'), room);
  return kept;
}

/** Says something to the one who pressed, where they pressed. */
export async function tell(click: Click, message: Parameters<typeof whisper>[0], room: Room): Promise<void> {
  const to = { user: click.user, ...(click.channel ? { channel: click.channel } : {}) };
  await whisper(message, click.channel?.startsWith('D') && click.thread ? { ...to, thread: click.thread } : to, room);
}

function placeOf(click: Click, edit: boolean): Place {
  if (!click.channel || !click.thread || click.isEphemeral) return { to: 'direct', user: click.user };
  return {
    to: 'channel',
    channel: click.channel,
    thread: click.thread,
    ...(edit && click.message ? { edit: click.message } : {}),
  };
}
