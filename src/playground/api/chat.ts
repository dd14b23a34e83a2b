import type { Channel, Json, Message, Piece } from '../shapes.ts';
import { type Known, type Refused, validateMessage, validateMetadata } from '../validate/validate-message.ts';
import { WORKSPACE } from '../workspace.ts';
import { addMessage, editMessage, findMessage, removeMessage, type World } from '../world.ts';
import { botIn, isRefusal, messageFields } from './conversations.ts';
import { type Args, type CallContext, type Method, missing, type Reply, refuse } from './method.ts';

/** `chat.*`: what the app may say. */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': { scopes: ['chat:write'], tier: 'post', run: postMessage },
  'chat.postEphemeral': { scopes: ['chat:write'], tier: 100, run: postEphemeral },
  'chat.update': { scopes: ['chat:write'], tier: 50, run: update },
  'chat.delete': { scopes: ['chat:write'], tier: 50, run: remove },
  'chat.getPermalink': { scopes: [], tier: 'none', run: permalink },
};

/** What the validator must know: a file is ready once it was completed and its scan is over. */
export function knownFiles(world: World): Known {
  return {
    file(id) {
      const file = world.files.get(id);
      if (file === undefined || !file.completed) return 'unknown';
      return file.readyAt <= performance.now() ? 'ready' : 'scanning';
    },
  };
}

/** Checks text and blocks; the refusal in Slack's form, or the parts of a message. */
export function readMessage(world: World, args: Json): { refused: Reply } | { text: string; blocks?: Piece[]; metadata?: Json } {
  const refused: Refused | undefined = validateMessage(args, knownFiles(world));
  if (refused !== undefined) return { refused: refuse(refused.error, refused.faults) };
  const metadata = validateMetadata(args.metadata);
  if (metadata !== undefined) return { refused: refuse(metadata) };
  const blocks = args.blocks as Piece[] | undefined;
  return {
    text: [...String(args.text ?? '')].slice(0, 40_000).join(''),
    ...(blocks === undefined || blocks.length === 0 ? {} : { blocks }),
    ...(args.metadata === undefined ? {} : { metadata: args.metadata as Json }),
  };
}

/** The address of a message in the workspace. */
export function permalinkOf(message: Message): string {
  const base = `${WORKSPACE.url}archives/${message.channel}/p${message.ts.replace('.', '')}`;
  return message.threadTs === undefined ? base : `${base}?thread_ts=${message.threadTs}&cid=${message.channel}`;
}

function content(args: Args): Json {
  return {
    text: args.text('text'),
    blocks: args.json('blocks'),
    attachments: args.json('attachments'),
    metadata: args.json('metadata'),
  };
}

function postMessage(args: Args, context: CallContext): Reply {
  const { world } = context;
  const channel = botIn(world, args.text('channel'));
  if (isRefusal(channel)) return channel;
  const parts = readMessage(world, content(args));
  if ('refused' in parts) return parts.refused;
  const thread = threadOf(world, channel, args.text('thread_ts'));
  if (thread.refused !== undefined) return thread.refused;
  const message = addMessage(world, {
    channel: channel.id,
    user: WORKSPACE.botUser,
    botId: WORKSPACE.botId,
    ...parts,
    ...(thread.ts === undefined ? {} : { threadTs: thread.ts }),
  });
  shareFiles(world, message);
  context.announce({ ...messageFields(world, message), channel: channel.id, event_ts: message.ts }, channel.id);
  return { ok: true, channel: channel.id, ts: message.ts, message: messageFields(world, message) };
}

function postEphemeral(args: Args, { world }: CallContext): Reply {
  const channel = botIn(world, args.text('channel'));
  if (isRefusal(channel)) return channel;
  const user = args.text('user');
  if (user === undefined) return missing('user');
  if (!channel.members.includes(user)) return refuse('user_not_in_channel');
  const parts = readMessage(world, content(args));
  if ('refused' in parts) return parts.refused;
  const thread = args.text('thread_ts');
  const message = addMessage(world, {
    channel: channel.id,
    user: WORKSPACE.botUser,
    botId: WORKSPACE.botId,
    onlyFor: user,
    ...parts,
    ...(thread === undefined ? {} : { threadTs: thread }),
  });
  return { ok: true, message_ts: message.ts };
}

function update(args: Args, context: CallContext): Reply {
  const { world } = context;
  const found = ownMessage(args, world, 'cant_update_message');
  if ('ok' in found) return found;
  const parts = readMessage(world, content(args));
  if ('refused' in parts) return parts.refused;
  const previous = messageFields(world, found);
  // Slack keeps the old blocks only when neither blocks nor text were sent anew.
  const change: Partial<Message> = { text: parts.text };
  if (parts.blocks === undefined) delete found.blocks;
  else change.blocks = parts.blocks;
  if (parts.metadata !== undefined) change.metadata = parts.metadata;
  editMessage(world, found, change);
  shareFiles(world, found);
  announceChange(context, found, previous);
  return { ok: true, channel: found.channel, ts: found.ts, text: found.text, message: messageFields(world, found) };
}

function announceChange(context: CallContext, message: Message, previous: Json): void {
  const ts = context.world.ids.ts();
  const event = {
    type: 'message',
    subtype: 'message_changed',
    message: messageFields(context.world, message),
    previous_message: previous,
    channel: message.channel,
    hidden: true,
    ts,
    event_ts: ts,
  };
  context.announce(event, message.channel);
}

function remove(args: Args, context: CallContext): Reply {
  const { world } = context;
  const found = ownMessage(args, world, 'cant_delete_message');
  if ('ok' in found) return found;
  const previous = messageFields(world, found);
  removeMessage(world, found);
  const ts = world.ids.ts();
  const event = {
    type: 'message',
    subtype: 'message_deleted',
    deleted_ts: found.ts,
    previous_message: previous,
    channel: found.channel,
    hidden: true,
    ts,
    event_ts: ts,
  };
  context.announce(event, found.channel);
  return { ok: true, channel: found.channel, ts: found.ts };
}

function permalink(args: Args, { world }: CallContext): Reply {
  const channel = botIn(world, args.text('channel'));
  if (isRefusal(channel)) return channel;
  const message = findMessage(world, channel.id, args.text('message_ts') ?? '');
  if (message === undefined || message.onlyFor !== undefined) return refuse('message_not_found');
  return { ok: true, channel: channel.id, permalink: permalinkOf(message) };
}

function ownMessage(args: Args, world: World, foreign: string): Message | Reply {
  const channel = botIn(world, args.text('channel'));
  if (isRefusal(channel)) return channel;
  const ts = args.text('ts');
  if (ts === undefined) return missing('ts');
  const message = findMessage(world, channel.id, ts);
  if (message === undefined || message.onlyFor !== undefined) return refuse('message_not_found');
  return message.botId === WORKSPACE.botId ? message : refuse(foreign);
}

/** A reply to a reply lands in the root's thread; an unknown root is refused. */
function threadOf(world: World, channel: Channel, ts: string | undefined): { ts?: string; refused?: Reply } {
  if (ts === undefined) return {};
  const root = findMessage(world, channel.id, ts);
  if (root === undefined || root.onlyFor !== undefined) return { refused: refuse('thread_not_found') };
  return { ts: root.threadTs ?? root.ts };
}

/** A picture in the blocks makes its file part of the channel. */
function shareFiles(world: World, message: Message): void {
  const ids = JSON.stringify(message.blocks ?? []).matchAll(/"slack_file":\{"id":"(F[A-Z0-9]+)"/g);
  for (const [, id] of ids) world.files.get(id as string)?.shares.push({ channel: message.channel, ts: message.ts });
}
