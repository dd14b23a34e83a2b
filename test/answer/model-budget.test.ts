import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { withReceipt } from '../../src/answer/model-receipt.ts';
import { openSpending } from '../../src/answer/open-spending.ts';
import { payForModel } from '../../src/answer/pay-for-model.ts';
import { withModel } from '../../src/answer/read-with-model.ts';
import { clarify, decline } from '../../src/answer/refuse.ts';
import { sayByKind } from '../../src/answer/words/say-spending.ts';
import { listPrice, priceAtMost } from '../../src/aws/model-price.ts';
import { readConfig } from '../../src/config.ts';
import type { DataFacts } from '../../src/glossary/data-facts.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { openReader } from '../../src/reading/read-question.ts';
import type { Model, ModelEnd, ModelRequest } from '../../src/services/model.ts';
import type { SpendingLimits } from '../../src/services/spending.ts';
import { openMapMemory } from '../doors/map-memory.ts';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const loaded = loadGlossary(file('prompts/glossary.yml'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const prompts = { read: file('prompts/read.md'), repair: file('prompts/repair.md') };
const grammar = openReader(glossary);
const facts: DataFacts = {
  firstDay: '2026-01-01',
  lastDay: '2026-11-23',
  newestEventTime: null,
  lastRunAt: null,
  dataVersion: 'v1',
  seenEvents: [],
  values: {},
};
const used: ModelEnd = {
  kind: 'call',
  input: { reading: { kind: 'metric', metrics: ['sessions'] } },
  usage: { input: 900, output: 100, cached: 0, written: 0, usd: 0.02 },
};

function house(
  limits: SpendingLimits,
  { ends = [used] as (ModelEnd | Error)[], mostUsd = () => 0.09 as number | undefined } = {},
) {
  const asked: ModelRequest[] = [];
  const model: Model = {
    mostUsd,
    async ask(request) {
      asked.push(request);
      const end = ends[Math.min(asked.length, ends.length) - 1]!;
      if (end instanceof Error) throw end;
      return end;
    },
  };
  const clock = { now: () => '2026-11-24T09:00:00Z' };
  const none = (fault: unknown) => {
    throw fault;
  };
  const spending = openSpending({ memory: openMapMemory(), clock, zone: 'UTC', limits, report: none });
  const paid = payForModel(model, spending);
  const reader = withModel(grammar, { model: paid, glossary, prompts, report: () => {}, trySql: none });
  const read = (asker = 'U1') => reader.read({ text: 'how do the frobs of the gizmos fare', facts, today: '2026-11-24', asker });
  const total = async () => (await spending.report()).today;
  return { asked, read, total, spending };
}

describe('a model’s calls in the day’s budgets', () => {
  test('are counted at what they used, as the asker’s and as a kind of their own', async () => {
    const { read, total } = house({ person: 1 });
    expect((await read()).reading).toMatchObject({ kind: 'metric' });
    const today = await total();
    const spent = { usd: expect.closeTo(0.02, 9) };
    expect(today).toMatchObject({ total: spent, byPerson: { U1: spent }, byKind: { model: spent } });
    expect(sayByKind(today)).toBe('the model that reads questions $0.02');
  });

  test.each([
    ['person', { person: 0.1 }, 'of your $0.10 for today', 'DAILY_USD_PERSON'],
    ['workspace', { workspace: 0.1 }, 'of the workspace’s $0.10 for today', 'DAILY_USD_WORKSPACE'],
  ] as const)(
    'are not made without room in the %s’s: the grammar’s own end stands and says why',
    async (_, limits, used, setting) => {
      const { asked, read } = house(limits);
      await read();
      const end = await read();
      expect(asked).toHaveLength(1);
      const own = await grammar.read({ text: 'how do the frobs of the gizmos fare', facts, today: '2026-11-24' });
      expect(end.reading).toEqual(own.reading);
      const question = { id: 'q', text: 'x', askedAt: '2026-11-24T09:00:00Z' };
      const { reading } = end;
      const outcome =
        reading.kind === 'clarify'
          ? clarify(reading, question, {})
          : decline(reading as Parameters<typeof decline>[0], question, glossary, facts, {});
      const told = withReceipt(outcome, end, 'UTC');
      expect(told).toMatchObject({ note: expect.stringContaining(`$0.02 ${used}`) });
      expect(told).toMatchObject({ note: expect.stringContaining(setting) });
    },
  );

  test('of two people do not use up each other’s', async () => {
    const { asked, read } = house({ person: 0.1 });
    await read('U1');
    await read('U2');
    expect(asked).toHaveLength(2);
  });

  test('give their money back where nothing was sent, and keep it where one was cut off', async () => {
    const timedOut: ModelEnd = { kind: 'none', code: 'timed_out', usage: { input: 0, output: 0, cached: 0, written: 0, usd: 0 } };
    const fault = house({}, { ends: [new Error('no access')] });
    await fault.read();
    expect((await fault.total()).total.usd).toBe(0);
    const cutOff = house({}, { ends: [timedOut] });
    await cutOff.read();
    expect((await cutOff.total()).total.usd).toBeCloseTo(0.09, 9);
  });

  test('of an unknown price are made and can’t be counted', async () => {
    const { asked, read, total } = house({ person: 0 }, { mostUsd: () => undefined });
    await read();
    expect(asked).toHaveLength(1);
    expect((await total()).total.usd).toBe(0);
  });
});

test('the most that a call may cost is not below what such a call used', () => {
  const request: ModelRequest = {
    instructions: 'word '.repeat(8000),
    turns: [{ from: 'asker', text: '売上' }],
    tool: { name: 'reading', description: '', schema: {} },
    maxTokens: 1500,
  };
  // 8,000 words are about 10,000 tokens: written for an hour (2×) at $1, and 1,500 at $5 a million, 1.1 for the region.
  const haiku = listPrice('eu.anthropic.claude-haiku-4-5-20251001-v1:0');
  expect(priceAtMost(haiku, request)).toBeGreaterThan(1.1 * (0.02 + 0.0075));
  expect(priceAtMost(haiku, request)).toBeLessThan(0.05);
  expect(priceAtMost(listPrice('somebody.else'), request)).toBeUndefined();
  expect(priceAtMost({ input: 0, output: 10 }, request)).toBeCloseTo(0.015, 9);
});

test('the price of a model that isn’t known here is a setting', () => {
  expect(readConfig({ AWS_BEDROCK_USD: '0.8,3.2' }).AWS_BEDROCK_USD).toEqual({ input: 0.8, output: 3.2 });
  expect(readConfig({}).AWS_BEDROCK_USD).toBeUndefined();
  expect(() => readConfig({ AWS_BEDROCK_USD: '3' })).toThrow(
    'The setting AWS_BEDROCK_USD is wrong: not two prices such as 3,15.',
  );
});
