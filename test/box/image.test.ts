import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openPlayground, type Playground } from '../../src/playground/open-playground.ts';
import { layImageFolder } from './image-folder.ts';
import { openShopInABox, type ShopInABox } from './open-shop-in-a-box.ts';
import { openSlackInFront, type SlackInFront } from './slack-in-front.ts';

jest.setTimeout(120_000);

const tokens = { signingSecret: 'image-signing-secret', botToken: 'xoxb-image', appToken: 'xapp-image' };
const clock = { now: () => new Date().toISOString() };
/** The image's user is not root; who runs this as root can be another too. */
const asUser = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};
const image = layImageFolder((folder) => {
  if (asUser.uid) chownSync(folder, asUser.uid, asUser.gid);
});
let shop: ShopInABox;
let slack: Playground;
let bot: ChildProcess | undefined;
const front = await openSlackInFront(() => slack.url);
const isThere = typeof front !== 'string';

beforeAll(async () => {
  shop = await openShopInABox(clock);
  const manifestText = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  slack = await openPlayground({ port: 0, ...tokens, manifestText, clock, zone: 'Europe/Berlin', retryMs: [] });
}, 120_000);

afterAll(async () => {
  bot?.kill('SIGKILL');
  if (isThere) await front.close();
  await slack?.close();
  await shop?.close();
  image.remove();
}, 60_000);

const name =
  'the image’s start command, over what the image holds and by another user, connects to Slack, answers from Athena, and ends when told to';
if (!isThere) test.skip(`${name}: skipped, ${front}`, () => {});
else test(name, () => startAndAsk(front));

async function startAndAsk({ environment, asked }: SlackInFront): Promise<void> {
  const before = image.holds();
  const began = performance.now();
  const one = await start({ ...environment, SLACK_BOT_TOKEN: tokens.botToken, SLACK_APP_TOKEN: tokens.appToken });
  expect(one.said()).toContain('Askstream is connected to Slack.');
  const up = performance.now() - began;
  // What Docker and ECS ask of its health.
  execFileSync('sh', ['-c', image.health], { cwd: image.app });

  const queries = shop.box.athena.log.started.length;
  const did = await slack.act.mention('analyst', '#shop-numbers', 'sessions last 3 days');
  const ts = did.ok ? (did.ts ?? '') : '';
  const answers = () => slack.world.thread('#shop-numbers', ts).filter((m) => m.botId && m.blocks?.[0]?.type !== 'plan');
  await slack.world.until(() => answers().length > 0, 60_000);
  expect(answers()[0]!.text).toMatch(/^Sessions, .*: \d/);
  expect(shop.box.athena.log.started.length).toBeGreaterThan(queries);
  console.log(`up after ${Math.round(up)} ms, answered: ${answers()[0]!.text}`);

  expect(await one.end()).toBe(0);
  expect([...asked]).toEqual(['slack.com:443']);
  expect(one.said()).not.toMatch(/"level":[56]0|xox|xapp/);
  expect(image.holds()).toEqual(before);
}

test('with the empty secret of a first deployment it stays up and healthy, and waits for its tokens', async () => {
  const one = await start({ SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '', PORT: '0' });
  expect(one.said()).toContain('Askstream is open at');
  execFileSync('sh', ['-c', image.health], { cwd: image.app });
  expect(await one.end()).toBe(0);
});

/** Starts the command as the image would, until it says that it is open or ends. */
async function start(more: Readonly<Record<string, string>>) {
  const [program, ...args] = image.command;
  const temporary = join(image.app, '.data', 'tmp');
  mkdirSync(temporary, { recursive: true });
  if (asUser.uid) chownSync(temporary, asUser.uid, asUser.gid);
  const child = spawn(program, args, {
    cwd: image.app,
    ...asUser,
    env: {
      PATH: process.env.PATH,
      // Packages are links here, and must be found as if they were not.
      NODE_OPTIONS: '--preserve-symlinks',
      TMPDIR: temporary,
      ...image.environment,
      ...shop.box.environment,
      SHOP_TIME_ZONE: 'Europe/Berlin',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  bot = child;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  while (!said.includes('Askstream is ') && child.exitCode === null)
    await Promise.race([ended, new Promise((resolve) => child.stdout.once('data', resolve))]);
  const end = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { said: () => said, end };
}
