import type { Message } from '../blocks/pieces.ts';
import { type RefreshStory, refreshRunning } from '../blocks/refresh-faces.ts';
import type { RefreshTelling } from '../kept-tellings.ts';
import type { RefreshAsked, Room } from '../room.ts';
import { asKnown, deliver } from '../send/deliver.ts';
import { deliverWorld } from '../send/deliver-world.ts';

/** The one message that tells of a refresh: posted, edited as it goes, and kept so that a restart goes on with it. */
export interface RefreshMessage {
  story(): RefreshStory;
  post(): Promise<void>;
  /** Changes what it tells; edits are rare, and one that Slack doesn't take is dropped. */
  change(what: Partial<RefreshStory>): void;
  /** Another run than the one that was begun for it. */
  follow(run: { readonly run: string; readonly began: string }): void;
  join(user: string): void;
  /** The message becomes its end; one so old that nobody looks at it gives way to a new one. */
  end(message: Message): Promise<void>;
}

/** `standing`: what another process posted and kept; `over` is told before the end is said. */
export function openRefreshMessage(
  asked: RefreshAsked,
  first: RefreshStory,
  room: Omit<Room, 'refreshes'>,
  over: () => void,
  standing: RefreshTelling | undefined,
): RefreshMessage {
  let story = first;
  let ts = standing?.ts;
  let other = standing?.run ? { run: standing.run, began: standing.began ?? '' } : undefined;
  let beat: NodeJS.Timeout | undefined;
  let edit: NodeJS.Timeout | undefined;
  const since = standing?.since ?? room.clock.now();
  const begun = performance.now();
  const target = { channel: asked.channel, thread: asked.thread, jobId: asked.id, askedAt: room.clock.now() };
  const kept = (at: string): RefreshTelling => {
    const { joined, files, bytes } = story;
    const { channel, by, id } = asked;
    return { channel, ts: at, by, id, since, ...other, joined, files, bytes, heldUntil: holdUntil(room) };
  };
  const renew = () => {
    if (ts) room.kept.renewTelling(kept(ts)).catch((fault: unknown) => room.report(fault, 'memory'));
  };
  const change = (what: Partial<RefreshStory>) => {
    story = { ...story, ...what };
    edit ??= setTimeout(() => {
      edit = undefined;
      if (ts) redraw(asked.channel, ts, story, room);
    }, room.patience.edit);
  };
  return {
    story: () => story,
    async post() {
      ts ??= (await deliver(refreshRunning(story), target, deliverWorld(room))).ts;
      await room.kept.keepTelling(kept(ts));
      beat = setInterval(renew, room.patience.heartbeat);
      // Signs of life must not keep a process alive that has closed its doors.
      beat.unref();
    },
    change,
    follow(run) {
      other = run;
      renew();
    },
    join(user) {
      change({ joined: [...new Set([...story.joined, user])].filter((u) => u !== story.by) });
      renew();
    },
    async end(message) {
      over();
      clearInterval(beat);
      clearTimeout(edit);
      const isOld = !standing && performance.now() - begun > room.patience.fresh;
      await deliver(message, { ...target, edit: isOld ? undefined : ts }, deliverWorld(room));
      if (isOld && ts) await room.client.chat.delete({ channel: asked.channel, ts });
      if ((await room.kept.telling())?.id === asked.id) await room.kept.keepTelling(undefined);
    },
  };
}

/** Until when a message is its process's, in milliseconds since 1970. */
export function holdUntil({ clock, patience }: Pick<Room, 'clock' | 'patience'>): number {
  return Date.parse(clock.now()) + 3 * patience.heartbeat;
}

function redraw(channel: string, ts: string, story: RefreshStory, { progress, log }: Omit<Room, 'refreshes'>): void {
  const { text, blocks } = refreshRunning(story);
  progress.chat
    .update({ channel, ts, text, blocks: asKnown(blocks) })
    .catch((fault: unknown) => log.debug({ fault: String(fault) }, 'an edit of a refresh was dropped'));
}
