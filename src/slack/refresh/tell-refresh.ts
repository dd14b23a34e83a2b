import { notice } from '../blocks/asking-faces.ts';
import type { RefreshStory } from '../blocks/refresh-faces.ts';
import { whisper } from '../jobs/say-denied.ts';
import type { RefreshTelling } from '../kept-tellings.ts';
import { timeOf } from '../local-time.ts';
import type { RefreshAsked, RefreshTeller, Room } from '../room.ts';
import { nothingNew, tooSoon } from '../words.ts';
import { holdUntil, openRefreshMessage } from './refresh-message.ts';
import { type Begin, joinedFace, tellRun } from './tell-run.ts';

/** Opens the teller of refreshes. */
export function openRefreshTeller(room: Omit<Room, 'refreshes'>): RefreshTeller {
  let current: { story: RefreshStory; join(user: string): void } | undefined;

  async function telling(asked: RefreshAsked, story: RefreshStory, begin: Begin, standing?: RefreshTelling) {
    // Who asks once the end is being said can't be named in it: theirs is a refresh of its own.
    const over = () => {
      if (current === mine) current = undefined;
    };
    const message = openRefreshMessage(asked, story, room, over, standing);
    const mine = { story, join: message.join };
    current = mine;
    try {
      return await tellRun(begin, message, asked, room);
    } finally {
      over();
    }
  }

  return {
    async tell(asked) {
      if (current) {
        current.join(asked.by);
        await whisper(joinedFace(current.story.startedAt), { user: asked.by, channel: asked.channel }, room);
        return 'joined';
      }
      const before = await room.refresher.freshness();
      const refusal = await whyNot(asked, before.lastRunAt, before.newestEventTime, room);
      if (refusal) return refusal;
      const { files, bytes } = await room.refresher.pending();
      const story: RefreshStory = {
        by: asked.by,
        startedAt: timeOf(room.clock.now(), room),
        joined: [],
        files,
        bytes,
        step: 'list',
        ...(before.lastRunAt ? { since: timeOf(before.lastRunAt, room) } : {}),
        ...(before.newestEventTime ? { reach: timeOf(before.newestEventTime, room) } : {}),
      };
      return telling(asked, story, (onStep) => room.refresher.refresh({ trigger: 'slack', onStep }));
    },
    async takeUp(sole) {
      if (current) return;
      const left = await room.kept.takeTelling(holdUntil(room), sole);
      if (!left) return;
      const { by, channel, id, since, joined, files, bytes, run, began } = left;
      const known = { ...(began ? { began } : {}) };
      const story: RefreshStory = { by, startedAt: timeOf(since, room), joined, files, bytes, step: 'stage', ...known };
      const which = { trigger: 'slack', since, ...(run ? { run } : {}) } as const;
      const follow: Begin = async (onStep) => room.refresher.follow?.({ ...which, onStep });
      await telling({ by, channel, id }, story, follow, left);
    },
  };
}

/** Too soon after the last one, or nothing to do: said only to the person. */
async function whyNot(
  { by, channel }: RefreshAsked,
  lastRunAt: string | null,
  newest: string | null,
  room: Omit<Room, 'refreshes'>,
): Promise<'too_soon' | 'nothing_new' | undefined> {
  const since = lastRunAt ? timeOf(lastRunAt, room) : undefined;
  const wait = lastRunAt ? Date.parse(lastRunAt) + 10 * 60_000 - Date.parse(room.clock.now()) : 0;
  if (wait > 0 && !room.access.isEditor(by)) {
    const again = timeOf(new Date(Date.parse(room.clock.now()) + wait).toISOString(), room);
    await whisper(notice('Not yet.', tooSoon(since!, again)), { user: by, channel }, room);
    return 'too_soon';
  }
  const { files } = await room.refresher.pending();
  if (files > 0) return undefined;
  const [first, ...rest] = nothingNew(since, newest ? timeOf(newest, room) : undefined).split(': ');
  await whisper(notice(`${first}:`, rest.join(': ')), { user: by, channel }, room);
  return 'nothing_new';
}
