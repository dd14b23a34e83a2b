import { messageFields } from '../api/conversations.ts';
import { fileFields } from '../api/files.ts';
import { viewFields } from '../api/views.ts';
import type { Channel, Json, Message, OpenView, Person } from '../shapes.ts';
import type { Placed } from '../validate/walk.ts';
import { elementState, stateValues } from '../view-state.ts';
import { WORKSPACE } from '../workspace.ts';
import type { World } from '../world.ts';

/** The verification token that Slack still sends and nobody should check. */
const TOKEN = 'playground-verification-token';

/** An `events_api` envelope around one event, with an id of its own. */
export function envelope(world: World, event: Json, external: boolean): Json {
  return {
    token: TOKEN,
    team_id: WORKSPACE.teamId,
    context_team_id: WORKSPACE.teamId,
    context_enterprise_id: null,
    api_app_id: WORKSPACE.appId,
    event,
    type: 'event_callback',
    event_id: world.ids.next('Ev'),
    event_time: Math.floor(Number(event.event_ts ?? 0)),
    authorizations: [
      { enterprise_id: null, team_id: WORKSPACE.teamId, user_id: WORKSPACE.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: external,
    event_context: `4-${world.ids.next('ctx')}`,
  };
}

/** A person's message as the `message` event; `app_mention` is the same with another type and no channel_type. */
export function messageEvent(world: World, message: Message, channel: Channel): Json {
  const person = world.people.get(message.user);
  const outside = person !== undefined && person.teamId !== WORKSPACE.teamId;
  const fields = messageFields(world, message);
  for (const name of ['reply_count', 'latest_reply']) delete fields[name];
  if (message.threadTs === undefined) delete fields.thread_ts;
  const files = message.files?.flatMap((id) => {
    const file = world.files.get(id);
    return file === undefined ? [] : [fileFields(world, file)];
  });
  return {
    ...fields,
    ...(files === undefined ? {} : { files, upload: false, display_as_bot: false }),
    ...(outside ? { user_team: person.teamId, source_team: person.teamId } : {}),
    channel: channel.id,
    event_ts: message.ts,
    channel_type: channel.kind,
  };
}

/** The `app_mention` twin of a message event. */
export function mentionEvent(event: Json): Json {
  const { channel_type: _, subtype: __, ...rest } = event;
  return { ...rest, type: 'app_mention' };
}

/** The form fields of a slash command; no `thread_ts`, as in Slack. */
export function commandForm(
  person: Person,
  channel: Channel,
  command: string,
  text: string,
  responseUrl: string,
  trigger: string,
): Json {
  return {
    token: TOKEN,
    team_id: WORKSPACE.teamId,
    team_domain: WORKSPACE.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: WORKSPACE.appId,
    is_enterprise_install: false,
    response_url: responseUrl,
    trigger_id: trigger,
  };
}

/** What is shared by all interaction payloads. */
function interaction(type: string, person: Person): Json {
  return {
    type,
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: WORKSPACE.appId,
    token: TOKEN,
    team: { id: WORKSPACE.teamId, domain: WORKSPACE.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** `view_submission` and `view_closed`. */
export function viewPayload(type: 'view_submission' | 'view_closed', person: Person, open: OpenView, trigger: string): Json {
  return {
    ...interaction(type, person),
    ...(type === 'view_submission' ? { trigger_id: trigger, response_urls: [] } : { is_cleared: false }),
    view: viewFields(open),
  };
}

/** `block_suggestion`: what was typed into an external select. */
export function suggestionPayload(person: Person, placed: Placed, typed: string, open: OpenView | undefined): Json {
  const { element, block } = placed;
  const container = open === undefined ? { type: 'message' } : { type: 'view', view_id: open.id };
  return {
    ...interaction('block_suggestion', person),
    container,
    action_id: element.action_id,
    block_id: block.block_id,
    value: typed,
    ...(open === undefined ? {} : { view: viewFields(open) }),
  };
}

/** One press: the element with the person's choice, as the entry of `actions`. */
export function actionOf(placed: Placed, chosen: unknown, ts: string): Json {
  const { element, block } = placed;
  const base = { action_id: element.action_id, block_id: block.block_id, action_ts: ts };
  if (element.type === 'button' || element.type === 'icon_button') {
    const optional = Object.fromEntries(
      ['value', 'url', 'style'].filter((name) => element[name] !== undefined).map((name) => [name, element[name]]),
    );
    return { ...base, type: element.type, text: element.text, ...optional };
  }
  if (element.type === 'overflow') return { ...base, type: 'overflow', selected_option: optionOf(element.options, chosen) };
  if (element.type === 'feedback_buttons') {
    const side = chosen === (element.negative_button as Json).value ? 'negative_button' : 'positive_button';
    return { ...base, type: 'feedback_buttons', ...(element[side] as Json) };
  }
  return { ...base, ...elementState(element, chosen) };
}

function optionOf(options: unknown, value: unknown): unknown {
  const list = Array.isArray(options) ? (options as Json[]) : [];
  return list.find((option) => option.value === value) ?? null;
}

/** `block_actions` from a message; an ephemeral one carries no `message`. */
export function messageAction(
  world: World,
  person: Person,
  channel: Channel,
  message: Message,
  action: Json,
  urls: { response: string; trigger: string },
): Json {
  const ephemeral = message.onlyFor !== undefined;
  return {
    ...interaction('block_actions', person),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: urls.trigger,
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    ...(ephemeral ? {} : { message: messageFields(world, message) }),
    state: { values: stateValues(message.blocks ?? [], {}) },
    response_url: urls.response,
    actions: [action],
  };
}

/** `block_actions` from a modal or the Home tab. */
export function viewAction(person: Person, open: OpenView, action: Json, trigger: string): Json {
  const view = viewFields(open);
  return {
    ...interaction('block_actions', person),
    container: { type: 'view', view_id: open.id },
    trigger_id: trigger,
    view,
    ...(open.view.type === 'home' ? {} : { state: view.state }),
    actions: [action],
  };
}
