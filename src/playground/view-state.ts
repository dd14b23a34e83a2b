import type { Json, Piece } from './shapes.ts';
import { everyElement, pieces } from './validate/walk.ts';

/** What a person filled in: block_id → action_id → text, option value, or a list of them; null = emptied. */
export type Filled = Record<string, Record<string, unknown>>;

/** `state.values` of a view or message: for each element its typed value, filled in or initial. */
export function stateValues(blocks: readonly Piece[], filled: Filled): Record<string, Record<string, Json>> {
  const values: Record<string, Record<string, Json>> = {};
  for (const { element, block } of everyElement(blocks)) {
    const holder = HOLDERS[element.type];
    if (holder === undefined) continue;
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    const given = filled[blockId]?.[actionId];
    values[blockId] = { ...values[blockId], [actionId]: elementState(element, given) };
  }
  return values;
}

/** The typed value of one element, as it stands in `state.values` and, merged, in an action. */
export function elementState(element: Piece, given: unknown): Json {
  const holder = HOLDERS[element.type];
  if (holder === undefined) return { type: element.type };
  const [field, initial, kind] = holder;
  const value = given === undefined ? element[initial] : kind === 'option' ? asOption(element, given) : given;
  const empty = field.endsWith('s') ? [] : null;
  return { type: element.type, [field]: value === undefined || value === '' ? empty : value };
}

/** The labels of required inputs that are still empty, by block_id: Slack's client asks for them before it submits. */
export function missingInputs(blocks: readonly Piece[], filled: Filled): Record<string, string> {
  const state = stateValues(blocks, filled);
  const errors: Record<string, string> = {};
  for (const { element, block } of everyElement(blocks)) {
    if (block.type !== 'input' || block.optional === true) continue;
    const value = Object.entries(state[String(block.block_id)]?.[String(element.action_id)] ?? {}).find(
      ([name]) => name !== 'type',
    )?.[1];
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) {
      errors[String(block.block_id)] = 'Please complete this required field.';
    }
  }
  return errors;
}

/** Lengths and forms that Slack's client checks before it submits, by block_id. */
export function malformedInputs(blocks: readonly Piece[], filled: Filled): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { element, block } of everyElement(blocks)) {
    const given = filled[String(block.block_id)]?.[String(element.action_id)];
    if (typeof given !== 'string' || given === '') continue;
    const fault = faultOf(element, given);
    if (fault !== undefined) errors[String(block.block_id)] = fault;
  }
  return errors;
}

function faultOf(element: Piece, given: string): string | undefined {
  const length = [...given].length;
  if (typeof element.max_length === 'number' && length > element.max_length)
    return `Must be at most ${element.max_length} characters.`;
  if (typeof element.min_length === 'number' && length < element.min_length)
    return `Must be at least ${element.min_length} characters.`;
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(given)) return 'Enter a valid email address.';
  if (element.type === 'url_text_input' && !/^https?:\/\/\S+$/.test(given)) return 'Enter a valid URL.';
  if (element.type !== 'number_input') return undefined;
  const value = Number(given);
  if (Number.isNaN(value) || (element.is_decimal_allowed === false && !Number.isInteger(value))) return 'Enter a number.';
  if (element.min_value !== undefined && value < Number(element.min_value)) return `Must be at least ${element.min_value}.`;
  return element.max_value !== undefined && value > Number(element.max_value)
    ? `Must be at most ${element.max_value}.`
    : undefined;
}

const OPTION = ['selected_option', 'initial_option', 'option'] as const;
const OPTIONS = ['selected_options', 'initial_options', 'option'] as const;

/** element type → [field of the state, field of the initial value, what a given value means]. */
const HOLDERS: Record<string, readonly [string, string, 'plain' | 'option']> = {
  plain_text_input: ['value', 'initial_value', 'plain'],
  email_text_input: ['value', 'initial_value', 'plain'],
  url_text_input: ['value', 'initial_value', 'plain'],
  number_input: ['value', 'initial_value', 'plain'],
  rich_text_input: ['rich_text_value', 'initial_value', 'plain'],
  static_select: OPTION,
  external_select: OPTION,
  radio_buttons: OPTION,
  multi_static_select: OPTIONS,
  multi_external_select: OPTIONS,
  checkboxes: OPTIONS,
  users_select: ['selected_user', 'initial_user', 'plain'],
  multi_users_select: ['selected_users', 'initial_users', 'plain'],
  channels_select: ['selected_channel', 'initial_channel', 'plain'],
  multi_channels_select: ['selected_channels', 'initial_channels', 'plain'],
  conversations_select: ['selected_conversation', 'initial_conversation', 'plain'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations', 'plain'],
  datepicker: ['selected_date', 'initial_date', 'plain'],
  timepicker: ['selected_time', 'initial_time', 'plain'],
  datetimepicker: ['selected_date_time', 'initial_date_time', 'plain'],
  file_input: ['files', 'initial_files', 'plain'],
};

/** Option objects for the given values; external options are made on the spot, since only the app knows them. */
function asOption(element: Piece, given: unknown): unknown {
  if (Array.isArray(given)) return given.map((value) => asOption(element, value));
  if (given === null) return null;
  if (typeof given === 'object') return given;
  const groups = pieces(element.option_groups).flatMap((group) => (Array.isArray(group.options) ? group.options : []));
  const all = [...(Array.isArray(element.options) ? element.options : []), ...groups, ...optionsOf(element.option_groups)];
  return all.find((option) => (option as Json).value === given) ?? null;
}

function optionsOf(groups: unknown): unknown[] {
  return Array.isArray(groups) ? groups.flatMap((group) => (group as { options?: unknown[] })?.options ?? []) : [];
}
