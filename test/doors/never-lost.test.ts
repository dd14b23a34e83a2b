import { afterEach, expect, test } from '@jest/globals';
import type { Outcome } from '../../src/answer/stations.ts';
import type { Memory } from '../../src/services/memory.ts';
import { answer } from './answers.ts';
import { openMapMemory } from './map-memory.ts';
import { type Doors, eventually, fakeLine, openDoors } from './open-doors.ts';

const open: Doors[] = [];
afterEach(async () => {
  const slacks = new Set(open.map((doors) => doors.slack));
  await Promise.all(open.splice(0).map((doors) => doors.app.close()));
  await Promise.all([...slacks].map((slack) => slack.close()));
});

async function opened(...options: Parameters<typeof openDoors>): Promise<Doors> {
  const doors = await openDoors(...options);
  open.push(doors);
  return doors;
}

const never = () => new Promise<Outcome>(() => undefined);
const root = (did: { ok: boolean; ts?: string }) => did.ts ?? '';

/** A memory that dies with its process at a chosen write: the write and all after it never arrive. */
function dyingMemory(memory: Memory, diesAt: (kind: string, value: unknown) => boolean): Memory {
  let dead = false;
  return {
    ...memory,
    async put(kind, id, value, options) {
      dead ||= diesAt(kind, value);
      return dead ? new Promise<boolean>(() => undefined) : memory.put(kind, id, value, options);
    },
  };
}

test('a process that dies between acknowledgement and answer loses nothing: the next one answers, once', async () => {
  const memory = openMapMemory();
  const dead = await opened({ memory, line: fakeLine({ ask: never }), patience: { close: 10 } });
  const asked = await dead.slack.act.mention('analyst', '#shop-numbers', 'orders yesterday');
  expect(dead.slack.world.thread('#shop-numbers', root(asked))).toHaveLength(1);
  const next = await opened({ memory, slack: dead.slack, clock: dead.clock });
  await next.slack.world.until(() => next.slack.world.thread('#shop-numbers', root(asked)).length === 2);
  expect(next.slack.world.thread('#shop-numbers', root(asked))[1]!.text).toContain('Conversion');
});

test('a process that dies after posting and before remembering it posts nothing twice', async () => {
  const memory = openMapMemory();
  const isDone = (kind: string, value: unknown) => kind === 'answer' && (value as { message?: string }).message !== undefined;
  const dead = await opened({ memory: dyingMemory(memory, isDone), patience: { close: 10 } });
  const asked = await dead.slack.act.mention('analyst', '#shop-numbers', 'orders yesterday');
  const at = root(asked);
  await dead.slack.world.until(() => dead.slack.world.thread('#shop-numbers', at).length === 2);
  const next = await opened({ memory, slack: dead.slack, clock: dead.clock });
  await next.slack.world.until(() => next.slack.world.calls('conversations.replies').length > 0);
  await eventually(async () => (await memory.list('open')).length === 0);
  expect(next.slack.world.thread('#shop-numbers', at)).toHaveLength(2);
});

test('a question that was read before its process died is not read again, and its run is asked for by the same name', async () => {
  const memory = openMapMemory();
  const { reading } = answer();
  if (!reading) throw new Error('The answer of the doors has a Reading.');
  const names: unknown[] = [];
  const dead = await opened({
    memory,
    line: fakeLine({
      ask: (_, options) => {
        names.push(options?.askedFor);
        options?.onState?.({ state: 'read', readAs: 'orders', reading });
        options?.onState?.({ state: 'running' });
        return never();
      },
    }),
    patience: { close: 10 },
  });
  const asked = await dead.slack.act.mention('analyst', '#shop-numbers', 'orders yesterday');
  await eventually(async () => (await memory.list<{ reading?: object }>('question')).some(({ value }) => value.reading));
  const readings: unknown[] = [];
  const line = fakeLine({
    ask: never,
    reading: async (given, question, options) => {
      readings.push(given);
      names.push(options?.askedFor);
      return answer({ id: question.id });
    },
  });
  const next = await opened({ memory, slack: dead.slack, clock: dead.clock, line });
  await next.slack.world.until(() => next.slack.world.thread('#shop-numbers', root(asked)).length === 2);
  expect(readings).toEqual([reading]);
  expect(names).toEqual([names[0], names[0]]);
  expect(names[0]).toMatch(/^\w{10,}/);
});

test('an event that could not be remembered is not acknowledged, so that Slack delivers it again', async () => {
  const memory = openMapMemory();
  let fails = true;
  const failing: Memory = {
    ...memory,
    put: async (...args) => {
      if (fails && args[0] === 'question') throw new Error('The table is gone.');
      return memory.put(...args);
    },
  };
  const doors = await opened({ memory: failing });
  const asked = await doors.slack.act.mention('analyst', '#shop-numbers', 'orders yesterday');
  expect(asked.acks.map((ack) => ack.status)).toEqual([500, 500]);
  fails = false;
  await doors.slack.act.redeliver();
  await doors.slack.world.until(() => doors.slack.world.thread('#shop-numbers', root(asked)).length === 2);
});

test('a post whose reply was lost is looked for before it is tried again', async () => {
  const doors = await opened({
    line: fakeLine({
      ask: async (question) => {
        doors.slack.world.switches.loseNextReply = true;
        const { png: _, ...plain } = answer({ id: question.id });
        return plain;
      },
    }),
    patience: { plan: 60_000 },
  });
  const { act, world } = doors.slack;
  await act.command('owner', '@owner', '/ask', 'orders yesterday');
  await world.until(() => world.calls('conversations.history').length > 0);
  expect(world.messages('@owner').filter((m) => m.botId)).toHaveLength(1);
});

test('two questions in one thread are answered in the order they were asked', async () => {
  const done: string[] = [];
  const gate = Promise.withResolvers<void>();
  const ask = async (question: { id: string; text: string }) => {
    if (question.text === 'first') await gate.promise;
    done.push(question.text);
    return answer({ id: question.id });
  };
  const doors = await opened({ line: fakeLine({ ask }) });
  const asked = await doors.slack.act.directMessage('owner', 'first');
  await doors.slack.act.reply('owner', '@owner', root(asked), 'second');
  gate.resolve();
  await doors.slack.world.until(() => doors.slack.world.thread('@owner', root(asked)).length === 4);
  expect(done).toEqual(['first', 'second']);
});

test('a reply in a channel thread is heard while the first answer is still being made', async () => {
  const gate = Promise.withResolvers<void>();
  const done: string[] = [];
  const ask = async (question: { id: string; text: string }) => {
    if (question.text === 'first') await gate.promise;
    done.push(question.text);
    return answer({ id: question.id });
  };
  const doors = await opened({ line: fakeLine({ ask }) });
  const { act, world } = doors.slack;
  const first = root(await act.mention('analyst', '#growth', 'first'));
  await act.reply('analyst', '#growth', first, 'only mobile');
  gate.resolve();
  await world.until(() => world.thread('#growth', first).length === 4);
  expect(done).toEqual(['first', 'only mobile']);
});

test('while it takes long a plan is shown, and the plan becomes the answer', async () => {
  const gate = Promise.withResolvers<void>();
  const doors = await opened({
    line: fakeLine({
      ask: async (question, options) => {
        options?.onState?.({ state: 'running' });
        await gate.promise;
        return answer({ id: question.id });
      },
    }),
    patience: { plan: 10 },
  });
  const asked = await doors.slack.act.mention('analyst', '#shop-numbers', 'orders yesterday');
  const plan = await doors.slack.world.until(() => doors.slack.world.thread('#shop-numbers', root(asked))[1]);
  expect(plan.blocks![0]!.type).toBe('plan');
  gate.resolve();
  await doors.slack.world.until(() => doors.slack.world.thread('#shop-numbers', root(asked))[1]?.text.includes('Conversion'));
  expect(doors.slack.world.thread('#shop-numbers', root(asked))).toHaveLength(2);
});

test('an answer that comes long after its plan is posted new, and the plan goes', async () => {
  const gate = Promise.withResolvers<void>();
  const ask = async (question: { id: string }) => {
    await gate.promise;
    return answer({ id: question.id });
  };
  const doors = await opened({ line: fakeLine({ ask }), patience: { plan: 5, fresh: 1 } });
  const asked = await doors.slack.act.mention('analyst', '#shop-numbers', 'orders yesterday');
  const plan = await doors.slack.world.until(() => doors.slack.world.thread('#shop-numbers', root(asked))[1]);
  gate.resolve();
  await doors.slack.world.until(() => doors.slack.world.calls('chat.delete').length === 1);
  const thread = doors.slack.world.thread('#shop-numbers', root(asked));
  expect(thread).toHaveLength(2);
  expect(thread[1]!.ts).not.toBe(plan.ts);
});

test('Cancel and Slack’s own Stop end a running question with what it cost', async () => {
  const ask = (question: { id: string }, options?: { signal?: AbortSignal }) =>
    new Promise<Outcome>((resolve) => {
      options?.signal?.addEventListener('abort', () => resolve(answer({ id: question.id })));
    });
  const doors = await opened({ line: fakeLine({ ask }), patience: { plan: 5 } });
  const { act, world } = doors.slack;
  const first = root(await act.mention('analyst', '#shop-numbers', 'orders yesterday'));
  const plan = await world.until(() => world.thread('#shop-numbers', first)[1]);
  await act.click('analyst', { channel: 'C0SHOPNUM01', ts: plan.ts }, 'question.cancel');
  await world.until(() => world.thread('#shop-numbers', first)[1]?.text.startsWith('Stopped after'));
  const second = root(await act.directMessage('owner', 'orders'));
  await world.until(() => world.thread('@owner', second)[1]);
  await act.stop('owner', '@owner', second);
  await world.until(() => world.thread('@owner', second)[1]?.text.startsWith('Stopped after'));
});
