import type { Channel, Message } from '../shapes.ts';
import { WORKSPACE } from '../workspace.ts';
import { botDirectMessage, threadRoot, type World } from '../world.ts';
import { type Args, type CallContext, type Method, missing, type Reply, refuse } from './method.ts';

const READ = { channel: 'channels:read', group: 'groups:read', im: 'im:read' } as const;
const HISTORY = { channel: 'channels:history', group: 'groups:history', im: 'im:history' } as const;

/** `conversations.*`: what the app may know of channels and read of their messages. */
export const conversationMethods: Record<string, Method> = {
  'conversations.open': { scopes: ['im:write', 'mpim:write'], tier: 50, run: open },
  'conversations.info': {
    scopes: Object.values(READ),
    tier: 50,
    run: inChannel(READ, (channel, args, world) => ({
      ok: true,
      channel: {
        ...channelFields(world, channel),
        ...(args.flag('include_num_members') ? { num_members: channel.members.length } : {}),
      },
    })),
  },
  'conversations.members': {
    scopes: Object.values(READ),
    tier: 100,
    run: inChannel(READ, (channel) => ({ ok: true, members: channel.members, response_metadata: { next_cursor: '' } })),
  },
  'conversations.list': { scopes: Object.values(READ), tier: 20, run: list },
  'conversations.history': {
    scopes: Object.values(HISTORY),
    tier: 50,
    run: inChannel(HISTORY, (channel, args, world) => page(args, world, top(world, channel).reverse())),
  },
  'conversations.replies': { scopes: Object.values(HISTORY), tier: 50, run: inChannel(HISTORY, replies) },
};

/** A message as the Web API and events show it. */
export function messageFields(world: World, message: Message): Record<string, unknown> {
  const replies = (world.messages.get(message.channel) ?? []).filter((m) => m.threadTs === message.ts && m.onlyFor === undefined);
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: world.people.get(message.user)?.teamId,
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    ...(message.clientMsgId === undefined ? {} : { client_msg_id: message.clientMsgId }),
    ...(message.botId === undefined ? {} : botFields(world, message.botId)),
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs, parent_user_id: parentUser(world, message) }),
    ...(replies.length === 0 ? {} : { thread_ts: message.ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts }),
    ...(message.editedTs === undefined ? {} : { edited: { user: message.user, ts: message.editedTs } }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.files === undefined ? {} : { files: message.files.map((id) => ({ id, name: world.files.get(id)?.name })) }),
    ...(message.reactions === undefined ? {} : { reactions: message.reactions.map((r) => ({ ...r, count: r.users.length })) }),
  };
}

/** Whether the app's bot may act in a channel; the refusal when not. */
export function botIn(world: World, id: string | undefined): Channel | Reply {
  if (id === undefined) return missing('channel');
  const direct = world.people.has(id) ? botDirectMessage(world, id, WORKSPACE.botUser) : undefined;
  const channel = direct ?? world.channels.get(id);
  const seen = channel !== undefined && (channel.kind === 'channel' || channel.members.includes(WORKSPACE.botUser));
  if (!seen) return refuse('channel_not_found');
  return channel.members.includes(WORKSPACE.botUser) ? channel : refuse('not_in_channel');
}

/** True for a refusal of `botIn`. */
export function isRefusal(value: Channel | Reply): value is Reply {
  return 'ok' in value;
}

function botFields(world: World, botId: string): Record<string, unknown> {
  const profile = { id: botId, app_id: WORKSPACE.appId, name: world.manifest.name, deleted: false, team_id: WORKSPACE.teamId };
  return { bot_id: botId, app_id: WORKSPACE.appId, bot_profile: profile };
}

function parentUser(world: World, message: Message): string | undefined {
  return world.messages.get(message.channel)?.find((m) => m.ts === message.threadTs)?.user;
}

function channelFields(world: World, channel: Channel): Record<string, unknown> {
  const im = channel.kind === 'im';
  const other = channel.members.find((id) => id !== WORKSPACE.botUser);
  return {
    id: channel.id,
    ...(im ? { user: other, is_user_deleted: false } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: im,
    is_mpim: false,
    is_private: channel.kind !== 'channel',
    is_archived: false,
    is_general: false,
    is_shared: channel.external,
    is_ext_shared: channel.external,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.members.includes(WORKSPACE.botUser),
    context_team_id: WORKSPACE.teamId,
    shared_team_ids: channel.external ? [WORKSPACE.teamId, WORKSPACE.otherTeamId] : [WORKSPACE.teamId],
    ...(channel.external ? { connected_team_ids: [WORKSPACE.otherTeamId] } : {}),
    created: Math.floor(Date.parse(world.clock.now()) / 1000) - 86_400,
  };
}

/** Runs a method in a channel the bot may see, with the scope that this kind of channel needs. */
function inChannel(
  scopes: Record<Channel['kind'], string>,
  run: (channel: Channel, args: Args, world: World) => Reply,
): Method['run'] {
  return (args, { world }) => {
    const id = args.text('channel');
    if (id === undefined) return missing('channel');
    const channel = world.channels.get(id);
    const hidden = channel !== undefined && channel.kind !== 'channel' && !channel.members.includes(WORKSPACE.botUser);
    if (channel === undefined || hidden) return refuse('channel_not_found');
    const needed = scopes[channel.kind];
    if (!world.manifest.scopes.has(needed))
      return refuse('missing_scope', [], { needed, provided: [...world.manifest.scopes].join(',') });
    const reads = scopes.channel.endsWith(':history');
    if (reads && !channel.members.includes(WORKSPACE.botUser)) return refuse('not_in_channel');
    return run(channel, args, world);
  };
}

function open(args: Args, { world }: CallContext): Reply {
  const users = args.text('users')?.split(',') ?? [];
  const known = args.text('channel');
  if (known !== undefined) return world.channels.has(known) ? { ok: true, channel: { id: known } } : refuse('channel_not_found');
  if (users.length === 0) return refuse('users_list_not_supplied');
  if (users.length > 1) return refuse('not_enough_users');
  const direct = botDirectMessage(world, users[0] as string, WORKSPACE.botUser);
  if (direct === undefined) return refuse('user_not_found');
  return {
    ok: true,
    already_open: true,
    no_op: true,
    channel: args.flag('return_im') ? channelFields(world, direct) : { id: direct.id },
  };
}

function list(args: Args, { world }: CallContext): Reply {
  const types = (args.text('types') ?? 'public_channel').split(',');
  const kinds: Record<Channel['kind'], string> = { channel: 'public_channel', group: 'private_channel', im: 'im' };
  const channels = [...world.channels.values()]
    .filter((channel) => types.includes(kinds[channel.kind]))
    .filter((channel) => channel.kind === 'channel' || channel.members.includes(WORKSPACE.botUser))
    .map((channel) => channelFields(world, channel));
  return { ok: true, channels, response_metadata: { next_cursor: '' } };
}

function top(world: World, channel: Channel): Message[] {
  return (world.messages.get(channel.id) ?? []).filter((m) => m.onlyFor === undefined && m.threadTs === undefined);
}

function replies(channel: Channel, args: Args, world: World): Reply {
  const ts = args.text('ts');
  if (ts === undefined) return missing('ts');
  const all = (world.messages.get(channel.id) ?? []).filter((m) => m.onlyFor === undefined);
  const asked = all.find((m) => m.ts === ts);
  if (asked === undefined) return refuse('thread_not_found');
  const root = threadRoot(asked);
  return page(
    args,
    world,
    all.filter((m) => threadRoot(m) === root),
  );
}

/** One page of messages between `oldest` and `latest`, at most `limit`; metadata only when asked for. */
function page(args: Args, world: World, messages: Message[]): Reply {
  const oldest = args.text('oldest') ?? '0';
  const latest = args.text('latest');
  const inclusive = args.flag('inclusive');
  const within = messages.filter((m) => {
    const after = inclusive ? m.ts >= oldest : m.ts > oldest;
    return after && (latest === undefined || (inclusive ? m.ts <= latest : m.ts < latest));
  });
  const limit = Math.min(args.number('limit') ?? 100, 999);
  const start = Number(args.text('cursor')?.replace('at:', '') ?? 0);
  const shown = within.slice(start, start + limit).map((m) => messageFields(world, m));
  if (!args.flag('include_all_metadata')) for (const message of shown) delete message.metadata;
  const more = start + limit < within.length;
  return { ok: true, messages: shown, has_more: more, response_metadata: { next_cursor: more ? `at:${start + limit}` : '' } };
}
