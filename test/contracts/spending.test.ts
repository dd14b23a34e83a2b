import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSpending } from '../../src/answer/open-spending.ts';
import { createMemoryTable } from '../../src/aws/create-memory-table.ts';
import { openDynamodbMemory } from '../../src/aws/dynamodb-memory.ts';
import { type Dynalite, openDynalite } from '../../src/local/dynalite-memory.ts';
import type { Memory } from '../../src/services/memory.ts';
import type { SpendingLimits } from '../../src/services/spending.ts';

/** The budgets on the wire that production uses; each test has days of its own. */
let now = '2026-11-24T22:30:00Z';
const clock = { now: () => now };
let server: Dynalite;
let memory: Memory;
const faults: unknown[] = [];

beforeAll(async () => {
  server = await openDynalite({});
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: 'local', credentials });
  await createMemoryTable(client, 'askstream');
  memory = openDynamodbMemory({ client, table: 'askstream', clock });
});
afterAll(async () => {
  await memory.close();
  await server.close();
});

/** Budgets as another process opens them. */
function open(limits: SpendingLimits) {
  return openSpending({ memory, clock, zone: 'Europe/Berlin', limits, report: (fault) => faults.push(fault) });
}

const claim = (usd: number, id = '', who = 'U1') => ({ id, who, kind: 'question' as const, usd });

test('two processes that ask at once can’t both take the last dollar, and none is lost', async () => {
  now = '2026-01-10T12:00:00Z';
  const doors = Array.from({ length: 4 }, () => open({ workspace: 1 }));
  const ends = await Promise.all(Array.from({ length: 16 }, (_, i) => doors[i % 4]!.reserve(claim(0.25, '', `U${i}`))));
  expect(ends.filter((end) => end.kind === 'reserved')).toHaveLength(4);
  expect(ends.find((end) => end.kind === 'over_budget')).toMatchObject({ whose: 'workspace', usedUsd: 1, limitUsd: 1 });
  expect((await doors[0]!.report()).today.total.usd).toBeCloseTo(1, 9);
});

test('the real bytes take the estimate’s place, and what never ran gives its money back', async () => {
  now = '2026-01-11T12:00:00Z';
  const spending = open({ person: 1 });
  const [first, second] = [await spending.reserve(claim(0.6)), await spending.reserve(claim(0.6))];
  expect(second).toMatchObject({ kind: 'over_budget', whose: 'person', usedUsd: 0.6 });
  if (first.kind !== 'reserved') throw new Error('The first claim had room.');
  await first.settle({ bytes: 20e9, usd: 0.1, queries: 2 });
  await first.settle({ bytes: 20e9, usd: 0.1, queries: 2 });
  const third = await spending.reserve(claim(0.9));
  if (third.kind !== 'reserved') throw new Error('The correction made room.');
  await third.settle({ bytes: 0, usd: 0, queries: 1 });
  const { today } = await spending.report();
  expect(today.byPerson.U1!.usd).toBeCloseTo(0.1, 9);
  expect(today.byPerson.U1).toMatchObject({ bytes: 20e9, queries: 3 });
});

test('a question that a killed process left unsettled is counted once when it is taken up', async () => {
  now = '2026-01-12T12:00:00Z';
  await open({ person: 1 }).reserve(claim(0.8, 'job-1'));
  const again = await open({ person: 1 }).reserve(claim(0.8, 'job-1'));
  expect(again.kind).toBe('reserved');
  if (again.kind === 'reserved') await again.settle({ bytes: 1e9, usd: 0.7, queries: 1 });
  expect((await open({}).report()).today.total.usd).toBeCloseTo(0.7, 9);
});

test('a digest takes from the workspace, never from a person’s budget', async () => {
  now = '2026-01-13T12:00:00Z';
  const spending = open({ person: 0.1, workspace: 1 });
  const digest = { id: '', who: 'U1', kind: 'digest' as const, usd: 0.9 };
  expect((await spending.reserve(digest)).kind).toBe('reserved');
  expect(await spending.reserve(digest)).toMatchObject({ kind: 'over_budget', whose: 'workspace' });
  expect((await spending.report()).today.byKind.digest!.usd).toBeCloseTo(0.9, 9);
});

test('a day ends at the shop’s midnight, and the month adds its days up', async () => {
  const spending = open({ person: 1 });
  now = '2026-03-14T22:59:00Z';
  await spending.reserve(claim(1));
  expect((await spending.reserve(claim(0.1))).kind).toBe('over_budget');
  now = '2026-03-14T23:01:00Z';
  expect((await spending.reserve(claim(0.1))).kind).toBe('reserved');
  const report = await spending.report();
  expect(report.day).toBe('2026-03-15');
  expect(report.today.total.usd).toBeCloseTo(0.1, 9);
  expect(report.month.total.usd).toBeCloseTo(1.1, 9);
});

test('no budget is no limit, and is counted all the same', async () => {
  now = '2026-04-01T12:00:00Z';
  const spending = open({});
  expect((await spending.reserve(claim(1000))).kind).toBe('reserved');
  await spending.note('upkeep', { bytes: 1e9, usd: 0.005, queries: 1 });
  expect((await spending.report()).today.byKind.upkeep).toMatchObject({ queries: 1 });
  expect(faults).toEqual([]);
});

test('a write that landed and seemed lost counts once: the claim, and what it really cost', async () => {
  now = '2026-01-20T12:00:00Z';
  let writes = 0;
  const odd: Memory = {
    ...memory,
    // Each first write lands and is said not to have.
    put: async (kind, id, value, options) => (await memory.put(kind, id, value, options)) && ++writes % 2 === 0,
  };
  const spending = openSpending({ memory: odd, clock, zone: 'UTC', limits: {}, report: (fault) => faults.push(fault) });
  const one = await spending.reserve(claim(0.6));
  expect((await spending.report()).today.total.usd).toBeCloseTo(0.6, 9);
  if (one.kind !== 'reserved') throw new Error('There is no budget.');
  await one.settle({ bytes: 20e9, usd: 0.1, queries: 1 });
  const { total } = (await spending.report()).today;
  expect(total.usd).toBeCloseTo(0.1, 9);
  expect(total).toMatchObject({ bytes: 20e9, queries: 1 });
  expect(writes).toBe(4);
});

test('a month’s budget counts its days before too, and starts anew with the next month', async () => {
  now = '2027-03-01T12:00:00Z';
  const spending = open({ month: 2, workspace: 1.5 });
  const spent = async (usd: number, spend = spending) => {
    const end = await spend.reserve(claim(usd));
    if (end.kind === 'reserved') await end.settle({ bytes: 0, queries: 1, usd });
    return end.kind === 'reserved' ? 'reserved' : end;
  };
  expect(await spent(1.5)).toBe('reserved');
  now = '2027-03-02T12:00:00Z';
  expect(await spent(0.4)).toBe('reserved');
  expect(await spent(0.2)).toMatchObject({ whose: 'month', usedUsd: expect.closeTo(1.9, 9), limitUsd: 2 });
  expect(await spent(0.2, open({ month: 2 }))).toMatchObject({ whose: 'month' });
  expect(await spent(0.1)).toBe('reserved');
  now = '2027-04-01T12:00:00Z';
  expect(await spent(1.5)).toBe('reserved');
});
