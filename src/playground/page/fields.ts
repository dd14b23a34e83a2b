import type { Json, Piece } from '../shapes.ts';
import { h } from './dom.ts';
import { fileField } from './file-field.ts';
import { plainWords, textNodes } from './inline.ts';
import type { Around, Page } from './page.ts';

/** Hears each new value of a field. */
type Changed = (value: unknown) => void;

/** The field of one element with its initial or filled value; `changed` hears each change. Undefined = cannot draw. */
export function field(page: Page, element: Piece, block: Piece, around: Around, changed: Changed): HTMLElement | undefined {
  const blockId = String(block.block_id);
  const actionId = String(element.action_id);
  const filled = around.values?.[blockId]?.[actionId];
  const keep = (value: unknown) => {
    if (around.values !== undefined) around.values[blockId] = { ...around.values[blockId], [actionId]: value };
  };
  const both: Changed = (value) => {
    keep(value);
    changed(value);
  };
  const draw = FIELDS[element.type];
  return draw?.({ page, element, filled, changed: both, keep, where: around.where, name: `${blockId}.${actionId}` });
}

interface Field {
  page: Page;
  element: Piece;
  filled: unknown;
  changed: Changed;
  keep: Changed;
  where: Around['where'];
  name: string;
}

const FIELDS: Record<string, (field: Field) => HTMLElement> = {
  plain_text_input: (one) => typed(one, one.element.multiline === true ? 'multiline' : 'text'),
  email_text_input: (one) => typed(one, 'email'),
  url_text_input: (one) => typed(one, 'url'),
  number_input: (one) => typed(one, 'number'),
  rich_text_input: (one) => typed(one, 'multiline'),
  static_select: (one) => select(one, optionsOf(one.element), optionValue(one.element.initial_option), false),
  multi_static_select: (one) => select(one, optionsOf(one.element), optionValues(one.element.initial_options), true),
  external_select: externalSelect,
  multi_external_select: externalSelect,
  users_select: (one) => select(one, people(one.page), one.element.initial_user, false),
  multi_users_select: (one) => select(one, people(one.page), one.element.initial_users, true),
  channels_select: (one) => select(one, rooms(one.page, false), one.element.initial_channel, false),
  multi_channels_select: (one) => select(one, rooms(one.page, false), one.element.initial_channels, true),
  conversations_select: (one) => select(one, rooms(one.page, true), one.element.initial_conversation ?? here(one), false),
  multi_conversations_select: (one) => select(one, rooms(one.page, true), one.element.initial_conversations, true),
  radio_buttons: (one) => choices(one, 'radio'),
  checkboxes: (one) => choices(one, 'checkbox'),
  datepicker: dateField,
  timepicker: timeField,
  datetimepicker: dateTime,
  file_input: (one) => fileField(one.page, one.element, one.keep),
};

function typed({ element, filled, changed, keep }: Field, kind: string): HTMLElement {
  const initial =
    element.type === 'rich_text_input' && element.initial_value !== undefined
      ? plainWords(element.initial_value as Json)
      : element.initial_value;
  const text =
    element.type === 'rich_text_input' && filled !== undefined && filled !== null ? plainWords(filled as Json) : filled;
  const placeholder = (element.placeholder as Json | undefined)?.text as string | undefined;
  const multi = kind === 'multiline';
  const target = h(multi ? 'textarea' : 'input', {
    class: 'field',
    type: multi ? undefined : kind === 'number' ? 'text' : kind,
    inputmode: kind === 'number' ? 'decimal' : undefined,
    rows: multi ? 7 : undefined,
    placeholder,
    spellcheck: 'false',
    autofocus: element.focus_on_load === true,
  }) as HTMLInputElement;
  target.value = String(text ?? initial ?? '');
  const value = () => (element.type === 'rich_text_input' ? asRichText(target.value) : target.value === '' ? null : target.value);
  target.addEventListener('input', () => keep(value()));
  target.addEventListener('change', () => changed(value()));
  return target;
}

function asRichText(text: string): Json | null {
  return text === ''
    ? null
    : { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}

interface Choice {
  value: string;
  label: string;
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

function optionValue(option: unknown): unknown {
  return (option as Json | undefined)?.value;
}

function optionValues(options: unknown): unknown {
  return Array.isArray(options) ? options.map((one: Json) => one.value) : undefined;
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

function choices({ page, element, filled, changed, name }: Field, kind: 'radio' | 'checkbox'): HTMLElement {
  const initial = kind === 'radio' ? [optionValue(element.initial_option)] : (optionValues(element.initial_options) ?? []);
  const chosen = new Set(filled === undefined ? (initial as unknown[]) : Array.isArray(filled) ? filled : [filled]);
  const box = h('div', { class: 'radios', role: kind === 'radio' ? 'radiogroup' : 'group' });
  for (const option of element.options as Json[]) {
    const input = h('input', { type: kind, name, value: String(option.value), checked: chosen.has(option.value) });
    const more = option.description === undefined ? undefined : h('small', {}, textNodes(page, option.description));
    box.append(h('label', {}, input, h('span', {}, textNodes(page, option.text), more)));
  }
  box.addEventListener('change', () => {
    const picked = [...box.querySelectorAll<HTMLInputElement>('input:checked')].map((one) => one.value);
    changed(kind === 'radio' ? (picked[0] ?? null) : picked);
  });
  return box;
}

/** Times are chosen from half-hours or typed, always in 24 hours whatever the browser's language. */
function timeField({ element, filled, changed, name }: Field): HTMLElement {
  const id = `times-${name}`;
  const halves = Array.from({ length: 48 }, (_, half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
  const target = h('input', {
    class: 'field',
    list: id,
    placeholder: 'HH:mm',
    inputmode: 'numeric',
    value: String(filled ?? element.initial_time ?? ''),
  }) as HTMLInputElement;
  const take = () => {
    const right = /^([01]?\d|2[0-3]):[0-5]\d$/.test(target.value);
    target.setCustomValidity(right || target.value === '' ? '' : 'A time such as 09:00');
    changed(right ? target.value.padStart(5, '0') : null);
  };
  target.addEventListener('input', take);
  const list = h(
    'datalist',
    { id },
    halves.map((half) => h('option', { value: half })),
  );
  return h('div', {}, target, list);
}

function dateField({ element, filled, changed }: Field): HTMLElement {
  const target = h('input', {
    type: 'date',
    class: 'field',
    value: String(filled ?? element.initial_date ?? ''),
  }) as HTMLInputElement;
  target.addEventListener('change', () => changed(target.value === '' ? null : target.value));
  return target;
}

function dateTime({ filled, element, changed }: Field): HTMLElement {
  const seconds = (filled ?? element.initial_date_time) as number | undefined;
  const value = seconds === undefined ? '' : new Date(seconds * 1000).toISOString().slice(0, 16);
  const target = h('input', { type: 'datetime-local', class: 'field', value }) as HTMLInputElement;
  target.addEventListener('change', () => changed(target.value === '' ? null : Date.parse(`${target.value}Z`) / 1000));
  return target;
}
