import { type Did, issueTrigger, place } from './act.ts';
import { issueResponseUrl } from './api/response-url.ts';
import { findPerson, type Who } from './lookup.ts';
import type { Deliver } from './send/deliver.ts';
import { actionOf, envelope, messageAction, suggestionPayload, viewAction } from './send/payloads.ts';
import type { Json, Person, Piece } from './shapes.ts';
import { closeView, fillIn, type Submitted, submitView, topModal } from './submit-view.ts';
import { everyElement, type Placed } from './validate/walk.ts';
import type { Filled } from './view-state.ts';
import { WORKSPACE } from './workspace.ts';
import { botDirectMessage, findMessage, type World } from './world.ts';

/** Where something is pressed: a message, the Home tab, or the modal on top. */
export type Pressed = { channel: string; ts: string } | 'home' | 'modal';

/** What people do with the pointer: buttons, menus, modals, the Home tab, Stop. */
export interface Press {
  /** Presses a button or chooses in a menu; `choice` = the option's value, a list of them, a date, an id. */
  click(who: Who, where: Pressed, actionId: string, choice?: unknown): Promise<Did>;
  /** What the app offers for words typed into an external select; options as it sent them. */
  suggest(who: Who, where: Pressed, actionId: string, typed: string): Promise<Did & { options?: Json[] }>;
  /** Fills inputs of the modal on top without sending anything. */
  fill(who: Who, values: Filled): Did;
  submitView(who: Who, values?: Filled): Promise<Submitted>;
  closeView(who: Who): Promise<Did>;
  openHome(who: Who, tab?: 'home' | 'messages'): Promise<Did>;
  /** Slack's own Stop button while a session is processing. */
  stop(who: Who, where: string, threadTs: string): Promise<Did>;
}

/** The pointing half of the personas. */
export function press(world: World, deliver: Deliver): Press {
  return {
    click: (who, where, actionId, choice) => clickOn(world, deliver, who, where, actionId, choice),
    suggest: (who, where, actionId, typed) => suggestFor(world, deliver, who, where, actionId, typed),
    fill(who, values) {
      const top = topModal(world, who);
      if (top === undefined) return nothing(`${String(who)} has no modal open.`);
      fillIn(top, values);
      return { ok: true, acks: [] };
    },
    submitView: (who, values = {}) => submitView(world, deliver, who, values),
    closeView: (who) => closeView(world, deliver, who),
    async openHome(who, tab = 'home') {
      const person = findPerson(world, who);
      const direct = person === undefined ? undefined : botDirectMessage(world, person.id, WORKSPACE.botUser);
      if (person === undefined || direct === undefined) return nothing(`${String(who)} can't open the app.`);
      const ts = world.ids.ts();
      const event: Json = { type: 'app_home_opened', user: person.id, channel: direct.id, tab, event_ts: ts };
      return sendEvent(world, deliver, event);
    },
    async stop(who, where, threadTs) {
      const at = place(world, who, where);
      if ('error' in at) return nothing(at.error);
      const status = world.statuses.get(`${at.channel.id}:${threadTs}`);
      if (status !== undefined) Object.assign(status, { session: 'active', text: '' });
      world.changed();
      const event: Json = {
        type: 'agent_session_stopped',
        channel: at.channel.id,
        user: at.person.id,
        thread_ts: threadTs,
        streaming_message_ts: [],
        event_ts: world.ids.ts(),
      };
      return sendEvent(world, deliver, event);
    },
  };
}

function nothing(error: string): Did & { ok: false } {
  return { ok: false, error, acks: [] };
}

async function sendEvent(world: World, deliver: Deliver, event: Json): Promise<Did> {
  if (!world.manifest.events.has(String(event.type))) return { ok: true, acks: [] };
  const ack = await deliver('events_api', String(event.type), envelope(world, event, false));
  return { ok: true, acks: [ack] };
}

async function clickOn(
  world: World,
  deliver: Deliver,
  who: Who,
  where: Pressed,
  actionId: string,
  choice: unknown,
): Promise<Did> {
  const person = findPerson(world, who);
  if (person === undefined) return nothing(`Nobody here is called ${String(who)}.`);
  if (!world.manifest.interactivity) return nothing('The manifest does not enable interactivity.');
  return typeof where === 'string'
    ? clickView(world, deliver, person, where, actionId, choice)
    : clickMessage(world, deliver, person, where, actionId, choice);
}

async function clickMessage(
  world: World,
  deliver: Deliver,
  person: Person,
  where: { channel: string; ts: string },
  actionId: string,
  choice: unknown,
): Promise<Did> {
  const at = place(world, person.id, where.channel);
  if ('error' in at) return nothing(at.error);
  const message = findMessage(world, at.channel.id, where.ts);
  const hidden = message?.onlyFor !== undefined && message.onlyFor !== person.id;
  if (message === undefined || hidden) return nothing('That message is gone.');
  const placed = pick(message.blocks ?? [], actionId);
  if ('error' in placed) return nothing(placed.error);
  const urls = {
    response: issueResponseUrl(world, person.id, at.channel.id, message.ts),
    trigger: issueTrigger(world, person.id),
  };
  const action = actionOf(placed, choice, world.ids.ts());
  const ack = await deliver(
    'interactive',
    `block_actions ${actionId}`,
    messageAction(world, person, at.channel, message, action, urls),
  );
  return { ok: true, ts: message.ts, channel: at.channel.id, acks: [ack] };
}

async function clickView(
  world: World,
  deliver: Deliver,
  person: Person,
  where: 'home' | 'modal',
  actionId: string,
  choice: unknown,
): Promise<Did> {
  const open = where === 'home' ? world.homes.get(person.id) : topModal(world, person.id);
  if (open === undefined) return nothing(`${person.name} has no ${where} open.`);
  const placed = pick(open.view.blocks, actionId);
  if ('error' in placed) return nothing(placed.error);
  if (choice !== undefined) fillIn(open, { [String(placed.block.block_id)]: { [actionId]: choice } });
  world.changed();
  // An input tells the app only what is submitted, unless it asks for each change.
  if (placed.block.type === 'input' && placed.block.dispatch_action !== true) return { ok: true, acks: [] };
  const action = actionOf(placed, choice, world.ids.ts());
  const ack = await deliver(
    'interactive',
    `block_actions ${actionId}`,
    viewAction(person, open, action, issueTrigger(world, person.id)),
  );
  return { ok: true, acks: [ack] };
}

async function suggestFor(world: World, deliver: Deliver, who: Who, where: Pressed, actionId: string, typed: string) {
  const person = findPerson(world, who);
  if (person === undefined) return nothing(`Nobody here is called ${String(who)}.`);
  const open = where === 'home' ? world.homes.get(person.id) : where === 'modal' ? topModal(world, who) : undefined;
  const blocks = typeof where === 'string' ? open?.view.blocks : findMessage(world, where.channel, where.ts)?.blocks;
  const placed = pick(blocks ?? [], actionId);
  if ('error' in placed) return nothing(placed.error);
  const ack = await deliver('interactive', `block_suggestion ${actionId}`, suggestionPayload(person, placed, typed, open));
  const answer = (ack.body ?? {}) as { options?: Json[]; option_groups?: { options: Json[] }[] };
  const options = answer.options ?? answer.option_groups?.flatMap((group) => group.options) ?? [];
  return { ok: true as const, acks: [ack], options: options.slice(0, 100) };
}

function pick(blocks: readonly Piece[], actionId: string): Placed | { error: string } {
  const all = everyElement(blocks);
  const found = all.find(({ element }) => element.action_id === actionId);
  if (found !== undefined) return found;
  return {
    error: `Nothing there has the action_id ${actionId}; there are ${all.map(({ element }) => String(element.action_id)).join(', ') || 'none'}.`,
  };
}
