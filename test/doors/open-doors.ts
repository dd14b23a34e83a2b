import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { Line } from '../../src/answer/line.ts';
import type { Outcome } from '../../src/answer/stations.ts';
import { openPlayground, type Playground } from '../../src/playground/open-playground.ts';
import type { Clock } from '../../src/services/clock.ts';
import type { Memory } from '../../src/services/memory.ts';
import type { Freshness, Refresher } from '../../src/services/refresher.ts';
import { openSlackApp, type SlackApp } from '../../src/slack/app.ts';
import type { Log } from '../../src/slack/room.ts';
import type { SlackAppOptions } from '../../src/slack/slack-app-options.ts';
import { answer } from './answers.ts';
import { openMapMemory } from './map-memory.ts';

const secrets = { signingSecret: 'doors-signing-secret', botToken: 'xoxb-doors', appToken: 'xapp-doors' };

/** A clock that a test moves. */
export interface HandClock extends Clock {
  forward(ms: number): void;
}

export function handClock(iso = '2026-11-24T13:00:00.000Z'): HandClock {
  let at = Date.parse(iso);
  return {
    now: () => new Date(at).toISOString(),
    forward(ms) {
      at += ms;
    },
  };
}

/** Runs what the event loop holds, until something is so; throws when it never is. */
export async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 5000; turn++) {
    if (await isSo()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('It never came to be so.');
}

// A whole app and a whole Slack a test: on a busy machine five seconds are short.
jest.setTimeout(20_000);

/** The whole app against the simulated Slack, over signed HTTP or Socket Mode, with a line of the test's own. */
export interface Doors {
  readonly slack: Playground;
  readonly app: SlackApp;
  readonly memory: Memory;
  readonly clock: HandClock;
  /** Faults that were reported; a test that expects none looks here. */
  readonly faults: unknown[];
  close(): Promise<void>;
}

export async function openDoors(
  change: Partial<SlackAppOptions> & { slack?: Playground; clock?: HandClock; socket?: boolean } = {},
): Promise<Doors> {
  const clock = change.clock ?? handClock();
  const slack =
    change.slack ??
    (await openPlayground({
      port: 0,
      ...secrets,
      manifestText: readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'),
      clock,
      zone: 'Europe/Berlin',
      retryMs: [],
    }));
  const memory = change.memory ?? openMapMemory();
  const faults: unknown[] = [];
  const { slack: _, socket, ...options } = change;
  const app = await openSlackApp({
    botToken: secrets.botToken,
    transport: socket
      ? { kind: 'socket', appToken: secrets.appToken }
      : { kind: 'http', signingSecret: secrets.signingSecret, port: 0, host: '127.0.0.1' },
    slackApiUrl: slack.apiUrl,
    line: fakeLine(),
    memory,
    refresher: fakeRefresher(),
    zone: 'Europe/Berlin',
    engineers: [],
    editors: [],
    engine: 'the local engine',
    log: silent,
    report: (fault) => {
      faults.push(fault);
      return 'AS-TEST1';
    },
    sole: true,
    ...options,
    clock,
    patience: { plan: 30_000, edit: 20, fresh: 60_000, heartbeat: 5000, sweep: 60_000, close: 2000, ...options.patience },
  });
  if (app.eventsUrl) slack.setEventsUrl(app.eventsUrl);
  return {
    slack,
    app,
    memory,
    clock,
    faults,
    async close() {
      await app.close();
      await slack.close();
    },
  };
}

/** A line that answers everything alike; what a test doesn't plan throws. */
export function fakeLine(change: Partial<Line> = {}): Line {
  const same = async (question: { id: string; text: string }): Promise<Outcome> =>
    answer({ id: question.id, question: question.text });
  return {
    ask: same,
    sql: same,
    reading: (_, question) => same(question),
    redraw: async () => undefined,
    csv: ({ columns, rows }) => [columns.map((c) => c.name), ...rows].map((r) => r.join(',')).join('\n'),
    ...change,
  };
}

export const fresh: Freshness = {
  firstDay: '2026-08-26',
  lastDay: '2026-11-24',
  newestEventTime: '2026-11-24T12:47:00Z',
  lastRunAt: '2026-11-24T12:02:00Z',
  dataVersion: 'v1',
};

export function fakeRefresher(change: Partial<Refresher> = {}): Refresher {
  return {
    pending: async () => ({ files: 0, bytes: 0 }),
    refresh: async () => {
      throw new Error('No refresh was planned.');
    },
    freshness: async () => fresh,
    ...change,
  };
}

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
