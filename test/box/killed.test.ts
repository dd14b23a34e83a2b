import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { openPlayground, type Playground } from '../../src/playground/open-playground.ts';
import { holdRow } from './fault-table.ts';
import { openShopInABox, type ShopInABox } from './open-shop-in-a-box.ts';

jest.setTimeout(90_000);

const secrets = { signingSecret: 'box-signing-secret', botToken: 'xoxb-box' };
const clock = { now: () => new Date().toISOString() };
const question = 'sessions last 3 days';
let shop: ShopInABox;
let slack: Playground;
let bot: ChildProcess | undefined;

beforeAll(async () => {
  shop = await openShopInABox(clock);
  slack = await openPlayground({
    port: 0,
    ...secrets,
    manifestText: readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'),
    clock,
    zone: 'Europe/Berlin',
    retryMs: [],
  });
  // What the data hold is learned and remembered before, so that each bot counts its question's queries only.
  await shop.house.line.ask({ id: 'warm', text: question, askedAt: clock.now() }, { noPicture: true });
  while (!(await shop.house.memory!.get('facts', 'learned'))) await new Promise(setImmediate);
}, 120_000);

afterEach(() => kill());

afterAll(async () => {
  await slack?.close();
  await shop?.close();
}, 60_000);

/** Starts the bot and tells Slack where it is. */
async function start(): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', './src/hooks.ts', 'test/box/bot-in-a-box.ts', slack.apiUrl, secrets.signingSecret, secrets.botToken],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { PATH: process.env.PATH, SHOP_TIME_ZONE: 'Europe/Berlin', ...shop.box.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  bot = child;
  const [url] = await new Promise<[string]>((resolve) =>
    createInterface({ input: child.stdout! }).once('line', (line) => resolve([line])),
  );
  slack.setEventsUrl(url);
}

/** Ends the bot as a lost machine would. */
async function kill(): Promise<void> {
  if (!bot || bot.exitCode !== null || bot.signalCode !== null) return;
  const ended = new Promise((resolve) => bot!.once('exit', resolve));
  bot.kill('SIGKILL');
  await ended;
}

async function turns(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

interface State {
  readonly state: string;
  /** Holds the bot in that state. */
  hold(): void;
  /** Resolves when it is there. */
  there(ts: string): Promise<void>;
  /** Lets the next one go on. */
  letGo(): void;
  readonly kept: string;
}

const athena = () => shop.box.athena;
let calls = 0;

const states: readonly State[] = [
  {
    state: 'acknowledged, its query not yet begun',
    hold: () => (athena().faults.throttledStarts = 1_000_000),
    there: () => turns(() => athena().faults.throttledStarts < 1_000_000),
    letGo: () => (athena().faults.throttledStarts = 0),
    kept: 'one query, one message',
  },
  {
    state: 'its query begun, and nobody told the bot',
    hold: () => (athena().faults.silentStarts = 1),
    there: () => turns(() => athena().faults.silentStarts === 0),
    letGo: () => {},
    kept: 'one query, found by its token; one message',
  },
  {
    state: 'its query running',
    hold() {
      athena().faults.isQueueStuck = true;
      calls = athena().log.calls.GetQueryExecution ?? 0;
    },
    there: () => turns(() => (athena().log.calls.GetQueryExecution ?? 0) > calls),
    letGo: () => athena().release(),
    kept: 'one query, followed to its end by its remembered id; one message',
  },
  {
    state: 'its query finished, its answer not posted',
    hold: () => (athena().faults.silentResults = 1),
    there: () => turns(() => athena().faults.silentResults === 0),
    letGo: () => {},
    kept: 'one query, its rows taken once more; one message',
  },
  {
    state: 'its answer posted, and not remembered as posted',
    hold: () => {},
    there: async (ts) => void (await slack.world.until(() => answersIn(ts).length > 0, 60_000)),
    letGo: () => {},
    kept: 'one query, one message: it is found in Slack before anything is posted',
  },
];

const answersIn = (ts: string) =>
  slack.world.thread('#shop-numbers', ts).filter((m) => m.botId && m.blocks?.[0]?.type !== 'plan');

test.each(states)(
  'killed with $state: the next one answers once, and Athena is paid once',
  async ({ state, hold, there, letGo, kept }) => {
    await start();
    const before = athena().log.started.length;
    hold();
    const did = await slack.act.mention('analyst', '#shop-numbers', question);
    const ts = did.ok ? (did.ts ?? '') : '';
    await there(ts);
    await kill();
    await start();
    letGo();
    await slack.world.until(() => answersIn(ts).length > 0, 60_000);
    while ((await shop.house.memory!.list('open')).length > 0) await new Promise(setImmediate);
    expect(answersIn(ts)).toHaveLength(1);
    expect(athena().log.started.slice(before)).toHaveLength(1);
    expect(athena().log.stopped).toEqual([]);
    holdRow({
      fault: `The process is killed with the question ${state}`,
      saw: answersIn(ts)[0]!
        .text.replace(/: \d[\d,]*\./, ': N.')
        .replace(/, [^:]*:/, ', three days:'),
      kept,
    });
  },
);
