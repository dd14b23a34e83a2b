import { ulid } from 'ulid';
import { sayDay } from '../../../answer/words/say-value.ts';
import { type Subscription, sayWhen } from '../../../digest/subscription.ts';
import { notice } from '../../blocks/asking-faces.ts';
import { list, type Message, paragraph, richText, words } from '../../blocks/pieces.ts';
import { localDay } from '../../local-time.ts';
import type { Room } from '../../room.ts';
import { asKnown } from '../../send/deliver.ts';
import { noteOf } from '../../tell-digest.ts';
import { unescapeText } from '../../typed-text.ts';
import { digestWords, notYourDigest, notYours, onlyYou } from '../../words.ts';
import type { Door } from '../door.ts';

/** `/digest list | new QUESTION every monday 9am | pause | resume | run | delete NAME`. */
export const digest: Door = (bolt, room) => {
  bolt.command('/digest', async ({ ack, command }) => {
    const [verb = 'list', ...rest] = unescapeText(command.text ?? '')
      .split(/\s+/)
      .filter(Boolean);
    const name = rest.join(' ');
    const who = { user: command.user_id, channel: command.channel_id };
    const said = await obey(
      verb.toLowerCase(),
      name,
      { ...who, trigger: command.trigger_id, responseUrl: command.response_url },
      room,
    );
    await ack(said ? { response_type: 'ephemeral', text: said.text, blocks: asKnown(said.blocks) } : '');
  });
};

interface Who {
  readonly user: string;
  readonly channel: string;
  readonly trigger: string;
  readonly responseUrl?: string;
}

async function obey(verb: string, name: string, who: Who, room: Room): Promise<Message | undefined> {
  if (await room.access.isOutsider(who.user)) return notice(notYours);
  if (verb === 'list') return listFace(await room.digests.list(), room);
  if (verb === 'new' && name) return askForNew(name, who, room);
  if (!['pause', 'resume', 'run', 'delete'].includes(verb) || !name) return notice(digestWords.usage);
  return changeDigest(verb, name, who.user, room);
}

/** Pauses, resumes, runs or deletes one digest for somebody who may; the words for them. */
export async function changeDigest(verb: string, name: string, user: string, room: Room): Promise<Message> {
  const found = await room.digests.find(name);
  if (!found) return notice(digestWords.unknown(name));
  if (verb === 'run') {
    await runNow(found, user, room);
    return notice(digestWords.started(found.name));
  }
  if (found.owner !== user && !room.access.isEditor(user)) return notice(notYourDigest);
  if (verb === 'delete') {
    await room.digests.remove(found.id);
    return notice(digestWords.deleted(found.name));
  }
  await room.digests.setPaused(found.id, verb === 'pause');
  return notice(verb === 'pause' ? digestWords.paused(found.name) : digestWords.resumed(found.name, nextDay(found, room)));
}

async function runNow(found: Subscription, user: string, room: Room): Promise<void> {
  const minute = Math.floor(Date.parse(room.clock.now()) / 60_000);
  await room.ask({
    id: ulid(Date.parse(room.clock.now())),
    key: `digest-now:${found.id}:${minute}`,
    work: { kind: 'reading', reading: found.reading, text: found.question, digest: noteOf({ subscription: found }, room) },
    asker: user,
    askedAt: room.clock.now(),
    place: { to: 'channel', channel: found.channel },
    via: 'digest',
  });
}

/** The question goes the usual way; `answer-job.ts` makes the digest of what was read. */
async function askForNew(text: string, who: Who, room: Room): Promise<undefined> {
  await room.ask({
    id: ulid(Date.parse(room.clock.now())),
    key: `command:${who.trigger}`,
    work: { kind: 'ask', text },
    asker: who.user,
    askedAt: room.clock.now(),
    place: { to: 'direct', user: who.user },
    via: 'ask',
    typedIn: { channel: who.channel, ...(who.responseUrl ? { responseUrl: who.responseUrl } : {}) },
  });
  return undefined;
}

function listFace(all: readonly Subscription[], room: Room): Message {
  if (all.length === 0) return notice(digestWords.none);
  const items = all
    .slice(0, 40)
    .map((s) =>
      paragraph(
        words(s.name, 'bold'),
        words(`  ${sayWhen(s.schedule)} in `),
        s.channel.startsWith('D') ? words('direct messages') : { type: 'channel', channel_id: s.channel },
        words(s.paused ? ', paused' : `, next: ${nextDay(s, room)}`),
      ),
    );
  const face = notice(`${all.length.toLocaleString('en')} ${all.length === 1 ? 'digest' : 'digests'}`, '', { grey: onlyYou });
  return {
    text: all
      .map((s) => s.name)
      .join(', ')
      .slice(0, 400),
    blocks: [face.blocks[0]!, richText(list('bullet', items)), ...face.blocks.slice(1)],
  };
}

function nextDay(s: Subscription, room: Room): string {
  return sayDay(localDay(room.digests.next(s), s.zone));
}
