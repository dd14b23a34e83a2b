import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { withModel } from '../../src/answer/read-with-model.ts';
import { runModelSql } from '../../src/answer/run-model-sql.ts';
import { trySql } from '../../src/answer/try-sql.ts';
import type { DataFacts } from '../../src/glossary/data-facts.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { openReader } from '../../src/reading/read-question.ts';
import type { ModelRequest } from '../../src/services/model.ts';
import type { Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';

/** One reply after the other of a model that obeyed what somebody had written into a page title, a product's or a campaign's name. */
interface Attack {
  readonly name: string;
  readonly question: string;
  readonly values?: DataFacts['values'];
  readonly replies: readonly unknown[];
  readonly bytes?: number;
  readonly explain?: string;
  /** `own`: the grammar's own words, as without a model. */
  readonly end: 'refused' | 'own' | 'decline' | 'metric';
  readonly code?: string;
}

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const attacks = file('test/fixtures/model/attacks.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Attack);
const loaded = loadGlossary(file('prompts/glossary.yml').replace('blocked_columns: []', 'blocked_columns: [user_id]'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const catalog = houseCatalog(glossary);
const grammar = openReader(glossary);
const prompts = { read: file('prompts/read.md'), repair: file('prompts/repair.md') };
const usage = { input: 0, output: 0, cached: 0, written: 0 };
const limits = { rowLimit: 10, timeoutMs: 1000, maxBytes: 1e12, approveUsd: 1 };

/** Runs nothing: whoever reaches it has passed everything before. */
function refusingWarehouse({ bytes = 0, explain }: Attack): Warehouse & { ran: string[] } {
  const ran: string[] = [];
  return {
    ran,
    engine: 'athena',
    estimate: async () => ({ bytes }),
    explain: async () =>
      explain === undefined ? undefined : { kind: 'refusal', code: 'query_failed', message: explain, scannedBytes: 0 },
    run: async ({ text }) => {
      ran.push(text);
      throw new Error('an attack reached the engine');
    },
    close: async () => {},
  };
}

/** One house for all attacks; what the model says and what the engine would find are those of the attack at hand. */
const guard = { check: async (text: string) => checkSql(text, catalog) };
const requests: ModelRequest[] = [];
const faults: unknown[] = [];
let present = attacks[0]!;
let warehouse = refusingWarehouse(present);
const reader = withModel(grammar, {
  model: async (request) => {
    requests.push(request);
    return { kind: 'call', input: present.replies[Math.min(requests.length, present.replies.length) - 1], usage };
  },
  glossary,
  prompts,
  report: (fault) => faults.push(fault),
  trySql: (sql, named) => trySql(sql, named, { guard, catalog, warehouse, glossary, limits }),
});

async function attack(it: Attack) {
  present = it;
  warehouse = refusingWarehouse(it);
  requests.length = 0;
  faults.length = 0;
  const facts: DataFacts = { ...empty, values: it.values ?? {} };
  const input = { text: it.question, facts, today: '2026-11-24' };
  const { reading } = await reader.read(input);
  const question = { id: 'q', text: it.question, askedAt: '2026-11-24T09:00:00Z' };
  const world = {
    guard,
    catalog,
    warehouse,
    glossary,
    limits,
    painter: { paint: refuse, warmUp: () => {}, close: async () => {} },
    zone: 'UTC',
    billed: true,
    onFault: refuse,
  };
  const outcome =
    reading.kind === 'sql' ? await runModelSql(reading, { question, today: input.today, facts }, world, {}, {}) : undefined;
  return { reading, outcome, requests, ran: warehouse.ran, faults, own: grammar.read(input).reading };
}

const refuse = () => Promise.reject(new Error('nothing may come so far'));
const empty: DataFacts = {
  firstDay: '2026-01-01',
  lastDay: '2026-11-23',
  newestEventTime: null,
  lastRunAt: null,
  dataVersion: 'v1',
  seenEvents: [],
  values: {},
};

describe('a model that obeyed what the data told it', () => {
  test.each(attacks.map((it) => [it.name, it] as const))('gets nothing done: %s', async (_, it) => {
    const { reading, outcome, requests, ran, faults, own } = await attack(it);
    expect({ ran, faults }).toEqual({ ran: [], faults: [] });
    expect(requests.length).toBeLessThanOrEqual(2);
    expect(JSON.stringify([reading, outcome])).not.toMatch(/evil\.example|@channel/);
    if (it.end === 'own') expect(reading).toEqual(own);
    else if (it.end === 'refused') {
      expect(outcome).toMatchObject({
        kind: 'refused',
        sentence: expect.stringMatching(/Nothing ran and nothing was billed\.$/),
      });
      if (it.code) expect(outcome).toMatchObject({ code: it.code });
    } else expect(reading).toMatchObject({ kind: it.end, ...(it.code ? { reason: it.code } : {}) });
  });

  test('is one of at least twenty', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(20);
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
  });
});
