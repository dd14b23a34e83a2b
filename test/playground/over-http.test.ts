import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { App } from '@slack/bolt';
import type { Playground } from '../../src/playground/open-playground.ts';
import { boltOverHttp, openForTest } from './with-bolt.ts';

let playground: Playground;
let app: App;
let close: () => Promise<void>;

beforeEach(async () => {
  playground = await openForTest();
  ({ app, close } = await boltOverHttp(playground));
});

afterEach(async () => {
  await close();
  await playground.close();
});

describe('a real Bolt app over signed HTTP', () => {
  test('hears a mention twice under two event ids and one ts, and answers in the thread', async () => {
    const heard: { type: string; ts: string; id: string }[] = [];
    app.event('app_mention', async ({ event, body, say }) => {
      heard.push({ type: event.type, ts: event.ts, id: body.event_id });
      await say({ text: 'Conversion was 2.19%.', thread_ts: event.thread_ts ?? event.ts });
    });
    app.message(async ({ message, body }) => {
      heard.push({ type: message.type, ts: message.ts, id: body.event_id });
    });
    const did = await playground.act.mention('analyst', '#shop-numbers', 'CR by device last 30d?');
    expect(did).toMatchObject({ ok: true, acks: [{ ok: true }, { ok: true }] });
    const ts = did.ok ? (did.ts ?? '') : '';
    const answer = await playground.world.until(() => playground.world.thread('#shop-numbers', ts)[1]);
    expect(answer).toMatchObject({ text: 'Conversion was 2.19%.', botId: 'B0ASKSTRM1', threadTs: ts });
    expect(heard.map((one) => one.type).sort()).toEqual(['app_mention', 'message']);
    expect(new Set(heard.map((one) => one.ts)).size).toBe(1);
    expect(new Set(heard.map((one) => one.id)).size).toBe(2);
  });

  test('a command is acknowledged with a message that only the asker sees, and its response_url works five times', async () => {
    const outcomes: number[] = [];
    const { promise: done, resolve } = Promise.withResolvers<void>();
    app.command('/ask', async ({ command, ack, respond }) => {
      await ack(`Working on ${command.text}`);
      for (let i = 0; i < 6; i += 1) {
        outcomes.push(
          await respond({ text: `part ${i}` }).then(
            () => 200,
            (error) => error.statusCode ?? 404,
          ),
        );
      }
      resolve();
    });
    await playground.act.command('owner', '#growth', '/ask', 'revenue < 5 & more');
    await done;
    const seen = playground.world.ephemerals('owner');
    expect(seen.map((m) => m.text)).toEqual([
      'Working on revenue &lt; 5 &amp; more',
      'part 0',
      'part 1',
      'part 2',
      'part 3',
      'part 4',
    ]);
    expect(outcomes).toEqual([200, 200, 200, 200, 200, 404]);
    expect(playground.world.ephemerals('analyst')).toEqual([]);
  });

  test('a button opens a modal whose errors and success come back', async () => {
    app.event('app_mention', async ({ say }) => {
      const button = {
        type: 'button' as const,
        action_id: 'edit',
        text: { type: 'plain_text' as const, text: 'Edit' },
        value: 'q1',
      };
      await say({ text: 'x', blocks: [{ type: 'actions', elements: [button] }] });
    });
    app.action('edit', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({
        trigger_id: (body as { trigger_id: string }).trigger_id,
        view: {
          type: 'modal',
          callback_id: 'sql',
          title: { type: 'plain_text', text: 'SQL' },
          submit: { type: 'plain_text', text: 'Run' },
          blocks: [
            {
              type: 'input',
              block_id: 'sql',
              label: { type: 'plain_text', text: 'SQL' },
              element: { type: 'plain_text_input', action_id: 'sql' },
            },
          ],
        },
      });
    });
    const submitted: unknown[] = [];
    app.view('sql', async ({ ack, view }) => {
      submitted.push(view.state.values);
      const text = view.state.values.sql?.sql?.value ?? '';
      if (text.startsWith('SELECT')) await ack();
      else await ack({ response_action: 'errors', errors: { sql: 'Only SELECT.' } });
    });
    await playground.act.mention('engineer', '#checkout', 'hi');
    const message = await playground.world.until(() =>
      playground.world.messages('#checkout').find((m) => m.blocks?.[0]?.type === 'actions'),
    );
    await playground.act.click('engineer', { channel: message.channel, ts: message.ts }, 'edit');
    await playground.world.until(() => playground.world.modal('engineer'));
    expect(await playground.act.submitView('engineer')).toMatchObject({
      errors: { sql: 'Please complete this required field.' },
    });
    expect(await playground.act.submitView('engineer', { sql: { sql: 'DROP' } })).toMatchObject({
      errors: { sql: 'Only SELECT.' },
    });
    expect(await playground.act.submitView('engineer', { sql: { sql: 'SELECT 1' } })).toMatchObject({ ok: true });
    expect(playground.world.modal('engineer')).toBeUndefined();
    expect(submitted.at(-1)).toEqual({ sql: { sql: { type: 'plain_text_input', value: 'SELECT 1' } } });
  });

  test('a picture is refused until its scan is over, then shown', async () => {
    const { client } = app;
    const upload = await client.filesUploadV2({ file: Buffer.from('png bytes'), filename: 'a.png', title: 'Chart' });
    const id = (upload.files[0] as { files: { id: string }[] }).files[0]?.id ?? '';
    const blocks = [{ type: 'image' as const, slack_file: { id }, alt_text: 'Chart' }];
    const send = () => client.chat.postMessage({ token: 'xoxb-test', channel: 'C0GROWTH001', text: 'x', blocks });
    await expect(send()).rejects.toMatchObject({
      data: { error: 'invalid_blocks', errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'] },
    });
    const until = async (): Promise<string> => {
      const info = await client.files.info({ token: 'xoxb-test', file: id });
      return info.file?.mimetype ? info.file.mimetype : until();
    };
    expect(await until()).toBe('image/png');
    expect(await send()).toMatchObject({ ok: true });
  });
});
