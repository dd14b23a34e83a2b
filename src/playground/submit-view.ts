import { type Did, issueTrigger } from './act.ts';
import { changeModal, showModal } from './api/views.ts';
import { findPerson, type Who } from './lookup.ts';
import type { Deliver } from './send/deliver.ts';
import { viewPayload } from './send/payloads.ts';
import type { Json, OpenView } from './shapes.ts';
import { type Filled, malformedInputs, missingInputs } from './view-state.ts';
import type { World } from './world.ts';

/** What came of a submitted modal; `errors` by block_id are shown at the inputs. */
export type Submitted = Did & { errors?: Record<string, string> };

/** The modal on top of a person's screen. */
export function topModal(world: World, who: Who): OpenView | undefined {
  const person = findPerson(world, who);
  return person === undefined ? undefined : world.modals.get(person.id)?.at(-1);
}

/** Adds what was filled in to what already was. */
export function fillIn(open: OpenView, values: Filled): void {
  for (const [block, actions] of Object.entries(values)) open.values[block] = { ...open.values[block], ...actions };
}

/** Submits the modal on top: first what Slack's own client checks, then the app, then what its acknowledgement asks for. */
export async function submitView(world: World, deliver: Deliver, who: Who, values: Filled): Promise<Submitted> {
  const person = findPerson(world, who);
  const open = topModal(world, who);
  if (person === undefined || open === undefined) return nothing(`${String(who)} has no modal open.`);
  fillIn(open, values);
  const errors = { ...malformedInputs(open.view.blocks, open.values), ...missingInputs(open.view.blocks, open.values) };
  if (Object.keys(errors).length > 0) return { ok: true, acks: [], errors };
  const payload = viewPayload('view_submission', person, open, issueTrigger(world, person.id));
  const ack = await deliver('interactive', `view_submission ${String(open.view.callback_id ?? '')}`, payload);
  if (!ack.ok) return { ...nothing('We had some trouble connecting. Try again?'), acks: [ack] };
  const outcome = applyResponse(world, person.id, open, ack.body);
  if ('error' in outcome) return { ...nothing(outcome.error), acks: [ack] };
  return { ok: true, acks: [ack], ...outcome };
}

/** What the acknowledgement of a submission asks for: errors, another view, or the end. */
function applyResponse(
  world: World,
  user: string,
  open: OpenView,
  body: unknown,
): { errors?: Record<string, string> } | { error: string } {
  const answer = body !== null && typeof body === 'object' ? (body as Json) : {};
  const stack = world.modals.get(user) ?? [];
  if (answer.response_action === 'errors') {
    const errors = answer.errors as Record<string, string>;
    const known = new Set(open.view.blocks.filter((block) => block.type === 'input').map((block) => String(block.block_id)));
    const strange = Object.keys(errors ?? {}).find((id) => !known.has(id));
    return strange === undefined
      ? { errors }
      : { error: `The app reported an error at “${strange}”, which is no input of the modal.` };
  }
  if (answer.response_action === 'update' || answer.response_action === 'push') {
    const refused =
      answer.response_action === 'update' ? changeModal(world, open, answer.view) : showModal(world, user, answer.view, 'push');
    return refused !== undefined && 'ok' in refused
      ? { error: `Slack refused the next view: ${String(refused.error)} ${JSON.stringify(refused.errors ?? [])}` }
      : {};
  }
  world.modals.set(user, answer.response_action === 'clear' ? [] : stack.filter((one) => one !== open));
  world.changed();
  return {};
}

/** Closes the modal on top; the app hears of it when it asked to. */
export async function closeView(world: World, deliver: Deliver, who: Who): Promise<Did> {
  const person = findPerson(world, who);
  const open = topModal(world, who);
  if (person === undefined || open === undefined) return nothing(`${String(who)} has no modal open.`);
  world.modals.set(person.id, (world.modals.get(person.id) ?? []).slice(0, -1));
  world.changed();
  if (open.view.notify_on_close !== true) return { ok: true, acks: [] };
  const payload = viewPayload('view_closed', person, open, issueTrigger(world, person.id));
  return { ok: true, acks: [await deliver('interactive', `view_closed ${String(open.view.callback_id ?? '')}`, payload)] };
}

function nothing(error: string): Did & { ok: false } {
  return { ok: false, error, acks: [] };
}
