import type { RefreshEnd, RefreshStep, Run } from '../../services/refresher.ts';
import { notice } from '../blocks/asking-faces.ts';
import type { Message } from '../blocks/pieces.ts';
import { type RefreshStory, refreshDone, refreshFailed } from '../blocks/refresh-faces.ts';
import { reachOf, timeOf } from '../local-time.ts';
import type { RefreshAsked, Room } from '../room.ts';
import { correctAnswers } from './correct-answers.ts';
import type { RefreshMessage } from './refresh-message.ts';

/** Begins, or goes on with, what is told; undefined: the run ended with the process that began it. */
export type Begin = (onStep: (step: RefreshStep) => void) => Promise<RefreshEnd | undefined>;

type World = Omit<Room, 'refreshes'>;

/** One run in its message, from its begin to its end: steps, what changed in the channel, or why it failed. A run that another began is followed. */
export async function tellRun(
  begin: Begin,
  message: RefreshMessage,
  asked: RefreshAsked,
  room: World,
): Promise<'done' | 'failed' | 'joined'> {
  await message.post();
  const fail = async (reason: string, fault: unknown) => {
    const reference = room.report(fault, 'refresh');
    await message.end(failedFace(reason, reference, message.story(), asked));
    return 'failed' as const;
  };
  let end: RefreshEnd | undefined;
  try {
    const onStep = (step: RefreshStep) => message.change(ofStep(step));
    end = await begin(onStep);
    if (end?.kind === 'running') end = (await followOther(end, onStep, message, room)) ?? end;
  } catch (fault) {
    return fail('It stopped with a fault of its own.', fault);
  }
  if (!end) return fail('Askstream was restarted while it ran.', new Error('A refresh was interrupted by a restart.'));
  if (end.kind === 'failed') return fail(end.message, new Error(end.message, { cause: (end as { cause?: unknown }).cause }));
  if (end.kind === 'running') {
    await message.end(elsewhereFace(timeOf(end.since, room)));
    return 'joined';
  }
  await tellDone(end.run, message, asked, room);
  return 'done';
}

/** The clock's run, or another process's: told like one's own. Undefined where it can't be followed. */
async function followOther(
  { since, by, run }: Extract<RefreshEnd, { kind: 'running' }>,
  onStep: (step: RefreshStep) => void,
  message: RefreshMessage,
  room: World,
): Promise<RefreshEnd | undefined> {
  if (!room.refresher.follow || run === undefined) return undefined;
  message.follow({ run, began: by });
  message.change({ startedAt: timeOf(since, room), began: by });
  return room.refresher.follow({ trigger: 'slack', since, run, onStep });
}

async function tellDone(run: Run, message: RefreshMessage, asked: RefreshAsked, room: World): Promise<void> {
  message.change({ step: 'compare', records: run.records_read, days: run.partitions_written.length });
  const { compared, changes } = await correctAnswers(asked.channel, run, room);
  const { newestEventTime } = await room.refresher.freshness();
  const reach = newestEventTime ? reachOf(newestEventTime, room) : 'nothing yet';
  await room.kept.keepRun(asked.id, run);
  await message.end(refreshDone(run, { people: peopleOf(message.story()), reach, compared, changes, id: asked.id }));
}

/** Face r3: it runs already, and one run is enough. */
export function joinedFace(startedAt: string): Message {
  return notice(
    'A refresh is already running',
    `since ${startedAt}. You’ve joined it: I’ll name you when it’s done. A second run would bring nothing more.`,
    { text: `A refresh is already running since ${startedAt}. You have joined it.` },
  );
}

/** It runs already and can't be followed from here. */
function elsewhereFace(startedAt: string): Message {
  return notice(
    'A refresh is already running',
    `since ${startedAt}, begun outside of Slack. A second run would bring nothing more; I don’t hear its end, App Home shows when the data are newer.`,
  );
}

const stepNames = {
  list: 'Find new files',
  stage: 'Read, remove duplicates, quarantine',
  build: 'Rebuild the days they touch',
  publish: 'Rebuild the days they touch',
  compare: 'Compare the answers in this channel',
} as const;

function failedFace(reason: string, reference: string, story: RefreshStory, { id }: RefreshAsked): Message {
  const reach = story.reach ? { reach: story.reach } : {};
  return refreshFailed({ people: peopleOf(story), ...reach, step: stepNames[story.step], reason, reference, id });
}

function peopleOf({ by, joined }: RefreshStory): readonly string[] {
  return [by, ...joined];
}

function ofStep({ step, records, partitions }: RefreshStep): Partial<RefreshStory> {
  return { step, ...(records === undefined ? {} : { records }), ...(partitions === undefined ? {} : { days: partitions }) };
}
