import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { keepFacts } from '../../src/answer/learn-facts.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import type { Freshness } from '../../src/services/refresher.ts';
import type { Cell, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';

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
  const state = { word: 'first', gate: Promise.resolve() as Promise<void>, runs: 0 };
  const warehouse: Warehouse = {
    engine: 'athena',
    estimate: async () => ({ bytes: 0 }),
    explain: async () => undefined,
    async run() {
      state.runs++;
      const rows: Cell[][] = [[state.word]];
      await state.gate;
      return { kind: 'rows', columns: [], rows, truncated: false, scannedBytes: 0, ms: 0, executionId: '' };
    },
    close: async () => {},
  };
  return { state, warehouse };
}

const open = (warehouse: Warehouse, behind: boolean) =>
  keepFacts({
    glossary,
    catalog: houseCatalog(glossary),
    guard: { check: async (text, catalog) => checkSql(text, catalog) },
    warehouse,
    behind,
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

test('a learning that failed is tried again by the next asker', async () => {
  const { state, warehouse } = wordy();
  const keeper = open(warehouse, false);
  state.gate = Promise.reject(new Error('throttled'));
  state.gate.catch(() => {});
  await expect(keeper.of(version('v1'))).rejects.toThrow('throttled');
  state.gate = Promise.resolve();
  expect((await keeper.of(version('v1'))).seenEvents).toEqual(['first']);
});
