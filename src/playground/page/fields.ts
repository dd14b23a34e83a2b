import type { Json, Piece } from '../shapes.ts';
import { h } from './dom.ts';
import { fileField } from './file-field.ts';
import { plainWords, textNodes } from './inline.ts';
import type { Around, Changed, Field, Page } from './page.ts';
import { optionValue, optionValues, SELECTS } from './selects.ts';

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

const FIELDS: Record<string, (field: Field) => HTMLElement> = {
  ...SELECTS,
  plain_text_input: (one) => typed(one, one.element.multiline === true ? 'multiline' : 'text'),
  email_text_input: (one) => typed(one, 'email'),
  url_text_input: (one) => typed(one, 'url'),
  number_input: (one) => typed(one, 'number'),
  rich_text_input: (one) => typed(one, 'multiline'),
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
