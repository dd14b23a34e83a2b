import type { Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Playground } from '../../src/playground/open-playground.ts';
import { openForTest, SECRETS } from '../playground/with-bolt.ts';
import { openChromium } from './chromium.ts';
import { type Call, stubApp } from './stub-app.ts';

jest.setTimeout(60_000);

const plain = (text: string) => ({ type: 'plain_text', text });
const presses: { action: string; value: unknown; user: string }[] = [];
let browser: Browser | undefined;
let playground: Playground;
let server: Server;
let page: Page;
const faults: string[] = [];

const NUMBERS = [
  ['Mobile', 3],
  ['Desktop', 20],
  ['Tablet', 100],
  ['TV', 7],
] as const;
const ANSWER = [
  {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'Conversion <b>barely</b> moved.', style: { bold: true } }] },
    ],
  },
  {
    type: 'data_table',
    caption: 'Sessions by device',
    page_size: 3,
    rows: [
      [
        { type: 'raw_text', text: 'Device' },
        { type: 'raw_text', text: 'Sessions' },
      ],
      ...NUMBERS.map(([name, value]) => [
        { type: 'raw_text', text: name },
        { type: 'raw_number', value, text: String(value) },
      ]),
    ],
  },
  {
    type: 'container',
    title: plain('How it was counted'),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'SELECT 1 WHERE a < 2' }] }],
      },
    ],
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'why', text: plain('Why?'), value: 'w' },
      {
        type: 'button',
        action_id: 'price',
        text: plain('Run for $5'),
        style: 'danger',
        confirm: { title: plain('Run it?'), text: plain('This reads 900 GB.'), confirm: plain('Run'), deny: plain('Keep') },
      },
      {
        type: 'overflow',
        action_id: 'more',
        options: [
          { text: plain('Edit the SQL'), value: 'edit' },
          { text: plain('Run again'), value: 'again' },
        ],
      },
    ],
  },
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'thumb',
        positive_button: { text: plain('Good'), value: 'up' },
        negative_button: { text: plain('Bad'), value: 'down' },
      },
    ],
  },
];
const MODAL = {
  type: 'modal',
  callback_id: 'sql',
  title: plain('SQL editor'),
  submit: plain('Check and run'),
  close: plain('Close'),
  blocks: [
    { type: 'alert', level: 'warning', text: plain('Nothing bounds dt.') },
    {
      type: 'input',
      block_id: 'sql',
      label: plain('Athena SQL'),
      element: { type: 'plain_text_input', action_id: 'sql', multiline: true },
    },
    {
      type: 'input',
      block_id: 'where',
      label: plain('Show the result'),
      element: {
        type: 'radio_buttons',
        action_id: 'where',
        options: [
          { text: plain('Only to me'), value: 'me' },
          { text: plain('Here'), value: 'here' },
        ],
      },
    },
  ],
};

async function answer(payload: Record<string, unknown>, kind: string, call: Call): Promise<Record<string, unknown> | undefined> {
  if (kind === 'event') {
    const event = payload.event as Record<string, string>;
    if (event.type === 'app_mention')
      await call('chat.postMessage', {
        channel: event.channel,
        thread_ts: event.thread_ts ?? event.ts,
        text: 'Conversion barely moved.',
        blocks: ANSWER,
      });
    if (event.type === 'app_home_opened' && event.tab === 'home')
      await call('views.publish', {
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'header', text: plain('The data reach to 13:47') }] },
      });
    return undefined;
  }
  if (kind === 'command') {
    if (payload.command !== '/sql') return { text: `Only you see ${String(payload.text)}` };
    await call('views.open', { trigger_id: payload.trigger_id, view: MODAL });
    return undefined;
  }
  if (payload.type === 'view_submission') {
    const values = (payload.view as { state: { values: { sql: { sql: { value: string } } } } }).state.values;
    return values.sql.sql.value.startsWith('SELECT')
      ? undefined
      : { response_action: 'errors', errors: { sql: 'Line 1: I only read.' } };
  }
  const action = (payload.actions as Record<string, unknown>[])[0] ?? {};
  const option = action.selected_option as { value: string } | undefined;
  presses.push({
    action: String(action.action_id),
    value: option?.value ?? action.value,
    user: (payload.user as { name: string }).name,
  });
  return undefined;
}

beforeAll(async () => {
  browser = await openChromium();
  playground = await openForTest();
  server = await stubApp(playground, SECRETS.botToken, answer);
  if (browser === undefined) return;
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
});

afterAll(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
  await playground.close();
});

beforeEach(() => {
  presses.length = 0;
});

const open = async (hash: string) => {
  await page.goto('about:blank');
  await page.goto(`${playground.url}#${hash}`);
  await page.locator('.top b >> visible=true').first().waitFor();
};
const asked = async (who: 'analyst' | 'owner', channel: string) => {
  const did = await playground.act.mention(who, channel, 'how did it go?');
  const ts = did.ok ? (did.ts ?? '') : '';
  await playground.world.until(() => playground.world.thread(channel, ts)[1]);
  return ts;
};

/** Runs where a browser can be had; elsewhere the skipped name says why. */
const inBrowser =
  process.env.CHROMIUM !== undefined || (process.platform === 'linux' && process.arch === 'x64') ? test : test.skip;

describe('the page of the simulated Slack', () => {
  inBrowser('a question typed with Enter is answered in a thread that opens beside it', async () => {
    await open('as=analyst&channel=C0SHOPNUM01');
    await page.getByRole('combobox', { name: 'Message #shop-numbers' }).fill('@Askstream CR by device');
    await page.keyboard.press('Enter');
    await page.locator('aside article').nth(1).waitFor();
    expect(await page.locator('aside article').nth(1).textContent()).toContain('Conversion <b>barely</b> moved.');
    expect(await page.locator('main .replies').textContent()).toContain('1 reply');
    expect(await page.locator('.unknown').count()).toBe(0);
  });

  inBrowser('a table sorts by value and turns its pages', async () => {
    const ts = await asked('analyst', '#growth');
    await open(`as=analyst&channel=C0GROWTH001&thread=${ts}`);
    const column = () => page.locator('aside tbody tr td').allTextContents();
    expect(await column()).toEqual(['3', '20', '100']);
    await page.getByRole('button', { name: 'Next rows' }).click();
    expect(await column()).toEqual(['7']);
    await page.getByRole('button', { name: /^Sessions/ }).click();
    expect(await column()).toEqual(['3', '7', '20']);
    await page.getByRole('button', { name: /^Sessions/ }).click();
    expect(await column()).toEqual(['100', '20', '7']);
    expect(await page.locator('aside th[aria-sort=descending]').count()).toBe(1);
  });

  inBrowser('a fold opens and stays open while the thread goes on', async () => {
    const ts = await asked('analyst', '#checkout');
    await open(`as=analyst&channel=C0CHECKOUT1&thread=${ts}`);
    await page.getByText('How it was counted').click();
    expect(await page.locator('aside pre').textContent()).toBe('SELECT 1 WHERE a < 2');
    await playground.act.reply('owner', '#checkout', ts, 'thanks');
    await page.getByText('thanks').waitFor();
    expect(await page.locator('aside pre').isVisible()).toBe(true);
  });

  inBrowser('a button, a menu by keyboard, a confirm dialog and a thumb each send their press', async () => {
    const ts = await asked('owner', '#data-engineering');
    await open(`as=owner&channel=C0DATAENG01&thread=${ts}`);
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.getByRole('button', { name: 'More actions' }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Run for $5' }).click();
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'Run for $5' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'Bad' }).click();
    await playground.world.until(() => presses.length === 4);
    expect(presses.map((one) => [one.action, one.value, one.user])).toEqual([
      ['why', 'w', 'owner'],
      ['more', 'again', 'owner'],
      ['price', undefined, 'owner'],
      ['thumb', 'down', 'owner'],
    ]);
    expect(await page.getByRole('button', { name: 'Bad' }).getAttribute('aria-pressed')).toBe('true');
  });

  inBrowser('the command pop-up works by keyboard, and its modal keeps what was typed on every error', async () => {
    await open('as=engineer&channel=C0DATAENG01');
    const box = page.getByRole('combobox', { name: 'Message #data-engineering' });
    await box.pressSequentially('/');
    expect(await page.getByRole('option').count()).toBe(4);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const sql = page.getByLabel('Athena SQL');
    await sql.fill('DROP TABLE events');
    await page.getByRole('button', { name: 'Check and run' }).click();
    await page.getByText('Please complete this required field.').waitFor();
    expect(await sql.inputValue()).toBe('DROP TABLE events');
    await page.getByLabel('Only to me').check();
    await page.getByRole('button', { name: 'Check and run' }).click();
    await page.getByText('Line 1: I only read.').waitFor();
    expect(await page.getByLabel('Only to me').isChecked()).toBe(true);
    await sql.fill('SELECT 1');
    await page.getByRole('button', { name: 'Check and run' }).click();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(playground.world.modal('engineer')).toBeUndefined();
  });

  inBrowser('Escape closes the modal first, then the thread', async () => {
    const ts = await asked('owner', '#growth');
    await open(`as=owner&channel=C0GROWTH001&thread=${ts}`);
    await page.locator('aside article').nth(1).waitFor();
    await playground.act.command('owner', '#growth', '/sql');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(await page.locator('aside').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.locator('aside').waitFor({ state: 'hidden' });
  });

  inBrowser('another persona sees other things: no ephemeral of somebody else, only the channels they are in', async () => {
    await playground.act.command('owner', '#shop-numbers', '/ask', 'secrets');
    await open('as=owner&channel=C0SHOPNUM01');
    await page.getByText('Only you see secrets').waitFor();
    await page.getByRole('button', { name: 'guest' }).click();
    await page.locator('nav .ch').nth(2).waitFor({ state: 'detached' });
    expect(await page.getByText('Only you see secrets').count()).toBe(0);
    await page.getByRole('button', { name: 'external' }).click();
    await page.getByText('shared with another company').waitFor();
  });

  inBrowser('unread messages are counted until they are seen', async () => {
    await open('as=owner&channel=C0GROWTH001');
    await playground.act.say('analyst', '#digests', 'news');
    await page.locator('nav .new', { hasText: 'digests' }).locator('u').waitFor();
    await page.locator('nav .ch', { hasText: 'digests' }).click();
    await page.getByText('news').waitFor();
    await page.locator('nav .ch', { hasText: 'growth' }).click();
    expect(await page.locator('nav .ch', { hasText: 'digests' }).locator('u').count()).toBe(0);
  });

  inBrowser('opening the app shows the Home that it published', async () => {
    await open('as=owner&channel=C0GROWTH001');
    await page.locator('nav .ch', { hasText: 'Askstream' }).click();
    await page.getByRole('heading', { name: 'The data reach to 13:47' }).waitFor();
    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByRole('button', { name: 'How did yesterday go?' }).waitFor();
  });

  inBrowser('what Slack refused stands in red with Slack’s error', async () => {
    await open('as=owner&channel=C0CHECKOUT1');
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${SECRETS.botToken}` };
    const body = JSON.stringify({ channel: 'C0CHECKOUT1', text: 'x', blocks: [{ type: 'hologram' }] });
    await fetch(`${playground.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
    await page.locator('.refused').waitFor();
    expect(await page.locator('.refused').textContent()).toMatch(/invalid_blocks\s*unsupported type: hologram/);
  });

  inBrowser('the recorder lists the calls with their outcome', async () => {
    await open('as=owner&channel=C0CHECKOUT1');
    await page.getByRole('button', { name: /Slack calls/ }).click();
    await page.getByPlaceholder(/Filter/).fill('refused');
    await page.locator('.record summary').first().click();
    expect(await page.locator('.record pre').first().textContent()).toContain('hologram');
    await page.keyboard.press('Escape');
  });

  inBrowser('on a phone one thing is shown at a time and nothing is cut off', async () => {
    const ts = await asked('analyst', '#growth');
    await page.setViewportSize({ width: 390, height: 800 });
    await open(`as=analyst&channel=C0GROWTH001&thread=${ts}`);
    await page.locator('aside article').nth(1).waitFor();
    expect(await page.locator('main').isVisible()).toBe(false);
    expect(await page.getByText('Local simulation, not Slack.').isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: 'Close thread' }).click();
    await page.getByRole('button', { name: 'All channels' }).click();
    await playground.act.say('owner', '#growth', 'something new');
    expect(await page.locator('nav').isVisible()).toBe(true);
    await page.locator('nav .ch', { hasText: 'checkout' }).click();
    await page.locator('nav').waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  inBrowser('nothing went wrong in the page meanwhile', () => {
    expect(faults).toEqual([]);
  });
});
