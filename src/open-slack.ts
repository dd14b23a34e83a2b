import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { House } from './open-house.ts';
import { openPlayground } from './playground/open-playground.ts';
import type { Memory } from './services/memory.ts';
import { openSlackApp } from './slack/app.ts';
import type { Log } from './slack/room.ts';

/** What the doors need beside the house. `manifestText` is the app's `manifest.yml`. */
export interface SlackWorld {
  readonly memory: Memory;
  readonly report: (fault: unknown, what: string) => string;
  readonly log: Log;
  readonly manifestText: string;
}

/** Where people meet the app: `url` is the playground's page; a real workspace has none. */
export interface OpenedSlack {
  readonly url?: string;
  /** Since when Slack can't reach the app, ISO 8601 UTC; undefined while it can. */
  downSince(): string | undefined;
  close(): Promise<void>;
}

/** Slack is set up halfway; the message says what is missing. */
export class SlackSettingsFault extends Error {}

/** Opens the doors: the real Slack where a bot token is set (Socket Mode or HTTP), else the simulated one. */
export async function openSlack(house: House, world: SlackWorld): Promise<OpenedSlack> {
  return house.config.SLACK_BOT_TOKEN
    ? openRealSlack(house, world, house.config.SLACK_BOT_TOKEN)
    : openSimulatedSlack(house, world);
}

/** Throws where Slack is set up halfway; called before anything long begins. */
export function checkSlackSettings(config: Config): void {
  if (config.SLACK_BOT_TOKEN && !transportOf(config))
    throw new SlackSettingsFault(
      'SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP). Set one of them, or none of the three for the playground.',
    );
}

async function openRealSlack(house: House, world: SlackWorld, botToken: string): Promise<OpenedSlack> {
  checkSlackSettings(house.config);
  const app = await openSlackApp({ ...shared(house, world), botToken, transport: transportOf(house.config)! });
  return app;
}

function transportOf({ SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret, PORT: port }: Config) {
  if (appToken) return { kind: 'socket', appToken } as const;
  return signingSecret ? ({ kind: 'http', signingSecret, port } as const) : undefined;
}

/** The unchanged app over signed HTTP, with secrets of this run; messages stay in the data folder. */
async function openSimulatedSlack(house: House, world: SlackWorld): Promise<OpenedSlack> {
  const { config, clock, warehouse } = house;
  const signingSecret = randomBytes(24).toString('hex');
  const botToken = `xoxb-playground-${randomBytes(12).toString('hex')}`;
  const engine = warehouse.engine === 'athena' ? 'Athena' : 'DuckDB in Athena’s place';
  const playground = await openPlayground({
    port: config.PORT,
    signingSecret,
    botToken,
    manifestText: world.manifestText,
    clock,
    zone: config.SHOP_TIME_ZONE,
    facts: () => ({ engine, transport: 'signed HTTP' }),
    stateFile: join(config.DATA_DIR, 'playground.json'),
  });
  try {
    const app = await openSlackApp({
      ...shared(house, world),
      botToken,
      transport: { kind: 'http', signingSecret, port: 0, host: '127.0.0.1' },
      slackApiUrl: playground.apiUrl,
    });
    if (app.eventsUrl) playground.setEventsUrl(app.eventsUrl);
    return {
      url: playground.url,
      downSince: app.downSince,
      async close() {
        await app.close();
        await playground.close();
      },
    };
  } catch (fault) {
    await playground.close();
    throw fault;
  }
}

function shared(house: House, { memory, log, report }: SlackWorld) {
  const { config, line, verified, refresher, clock, warehouse, guard, spending } = house;
  let tested: ReturnType<typeof guard.selfTest> | undefined;
  return {
    line,
    verified,
    memory,
    refresher,
    clock,
    zone: config.SHOP_TIME_ZONE,
    engineers: config.ENGINEERS,
    editors: config.EDITORS,
    ...(spending ? { spending } : {}),
    approveUsd: config.APPROVE_USD,
    querySeconds: config.QUERY_SECONDS,
    engine: warehouse.engine === 'athena' ? 'Athena' : 'the local engine',
    // Once at this start, when somebody first looks.
    guardTest: () => {
      tested ??= guard.selfTest();
      return tested;
    },
    log,
    report,
    // Local memory can be held by one process only; on AWS two may run while one replaces the other.
    sole: warehouse.engine !== 'athena',
  };
}
