import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { type House, openHouse } from '../../src/open-house.ts';
import { openLocalMemory } from '../../src/open-local-memory.ts';
import { openSlack } from '../../src/open-slack.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import type { Memory } from '../../src/services/memory.ts';
import { openChromium } from './chromium.ts';

jest.setTimeout(240_000);

/** The app as `npm start` opens it, over a small shop, in a real browser. */
const scratch = mkdtempSync(join(tmpdir(), 'whole-app-'));
const born = Date.now();
let behindMs = 2 * 3_600_000;
const clock = { now: () => new Date().toISOString() };
const shopClock = { now: () => new Date(Date.now() - behindMs).toISOString() };
const faults: string[] = [];
let house: House;
let memory: Memory;
let slack: Awaited<ReturnType<typeof openSlack>>;
let browser: Browser | undefined;
let page: Page;

beforeAll(async () => {
  const config = readConfig({ DATA_DIR: scratch, PORT: '0', SHOP_TIME_ZONE: 'Europe/Berlin', SHOP_CURRENCY: 'EUR' });
  const report = (fault: unknown) => {
    faults.push(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
    return 'AS-TEST1';
  };
  house = openHouse(config, { clock, report });
  await openSampleShop({ rawDir: house.rawDir, seed: 5, zone: 'Europe/Berlin', clock: shopClock, days: 5, scale: 0.3 }).topUp();
  await house.refresher.refresh({ trigger: 'start' });
  memory = await openLocalMemory(scratch, clock);
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const manifestText = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  slack = await openSlack(house, { memory, report, log, manifestText });
  browser = await openChromium();
  if (!browser) return;
  page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.on('pageerror', (fault) => faults.push(fault.message));
  await page.goto(slack.url!);
});

afterAll(async () => {
  await browser?.close();
  await slack?.close();
  await memory?.close();
  await house?.close();
  rmSync(scratch, { recursive: true, force: true });
});

const seen = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 60_000 });

async function say(text: string, where: 'channel' | 'thread'): Promise<void> {
  const boxes = page.locator('textarea, [contenteditable=true]');
  const box = where === 'channel' ? boxes.first() : boxes.last();
  await box.click();
  await box.pressSequentially(text);
  await page.keyboard.press('Enter');
}

describe('the whole app in a browser', () => {
  const whenBrowser = (title: string, run: () => Promise<void>) =>
    test(title, async () => {
      if (!browser) return void console.info(`skipped: ${title} (no Chromium here; set CHROMIUM to one)`);
      await run();
    });

  whenBrowser('a mention is answered with a finding, a picture and a table', async () => {
    await say('@Askstream sessions by device last 3 days', 'channel');
    await seen(/leads with/);
    await page.locator('img[alt*="Bar chart"], img[alt*="essions by device"]').first().waitFor({ timeout: 60_000 });
    await seen(/Read as: sessions by device/);
  });

  whenBrowser('a reply in the thread changes the question above', async () => {
    await say('only mobile', 'thread');
    await seen(/mobile only|device = mobile|Mobile: sessions/);
  });

  whenBrowser('/sql shows its rows only to the person, with the whole answer in their messages', async () => {
    await say(
      "/sql SELECT device_category, count(*) AS n FROM sessions WHERE dt >= '2020-01-01' GROUP BY 1 ORDER BY 2 DESC",
      'channel',
    );
    await seen(/3 rows from sessions/);
    await seen(/Only you see this/);
  });

  whenBrowser('a write is refused by its word', async () => {
    await say('/sql DROP TABLE sessions', 'channel');
    await seen(/Nothing ran and nothing was billed/);
  });

  whenBrowser('/refresh brings what arrived since and says how far the data reach', async () => {
    behindMs = 0;
    await openSampleShop({ rawDir: house.rawDir, seed: 5, zone: 'Europe/Berlin', clock: shopClock }).topUp();
    await say('/refresh', 'channel');
    await seen(/Refreshed\. The data now reach to/);
    await seen(/records = /);
  });

  whenBrowser('no fault was kept in the log meanwhile', async () => {
    expect(faults).toEqual([]);
    expect(Date.now()).toBeGreaterThan(born);
  });
});
