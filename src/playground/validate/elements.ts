import { both, byType, type Check, fields, flag, law, list, number, oneOf, pattern, text } from './check.ts';
import { actionId, confirm, link, menu, option, optionGroup, plain } from './objects.ts';
import { richText } from './rich-text.ts';

const act = { action_id: actionId };
const ask = { ...act, confirm };
const focus = { ...ask, focus_on_load: flag };
const hinted = { ...focus, placeholder: plain(150) };
const typed = {
  ...act,
  focus_on_load: flag,
  placeholder: plain(150),
  dispatch_action_config: fields({}, { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) }),
};
const several = { ...hinted, max_selected_items: number(1, 100, true) };
const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date in the form YYYY-MM-DD');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time in the form HH:mm');
const decimal = pattern(/^-?\d+(\.\d+)?$/, 'a number in a string');
const filter = fields(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);
const user = pattern(/^[UW][A-Z0-9]{2,}$/, 'a valid user id');
const channel = pattern(/^[CG][A-Z0-9]{2,}$/, 'a valid channel id');
const conversation = pattern(/^[CGDUW][A-Z0-9]{2,}$/, 'a valid conversation id');
const options = { options: list(option('plain'), 1, 100), option_groups: list(optionGroup, 1, 100) };

/** An option that is preselected must be one of the options. */
const preselected: Check = law((value) => {
  const groups = Array.isArray(value.option_groups)
    ? value.option_groups.flatMap((group) => (group as { options?: unknown[] })?.options ?? [])
    : [];
  const offered = [...(Array.isArray(value.options) ? value.options : []), ...groups].map((entry) => JSON.stringify(entry));
  const chosen = Array.isArray(value.initial_options)
    ? value.initial_options
    : value.initial_option === undefined
      ? []
      : [value.initial_option];
  return chosen.every((entry) => offered.includes(JSON.stringify(entry)))
    ? undefined
    : 'initial option must be one of the options';
});

const withinLength: Check = law((value) => {
  const { initial_value: initial, max_length: most, min_length: least } = value;
  if (typeof least === 'number' && typeof most === 'number' && least > most) return 'min_length must not be over max_length';
  return typeof initial === 'string' && typeof most === 'number' && [...initial].length > most
    ? 'initial_value must not be longer than max_length'
    : undefined;
});

const feedback = fields({ text: plain(75), value: text(1, 2000) }, { accessibility_label: text(1, 75) });
const look = { style: oneOf('primary', 'danger'), accessibility_label: text(1, 75) };

/** Every block element that acts, by type; limits of slack.md §1.3, fields of @slack/types 3.2. */
export const ELEMENTS: Record<string, Check> = {
  button: fields({ text: plain(75) }, { ...ask, ...look, value: text(1, 2000), url: link }),
  workflow_button: fields({ text: plain(75), workflow: fields({ trigger: () => {} }) }, { ...ask, ...look }),
  overflow: fields({ options: list(option('overflow'), 1, 5) }, ask),
  checkboxes: both(
    fields({ options: list(option('any'), 1, 10) }, { ...focus, initial_options: list(option('any'), 1, 10) }),
    preselected,
  ),
  radio_buttons: both(fields({ options: list(option('any'), 1, 10) }, { ...focus, initial_option: option('any') }), preselected),
  static_select: both(fields({}, { ...hinted, ...options, initial_option: option('plain') }), menu, preselected),
  multi_static_select: both(
    fields({}, { ...several, ...options, initial_options: list(option('plain'), 1, 100) }),
    menu,
    preselected,
  ),
  external_select: fields({}, { ...hinted, initial_option: option('plain'), min_query_length: number(0, 100, true) }),
  multi_external_select: fields(
    {},
    { ...several, initial_options: list(option('plain'), 1, 100), min_query_length: number(0, 100, true) },
  ),
  users_select: fields({}, { ...hinted, initial_user: user }),
  multi_users_select: fields({}, { ...several, initial_users: list(user, 1, 100) }),
  channels_select: fields({}, { ...hinted, initial_channel: channel, response_url_enabled: flag }),
  multi_channels_select: fields({}, { ...several, initial_channels: list(channel, 1, 100) }),
  conversations_select: fields(
    {},
    { ...hinted, initial_conversation: conversation, default_to_current_conversation: flag, response_url_enabled: flag, filter },
  ),
  multi_conversations_select: fields(
    {},
    { ...several, initial_conversations: list(conversation, 1, 100), default_to_current_conversation: flag, filter },
  ),
  datepicker: fields({}, { ...hinted, initial_date: date }),
  timepicker: fields({}, { ...hinted, initial_time: time, timezone: text(1, 60) }),
  datetimepicker: fields({}, { ...focus, initial_date_time: number(1e9, 9999999999, true) }),
  plain_text_input: both(
    fields(
      {},
      {
        ...typed,
        initial_value: text(0, 250_000),
        multiline: flag,
        min_length: number(0, 3000, true),
        max_length: number(1, 3000, true),
      },
    ),
    withinLength,
  ),
  email_text_input: fields({}, { ...typed, initial_value: text(0, 3000) }),
  url_text_input: fields({}, { ...typed, initial_value: text(0, 3000) }),
  number_input: fields(
    { is_decimal_allowed: flag },
    { ...typed, initial_value: decimal, min_value: decimal, max_value: decimal },
  ),
  rich_text_input: fields(
    {},
    { ...typed, initial_value: richText, min_lines: number(1, 50, true), max_lines: number(1, 50, true) },
  ),
  file_input: fields({}, { ...act, filetypes: list(text(1, 30), 1, 100), max_files: number(1, 10, true) }),
  feedback_buttons: fields({ positive_button: feedback, negative_button: feedback }, act),
  icon_button: fields(
    { icon: text(1, 50), text: plain(75) },
    { ...ask, value: text(1, 2000), accessibility_label: text(1, 75), visible_to_user_ids: list(user, 1, 10) },
  ),
};

const SELECTS = ['static', 'external', 'users', 'channels', 'conversations'].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);

/** The element types each block takes. */
export const TAKES = {
  actions: [
    'button',
    'checkboxes',
    'datepicker',
    'datetimepicker',
    'overflow',
    'radio_buttons',
    'timepicker',
    'workflow_button',
    'rich_text_input',
    ...SELECTS,
  ],
  accessory: ['button', 'checkboxes', 'datepicker', 'overflow', 'radio_buttons', 'timepicker', 'workflow_button', ...SELECTS],
  input: [
    'checkboxes',
    'datepicker',
    'datetimepicker',
    'email_text_input',
    'file_input',
    'number_input',
    'plain_text_input',
    'radio_buttons',
    'rich_text_input',
    'timepicker',
    'url_text_input',
    ...SELECTS,
  ],
  context_actions: ['feedback_buttons', 'icon_button'],
} as const;

/** A rule for an element out of a few types. */
export function elementOf(types: readonly string[], more: Record<string, Check> = {}): Check {
  return byType(() => ({ ...Object.fromEntries(types.map((type) => [type, ELEMENTS[type] as Check])), ...more }));
}
