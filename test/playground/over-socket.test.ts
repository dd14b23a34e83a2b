import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { App } from '@slack/bolt';
import type { Playground } from '../../src/playground/open-playground.ts';
import { openForTest, SECRETS, SILENT } from './with-bolt.ts';

let playground: Playground;
let app: App;

beforeEach(async () => {
  playground = await openForTest({ appToken: SECRETS.appToken });
  app = new App({
    token: SECRETS.botToken,
    appToken: SECRETS.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: playground.apiUrl },
    logger: SILENT,
    convoStore: false,
  });
  await app.start();
});

afterEach(async () => {
  await app.stop();
  await playground.close();
});

describe('a real Bolt app over Socket Mode', () => {
  test('answers a direct message, a command and a press, each acknowledged over the socket', async () => {
    app.message(async ({ message, say }) => {
      if (!('bot_id' in message)) await say({ text: `heard ${'text' in message ? message.text : ''}`, thread_ts: message.ts });
    });
    app.command('/sql', ({ ack }) => ack({ response_type: 'in_channel', text: 'rows' }));
    const did = await playground.act.directMessage('owner', 'revenue yesterday');
    expect(did).toMatchObject({ ok: true, acks: [{ ok: true, status: 200 }] });
    await playground.world.until(() => playground.world.messages('@owner').find((m) => m.text === 'heard revenue yesterday'));
    expect(await playground.act.command('engineer', '#checkout', '/sql', 'select 1')).toMatchObject({ acks: [{ ok: true }] });
    expect(playground.world.messages('#checkout').map((m) => m.text)).toEqual(['rows']);
  });

  test('a long payload crosses in both directions unharmed', async () => {
    const long = 'ä€😀 select '.repeat(8000);
    const lengths: number[] = [];
    app.message(async ({ message }) => {
      lengths.push('text' in message ? [...(message.text ?? '')].length : 0);
    });
    app.command('/ask', ({ ack }) => ack(long.slice(0, 39_000)));
    await playground.act.directMessage('owner', long);
    await playground.act.command('owner', '#growth', '/ask', 'x');
    expect(lengths).toEqual([[...long].length]);
    expect(playground.world.ephemerals('owner').at(-1)?.text).toBe(long.slice(0, 39_000));
  });

  test('a connection needs a ticket from apps.connections.open', async () => {
    const refused = await fetch(`${playground.url}link?ticket=guess`, { headers: { connection: 'keep-alive' } });
    expect(refused.status).toBe(404);
    const socket = new WebSocket(`${playground.url.replace('http', 'ws')}link?ticket=guess`);
    const outcome = await new Promise((resolve) => {
      socket.addEventListener('open', () => resolve('open'));
      socket.addEventListener('error', () => resolve('refused'));
    });
    expect(outcome).toBe('refused');
  });
});
