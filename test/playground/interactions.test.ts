import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { App, BlockAction } from '@slack/bolt';
import type { Playground } from '../../src/playground/open-playground.ts';
import { button, plain } from './every-block.ts';
import { boltOverHttp, handClock, openForTest } from './with-bolt.ts';

let playground: Playground;
let app: App;
let close: () => Promise<void>;
const clock = handClock();
const row = (...ids: string[]) => [
  { type: 'actions' as const, elements: ids.map((id) => button({ action_id: id, value: `v-${id}` })) },
];

beforeEach(async () => {
  playground = await openForTest({ clock });
  ({ app, close } = await boltOverHttp(playground));
});

afterEach(async () => {
  await close();
  await playground.close();
});

const token = 'xoxb-test';
const posted = async (more = {}) => {
  const sent = await app.client.chat.postMessage({
    token,
    channel: 'C0GROWTH001',
    text: 'x',
    blocks: row('go') as never,
    ...more,
  });
  return { channel: 'C0GROWTH001', ts: String(sent.ts) };
};

describe('presses', () => {
  test('carry the whole message, its place, a trigger and a response_url that can replace it', async () => {
    const bodies: BlockAction[] = [];
    app.action('go', async ({ ack, body, respond }) => {
      bodies.push(body as BlockAction);
      await ack();
      await respond({ text: 'done', replace_original: true });
    });
    const at = await posted();
    await playground.act.click('owner', at, 'go');
    await playground.world.until(() => playground.world.messages('#growth').find((m) => m.text === 'done'));
    expect(bodies[0]).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0OWNER001', team_id: 'T0SAMPLE01' },
      container: { type: 'message', message_ts: at.ts, channel_id: at.channel, is_ephemeral: false },
      message: { ts: at.ts, bot_id: 'B0ASKSTRM1' },
      actions: [{ action_id: 'go', value: 'v-go', type: 'button', block_id: expect.any(String) }],
      trigger_id: expect.any(String),
    });
    expect(playground.world.messages('#growth')[0]?.blocks).toBeUndefined();
  });

  test('on an ephemeral carry no message, and delete_original takes it away', async () => {
    const bodies: BlockAction[] = [];
    app.action('go', async ({ ack, body, respond }) => {
      bodies.push(body as BlockAction);
      await ack();
      await respond({ delete_original: true });
    });
    await app.client.chat.postEphemeral({
      token,
      channel: 'C0GROWTH001',
      user: 'U0OWNER001',
      text: 'x',
      blocks: row('go') as never,
    });
    const [seen] = playground.world.ephemerals('owner');
    expect(await playground.act.click('analyst', { channel: 'C0GROWTH001', ts: seen?.ts ?? '' }, 'go')).toMatchObject({
      ok: false,
      error: 'That message is gone.',
    });
    await playground.act.click('owner', { channel: 'C0GROWTH001', ts: seen?.ts ?? '' }, 'go');
    await playground.world.until(() => playground.world.ephemerals('owner').length === 0);
    expect(bodies[0]?.message).toBeUndefined();
    expect(bodies[0]?.container).toMatchObject({ is_ephemeral: true });
  });

  test('a response_url dies after thirty minutes', async () => {
    const urls: string[] = [];
    app.action('go', async ({ ack, body }) => {
      urls.push((body as BlockAction).response_url);
      await ack();
    });
    await playground.act.click('owner', await posted(), 'go');
    const use = () =>
      fetch(urls[0] ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'hi' }),
      }).then((r) => r.status);
    expect(await use()).toBe(200);
    clock.forward(30 * 60_000 + 1);
    expect(await use()).toBe(404);
  });

  test('of a button that is not there are answered with those that are', async () => {
    expect(await playground.act.click('owner', await posted(), 'stop')).toMatchObject({
      ok: false,
      error: 'Nothing there has the action_id stop; there are go.',
    });
  });

  test('in a menu of the app’s own options bring what the app offers', async () => {
    app.options('where', ({ ack, options }) =>
      ack({ options: [{ text: { type: 'plain_text', text: `${options.value}lin` }, value: 'b' }] }),
    );
    const select = { type: 'external_select' as const, action_id: 'where', min_query_length: 1 };
    const at = await posted({ blocks: [{ type: 'actions', elements: [select] }] });
    expect(await playground.act.suggest('owner', at, 'where', 'Ber')).toMatchObject({
      ok: true,
      options: [{ value: 'b', text: { text: 'Berlin' } }],
    });
  });
});

describe('modals', () => {
  const view = (callback: string, more = {}) => ({
    type: 'modal' as const,
    callback_id: callback,
    title: plain('T') as never,
    submit: plain('Go') as never,
    blocks: [],
    ...more,
  });

  test('an acknowledgement may change, push and clear the view, and closing tells an app that asked', async () => {
    const closed: string[] = [];
    app.action('go', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: (body as BlockAction).trigger_id, view: view('one') });
    });
    app.view('one', ({ ack }) => ack({ response_action: 'update', view: view('two') }));
    app.view('two', ({ ack }) => ack({ response_action: 'push', view: view('three', { notify_on_close: true }) }));
    app.view({ callback_id: 'three', type: 'view_closed' }, async ({ ack, view: shut }) => {
      closed.push(shut.callback_id);
      await ack();
    });
    const callback = () => playground.world.modal('owner')?.view.callback_id;
    await playground.act.click('owner', await posted(), 'go');
    await playground.world.until(() => callback() === 'one');
    await playground.act.submitView('owner');
    expect(callback()).toBe('two');
    await playground.act.submitView('owner');
    expect(callback()).toBe('three');
    await playground.act.closeView('owner');
    expect([callback(), closed]).toEqual(['two', ['three']]);
  });

  test('an error at a block that is no input is the app’s fault and is said', async () => {
    app.action('go', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: (body as BlockAction).trigger_id, view: view('one') });
    });
    app.view('one', ({ ack }) => ack({ response_action: 'errors', errors: { nowhere: 'x' } }));
    await playground.act.click('owner', await posted(), 'go');
    await playground.world.until(() => playground.world.modal('owner'));
    expect(await playground.act.submitView('owner')).toMatchObject({
      ok: false,
      error: 'The app reported an error at “nowhere”, which is no input of the modal.',
    });
  });
});

describe('the app’s own traces', () => {
  test('its posts and edits come back as events, which Bolt keeps from it', async () => {
    const heard: unknown[] = [];
    app.message(async ({ message }) => {
      heard.push(message);
    });
    const at = await posted();
    await app.client.chat.update({ token, ...at, text: 'changed' });
    const kinds = await playground.world.until(() => {
      const sent = playground.world.deliveries().map((d) => (d.request.event as { subtype?: string }).subtype ?? 'post');
      return sent.length === 2 ? sent : undefined;
    });
    expect(kinds).toEqual(['post', 'message_changed']);
    expect(heard.filter((one) => (one as { subtype?: string }).subtype === undefined)).toEqual([]);
  });

  test('status, session and Stop go together, and a post ends the status', async () => {
    const stopped: unknown[] = [];
    app.event('agent_session_stopped', async ({ event }) => {
      stopped.push(event);
    });
    const did = await playground.act.directMessage('owner', 'revenue');
    const ts = did.ok ? (did.ts ?? '') : '';
    const channel = did.ok ? (did.channel ?? '') : '';
    await app.client.assistant.threads.setStatus({
      token,
      channel_id: channel,
      thread_ts: ts,
      status: 'is reading your question',
    });
    await app.client.apiCall('agents.sessions.setStatus', { token, channel_id: channel, thread_ts: ts, status: 'processing' });
    expect(playground.world.status('@owner', ts)).toMatchObject({ text: 'is reading your question', session: 'processing' });
    await playground.act.stop('owner', '@owner', ts);
    expect(stopped).toMatchObject([{ type: 'agent_session_stopped', thread_ts: ts, user: 'U0OWNER001', channel }]);
    expect(playground.world.status('@owner', ts)).toMatchObject({ text: '', session: 'active' });
    await app.client.assistant.threads.setStatus({ token, channel_id: channel, thread_ts: ts, status: 'is drawing' });
    await app.client.chat.postMessage({ token, channel, thread_ts: ts, text: 'done' });
    expect(playground.world.status('@owner', ts)?.text).toBe('');
  });

  test('an opened Home is published to that person only', async () => {
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'divider' }] } });
    });
    await playground.act.openHome('owner');
    await playground.world.until(() => playground.world.home('owner'));
    expect(playground.world.home('analyst')).toBeUndefined();
  });
});
