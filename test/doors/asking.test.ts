import { afterEach, expect, test } from '@jest/globals';
import type { Question } from '../../src/answer/stations.ts';
import { answer, clarify } from './answers.ts';
import { type Doors, fakeLine, openDoors } from './open-doors.ts';

let doors: Doors;
/** The recorder writes a call down after its effect is seen. */
const isQuiet = (slack: Doors['slack']) => slack.world.calls('chat.postMessage').length > 0;
afterEach(() => doors.close());

test('a mention is answered once in its thread, with picture and table', async () => {
  doors = await openDoors();
  const { slack } = doors;
  const asked = await slack.act.mention('analyst', '#shop-numbers', 'conversion rate by device');
  const ts = asked.ok ? asked.ts! : '';
  const [, reply] = await slack.world.until(() => {
    const thread = slack.world.thread('#shop-numbers', ts);
    return thread.length === 2 && thread;
  });
  expect(reply!.blocks!.map((b) => b.type)).toEqual([
    'rich_text',
    'image',
    'data_table',
    'context',
    'container',
    'actions',
    'context_actions',
  ]);
  expect(reply!.text).toContain('Conversion barely moved');
  expect(slack.world.refusals()).toEqual([]);
  expect(doors.faults).toEqual([]);
});

test('a redelivery and the message twin of a mention do nothing twice', async () => {
  const questions: Question[] = [];
  doors = await openDoors({ line: listening(questions) });
  const { slack } = doors;
  const asked = await slack.act.mention('analyst', '#shop-numbers', 'orders yesterday');
  await slack.act.redeliver();
  await slack.world.until(() => slack.world.thread('#shop-numbers', asked.ok ? asked.ts! : '').length >= 2 && isQuiet(slack));
  expect(questions.map((q) => q.text)).toEqual(['orders yesterday']);
  expect(slack.world.calls('chat.postMessage')).toHaveLength(1);
});

test('a direct message is answered in its thread, and a reply there changes the last reading', async () => {
  const questions: Question[] = [];
  doors = await openDoors({ line: listening(questions) });
  const { slack } = doors;
  const asked = await slack.act.directMessage('owner', 'conversion rate by device');
  const root = asked.ok ? asked.ts! : '';
  await slack.world.until(() => slack.world.thread('@owner', root).length === 2);
  await slack.act.reply('owner', '@owner', root, 'only mobile');
  await slack.world.until(() => slack.world.thread('@owner', root).length === 4);
  expect(questions[1]).toMatchObject({ text: 'only mobile', last: { kind: 'metric', metrics: ['conversion_rate'] } });
});

test('a reply under SQL is read by itself, and its answer says that nothing carries over', async () => {
  const questions: Question[] = [];
  const { reading: _, ...rows } = answer();
  const ask = async (q: Question) => {
    questions.push(q);
    const modelSql = { kind: 'sql', sql: 'SELECT 1', says: 'Searches in May.' } as const;
    if (questions.length === 1) return { ...rows, id: q.id, modelSql };
    return questions.length === 2 ? answer({ id: q.id }) : { ...clarify, id: q.id };
  };
  doors = await openDoors({ line: fakeLine({ ask }) });
  const { act, world } = doors.slack;
  const { ts: root } = (await act.directMessage('owner', 'odd searches in may')) as { ts: string };
  await world.until(() => world.thread('@owner', root).length === 2);
  await act.reply('owner', '@owner', root, 'only mobile');
  const thread = await world.until(() => world.thread('@owner', root).length === 4 && world.thread('@owner', root));
  expect(questions[1]).not.toHaveProperty('last');
  const note = 'nothing of its period and filters is in it';
  expect(JSON.stringify(thread[3]!.blocks)).toContain(note);
  await act.reply('owner', '@owner', root, 'only tablets');
  const after = await world.until(() => world.thread('@owner', root).length === 6 && world.thread('@owner', root));
  expect(questions[2]).toHaveProperty('last');
  expect(JSON.stringify(after[5]!.blocks)).not.toContain(note);
});

test('people who talk in a channel without the app are left alone', async () => {
  doors = await openDoors();
  const { slack } = doors;
  const said = await slack.act.say('analyst', '#shop-numbers', 'lunch?');
  await slack.act.reply('owner', '#shop-numbers', said.ok ? said.ts! : '', 'yes');
  expect(slack.world.calls('chat.postMessage')).toEqual([]);
});

test('a pressed choice turns the question back into the answer, once', async () => {
  const texts: string[] = [];
  const ask = async (q: Question) => {
    texts.push(q.text);
    return texts.length === 1 ? { ...clarify, id: q.id } : answer({ id: q.id });
  };
  doors = await openDoors({ line: fakeLine({ ask }) });
  const { slack } = doors;
  const asked = await slack.act.mention('analyst', '#shop-numbers', 'top products');
  const root = asked.ok ? asked.ts! : '';
  const [, back] = await slack.world.until(
    () => slack.world.thread('#shop-numbers', root).length === 2 && slack.world.thread('#shop-numbers', root),
  );
  const at = { channel: 'C0SHOPNUM01', ts: back!.ts };
  await Promise.all([slack.act.click('analyst', at, 'clarify.2'), slack.act.click('analyst', at, 'clarify.2')]);
  await slack.world.until(() => slack.world.thread('#shop-numbers', root)[1]?.text.includes('Conversion'));
  expect(texts).toEqual(['top products', 'top 10 products by units sold']);
  expect(slack.world.thread('#shop-numbers', root)).toHaveLength(2);
});

test('the app works over Socket Mode unchanged', async () => {
  doors = await openDoors({ socket: true });
  const { slack } = doors;
  const asked = await slack.act.mention('analyst', '#growth', 'orders yesterday');
  await slack.world.until(() => slack.world.thread('#growth', asked.ok ? asked.ts! : '').length === 2);
  expect(doors.faults).toEqual([]);
});

/** A line that writes down what it is asked. */
function listening(questions: Question[]) {
  return fakeLine({
    ask: async (question) => {
      questions.push(question);
      return answer({ id: question.id, question: question.text });
    },
  });
}
