import type { ThreadStatus } from '../shapes.ts';
import { validateMessage } from '../validate/validate-message.ts';
import { validateView } from '../validate/validate-view.ts';
import { WORKSPACE } from '../workspace.ts';
import { editMessage, findMessage, type World } from '../world.ts';
import { knownFiles } from './chat.ts';
import { botIn, isRefusal } from './conversations.ts';
import { type Args, type CallContext, type Method, missing, type Reply, refuse } from './method.ts';

/** `assistant.*`, `agents.*`, `reactions.*`, `blocks.*`: the app at work, and small signs. */
export const sessionMethods: Record<string, Method> = {
  'assistant.threads.setStatus': { scopes: ['chat:write', 'assistant:write'], tier: 100, run: setStatus },
  'assistant.threads.setTitle': { scopes: ['assistant:write'], tier: 50, run: rename },
  'assistant.threads.setSuggestedPrompts': { scopes: ['assistant:write'], tier: 50, run: setPrompts },
  'agents.sessions.setStatus': { scopes: ['assistant:write', 'chat:write'], tier: 100, run: setSession },
  'agents.sessions.rename': { scopes: ['assistant:write', 'chat:write'], tier: 50, run: rename },
  'reactions.add': { scopes: ['reactions:write'], tier: 50, run: (args, context) => react(args, context, true) },
  'reactions.remove': { scopes: ['reactions:write'], tier: 50, run: (args, context) => react(args, context, false) },
  'blocks.validate': { scopes: [], tier: 'none', token: 'none', run: validate },
};

function statusOf(args: Args, world: World): ThreadStatus | Reply {
  const channel = botIn(world, args.text('channel_id'));
  if (isRefusal(channel)) return channel;
  const thread = args.text('thread_ts') ?? '';
  const key = `${channel.id}:${thread}`;
  const status = world.statuses.get(key) ?? {
    channel: channel.id,
    threadTs: thread,
    text: '',
    session: 'active',
    at: world.clock.now(),
  };
  world.statuses.set(key, status);
  return status;
}

function setStatus(args: Args, { world }: CallContext): Reply {
  if (args.text('thread_ts') === undefined) return missing('thread_ts');
  const messages = args.json('loading_messages');
  if (Array.isArray(messages) && messages.length > 10)
    return refuse('invalid_arguments', ['no more than 10 items allowed [json-pointer:/loading_messages]']);
  const status = statusOf(args, world);
  if ('ok' in status) return status;
  status.text = args.text('status') ?? '';
  status.at = world.clock.now();
  world.changed();
  return { ok: true };
}

function setSession(args: Args, { world }: CallContext): Reply {
  const wanted = args.text('status');
  if (wanted === undefined || !['active', 'processing', 'suspended', 'closed'].includes(wanted)) {
    return refuse('invalid_arguments', [
      'must be a valid enum value (active, processing, suspended, closed) [json-pointer:/status]',
    ]);
  }
  const status = statusOf(args, world);
  if ('ok' in status) return status;
  status.session = wanted;
  const title = args.text('title');
  if (title !== undefined) status.title = title;
  world.changed();
  // Slack says so when the Stop button cannot work.
  const warning = world.manifest.events.has('agent_session_stopped') ? {} : { warning: 'agent_session_stopped_not_subscribed' };
  return { ok: true, ...warning };
}

function rename(args: Args, { world }: CallContext): Reply {
  const title = args.text('title');
  if (title === undefined) return missing('title');
  if ([...title].length > 200) return refuse('invalid_arguments', ['must be less than 201 characters [json-pointer:/title]']);
  const status = statusOf(args, world);
  if ('ok' in status) return status;
  status.title = title;
  world.changed();
  return { ok: true };
}

/** Under `agent_view` a call with `thread_ts` is accepted and does nothing, as in Slack. */
function setPrompts(args: Args, { world }: CallContext): Reply {
  const prompts = args.json('prompts');
  if (!Array.isArray(prompts) || prompts.length === 0) return missing('prompts');
  if (prompts.length > 4) return refuse('invalid_arguments', ['no more than 4 items allowed [json-pointer:/prompts]']);
  const channel = botIn(world, args.text('channel_id'));
  if (isRefusal(channel)) return channel;
  if (args.text('thread_ts') === undefined) world.prompts.set(channel.id, prompts as { title: string; message: string }[]);
  world.changed();
  return { ok: true };
}

function react(args: Args, { world }: CallContext, add: boolean): Reply {
  const channel = botIn(world, args.text('channel'));
  if (isRefusal(channel)) return channel;
  const name = args.text('name');
  const message = findMessage(world, channel.id, args.text('timestamp') ?? '');
  if (name === undefined) return refuse('no_reaction');
  if (message === undefined || message.onlyFor !== undefined) return refuse('message_not_found');
  const all = (message.reactions ?? []).map((r) => ({ ...r, users: [...r.users] }));
  const same = all.find((r) => r.name === name);
  const mine = same?.users.includes(WORKSPACE.botUser) ?? false;
  if (add === mine) return refuse(add ? 'already_reacted' : 'no_reaction');
  if (add && same === undefined) all.push({ name, users: [WORKSPACE.botUser] });
  else if (add) same?.users.push(WORKSPACE.botUser);
  else if (same !== undefined) same.users = same.users.filter((id) => id !== WORKSPACE.botUser);
  const edited = message.editedTs;
  editMessage(world, message, { reactions: all.filter((r) => r.users.length > 0) });
  if (edited === undefined) delete message.editedTs;
  else message.editedTs = edited;
  return { ok: true };
}

function validate(args: Args, { world }: CallContext): Reply {
  const view = args.json('view') as { type?: unknown } | undefined;
  const surface = view?.type === 'home' ? 'home' : 'modal';
  const known = knownFiles(world);
  const refused =
    view === undefined ? validateMessage({ blocks: args.json('blocks'), text: ' ' }, known) : validateView(view, surface, known);
  return refused === undefined ? { ok: true } : refuse(refused.error, refused.faults);
}
