import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { metricInSql } from '../../src/answer/metric-in-sql.ts';
import { withReceipt } from '../../src/answer/model-receipt.ts';
import { withModel } from '../../src/answer/read-with-model.ts';
import { runModelSql } from '../../src/answer/run-model-sql.ts';
import { trySql } from '../../src/answer/try-sql.ts';
import type { DataFacts } from '../../src/glossary/data-facts.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import type { SqlReading } from '../../src/glossary/reading.ts';
import { openReader } from '../../src/reading/read-question.ts';
import type { ModelEnd, ModelRequest, ModelUsage } from '../../src/services/model.ts';
import type { QueryRefusal, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const loaded = loadGlossary(file('prompts/glossary.yml'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const catalog = houseCatalog(glossary);
const grammar = openReader(glossary);
const prompts = { read: file('prompts/read.md'), repair: file('prompts/repair.md') };
const guard = { check: async (text: string) => checkSql(text, catalog) };
const facts: DataFacts = {
  firstDay: '2026-01-01',
  lastDay: '2026-11-23',
  newestEventTime: '2026-11-24T06:00:00Z',
  lastRunAt: '2026-11-24T07:00:00Z',
  dataVersion: 'v1',
  seenEvents: [],
  values: {},
};

/** An engine that takes every query but what `explain` says against it, and answers with one row. */
function engine({ bytes = 2e6, explain = [] }: { bytes?: number; explain?: (QueryRefusal | undefined)[] } = {}) {
  const log: string[] = [];
  const warehouse: Warehouse = {
    engine: 'athena',
    estimate: async () => ({ bytes }),
    explain: async () => {
      log.push('explain');
      return explain.shift();
    },
    run: async () => {
      log.push('run');
      const columns = [{ name: 'search_term', type: 'varchar' }];
      return { kind: 'rows', columns, rows: [['socks']], truncated: false, scannedBytes: bytes, ms: 3, executionId: 'x' };
    },
    close: async () => {},
  };
  return { warehouse, log };
}

const lost = 'list the frobs of the last gizmos';
const says = 'The latest searches.';
const sql = "SELECT search_term FROM events WHERE dt = '2026-11-23' AND NOT is_bot ORDER BY event_time DESC LIMIT 10";
const refusal: QueryRefusal = {
  kind: 'refusal',
  code: 'query_failed',
  error: 'FUNCTION_NOT_FOUND',
  line: 2,
  column: 8,
  message: 'There is no function frob.',
  scannedBytes: 0,
};

async function ask(
  question: string,
  replies: readonly unknown[],
  { engine: { warehouse } = engine(), usage = { input: 900, output: 100, cached: 0, written: 0, usd: 0.004 } as ModelUsage } = {},
) {
  const requests: ModelRequest[] = [];
  const limits = { rowLimit: 10, timeoutMs: 1000, maxBytes: 1e12, approveUsd: 0.5 };
  const world = { guard, catalog, warehouse, glossary, limits };
  const reader = withModel(grammar, {
    model: async (request): Promise<ModelEnd> => {
      requests.push(request);
      return { kind: 'call', input: { reading: replies[requests.length - 1] }, usage };
    },
    glossary,
    prompts,
    report: (fault) => {
      throw fault;
    },
    trySql: (text, named) => trySql(text, named, world),
  });
  const end = await reader.read({ text: question, facts, today: '2026-11-24' });
  const told = requests.slice(1).map(({ turns }) => (turns.at(-1) as { fault: string }).fault);
  const present = { ...world, painter: { paint: none, warmUp: none, close: none }, zone: 'UTC', billed: true, onFault: none };
  const written = { question: { id: 'q', text: question, askedAt: '2026-11-24T09:00:00Z' }, today: '2026-11-24', facts };
  const run = () => runModelSql(end.reading as SqlReading, written, present, {}, {});
  return { ...end, told, run, asked: requests.length, own: grammar.read({ text: question, facts, today: '2026-11-24' }).reading };
}

const none = (): never => {
  throw new Error('nothing is drawn here');
};

describe('SQL that a model wrote', () => {
  test('is explained before it runs, and its answer says whose it is and holds no reading of the house', async () => {
    const seen = engine();
    const { reading, run, model } = await ask(lost, [{ kind: 'sql', sql, says }], { engine: seen });
    expect(seen.log).toEqual(['explain']);
    const outcome = withReceipt(await run(), model ? { model } : {}, 'UTC');
    expect(seen.log).toEqual(['explain', 'run']);
    expect(outcome).toMatchObject({
      kind: 'answer',
      modelSql: reading,
      marks: [{ code: 'model_sql' }],
      readAs: 'SQL written by a model: The latest searches.',
      rows: [['socks']],
      footer: expect.stringMatching(/ · model under \$0\.01$/),
      model: { calls: 1, usd: 0.004 },
    });
    expect(outcome).not.toHaveProperty('reading');
  });

  test('waits for an approval like any other, and says that a model wrote it', async () => {
    const { run } = await ask(lost, [{ kind: 'sql', sql, says }], { engine: engine({ bytes: 500e9 }) });
    expect(await run()).toMatchObject({
      kind: 'refused',
      code: 'needs_approval',
      sentence: expect.stringMatching(/^A model wrote SQL for this question, and it did not run\. This would read/),
    });
  });

  test('is mended once with the place and the words of the guard', async () => {
    const { reading, told, asked } = await ask(lost, [
      { kind: 'sql', sql: sql.replace('search_term', '\n  search_terms'), says },
      { kind: 'sql', sql, says },
    ]);
    expect(reading).toMatchObject({ kind: 'sql', sql });
    expect(asked).toBe(2);
    expect(told).toEqual([
      expect.stringMatching(/\(unknown_column, line 2, column 3\).*search_terms.*Did you mean search_term\?/),
    ]);
  });

  test('is mended once with the place and the words of the engine, and given up after that', async () => {
    const mended = engine({ explain: [refusal] });
    const once = await ask(
      lost,
      [
        { kind: 'sql', sql, says },
        { kind: 'sql', sql, says },
      ],
      { engine: mended },
    );
    expect(once.reading).toMatchObject({ kind: 'sql' });
    expect(once.told).toEqual([expect.stringContaining('(FUNCTION_NOT_FOUND, line 2, column 8): There is no function frob.')]);
    const twice = await ask(
      lost,
      [
        { kind: 'sql', sql, says },
        { kind: 'sql', sql, says },
      ],
      {
        engine: engine({ explain: [refusal, refusal] }),
      },
    );
    expect(twice.reading).toEqual(twice.own);
    expect(twice).toMatchObject({ asked: 2, model: { calls: 2, usd: 0.008 } });
  });

  test('is not held against it where the engine is only busy or slow', async () => {
    const slow: QueryRefusal = { kind: 'refusal', code: 'timed_out', message: 'stopped', scannedBytes: 0 };
    const { reading, asked } = await ask(lost, [{ kind: 'sql', sql, says }], { engine: engine({ explain: [slow] }) });
    expect([reading.kind, asked]).toEqual(['sql', 1]);
  });

  test('answers what the house has no kind for yet, but never in place of a metric that the question names', async () => {
    const pairs =
      "SELECT a.product_name AS one, b.product_name AS other, count(*) AS orders FROM product_events a JOIN product_events b ON a.order_id = b.order_id WHERE a.dt = '2026-11-23' AND b.dt = '2026-11-23' GROUP BY 1, 2";
    const together = await ask('which products are bought together', [{ kind: 'sql', sql: pairs, says }]);
    expect([together.own.kind, together.reading.kind]).toEqual(['decline', 'sql']);
    const why = await ask('why did the conversion rate drop', []);
    expect([why.asked, why.reading]).toEqual([0, why.own]);
    const count = { kind: 'sql', sql: "SELECT count(*) FROM sessions WHERE dt = '2026-11-23'", says };
    const named = await ask('conversion rate of the frobs', [count, count]);
    expect([named.asked, named.reading]).toEqual([2, named.own]);
    expect(named.told[0]).toContain('This counts the metric conversion_rate, which only the house may count');
  });

  test.each(
    file('test/fixtures/model/sql.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sql: string; named?: string[]; metric: string | null })
      .map((it) => [it.sql, it] as const),
  )('counts a metric, or none: %s', (_, { sql: text, named = [], metric }) => {
    const verdict = checkSql(text, catalog);
    if (!verdict.ok) throw new Error(verdict.message);
    expect(metricInSql(verdict.sql, named, glossary) ?? null).toBe(metric);
  });
});
