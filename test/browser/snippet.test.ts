import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';

jest.setTimeout(60_000);

interface Sent {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
}

const SNIPPET = readFileSync(new URL('../../snippet/askstream-snippet.js', import.meta.url), 'utf8');
const inBrowser =
  process.env.CHROMIUM !== undefined || (process.platform === 'linux' && process.arch === 'x64') ? test : test.skip;

let browser: Browser | undefined;
let page: Page;
beforeAll(async () => {
  browser = await openChromium();
  if (!browser) return;
  page = await browser.newPage();
  await page.clock.install();
});
afterAll(() => browser?.close());

/** A page of the shop with the snippet started; `record` is called as the SDK's own would be. */
async function open(body: string, record = 'calls.push(event)'): Promise<void> {
  await page.goto('about:blank');
  await page.setContent(`<!doctype html><body>${body}</body>`);
  await page.addScriptTag({ content: `window.calls = []; ${SNIPPET}` });
  await page.addScriptTag({ content: `AskstreamSnippet.start({ record: (event) => { ${record} } })` });
}

function sent(): Promise<Sent[]> {
  return page.evaluate('calls') as Promise<Sent[]>;
}

inBrowser('three clicks on one spot are one rage click, however many follow', async () => {
  await open('<div id="zoom" style="width:200px;height:90px">picture</div>');
  for (let click = 0; click < 5; click++) await page.click('#zoom', { position: { x: 20 + click, y: 20 } });
  expect(await sent()).toEqual([{ name: 'rage_click', attributes: { element: 'div#zoom' } }]);
});

inBrowser('clicks on different spots are nobody’s rage', async () => {
  await open('<div id="zoom" style="width:400px;height:90px">picture</div>');
  for (const x of [10, 150, 300, 10, 150]) await page.click('#zoom', { position: { x, y: 20 } });
  expect(await sent()).toEqual([]);
});

inBrowser('a button after which nothing changes is a dead click, told by its test id and not by its text', async () => {
  await open('<button data-testid="pay" class="big">Pay as Jane Doe</button>');
  await page.click('button');
  await page.clock.runFor(2400);
  expect(await sent()).toEqual([]);
  await page.clock.runFor(200);
  expect(await sent()).toEqual([{ name: 'dead_click', attributes: { element: 'button[pay]' } }]);
});

inBrowser.each([
  ['that changes the page', '<button onclick="this.after(\'ok\')">add</button>', 'button'],
  ['that changes it a second later', '<button onclick="setTimeout(() => this.after(1), 1000)">add</button>', 'button'],
  ['on a link into another window', '<a href="#" target="_blank" onclick="event.preventDefault()">map</a>', 'a'],
  ['on a field', '<input name="email" onclick="0">', 'input'],
  ['on what nobody takes for a button', '<p>words</p>', 'p'],
  ['on a part that is kept out', '<div data-askstream="off"><button>x</button></div>', 'button'],
])('a click %s is not dead', async (_, body, at) => {
  await open(body);
  await page.click(at);
  await page.clock.runFor(4000);
  expect(await sent()).toEqual([]);
});

inBrowser('errors are sent once a page, without addresses and long numbers', async () => {
  const fault = "this.after('!'); throw new Error('no cart of jo@shop.example 12345678')";
  await open(`<img src="data:image/png;base64,broken"><button onclick="${fault}">Pay</button>`);
  await page.click('button');
  await page.click('button');
  await page.evaluate(
    `new Promise((told) => {
      addEventListener('unhandledrejection', () => told(), { once: true });
      Promise.reject(new TypeError('late'));
    })`,
  );
  expect((await sent()).map(({ name, attributes }) => [name, attributes.error_message]).sort()).toEqual([
    ['js_error', 'late'],
    ['js_error', 'no cart of …@… …'],
  ]);
});

inBrowser('a form is begun once, says its faults by field and rule, and is submitted; no value is ever sent', async () => {
  await open(
    '<form id="checkout" onsubmit="event.preventDefault()"><input name="email" type="email" required><input name="zip" pattern="[0-9]+"><button>Pay</button></form>',
  );
  await page.fill('[name=email]', 'jane');
  await page.fill('[name=zip]', 'secret');
  await page.click('button');
  await page.fill('[name=email]', 'jane@shop.example');
  await page.fill('[name=zip]', '10115');
  await page.click('button');
  const form_id = 'checkout';
  expect(await sent()).toEqual([
    { name: 'form_start', attributes: { form_id, form_field: 'email' } },
    { name: 'form_error', attributes: { form_id, form_field: 'email', error_message: 'type_mismatch' } },
    { name: 'form_error', attributes: { form_id, form_field: 'zip', error_message: 'pattern_mismatch' } },
    { name: 'form_submit', attributes: { form_id } },
  ]);
  expect(JSON.stringify(await sent())).not.toMatch(/jane|secret|10115/);
});

inBrowser('a search says its term and its number of results, once; a search field is no form', async () => {
  await open('<form role="search"><input type="search" name="q"></form><main></main>');
  await page.fill('[name=q]', 'boots');
  await page.evaluate(
    `document.querySelector('main').outerHTML = '<main data-search-term=" Boots " data-search-results="0"></main>'`,
  );
  await page.evaluate(`document.querySelector('main').append('none')`);
  await page.evaluate(`AskstreamSnippet.searched('socks'); AskstreamSnippet.searched('', 3)`);
  expect(await sent()).toEqual([
    { name: 'search', attributes: { search_term: 'boots', results_count: 0 } },
    { name: 'search', attributes: { search_term: 'socks' } },
  ]);
});

inBrowser('a flood is cut at twenty of a kind, until the address changes', async () => {
  await open('<p>shop</p>');
  await page.evaluate(`for (let n = 0; n < 50; n++) AskstreamSnippet.searched('term ' + n, n)`);
  expect(await sent()).toHaveLength(20);
  await page.evaluate(`location.hash = 'next'; AskstreamSnippet.searched('more', 1)`);
  expect(await sent()).toHaveLength(21);
});

inBrowser('a fault of the SDK never reaches the page, and after the stop nothing is heard', async () => {
  await open('<button onclick="this.after(\'ok\')">add</button>', 'throw new Error("SDK is broken")');
  const faults: Error[] = [];
  page.on('pageerror', (fault) => faults.push(fault));
  for (let click = 0; click < 4; click++) await page.click('button');
  expect(await page.textContent('body')).toContain('okokokok');
  await page.evaluate(`AskstreamSnippet.stop(); AskstreamSnippet.start({ record: (event) => calls.push(event) })()`);
  for (let click = 0; click < 4; click++) await page.click('button');
  expect([faults, await sent()]).toEqual([[], []]);
});
