import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Playground } from '../../src/playground/open-playground.ts';
import { sharedPath } from '../helpers/shared.ts';
import { GOOD } from '../playground/every-block.ts';
import { openForTest, SECRETS } from '../playground/with-bolt.ts';
import { openChromium } from './chromium.ts';
import { lowContrast } from './contrast.ts';
import { type Call, stubApp } from './stub-app.ts';

jest.setTimeout(60_000);

let browser: Browser | undefined;
let playground: Playground;
let server: Server;
let page: Page;
let call: Call = async () => ({});

const inBrowser =
  process.env.CHROMIUM !== undefined || (process.platform === 'linux' && process.arch === 'x64') ? test : test.skip;
const facesFolder = sharedPath('reference', 'faces');
const withFaces = facesFolder === undefined ? test.skip : inBrowser;

beforeAll(async () => {
  browser = await openChromium();
  playground = await openForTest();
  server = await stubApp(playground, SECRETS.botToken, () => undefined);
  call = async (method, body) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${SECRETS.botToken}` };
    return (await (
      await fetch(playground.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()) as Record<string, unknown>;
  };
  if (browser !== undefined) page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
});

afterAll(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
  await playground.close();
});

async function open(hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${playground.url}#${hash}`);
  await page.locator('.top b >> visible=true').first().waitFor();
}

/** A picture whose scan is over. */
async function uploaded(bytes: Uint8Array): Promise<string> {
  const { upload_url: url, file_id: id } = await call('files.getUploadURLExternal', {
    filename: 'chart.png',
    length: bytes.length,
  });
  await fetch(String(url), { method: 'POST', body: new Uint8Array(bytes) });
  await call('files.completeUploadExternal', { files: [{ id }] });
  await playground.world.until(
    () => (playground.world.file(String(id))?.readyAt ?? Number.POSITIVE_INFINITY) < performance.now() || nudge(),
  );
  return String(id);
}

/** The scan ends by the clock alone; a call makes `until` look again. */
function nudge(): false {
  setTimeout(() => void call('api.test', {}), 50);
  return false;
}

describe('the page draws', () => {
  inBrowser('every block that may stand in a message, and no red box', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const id = await uploaded(png);
    const tableless = Object.entries(GOOD).filter(([type]) => !['table', 'plan', 'markdown'].includes(type));
    const blocks = tableless.map(([type, block]) => (type === 'image' ? { ...block, slack_file: { id } } : block));
    expect(await call('chat.postMessage', { channel: 'C0GROWTH001', text: 'x', blocks })).toMatchObject({ ok: true });
    const rest = [GOOD.table, GOOD.plan, GOOD.markdown];
    expect(await call('chat.postMessage', { channel: 'C0GROWTH001', text: 'x', blocks: rest })).toMatchObject({ ok: true });
    await open('as=owner&channel=C0GROWTH001');
    await page.locator('article').nth(1).waitFor();
    expect(await page.locator('.unknown').count()).toBe(0);
    const drawn = await page
      .locator('[data-block]')
      .evaluateAll((all) => all.map((one) => (one as unknown as { dataset: { block: string } }).dataset.block));
    expect([...new Set(drawn)].sort()).toEqual(Object.keys(GOOD).sort());
  });

  withFaces('every studied face, readable in both themes', async () => {
    const index = JSON.parse(readFileSync(`${facesFolder}/index.json`, 'utf8')) as {
      slack_files: Record<string, string>;
      faces: { file: string; surface: string }[];
    };
    const ids = new Map<string, string>();
    for (const [id, file] of Object.entries(index.slack_files))
      ids.set(id, await uploaded(readFileSync(`${facesFolder}/${file}`)));
    const read = (file: string) =>
      JSON.parse(
        [...ids].reduce((text, [from, to]) => text.replaceAll(from, to), readFileSync(`${facesFolder}/${file}`, 'utf8')),
      );
    for (const { file, surface } of index.faces) {
      const face = read(file);
      const { ts: _, thread_ts: __, ...message } = face;
      const sent =
        surface === 'message'
          ? await call(message.user === undefined ? 'chat.postMessage' : 'chat.postEphemeral', {
              ...message,
              channel: 'C0SHOPNUM01',
              user: message.user === undefined ? undefined : 'U0OWNER001',
            })
          : { ok: true };
      expect([file, sent.ok]).toEqual([file, true]);
      if (surface === 'home') await call('views.publish', { user_id: 'U0OWNER001', view: face.view });
    }
    for (const theme of ['light', 'dark']) {
      for (const hash of ['as=owner&channel=C0SHOPNUM01', 'as=owner&channel=D0OWNER0011&tab=home']) {
        await open(hash);
        await page.evaluate((name) => globalThis.localStorage?.setItem('theme', name), theme);
        await open(hash);
        await page.locator('[data-block]').first().waitFor();
        expect(await page.locator('.unknown').count()).toBe(0);
        expect(await lowContrast(page)).toEqual([]);
      }
    }
  });
});
