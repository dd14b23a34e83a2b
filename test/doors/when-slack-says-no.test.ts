import { afterEach, expect, test } from '@jest/globals';
import type { Message } from '../../src/playground/shapes.ts';
import { answer } from './answers.ts';
import { type Doors, fakeLine, openDoors } from './open-doors.ts';

let doors: Doors;
afterEach(() => doors.close());

const root = (did: { ok: boolean; ts?: string }) => did.ts ?? '';
const types = (message: Message) => message.blocks?.map((b) => b.type);

test('a table that doesn’t fit beside the rest comes with ten rows, says of how many, and all follow as a file', async () => {
  const cells = Array.from({ length: 90 }, (_, i) => [{ text: `${i} ${'x'.repeat(60)}` }, { text: '1', value: 1 }]);
  // 2,400 characters of SQL and twelve long bullets leave the table too little room.
  const long = answer({
    counted: Array.from({ length: 12 }, () => 'c'.repeat(290)),
    table: { caption: 'Rows', header: ['A', 'B'], rows: cells },
    sql: 's'.repeat(2400),
  });
  doors = await openDoors({ line: fakeLine({ ask: async (q) => ({ ...long, id: q.id }) }) });
  const { act, world } = doors.slack;
  const ts = root(await act.mention('analyst', '#shop-numbers', 'everything'));
  const said = await world.until(() => world.thread('#shop-numbers', ts)[1]);
  expect(JSON.stringify(said.blocks)).toContain('Showing 10 of 90 rows');
  await world.until(() => world.files().some((f) => f.name === 'askstream.csv' && f.shares.length > 0));
});

test('a rate limit is waited out, and the answer comes once', async () => {
  doors = await openDoors({ line: fakeLine({ ask: async (q) => plain(q.id) }) });
  const { act, world } = doors.slack;
  world.switches.rateLimits = true;
  await act.command('owner', '@owner', '/ask', 'orders');
  await world.until(() => world.messages('@owner').length === 1);
  await act.command('owner', '@owner', '/ask', 'orders again');
  await world.until(() => world.refusals().some((r) => r.name === 'chat.postMessage' && r.error === 'ratelimited'));
  await world.until(() => world.messages('@owner').length === 2);
});

test('a picture that can’t be uploaded leaves a mark and no gap', async () => {
  doors = await openDoors({ line: fakeLine({ ask: async (q) => answer({ id: q.id, png: Buffer.alloc(0) }) }) });
  const { act, world } = doors.slack;
  const ts = root(await act.mention('analyst', '#shop-numbers', 'orders'));
  const said = await world.until(() => world.thread('#shop-numbers', ts)[1]);
  expect(types(said)).not.toContain('image');
  expect(JSON.stringify(said.blocks)).toContain('No picture this time.');
});

function plain(id: string) {
  const { png: _, ...rest } = answer({ id });
  return rest;
}
