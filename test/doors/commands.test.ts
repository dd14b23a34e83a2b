import { afterEach, expect, test } from '@jest/globals';
import { answer, clarify, failed, numberAnswer, reading, refused } from './answers.ts';
import { type Doors, fakeLine, openDoors } from './open-doors.ts';

let doors: Doors;
afterEach(async () => {
  const { refusals } = { refusals: doors.slack.world.refusals() };
  await doors.close();
  expect(refusals.map((r) => `${r.name}: ${r.error}`)).toEqual([]);
});

const shown = (who: string) => doors.slack.world.ephemerals(who).at(-1);
const inChannel = { channel: 'C0SHOPNUM01' };

test('/ask in a channel: the whole answer in direct messages, a preview there, and Share posts it with the name, once', async () => {
  doors = await openDoors({ line: fakeLine({ ask: async (q) => numberAnswer({ id: q.id, question: q.text }) }) });
  const { act, world } = doors.slack;
  await act.command('owner', '#shop-numbers', '/ask', 'how much did we make yesterday');
  const preview = await world.until(() => shown('owner'));
  expect(preview.blocks!.map((b) => b.type)).toEqual(['rich_text', 'context', 'actions']);
  expect(world.messages('@owner')[0]!.blocks![0]!.type).toBe('header');
  expect(world.messages('#shop-numbers')).toEqual([]);
  const at = { ...inChannel, ts: preview.ts };
  await act.click('owner', at, 'answer.share');
  await act.click('owner', at, 'answer.share');
  const [shared] = await world.until(() => world.messages('#shop-numbers').length > 0 && world.messages('#shop-numbers'));
  expect(JSON.stringify(shared!.blocks![0])).toContain('"user_id":"U0OWNER001"');
  expect(world.messages('#shop-numbers')).toHaveLength(1);
});

test('/sql alone opens the editor, and what is sent from it runs', async () => {
  const statements: string[] = [];
  doors = await openDoors({
    line: fakeLine({
      sql: async (s) => {
        statements.push(s.text);
        const { reading: _, ...rows } = answer({ id: s.id, question: s.text });
        return rows;
      },
    }),
  });
  const { act, world } = doors.slack;
  await act.command('engineer', '#data-engineering', '/sql');
  await world.until(() => world.modal('engineer'));
  expect(await act.submitView('engineer', { sql: { sql: '' } })).toMatchObject({ errors: {} });
  await act.submitView('engineer', { sql: { sql: "SELECT 1 WHERE 'a' < 'b'" }, where: { where: 'me' } });
  await world.until(() => world.messages('@engineer').length === 1);
  expect(statements).toEqual(["SELECT 1 WHERE 'a' < 'b'"]);
});

test('a refused statement shows its place, and Edit opens the editor with it', async () => {
  doors = await openDoors({ line: fakeLine({ sql: async (s) => refused({ id: s.id }) }) });
  const { act, world } = doors.slack;
  await act.command('engineer', '@engineer', '/sql', 'SELECT 1');
  const [said] = await world.until(() => world.messages('@engineer').length === 1 && world.messages('@engineer'));
  expect(JSON.stringify(said!.blocks)).toContain('^ expected BY');
  await act.click('engineer', { channel: 'D0ENGINEER1', ts: said!.ts }, 'sql.edit');
  const modal = await world.until(() => world.modal('engineer'));
  expect(JSON.stringify(modal.view.blocks)).toContain('GROUP device_category');
});

test('an attached .sql file runs as it is, and one that is no text is refused by name', async () => {
  const statements: string[] = [];
  doors = await openDoors({
    line: fakeLine({
      sql: async (s) => {
        statements.push(s.text);
        return answer({ id: s.id, question: s.text });
      },
    }),
  });
  const { act, world } = doors.slack;
  const sql = 'SELECT count(*)\nFROM sessions -- “all”\n';
  await act.directMessage('engineer', 'this one', { files: [{ name: 'q.sql', bytes: Buffer.from(sql) }] });
  await world.until(() => statements.length === 1);
  expect(statements).toEqual([sql]);
  const ts = (
    (await act.directMessage('engineer', '', { files: [{ name: 'q.sql', bytes: Buffer.from([0, 1, 255]) }] })) as { ts: string }
  ).ts;
  expect((await world.until(() => world.thread('@engineer', ts)[1])).text).toContain('isn’t SQL text');
});

test('who is no engineer is told so, and only they', async () => {
  doors = await openDoors({ engineers: ['U0ENGINEER'] });
  const { act, world } = doors.slack;
  await act.command('analyst', '#shop-numbers', '/sql', 'select * from orders');
  expect(shown('analyst')!.text).toContain('SQL is for engineers here');
  expect(world.messages('#shop-numbers')).toEqual([]);
});

test('in a channel of two companies no number is shown: the asker alone is told, and may have it in direct messages', async () => {
  doors = await openDoors();
  const { act, world } = doors.slack;
  await act.mention('analyst', '#agency-shared', 'revenue yesterday');
  const said = await world.until(() => shown('analyst'));
  expect(said.text).toContain('People from another company');
  await act.click('analyst', { channel: 'C0AGENCY001', ts: said.ts }, 'deny.dm');
  await world.until(() => world.messages('@analyst').length === 1);
  await act.mention('external', '#agency-shared', 'revenue yesterday');
  expect((await world.until(() => shown('external'))).text).toContain("can't use Askstream here");
  expect(world.messages('#agency-shared').filter((m) => m.botId)).toEqual([]);
});

test('a guest gets no number, neither by mention nor by command', async () => {
  doors = await openDoors();
  const { act, world } = doors.slack;
  const asked = await act.mention('guest', '#shop-numbers', 'revenue yesterday');
  await world.until(() => shown('guest'));
  expect(world.thread('#shop-numbers', asked.ok ? asked.ts! : '')).toHaveLength(1);
  await act.command('guest', '#shop-numbers', '/ask', 'revenue yesterday');
  await world.until(() => world.ephemerals('guest').length === 2);
  expect(world.messages('@guest')).toEqual([]);
});

test('a fault is an apology with a reference, and Try again asks once more', async () => {
  let times = 0;
  doors = await openDoors({
    line: fakeLine({
      ask: async (q) => {
        times += 1;
        return times === 1 ? { ...failed, id: q.id } : answer({ id: q.id });
      },
    }),
  });
  const { act, world } = doors.slack;
  const root = (await act.directMessage('owner', 'aov by country')) as { ts: string };
  const sorry = await world.until(() => world.thread('@owner', root.ts)[1]);
  expect(sorry.text).toContain('Reference AS-7F3K2');
  await act.click('owner', { channel: 'D0OWNER0011', ts: sorry.ts }, 'question.again');
  await world.until(() => world.thread('@owner', root.ts).length === 3);
});

test('the row of an answer works: next question with its reading, CSV in the thread, thumbs, another picture', async () => {
  const asked: unknown[] = [];
  doors = await openDoors({
    line: fakeLine({
      ask: async (q) => {
        asked.push([q.text, q.last]);
        return answer({ id: q.id, question: q.text });
      },
      redraw: async (a) => Buffer.from(a.png ?? answer().png!),
    }),
  });
  const { act, world } = doors.slack;
  const root = (await act.mention('analyst', '#shop-numbers', 'conversion by device')) as { ts: string };
  const first = await world.until(() => world.thread('#shop-numbers', root.ts)[1]);
  const at = { ...inChannel, ts: first.ts };
  await act.click('analyst', at, 'answer.next.2');
  await world.until(() => world.thread('#shop-numbers', root.ts).length === 3);
  expect(asked[1]).toEqual(['by day', reading]);
  await act.click('analyst', at, 'answer.csv');
  await world.until(() => world.files().some((f) => f.name === 'askstream.csv' && f.shares.length > 0));
  await act.click('analyst', at, 'answer.more', menuValue(first, 'redraw'));
  await world.until(() => world.thread('#shop-numbers', root.ts)[1]!.editedTs !== undefined);
  await act.click('analyst', at, 'answer.feedback', `down:${idOf(first)}`);
  await world.until(() => world.modal('analyst'));
  await act.submitView('analyst', { reason: { reason: 'number' }, expected: { expected: 'near 1.7%' } });
  expect(world.modal('analyst')).toBeUndefined();
  expect(await doors.memory.list('feedback')).toMatchObject([
    { value: { good: false, reason: 'number', expected: 'near 1.7%' } },
  ]);
});

test('a question asked back in a thread may be answered in words', async () => {
  const texts: string[] = [];
  doors = await openDoors({
    line: fakeLine({
      ask: async (q) => {
        texts.push(q.text);
        return texts.length === 1 ? { ...clarify, id: q.id, question: q.text } : answer({ id: q.id });
      },
    }),
  });
  const { act, world } = doors.slack;
  const root = (await act.mention('analyst', '#shop-numbers', 'top products')) as { ts: string };
  await world.until(() => world.thread('#shop-numbers', root.ts).length === 2);
  await act.reply('analyst', '#shop-numbers', root.ts, 'units sold!');
  await world.until(() => world.thread('#shop-numbers', root.ts).length === 4);
  expect(texts).toEqual(['top products', 'top 10 products by units sold']);
});

test('App Home tells how fresh the data are and asks for a click', async () => {
  doors = await openDoors();
  const { act, world } = doors.slack;
  await act.openHome('analyst');
  const home = await world.until(() => world.home('analyst'));
  expect(JSON.stringify(home.view.blocks[0])).toContain('The data reach to 13:47 today');
  await act.click('analyst', 'home', 'home.try.2');
  await world.until(() => world.messages('@analyst').length === 1);
  await act.openHome('guest');
  expect(JSON.stringify((await world.until(() => world.home('guest'))).view.blocks)).not.toContain('13:47');
});

/** The id that the buttons of a message carry. */
function idOf(message: { blocks?: readonly unknown[] }): string {
  return /"down:([^"]+)"/.exec(JSON.stringify(message.blocks))![1]!;
}

function menuValue(message: { blocks?: readonly unknown[] }, word: string): string {
  return `${word}:${idOf(message)}`;
}
