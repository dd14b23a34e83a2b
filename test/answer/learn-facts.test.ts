import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { type FactsStore, keepFacts } from '../../src/answer/learn-facts.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import type { Freshness } from '../../src/services/refresher.ts';
import type { Cell, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import { handClock } from '../doors/open-doors.ts';

const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const version = (dataVersion: string): Freshness => ({
  firstDay: '2026-01-01',
  lastDay: '2026-11-23',
  newestEventTime: null,
  lastRunAt: null,
  dataVersion,
});

/** A warehouse whose every answer is the word that holds now; `gate` may hold its answers back. */
function wordy() {
  const state = { word: 'first', gate: Promise.resolve() as Promise<void>, runs: 0, failing: /^$/ };
  const warehouse: Warehouse = {
    engine: 'athena',
    estimate: async () => ({ bytes: 0 }),
    explain: async () => undefined,
    async run(sql) {
      state.runs++;
      if (state.failing.test(sql.text)) throw new Error('throttled');
      const rows: Cell[][] = [[state.word]];
      await state.gate;
      return { kind: 'rows', columns: [], rows, truncated: false, scannedBytes: 0, ms: 0, executionId: '' };
    },
    close: async () => {},
  };
  return { state, warehouse };
}

const open = (warehouse: Warehouse, behind: boolean, clock = handClock(), faults: unknown[] = [], store?: FactsStore) =>
  keepFacts({
    clock,
    report: (fault) => faults.push(fault),
    glossary,
    catalog: houseCatalog(glossary),
    guard: { check: async (text, catalog) => checkSql(text, catalog) },
    warehouse,
    behind,
    ...(store ? { store } : {}),
  });

test('many askers of one version share one learning', async () => {
  const { state, warehouse } = wordy();
  const keeper = open(warehouse, false);
  const all = await Promise.all([1, 2, 3].map(() => keeper.of(version('v1'))));
  const runs = state.runs;
  expect(new Set(all).size).toBe(1);
  await keeper.of(version('v1'));
  expect(state.runs).toBe(runs);
});

test('where learning takes long, a question after a refresh goes on with what is known, until the new is', async () => {
  const { state, warehouse } = wordy();
  const keeper = open(warehouse, true);
  expect((await keeper.of(version('v1'))).seenEvents).toEqual(['first']);
  const { promise, resolve } = Promise.withResolvers<void>();
  state.word = 'second';
  state.gate = promise;
  const meanwhile = await keeper.of({ ...version('v2'), lastDay: '2026-11-24' });
  expect(meanwhile).toMatchObject({ seenEvents: ['first'], lastDay: '2026-11-24', dataVersion: 'v1' });
  resolve();
  while ((await keeper.of(version('v2'))).dataVersion !== 'v2') await new Promise(setImmediate);
  expect((await keeper.of(version('v2'))).seenEvents).toEqual(['second']);
});

test('what can’t be learned is left out of the facts, and looked for again after a pause that grows', async () => {
  const { state, warehouse } = wordy();
  const clock = handClock();
  const faults: unknown[] = [];
  const keeper = open(warehouse, false, clock, faults);
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  };
  state.failing = /^SELECT event_name FROM/;
  const first = await keeper.of(version('v1'));
  expect(first).toMatchObject({ lastDay: '2026-11-23', seenEvents: [], values: { product: ['first'] } });
  expect(faults).toHaveLength(1);
  const all = state.runs;
  await keeper.of(version('v1'));
  await settled();
  expect(state.runs).toBe(all);

  clock.forward(60_000);
  expect((await keeper.of(version('v1'))).values.product).toEqual(['first']);
  await settled();
  expect(state.runs).toBe(all + 1);
  clock.forward(60_000);
  await keeper.of(version('v1'));
  await settled();
  expect(state.runs).toBe(all + 1);

  state.failing = /^$/;
  clock.forward(60_000);
  await keeper.of(version('v1'));
  await settled();
  expect(state.runs).toBe(all + 2);
  const whole = await keeper.of(version('v1'));
  expect(whole).toMatchObject({ dataVersion: 'v1', seenEvents: ['first'] });
  expect(whole.dataVersion).not.toBe(first.dataVersion);
});

test.each([true, false])(
  'what can’t be learned of a new version stays as the last one had it (learned behind: %s)',
  async (behind) => {
    const { state, warehouse } = wordy();
    const keeper = open(warehouse, behind);
    await keeper.of(version('v1'));
    state.failing = /./;
    const next = await keeper.of({ ...version('v2'), lastDay: '2026-11-24' });
    expect(next).toMatchObject({ lastDay: '2026-11-24', seenEvents: ['first'], values: { product: ['first'] } });
  },
);

test('a store that can’t be read or written costs only the learning', async () => {
  const { warehouse } = wordy();
  const broken = async () => {
    throw new Error('disk full');
  };
  const keeper = open(warehouse, false, handClock(), [], { load: broken, save: broken });
  expect((await keeper.of(version('v1'))).seenEvents).toEqual(['first']);
});
