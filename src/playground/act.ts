import { addPersonFile } from './api/files.ts';
import { answerAs, issueResponseUrl } from './api/response-url.ts';
import { findChannel, findPerson, type Who } from './lookup.ts';
import type { Deliver } from './send/deliver.ts';
import { commandForm, envelope, mentionEvent, messageEvent } from './send/payloads.ts';
import { escapeText, typedText } from './send/typed-text.ts';
import type { Ack, Channel, Json, Message, Person } from './shapes.ts';
import { WORKSPACE } from './workspace.ts';
import { addMessage, botDirectMessage, type World } from './world.ts';

/** What came of something a person did: the deliveries it caused, and the sentence why it could not be done. */
export type Did = { ok: true; ts?: string; channel?: string; acks: Ack[] } | { ok: false; error: string; acks: Ack[] };

/** A file that a person attaches. */
export interface Attached {
  name: string;
  bytes: Uint8Array;
}

/** A thread to write into, and files to send along. */
export interface Along {
  threadTs?: string;
  files?: Attached[];
}

/** What people do with words: messages, mentions, direct messages, commands. */
export interface Talk {
  /** Any message; a mention of the app in it sends the `app_mention` twin too. */
  say(who: Who, where: string, text: string, along?: Along): Promise<Did>;
  mention(who: Who, where: string, text: string, along?: Along): Promise<Did>;
  directMessage(who: Who, text: string, along?: Along): Promise<Did>;
  reply(who: Who, where: string, threadTs: string, text: string): Promise<Did>;
  /** A slash command, `/ask` with its text; answered by the acknowledgement or a response_url. */
  command(who: Who, where: string, command: string, text?: string): Promise<Did>;
  /** Changes the words of an own message: the app gets `message_changed`. */
  edit(who: Who, where: string, ts: string, text: string): Promise<Did>;
  /** The last event once more, with Slack's retry headers. */
  redeliver(): Promise<Ack | undefined>;
}

/** The wordy half of the personas. */
export function talk(world: World, deliver: Deliver): Talk {
  const self: Talk = {
    async say(who, where, text, along = {}) {
      const at = place(world, who, where);
      if ('error' in at) return { ok: false, error: at.error, acks: [] };
      if (text.trim() === '' && (along.files ?? []).length === 0) return { ok: false, error: 'The message is empty.', acks: [] };
      const message = writeMessage(world, at.person, at.channel, text, along);
      const acks = await tellApp(world, deliver, at.channel, message);
      return { ok: true, ts: message.ts, channel: at.channel.id, acks };
    },
    mention: (who, where, text, along) => self.say(who, where, `@${botName(world)} ${text}`, along),
    async directMessage(who, text, along) {
      const person = findPerson(world, who);
      const direct = person === undefined ? undefined : botDirectMessage(world, person.id, WORKSPACE.botUser);
      if (direct === undefined)
        return { ok: false, error: `There is no direct message between ${String(who)} and the app.`, acks: [] };
      return self.say(who, direct.id, text, along);
    },
    reply: (who, where, threadTs, text) => self.say(who, where, text, { threadTs }),
    command: (who, where, command, text = '') => runCommand(world, deliver, who, where, command, text),
    async edit(who, where, ts, text) {
      const at = place(world, who, where);
      if ('error' in at) return { ok: false, error: at.error, acks: [] };
      const message = world.messages.get(at.channel.id)?.find((m) => m.ts === ts);
      if (message === undefined || message.user !== at.person.id)
        return { ok: false, error: 'People can edit their own messages only.', acks: [] };
      const previous = messageEvent(world, message, at.channel);
      Object.assign(message, typedText(world, text), { editedTs: world.ids.ts() });
      world.changed();
      const event: Json = {
        type: 'message',
        subtype: 'message_changed',
        message: messageEvent(world, message, at.channel),
        previous_message: previous,
        channel: at.channel.id,
        channel_type: at.channel.kind,
        hidden: true,
        ts: message.editedTs,
        event_ts: message.editedTs,
      };
      return { ok: true, ts, channel: at.channel.id, acks: await sendEvents(world, deliver, at.channel, [event]) };
    },
    redeliver: () => deliver.again(),
  };
  return self;
}

/** The event subscription that a message in this kind of channel needs. */
export function messageSubscription(channel: Channel): string {
  return { channel: 'message.channels', group: 'message.groups', im: 'message.im' }[channel.kind];
}

/** A trigger for one modal, three seconds long. */
export function issueTrigger(world: World, user: string): string {
  const id = `${world.ids.next('')}.${WORKSPACE.teamId.slice(1)}.${world.ids.next('')}`;
  world.triggers.set(id, { user, until: Date.parse(world.clock.now()) + 3000, used: false });
  return id;
}

/** A person and a channel they are in, or the sentence why not. */
export function place(world: World, who: Who, where: string): { person: Person; channel: Channel } | { error: string } {
  const person = findPerson(world, who);
  if (person === undefined) return { error: `Nobody here is called ${String(who)}.` };
  const channel = findChannel(world, where);
  if (channel === undefined) return { error: `There is no channel ${where}.` };
  return channel.members.includes(person.id) ? { person, channel } : { error: `${person.name} is not in ${where}.` };
}

function botName(world: World): string {
  return world.people.get(WORKSPACE.botUser)?.realName ?? '';
}

function writeMessage(world: World, person: Person, channel: Channel, text: string, along: Along): Message {
  const typed = typedText(world, text);
  const files = (along.files ?? []).map((file) => addPersonFile(world, person.id, file.name, file.bytes));
  const root = along.threadTs === undefined ? undefined : world.messages.get(channel.id)?.find((m) => m.ts === along.threadTs);
  const message = addMessage(world, {
    channel: channel.id,
    user: person.id,
    text: typed.text,
    blocks: typed.blocks,
    clientMsgId: world.ids.next('client-'),
    ...(along.threadTs === undefined ? {} : { threadTs: root?.threadTs ?? along.threadTs }),
    ...(files.length === 0 ? {} : { files: files.map((file) => file.id), subtype: 'file_share' }),
  });
  for (const file of files) file.shares.push({ channel: channel.id, ts: message.ts });
  return message;
}

/** Sends `message.*` and, when the app is mentioned outside a direct message, the `app_mention` twin. */
async function tellApp(world: World, deliver: Deliver, channel: Channel, message: Message): Promise<Ack[]> {
  if (!channel.members.includes(WORKSPACE.botUser)) return [];
  const event = messageEvent(world, message, channel);
  const mentioned = channel.kind !== 'im' && message.text.includes(`<@${WORKSPACE.botUser}>`);
  const events = mentioned ? [mentionEvent(event), event] : [event];
  return sendEvents(world, deliver, channel, events);
}

async function sendEvents(world: World, deliver: Deliver, channel: Channel, events: Json[]): Promise<Ack[]> {
  const wanted = events.filter((event) => {
    const name = event.type === 'message' ? messageSubscription(channel) : String(event.type);
    return world.manifest.events.has(name);
  });
  return Promise.all(wanted.map((event) => deliver('events_api', String(event.type), envelope(world, event, channel.external))));
}

async function runCommand(world: World, deliver: Deliver, who: Who, where: string, command: string, text: string): Promise<Did> {
  const at = place(world, who, where);
  if ('error' in at) return { ok: false, error: at.error, acks: [] };
  const known = world.manifest.commands.find((one) => one.command === command);
  if (known === undefined) return { ok: false, error: `${command} is not a command of this app.`, acks: [] };
  const responseUrl = issueResponseUrl(world, at.person.id, at.channel.id);
  const words = known.shouldEscape ? typedText(world, text).text : escapeText(text);
  const form = commandForm(at.person, at.channel, command, words, responseUrl, issueTrigger(world, at.person.id));
  const ack = await deliver('slash_commands', command, form);
  const url = world.responseUrls.get(responseUrl.split('/').at(-1) ?? '');
  if (!ack.ok) {
    slackSays(world, at.channel.id, at.person.id, `${command} failed with the error “${ack.error ?? 'dispatch_failed'}”`);
  } else if (url !== undefined && ack.body !== '') {
    const body = typeof ack.body === 'string' ? { text: ack.body } : (ack.body as Json);
    const fault = answerAs(world, url, body);
    if (fault !== undefined) slackSays(world, at.channel.id, at.person.id, `${command} failed with the error “${fault}”`);
  }
  return { ok: true, channel: at.channel.id, acks: [ack] };
}

function slackSays(world: World, channel: string, user: string, text: string): void {
  addMessage(world, { channel, user: WORKSPACE.slackbot, onlyFor: user, text });
}
