import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { envelope, openRawHouse, type RawHouse } from './raw-house.ts';

const SNIPPET = readFileSync(new URL('../../snippet/askstream-snippet.js', import.meta.url), 'utf8');
/** What the snippet hands to the SDK's `record` (test/browser/snippet.test.ts), by the columns that the pain metrics read. */
const SENT: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  rage_click: { element: 'div#zoom' },
  dead_click: { element: 'button[pay]' },
  js_error: { error_message: 'no cart' },
  form_start: { form_id: 'checkout', form_field: 'email' },
  form_error: { form_id: 'checkout', form_field: 'email', error_message: 'type_mismatch' },
  search: { search_term: 'boots', results_count: 0 },
};
let house: RawHouse;

beforeAll(async () => {
  house = openRawHouse();
  const page = { _page_url: 'https://shop.example/pay', _page_title: 'Pay' };
  const at = (second: number) => `2026-05-10T10:00:0${second}Z`;
  const told = Object.entries(SENT).map(([type, attributes], n) => ({
    at: at(n + 1),
    type,
    session: 's',
    attributes: { ...page, ...attributes },
  }));
  house.put('a.jsonl', envelope([{ at: at(0), session: 's', attributes: page }, ...told]));
  await house.refresh();
});

afterAll(() => house.clear());

test('every kind of event that the snippet sends is in this test', () => {
  const names = [...SNIPPET.matchAll(/(?:send|step)\('([a-z_]+)'/g)].map((match) => match[1]);
  expect([...new Set(names)].filter((name) => name !== 'form_submit').sort()).toEqual(Object.keys(SENT).sort());
});

test.each(Object.entries(SENT))('a %s keeps its name, and each of its attributes is a column', async (name, attributes) => {
  const columns = Object.keys(attributes).map((attribute) => (attribute === 'results_count' ? 'search_results' : attribute));
  const [row] = await house.rows(
    `SELECT ${columns.join(', ')}, page_path, attributes FROM events WHERE event_name = '${name}' AND session_id IS NOT NULL`,
  );
  expect(Object.values(row ?? {})).toEqual([...Object.values(attributes), '/pay', '{"device_id":"d-u1"}']);
});

test('the page and the session count what was suffered', async () => {
  expect(await house.rows('SELECT page_path, rage_clicks, dead_clicks, js_errors, form_errors FROM page_views')).toEqual([
    { page_path: '/pay', rage_clicks: 1, dead_clicks: 1, js_errors: 1, form_errors: 1 },
  ]);
  expect(await house.rows('SELECT rage_clicks, dead_clicks, js_errors, form_errors, form_abandons FROM sessions')).toEqual([
    { rage_clicks: 1, dead_clicks: 1, js_errors: 1, form_errors: 1, form_abandons: 1 },
  ]);
});
