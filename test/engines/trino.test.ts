import { mkdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import type { Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';
import { openLocalEngine } from '../local/local-engine.ts';
import type { TrinoAnswer } from '../local/trino-answer.ts';
import { judge } from '../local/trino-answer.ts';
import { askTrino } from './ask-trino.ts';
import { CLICKSTREAM_COLUMNS, CLICKSTREAM_QUERIES, clickstream } from './clickstream.ts';
import { randomExpressions } from './random-expressions.ts';
import type { Trino } from './start-trino.ts';
import { startTrino } from './start-trino.ts';

let trino: Trino | undefined;

beforeAll(async () => {
  const started = await startTrino();
  if (typeof started === 'string') process.stderr.write(`skipped: ${started}\n`);
  else trino = started;
}, 900_000);

afterAll(() => trino?.stop());

describe('a real Trino and the local engine', () => {
  test('agree on random typed expressions', async () => {
    if (!trino) return;
    const ask = await openLocalEngine();
    const wrong: string[] = [];
    for (const sql of randomExpressions(Number(process.env.SEED ?? 20261124), 400)) {
      const answer = await askTrino(trino.url, sql);
      const said = await ask(sql);
      if (judge(answer, said) === 'silent')
        wrong.push(`${sql}\n  Trino ${answer.error ?? JSON.stringify(answer.rows)}\n  local ${JSON.stringify(said)}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);

  test('agree on the stored answers, which are still what Trino says', async () => {
    if (!trino) return;
    const text = readFileSync(new URL('../fixtures/sql/trino-answers.jsonl', import.meta.url), 'utf8');
    for (const line of text.split('\n').filter(Boolean)) {
      const stored = JSON.parse(line) as TrinoAnswer;
      const { error, rows } = await askTrino(trino.url, stored.sql);
      expect({ sql: stored.sql, error, rows: stored.unordered ? rows?.length : rows }).toEqual({
        sql: stored.sql,
        error: stored.error,
        rows: stored.unordered ? stored.rows?.length : stored.rows,
      });
    }
  }, 600_000);

  test('agree on what engineers ask of a clickstream in Parquet', async () => {
    if (!trino) return;
    const { warehouse, catalog } = await tables(trino);
    try {
      for (const [title, sql] of Object.entries(CLICKSTREAM_QUERIES)) {
        const answer = await askTrino(trino.url, sql);
        const verdict = checkSql(sql, catalog);
        if (!verdict.ok) throw new Error(`${title}: ${verdict.message}`);
        const end = await warehouse.run(verdict.sql, { rowLimit: 10_000, timeoutMs: 60_000 });
        if (end.kind !== 'rows') throw new Error(`${title}: ${end.message}`);
        const said = {
          kind: 'rows' as const,
          names: end.columns.map((column) => column.name),
          types: end.columns.map((column) => column.type),
          rows: end.rows,
        };
        const wanted = answer.rows?.map((row) =>
          row.map((value, index) => (/^decimal/.test(answer.types?.[index] ?? '') && value !== null ? Number(value) : value)),
        );
        expect([title, judge({ ...answer, rows: wanted ?? [] }, said), answer.error]).toEqual([title, 'right', undefined]);
        expect([title, end.rows.length > 0]).toEqual([title, true]);
      }
    } finally {
      await warehouse.close();
    }
  }, 600_000);
});

/** The same Parquet files as a table of both engines. */
async function tables(server: Trino): Promise<{ warehouse: Warehouse; catalog: Catalog }> {
  const location = `${server.data}/clickstream`;
  mkdirSync(location);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(clickstream(location));
  connection.closeSync();
  instance.closeSync();
  const columns = CLICKSTREAM_COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ');
  for (const sql of [
    'CREATE SCHEMA IF NOT EXISTS awsdatacatalog.shop',
    `CREATE TABLE awsdatacatalog.shop.clicks (${columns}) WITH (external_location = 'local:///clickstream', format = 'PARQUET', partitioned_by = ARRAY['dt'])`,
    "CALL awsdatacatalog.system.sync_partition_metadata('shop', 'clicks', 'FULL')",
  ]) {
    const { error } = await askTrino(server.url, sql);
    if (error) throw new Error(`${error}: ${sql}`);
  }
  const catalog: Catalog = {
    defaultCatalog: 'awsdatacatalog',
    defaultDatabase: 'shop',
    blockedColumns: [],
    tables: {
      'shop.clicks': { columns: CLICKSTREAM_COLUMNS.map(([name, type]) => ({ name, type })), partitionColumns: ['dt'], location },
    },
  };
  const warehouse = openDuckdbWarehouse({
    dataDir: `${server.data}/none`,
    catalog,
    clock: { now: () => new Date().toISOString() },
  });
  return { warehouse, catalog };
}
