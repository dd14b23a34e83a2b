import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import { openPlayground, type Playground, type PlaygroundOptions } from '../../src/playground/open-playground.ts';

/** The secrets of the tests' Slack. */
export const SECRETS = { signingSecret: 'test-signing-secret', botToken: 'xoxb-test', appToken: 'xapp-test' };

/** Refusals are what these tests are about; the client's warnings of them would only be noise. */
export const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** The manifest of the real app. */
export const MANIFEST = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');

/** A clock that a test moves. */
export function handClock(iso = '2026-11-24T13:00:00.000Z'): { now(): string; forward(ms: number): void } {
  let at = Date.parse(iso);
  return {
    now: () => new Date(at).toISOString(),
    forward(ms) {
      at += ms;
    },
  };
}

/** A playground on a free port. */
export function openForTest(options: Partial<PlaygroundOptions> = {}): Promise<Playground> {
  return openPlayground({
    port: 0,
    ...SECRETS,
    manifestText: MANIFEST,
    clock: handClock(),
    zone: 'Europe/Berlin',
    retryMs: [],
    ...options,
  });
}

/** A real Bolt app behind its HTTP receiver, talking to the playground; `close` ends its server. */
export async function boltOverHttp(playground: Playground): Promise<{ app: App; close(): Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret: SECRETS.signingSecret, logger: SILENT });
  const app = new App({
    token: SECRETS.botToken,
    receiver,
    clientOptions: { slackApiUrl: playground.apiUrl, retryConfig: { retries: 2, minTimeout: 10, maxTimeout: 20 } },
    logger: SILENT,
    convoStore: false,
  });
  const server = createServer(receiver.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  playground.setEventsUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return {
    app,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
