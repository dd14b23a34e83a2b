import type { RefreshEnd, RefreshStep } from '../../services/refresher.ts';
import { notice } from '../blocks/asking-faces.ts';
import type { Message } from '../blocks/pieces.ts';
import { type RefreshStory, refreshDone, refreshFailed, refreshRunning } from '../blocks/refresh-faces.ts';
import { whisper } from '../jobs/say-denied.ts';
import type { RefreshTelling } from '../kept.ts';
import { reachOf, timeOf } from '../local-time.ts';
import type { RefreshAsked, RefreshTeller, Room } from '../room.ts';
import { asKnown, deliver } from '../send/deliver.ts';
import { deliverWorld } from '../send/deliver-world.ts';
import { nothingNew, tooSoon } from '../words.ts';
import { correctAnswers } from './correct-answers.ts';

/** Opens the teller of refreshes. */
export function openRefreshTeller(room: Omit<Room, 'refreshes'>): RefreshTeller {
  let current: { story: RefreshStory; join(user: string): void } | undefined;

  async function telling(asked: RefreshAsked, story: RefreshStory, begin: Begin, standing?: RefreshTelling) {
    // Who asks once the end is being said can't be named in it: theirs is a refresh of its own.
    const over = () => {
      if (current === mine) current = undefined;
    };
    const one = openTelling(asked, story, room, over, standing);
    const mine = { story, join: one.join };
    current = mine;
    try {
      return await one.run(begin);
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
      const { by, channel, id, since, joined, files, bytes } = left;
      const story: RefreshStory = { by, startedAt: timeOf(since, room), joined, files, bytes, step: 'stage' };
      const follow: Begin = async (onStep) => room.refresher.follow?.({ trigger: 'slack', since, onStep });
      await telling({ by, channel, id }, story, follow, left);
    },
  };
}

/** Undefined: the run ended with the process that began it. */
type Begin = (onStep: (step: RefreshStep) => void) => Promise<RefreshEnd | undefined>;

function holdUntil({ clock, patience }: Pick<Room, 'clock' | 'patience'>): number {
  return Date.parse(clock.now()) + 3 * patience.heartbeat;
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

function joinedFace(startedAt: string): Message {
  return notice(
    'A refresh is already running',
    `since ${startedAt}. You’ve joined it: I’ll name you when it’s done. A second run would bring nothing more.`,
    { text: `A refresh is already running since ${startedAt}. You have joined it.` },
  );
}

function openTelling(
  asked: RefreshAsked,
  first: RefreshStory,
  room: Omit<Room, 'refreshes'>,
  over: () => void,
  standing: RefreshTelling | undefined,
) {
  let story = first;
  let ts = standing?.ts;
  let beat: NodeJS.Timeout | undefined;
  const since = standing?.since ?? room.clock.now();
  let edit: NodeJS.Timeout | undefined;
  const begun = performance.now();
  const target = { channel: asked.channel, thread: asked.thread, jobId: asked.id, askedAt: room.clock.now() };
  const redraw = () => {
    edit = undefined;
    if (!ts) return;
    const { text, blocks } = refreshRunning(story);
    room.progress.chat
      .update({ channel: asked.channel, ts, text, blocks: asKnown(blocks) })
      .catch((fault: unknown) => room.log.debug({ fault: String(fault) }, 'an edit of a refresh was dropped'));
  };
  const change = (with_: Partial<RefreshStory>) => {
    story = { ...story, ...with_ };
    edit ??= setTimeout(redraw, room.patience.edit);
  };
  const people = () => [story.by, ...story.joined];
  const kept = (at: string): RefreshTelling => {
    const { joined, files, bytes } = story;
    return {
      channel: asked.channel,
      ts: at,
      by: asked.by,
      id: asked.id,
      since,
      joined,
      files,
      bytes,
      heldUntil: holdUntil(room),
    };
  };
  const renew = () => {
    if (ts) room.kept.renewTelling(kept(ts)).catch((fault: unknown) => room.report(fault, 'memory'));
  };

  async function end(message: Message): Promise<void> {
    over();
    clearInterval(beat);
    clearTimeout(edit);
    const isOld = !standing && performance.now() - begun > room.patience.fresh;
    await deliver(message, { ...target, edit: isOld ? undefined : ts }, deliverWorld(room));
    if (isOld && ts) await room.client.chat.delete({ channel: asked.channel, ts });
    if ((await room.kept.telling())?.id === asked.id) await room.kept.keepTelling(undefined);
  }

  return {
    join(user: string) {
      change({ joined: [...new Set([...story.joined, user])].filter((u) => u !== story.by) });
      renew();
    },
    async run(begin: Begin): Promise<'done' | 'failed' | 'joined'> {
      ts ??= (await deliver(refreshRunning(story), target, deliverWorld(room))).ts;
      await room.kept.keepTelling(kept(ts));
      beat = setInterval(renew, room.patience.heartbeat);
      // Signs of life must not keep a process alive that has closed its doors.
      beat.unref();
      let finished: RefreshEnd | undefined;
      try {
        finished = await begin((step) => change(ofStep(step)));
      } catch (fault) {
        await end(failedFace('It stopped with a fault of its own.', room.report(fault, 'refresh'), story, asked, people()));
        return 'failed';
      }
      if (!finished) {
        const reference = room.report(new Error('A refresh was interrupted by a restart.'), 'refresh');
        await end(failedFace('Askstream was restarted while it ran.', reference, story, asked, people()));
        return 'failed';
      }
      if (finished.kind === 'running') {
        await end(joinedFace(timeOf(finished.since, room)));
        return 'joined';
      }
      if (finished.kind === 'failed') {
        const reference = room.report(new Error(finished.message, { cause: (finished as { cause?: unknown }).cause }), 'refresh');
        await end(failedFace(finished.message, reference, story, asked, people()));
        return 'failed';
      }
      change({ step: 'compare', records: finished.run.records_read, days: finished.run.partitions_written.length });
      const { compared, changes } = await correctAnswers(asked.channel, finished.run, room);
      const { newestEventTime } = await room.refresher.freshness();
      const reach = newestEventTime ? reachOf(newestEventTime, room) : 'nothing yet';
      await room.kept.keepRun(asked.id, finished.run);
      await end(refreshDone(finished.run, { people: people(), reach, compared, changes, id: asked.id }));
      return 'done';
    },
  };
}

const stepNames = {
  list: 'Find new files',
  stage: 'Read, remove duplicates, quarantine',
  build: 'Rebuild the days they touch',
  publish: 'Rebuild the days they touch',
  compare: 'Compare the answers in this channel',
} as const;

function failedFace(
  reason: string,
  reference: string,
  story: RefreshStory,
  asked: RefreshAsked,
  people: readonly string[],
): Message {
  const reach = story.reach ? { reach: story.reach } : {};
  return refreshFailed({ people, ...reach, step: stepNames[story.step], reason, reference, id: asked.id });
}

function ofStep({ step, records, partitions }: RefreshStep): Partial<RefreshStory> {
  return { step, ...(records === undefined ? {} : { records }), ...(partitions === undefined ? {} : { days: partitions }) };
}
