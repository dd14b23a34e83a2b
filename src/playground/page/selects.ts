import type { Json, Piece } from '../shapes.ts';
import { h } from './dom.ts';
import type { Field, Page } from './page.ts';

/** One thing that can be chosen. */
interface Choice {
  value: string;
  label: string;
}

/** Every kind of select, by element type. */
export const SELECTS: Record<string, (field: Field) => HTMLElement> = {
  static_select: (one) => select(one, optionsOf(one.element), optionValue(one.element.initial_option), false),
  multi_static_select: (one) => select(one, optionsOf(one.element), optionValues(one.element.initial_options), true),
  users_select: (one) => select(one, people(one.page), one.element.initial_user, false),
  multi_users_select: (one) => select(one, people(one.page), one.element.initial_users, true),
  channels_select: (one) => select(one, rooms(one.page, false), one.element.initial_channel, false),
  multi_channels_select: (one) => select(one, rooms(one.page, false), one.element.initial_channels, true),
  conversations_select: (one) => select(one, rooms(one.page, true), one.element.initial_conversation ?? here(one), false),
  multi_conversations_select: (one) => select(one, rooms(one.page, true), one.element.initial_conversations, true),
  external_select: externalSelect,
  multi_external_select: externalSelect,
};

/** The value of an option object. */
export function optionValue(option: unknown): unknown {
  return (option as Json | undefined)?.value;
}

/** The values of a list of option objects. */
export function optionValues(options: unknown): unknown {
  return Array.isArray(options) ? options.map((one: Json) => one.value) : undefined;
}

function select({ element, filled, changed }: Field, options: Choice[], initial: unknown, many: boolean): HTMLElement {
  const chosen = new Set(
    (Array.isArray(filled ?? initial) ? ((filled ?? initial) as string[]) : [filled ?? initial]).map(String),
  );
  const placeholder = (element.placeholder as Json | undefined)?.text;
  const empty = many ? [] : [h('option', { value: '' }, String(placeholder ?? 'Choose an option'))];
  const list = options.map((one) => h('option', { value: one.value, selected: chosen.has(one.value) }, one.label));
  const target = h(
    'select',
    {
      class: 'field sel',
      multiple: many,
      'aria-label': String(placeholder ?? 'Choose'),
      size: many ? Math.min(6, Math.max(2, options.length)) : undefined,
    },
    empty,
    list,
  ) as HTMLSelectElement;
  target.addEventListener('change', () =>
    changed(many ? [...target.selectedOptions].map((one) => one.value) : target.value === '' ? null : target.value),
  );
  return target;
}

/** Options come from the app while one types; a whole label picks one. */
function externalSelect({ page, element, filled, changed, where, name }: Field): HTMLElement {
  const many = element.type.startsWith('multi_');
  const chosen = (filled ?? element.initial_option) as Json | undefined;
  const list = h('datalist', { id: `options-${name}` });
  const target = h('input', {
    class: 'field',
    list: `options-${name}`,
    placeholder: 'Type to search',
    value: String((chosen?.text as Json | undefined)?.text ?? ''),
  }) as HTMLInputElement;
  let offered: Json[] = [];
  target.addEventListener('input', async () => {
    const picked = offered.find((option) => (option.text as Json).text === target.value);
    if (picked !== undefined) return changed(many ? [picked] : picked);
    const reply = await page.act('suggest', { where, actionId: element.action_id, typed: target.value });
    offered = (reply.options as Json[] | undefined) ?? [];
    list.replaceChildren(...offered.map((option) => h('option', { value: String((option.text as Json).text) })));
  });
  return h('div', {}, target, list);
}

function optionsOf(element: Piece): Choice[] {
  const groups = (element.option_groups as { options: Json[] }[] | undefined)?.flatMap((group) => group.options) ?? [];
  return [...((element.options as Json[] | undefined) ?? []), ...groups].map((one) => ({
    value: String(one.value),
    label: String((one.text as Json).text),
  }));
}

function people(page: Page): Choice[] {
  return Object.entries(page.state.people).map(([value, one]) => ({ value, label: one.name }));
}

function rooms(page: Page, all: boolean): Choice[] {
  const named = page.state.channels.filter((one) => one.kind !== 'im').map((one) => ({ value: one.id, label: `# ${one.name}` }));
  const direct = page.state.channels
    .filter((one) => one.kind === 'im')
    .map((one) => ({ value: one.id, label: page.state.people[one.other ?? '']?.name ?? one.id }));
  return all ? [...named, ...direct] : named;
}

function here({ page, element }: Field): string | undefined {
  return element.default_to_current_conversation === true ? page.state.open : undefined;
}
