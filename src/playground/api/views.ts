import type { OpenView, Piece } from '../shapes.ts';
import { validateView } from '../validate/validate-view.ts';
import { stateValues } from '../view-state.ts';
import { WORKSPACE } from '../workspace.ts';
import { type World, withIds } from '../world.ts';
import { knownFiles } from './chat.ts';
import { type Args, type CallContext, type Method, missing, type Reply, refuse } from './method.ts';

/** `views.*`: modals by trigger, and the Home tab. */
export const viewMethods: Record<string, Method> = {
  'views.open': { scopes: [], tier: 100, run: (args, context) => openOrPush(args, context, 'open') },
  'views.push': { scopes: [], tier: 100, run: (args, context) => openOrPush(args, context, 'push') },
  'views.update': { scopes: [], tier: 100, run: update },
  'views.publish': { scopes: [], tier: 100, run: publish },
};

/** A view as the Web API and payloads show it. */
export function viewFields(open: OpenView): Record<string, unknown> {
  const { view } = open;
  const optional = Object.fromEntries(['title', 'submit', 'close'].map((name) => [name, view[name] ?? null]));
  return {
    id: open.id,
    team_id: WORKSPACE.teamId,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    state: { values: stateValues(view.blocks, open.values) },
    hash: open.hash,
    ...(view.type === 'modal'
      ? optional
      : { title: { type: 'plain_text', text: 'View Title', emoji: true }, close: null, submit: null }),
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    previous_view_id: open.previousId,
    root_view_id: open.rootId,
    app_id: WORKSPACE.appId,
    external_id: view.external_id ?? '',
    app_installed_team_id: WORKSPACE.teamId,
    bot_id: WORKSPACE.botId,
  };
}

/** Puts a checked view on top of a person's modals (push) or instead of them (open). */
export function showModal(world: World, owner: string, view: unknown, how: 'open' | 'push'): OpenView | Reply {
  const refused = validateView(view, 'modal', knownFiles(world));
  if (refused !== undefined) return refuse(refused.error, refused.faults);
  const stack = how === 'push' ? (world.modals.get(owner) ?? []) : [];
  if (stack.length >= 3) return refuse('push_limit_reached');
  if (how === 'push' && stack.length === 0) return refuse('not_found');
  const id = world.ids.next('V');
  const open: OpenView = {
    id,
    hash: newHash(world),
    owner,
    rootId: stack[0]?.id ?? id,
    previousId: stack.at(-1)?.id ?? null,
    view: own(world, view),
    values: {},
  };
  world.modals.set(owner, [...stack, open]);
  world.changed();
  return open;
}

/** Changes an open modal in place; what was filled in stays where block_id and action_id stay. */
export function changeModal(world: World, open: OpenView, view: unknown): Reply | undefined {
  const refused = validateView(view, 'modal', knownFiles(world));
  if (refused !== undefined) return refuse(refused.error, refused.faults);
  open.view = own(world, view);
  open.hash = newHash(world);
  world.changed();
  return undefined;
}

function own(world: World, view: unknown): OpenView['view'] {
  const copy = structuredClone(view) as OpenView['view'];
  return { ...copy, blocks: withIds(world, copy.blocks as Piece[]) };
}

function newHash(world: World): string {
  return `${world.ids.ts()}.${world.ids.next('h').slice(-8).toLowerCase()}`;
}

/** A trigger opens one view, within three seconds. */
function useTrigger(world: World, id: string | undefined): { user: string } | Reply {
  if (id === undefined) return missing('trigger_id');
  const trigger = world.triggers.get(id);
  if (trigger === undefined) return refuse('invalid_trigger_id');
  if (Date.parse(world.clock.now()) > trigger.until) return refuse('expired_trigger_id');
  if (trigger.used) return refuse('exchanged_trigger_id');
  return trigger;
}

function openOrPush(args: Args, { world }: CallContext, how: 'open' | 'push'): Reply {
  const id = args.text('trigger_id') ?? args.text('interactivity_pointer');
  const trigger = useTrigger(world, id);
  if ('ok' in trigger) return trigger;
  const view = args.json('view');
  if (view === undefined) return missing('view');
  const open = showModal(world, trigger.user, view, how);
  if ('ok' in open) return open;
  const used = world.triggers.get(id as string);
  if (used !== undefined) used.used = true;
  return { ok: true, view: viewFields(open) };
}

function update(args: Args, { world }: CallContext): Reply {
  const id = args.text('view_id');
  const external = args.text('external_id');
  if (id === undefined && external === undefined) return missing('view_id');
  const all = [...world.modals.values()].flat();
  const open = all.find((one) => (id === undefined ? one.view.external_id === external : one.id === id));
  if (open === undefined) return refuse('not_found');
  const hash = args.text('hash');
  if (hash !== undefined && hash !== open.hash) return refuse('hash_conflict');
  const view = args.json('view');
  if (view === undefined) return missing('view');
  return changeModal(world, open, view) ?? { ok: true, view: viewFields(open) };
}

function publish(args: Args, { world }: CallContext): Reply {
  if (!world.manifest.homeTab) return refuse('not_enabled');
  const user = args.text('user_id');
  if (user === undefined) return missing('user_id');
  if (!world.people.has(user)) return refuse('invalid_arguments', ['invalid user_id [json-pointer:/user_id]']);
  const view = args.json('view');
  if (view === undefined) return missing('view');
  const refused = validateView(view, 'home', knownFiles(world));
  if (refused !== undefined) return refuse(refused.error, refused.faults);
  const before = world.homes.get(user);
  const hash = args.text('hash');
  if (hash !== undefined && before !== undefined && hash !== before.hash) return refuse('hash_conflict');
  const id = before?.id ?? world.ids.next('V');
  const home: OpenView = {
    id,
    hash: newHash(world),
    owner: user,
    rootId: id,
    previousId: null,
    view: own(world, view),
    values: {},
  };
  world.homes.set(user, home);
  world.changed();
  return { ok: true, view: viewFields(home) };
}
