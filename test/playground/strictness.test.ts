import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import type { Playground } from '../../src/playground/open-playground.ts';
import { handClock, MANIFEST, openForTest, SECRETS, SILENT } from './with-bolt.ts';

let playground: Playground;
let client: WebClient;
const clock = handClock();
/** Closed after each test, also after one that failed, so that Jest can end. */
const servers: Server[] = [];
const others: Playground[] = [];
const folders: string[] = [];

beforeEach(async () => {
  playground = await openForTest({ clock });
  client = clientOf(playground);
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
  await playground.close();
  for (const other of others.splice(0)) await other.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

function clientOf(of: Playground, token = SECRETS.botToken, retries = 0): WebClient {
  return new WebClient(token, {
    slackApiUrl: of.apiUrl,
    logger: SILENT,
    retryConfig: { retries, minTimeout: 5, maxTimeout: 10 },
  });
}

/** A second playground, closed after the test. */
async function another(options: Parameters<typeof openForTest>[0]): Promise<Playground> {
  const opened = await openForTest(options);
  others.push(opened);
  return opened;
}

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error) => error.data?.error ?? error.message,
  );
const say = (text: string, more = {}) => client.chat.postMessage({ channel: 'C0GROWTH001', text, ...more });

/** An app that answers every delivery as told. */
async function stubApp(
  answer: (headers: Record<string, unknown>, body: string) => { status: number; body?: string },
): Promise<void> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { status, body: text } = answer(request.headers, body);
      response.writeHead(status, { 'content-type': text?.startsWith('{') ? 'application/json' : 'text/plain' }).end(text ?? '');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  playground.setEventsUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
}

describe('the Web API is as strict as Slack', () => {
  test('an unknown method, a wrong token and a missing token are refused', async () => {
    expect(await errorOf(client.apiCall('chat.shout'))).toBe('unknown_method');
    expect(await errorOf(clientOf(playground, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await (await fetch(`${playground.apiUrl}auth.test`, { method: 'POST' })).json()).toMatchObject({
      ok: false,
      error: 'not_authed',
    });
    expect(await errorOf(client.apps.connections.open({}))).toBe('not_allowed_token_type');
  });

  test('a scope that the manifest lacks is a missing scope', async () => {
    const poor = await another({
      manifestText: MANIFEST.replace('      - files:read\n', '').replace('      - im:history\n', ''),
    });
    const poorClient = clientOf(poor);
    expect(await errorOf(poorClient.files.info({ file: 'F0000000001' }))).toBe('missing_scope');
    expect(await errorOf(poorClient.conversations.history({ channel: 'D0OWNER0011' }))).toBe('missing_scope');
    expect(await errorOf(poorClient.conversations.history({ channel: 'C0GROWTH001' }))).toBe('ok');
  });

  test('JSON and form bodies mean the same', async () => {
    const headers = { authorization: `Bearer ${SECRETS.botToken}`, 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify({ channel: 'C0GROWTH001', text: 'json', blocks: [{ type: 'divider' }] });
    expect(await (await fetch(`${playground.apiUrl}chat.postMessage`, { method: 'POST', headers, body })).json()).toMatchObject({
      ok: true,
    });
    await say('form', { blocks: [{ type: 'divider' }] });
    const [one, two] = playground.world.messages('#growth');
    expect(one?.blocks?.[0]).toMatchObject({ type: 'divider', block_id: expect.any(String) });
    expect(two?.blocks?.[0]?.type).toBe('divider');
  });

  test('invalid blocks carry JSON pointers where the client looks for them', async () => {
    const error = await say('x', { blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }] }).catch((e) => e);
    expect(error.data).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]'] },
    });
    expect(playground.world.refusals().map((r) => [r.name, r.error])).toEqual([['chat.postMessage', 'invalid_blocks']]);
  });

  test('only own messages in known places can be changed, and threads stay one level deep', async () => {
    const root = await say('root');
    const reply = await say('reply', { thread_ts: root.ts });
    const deep = await say('deep', { thread_ts: reply.ts });
    expect(playground.world.thread('#growth', String(root.ts)).map((m) => m.text)).toEqual(['root', 'reply', 'deep']);
    expect(deep.message).toMatchObject({ thread_ts: root.ts });
    const theirs = await playground.act.say('owner', '#growth', 'mine');
    const ts = theirs.ok ? (theirs.ts ?? '') : '';
    expect(await errorOf(client.chat.update({ channel: 'C0GROWTH001', ts, text: 'x' }))).toBe('cant_update_message');
    expect(await errorOf(client.chat.delete({ channel: 'C0GROWTH001', ts }))).toBe('cant_delete_message');
    expect(await errorOf(say('x', { thread_ts: '1.000000' }))).toBe('thread_not_found');
    expect(await errorOf(client.chat.postMessage({ channel: 'C0NOWHERE00', text: 'x' }))).toBe('channel_not_found');
    await client.chat.update({ channel: 'C0GROWTH001', ts: String(root.ts), text: 'root, corrected' });
    expect(playground.world.messages('#growth')[0]).toMatchObject({ text: 'root, corrected', editedTs: expect.any(String) });
    expect(await client.chat.getPermalink({ channel: 'C0GROWTH001', message_ts: String(reply.ts) })).toMatchObject({
      permalink: `https://sampleshop.slack.com/archives/C0GROWTH001/p${String(reply.ts).replace('.', '')}?thread_ts=${root.ts}&cid=C0GROWTH001`,
    });
  });

  test('an ephemeral reaches one member, is in no history, and cannot be edited', async () => {
    expect(await errorOf(client.chat.postEphemeral({ channel: 'C0GROWTH001', user: 'U0EXTERNAL', text: 'x' }))).toBe(
      'user_not_in_channel',
    );
    const sent = await client.chat.postEphemeral({ channel: 'C0GROWTH001', user: 'U0OWNER001', text: 'only you' });
    expect(playground.world.ephemerals('owner').map((m) => m.text)).toEqual(['only you']);
    expect((await client.conversations.history({ channel: 'C0GROWTH001' })).messages).toEqual([]);
    expect(await errorOf(client.chat.update({ channel: 'C0GROWTH001', ts: String(sent.message_ts), text: 'y' }))).toBe(
      'message_not_found',
    );
  });

  test('the shared channel and the people in it are told apart', async () => {
    const { channel } = await client.conversations.info({ channel: 'C0AGENCY001' });
    expect(channel).toMatchObject({ is_ext_shared: true, is_shared: true });
    expect((await client.users.info({ user: 'U0EXTERNAL' })).user).toMatchObject({ team_id: 'T0AGENCY01', is_stranger: true });
    expect((await client.users.info({ user: 'U0GUEST001' })).user).toMatchObject({ is_restricted: true, team_id: 'T0SAMPLE01' });
  });

  test('a trigger opens one modal within three seconds', async () => {
    const triggers: string[] = [];
    await stubApp((_headers, body) => {
      triggers.push(new URLSearchParams(body).get('trigger_id') ?? '');
      return { status: 200 };
    });
    const view = {
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'T' },
      blocks: [{ type: 'divider' as const }],
    };
    await playground.act.command('owner', '#growth', '/sql');
    expect(
      await errorOf(
        client.views.open({
          trigger_id: triggers[0] ?? '',
          view: { ...view, title: { type: 'plain_text', text: 'x'.repeat(25) } },
        }),
      ),
    ).toBe('invalid_arguments');
    expect(await errorOf(client.views.open({ trigger_id: triggers[0] ?? '', view }))).toBe('ok');
    expect(await errorOf(client.views.open({ trigger_id: triggers[0] ?? '', view }))).toBe('exchanged_trigger_id');
    await playground.act.command('owner', '#growth', '/sql');
    clock.forward(3001);
    expect(await errorOf(client.views.open({ trigger_id: triggers[1] ?? '', view }))).toBe('expired_trigger_id');
    expect(await errorOf(client.views.update({ view_id: playground.world.modal('owner')?.id ?? '', hash: 'old', view }))).toBe(
      'hash_conflict',
    );
  });

  test('with rate limits on, the second post in a second is told to wait', async () => {
    playground.world.switches.rateLimits = true;
    const fast = new WebClient(SECRETS.botToken, {
      slackApiUrl: playground.apiUrl,
      logger: SILENT,
      rejectRateLimitedCalls: true,
    });
    const post = (channel: string) =>
      fast.chat.postMessage({ channel, text: 'x' }).then(
        () => 'ok',
        (error) => error.retryAfter,
      );
    expect(await post('C0GROWTH001')).toBe('ok');
    expect(await post('C0GROWTH001')).toBe(1);
    expect(await post('C0CHECKOUT1')).toBe('ok');
  });

  test('a lost reply makes the client post twice', async () => {
    playground.world.switches.loseNextReply = true;
    await clientOf(playground, SECRETS.botToken, 2).chat.postMessage({ channel: 'C0GROWTH001', text: 'once?' });
    expect(playground.world.messages('#growth').map((m) => m.text)).toEqual(['once?', 'once?']);
    expect(playground.world.calls('chat.postMessage').map((c) => c.error)).toEqual(['reply_lost', undefined]);
  });

  test('a private file needs the token, and a person who is no member is answered with the reason', async () => {
    const upload = await client.filesUploadV2({
      content: 'a,b\n1,2',
      filename: 'rows.csv',
      channel_id: 'C0GROWTH001',
      initial_comment: 'Rows',
    });
    const id = (upload.files[0] as { files: { id: string }[] }).files[0]?.id ?? '';
    const { file } = await client.files.info({ file: id });
    const url = String(file?.url_private);
    expect((await fetch(url)).status).toBe(403);
    expect(await (await fetch(url, { headers: { authorization: `Bearer ${SECRETS.botToken}` } })).text()).toBe('a,b\n1,2');
    expect(playground.world.messages('#growth').at(-1)).toMatchObject({ text: 'Rows', files: [id] });
    expect(await playground.act.say('external', '#growth', 'hi')).toEqual({
      ok: false,
      error: 'external is not in #growth.',
      acks: [],
    });
    expect(await playground.act.command('owner', '#growth', '/nothing')).toMatchObject({
      ok: false,
      error: '/nothing is not a command of this app.',
    });
  });
});

describe('deliveries', () => {
  test('an event that failed comes again with its number and reason; a command only fails', async () => {
    await playground.close();
    playground = await openForTest({ retryMs: [0, 1] });
    const retries: unknown[] = [];
    const { promise: thrice, resolve } = Promise.withResolvers<void>();
    await stubApp((headers) => {
      retries.push([headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
      if (retries.length === 3) resolve();
      return { status: retries.length < 3 ? 500 : 200 };
    });
    await playground.act.directMessage('owner', 'hello');
    await thrice;
    expect(retries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ]);
    playground.setEventsUrl('http://127.0.0.1:9/slack/events');
    await playground.act.command('owner', '#growth', '/ask', 'x');
    expect(playground.world.ephemerals('owner').at(-1)?.text).toBe('/ask failed with the error “dispatch_failed”');
  });

  test('an event that the manifest does not subscribe to is not delivered', async () => {
    await playground.close();
    playground = await openForTest({ manifestText: MANIFEST.replace('      - message.channels\n', '') });
    const bodies: { event: { type: string } }[] = [];
    await stubApp((_headers, body) => {
      bodies.push(JSON.parse(body));
      return { status: 200 };
    });
    await playground.act.mention('owner', '#growth', 'hi');
    await playground.act.say('owner', '#growth', 'nothing for the app');
    expect(bodies.map((one) => one.event.type)).toEqual(['app_mention']);
  });

  test('an event from the shared channel says so, and names the company of its author', async () => {
    const bodies: Record<string, unknown>[] = [];
    await stubApp((_headers, body) => {
      bodies.push(JSON.parse(body));
      return { status: 200 };
    });
    await playground.act.mention('external', '#agency-shared', 'revenue?');
    expect(bodies[0]).toMatchObject({
      is_ext_shared_channel: true,
      event: { user_team: 'T0AGENCY01', source_team: 'T0AGENCY01', user: 'U0EXTERNAL' },
    });
  });

  test('redelivery repeats the last event of a person under the same event id', async () => {
    const ids: unknown[] = [];
    await stubApp((headers, body) => {
      ids.push([JSON.parse(body).event_id, headers['x-slack-retry-num']]);
      return { status: 200 };
    });
    await playground.act.directMessage('owner', 'hello');
    await playground.act.redeliver();
    const [[first], [second, num]] = ids as [[string], [string, string]];
    expect([second, num]).toEqual([first, '1']);
  });
});

describe('a restart', () => {
  test('messages and files are there again, ephemerals are not, and timestamps go on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'playground-'));
    const stateFile = join(folder, 'deep', 'state.json');
    const first = await another({ clock, stateFile });
    await first.act.say('owner', '#growth', 'kept', { files: [{ name: 'a.sql', bytes: Buffer.from('SELECT 1') }] });
    await clientOf(first).chat.postEphemeral({ channel: 'C0GROWTH001', user: 'U0OWNER001', text: 'gone' });
    await first.close();
    const second = await another({ clock, stateFile });
    const [kept] = second.world.messages('#growth');
    expect(kept?.text).toBe('kept');
    expect(Buffer.from(second.world.file(kept?.files?.[0] ?? '')?.bytes ?? []).toString()).toBe('SELECT 1');
    expect(second.world.ephemerals('owner')).toEqual([]);
    const next = await second.act.say('owner', '#growth', 'later');
    expect(next.ok && (next.ts ?? '') > (kept?.ts ?? '')).toBe(true);
    folders.push(folder);
  });
});

describe('the page’s own routes', () => {
  test('answer this page only, with a policy that loads nothing from outside', async () => {
    const page = await fetch(playground.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const act = (headers: Record<string, string>) =>
      fetch(`${playground.url}play/act/read`, { method: 'POST', headers, body: '{}' }).then((r) => r.status);
    expect(await act({})).toBe(200);
    expect(await act({ origin: 'https://evil.example' })).toBe(403);
    expect(await act({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  });
});
