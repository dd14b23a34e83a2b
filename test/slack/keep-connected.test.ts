import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import bolt from '@slack/bolt';
import { type SocketMode, socketMode } from '../../src/playground/send/socket-mode.ts';
import { boltLogger } from '../../src/slack/bolt-logger.ts';
import { type Connection, keepConnected } from '../../src/slack/keep-connected.ts';
import { eventually, handClock, silent } from '../doors/open-doors.ts';

/** Slack's own Socket Mode client against a server that speaks its wire; pauses are written down and not waited for. */
let sockets: SocketMode;
let server: Server;
let answers: ((response: ServerResponse) => void)[];
let opened: number;
let pauses: number[];
let warned: unknown[];
const made: Connection[] = [];
const clock = handClock();

beforeEach(async () => {
  sockets = socketMode('A0TEST');
  answers = [];
  opened = 0;
  pauses = [];
  warned = [];
  server = createServer((_, response) => {
    opened += 1;
    const { port } = server.address() as AddressInfo;
    const usual = () => json(response, { ok: true, url: `ws://127.0.0.1:${port}/link?ticket=${sockets.ticket()}` });
    (answers.shift() ?? usual)(response);
  });
  server.on('upgrade', (request, stream, head) => sockets.upgrade(request, stream, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const connection of made.splice(0)) connection.stop();
  sockets.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
const refused = (response: ServerResponse) => json(response, { ok: false, error: 'invalid_auth' });
const broken = (response: ServerResponse) => json(response, {}, 503);
const cut = (response: ServerResponse) => response.destroy();

/** The client of the app, as it is opened. */
function connect() {
  const { port } = server.address() as AddressInfo;
  const receiver = new bolt.SocketModeReceiver({
    appToken: 'xapp-test',
    logger: boltLogger(silent),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl: `http://127.0.0.1:${port}/api/`, retryConfig: { retries: 0 } } },
  });
  const { client } = receiver;
  const connection = keepConnected(client, {
    clock,
    sleep: async (ms) => {
      pauses.push(ms);
    },
    log: { ...silent, warn: (facts) => warned.push(facts) },
  });
  made.push(connection);
  return { connection, open: () => connection.open(() => client.start()) };
}

const isUp = (connection: Connection) => async () => connection.downSince() === undefined && sockets.connections() === 1;

test('a connection that Slack changes is there again without a pause', async () => {
  const { connection, open } = connect();
  expect(connection.downSince()).toBeDefined();
  await open();
  expect(connection.downSince()).toBeUndefined();
  clock.forward(3_600_000);
  sockets.refresh();
  await eventually(async () => opened === 2);
  await eventually(isUp(connection));
  expect(pauses).toEqual([0]);
});

test('what keeps it from connecting again ends nothing: the network, Slack’s faults, a refused token; it tries more slowly', async () => {
  const { connection, open } = connect();
  await open();
  clock.forward(3_600_000);
  const lostAt = clock.now();
  answers = [cut, broken, refused, cut, cut, cut, cut, cut];
  let wasDown: string | undefined;
  answers[3] = (response) => {
    wasDown = connection.downSince();
    cut(response);
  };
  sockets.close();
  await eventually(async () => opened === 10);
  await eventually(isUp(connection));
  expect(wasDown).toBe(lostAt);
  expect(pauses).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  expect(warned).toHaveLength(8);
});

test('Slack that lets the app go at once is not called in a circle', async () => {
  const { connection, open } = connect();
  await open();
  for (const turn of [2, 3, 4]) {
    sockets.refresh();
    await eventually(async () => opened === turn);
    await eventually(isUp(connection));
  }
  expect(pauses).toEqual([1000, 2000, 4000]);
});

test('a first start bears a fault of Slack’s, and ends at a refused token', async () => {
  answers = [broken, cut];
  const { connection, open } = connect();
  await open();
  expect(connection.downSince()).toBeUndefined();
  expect(pauses).toEqual([1000, 2000]);
  answers = [refused];
  await expect(connect().open()).rejects.toThrow('Slack refuses the app-level token. Copy SLACK_APP_TOKEN anew');
  answers = [cut, cut, cut, cut, cut];
  await expect(connect().open()).rejects.toThrow('Slack could not be reached over Socket Mode.');
});

test('who stops connects no more', async () => {
  const { connection, open } = connect();
  await open();
  connection.stop();
  sockets.close();
  await eventually(async () => sockets.connections() === 0);
  expect(opened).toBe(1);
  expect(pauses).toEqual([]);
});
