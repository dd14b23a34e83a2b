import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import type { Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';

let folder: string;
let catalog: Catalog;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'owner-'));
  for (const path of ['days/country=A%20T/dt=20261101', 'empty']) mkdirSync(join(folder, path), { recursive: true });
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT 12.5::DECIMAL(10,2) AS Cost, 'w' AS "order", 'x' AS "two words", 'text' AS note)
    TO '${folder}/days/country=A%20T/dt=20261101/a.parquet'`);
  connection.closeSync();
  instance.closeSync();
  const table = (columns: string, partitionColumns: readonly string[], path: string) => ({
    columns: columns.split(', ').map((one) => ({ name: one.split(':')[0]!, type: one.split(':')[1]! })),
    partitionColumns,
    location: join(folder, path),
  });
  catalog = {
    defaultCatalog: 'awsdatacatalog',
    defaultDatabase: 'own',
    blockedColumns: [],
    tables: {
      'own.costs': table(
        'cost:decimal(10,2), order:varchar, two words:varchar, country:varchar, dt:integer',
        ['country', 'dt'],
        'days',
      ),
      'own.wrong': table('cost:varchar, note:bigint, order:varchar', [], 'days'),
      'own.nothing': table('n:integer', [], 'empty'),
      'own.gone': table('n:integer', [], 'gone'),
      'own.elsewhere': { columns: [{ name: 'n', type: 'integer' }], partitionColumns: [], location: 's3://bucket/n' },
    },
  };
  const clock = { now: () => '2026-11-24T12:00:00.000Z' };
  warehouse = openDuckdbWarehouse({ dataDir: join(folder, 'data'), catalog, threads: 1, memoryLimitMb: 256, clock });
});

afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

test.each([
  ['SELECT COST, "Order", "two words", country, dt FROM costs WHERE dt >= 20261101', [[12.5, 'w', 'x', 'A T', 20_261_101]]],
  ['SELECT count(*) FROM nothing', [[0]]],
  ['SELECT "order" FROM wrong', [['w']]],
])(
  'answers %s',
  async (text, rows) => {
    expect(await run(text)).toMatchObject({ kind: 'rows', rows });
  },
  60_000,
);

test.each([
  [
    'cost',
    'Column cost of own.wrong is decimal(10,2) in its files and varchar in the catalog. Write the type of the files there.',
  ],
  ['note', 'Column note of own.wrong is varchar in its files and bigint in the catalog. Write the type of the files there.'],
])(
  'says that the files hold another type of %s than the catalog',
  async (column, message) => {
    expect(await run(`SELECT max(${column}) FROM wrong`)).toMatchObject({ kind: 'refusal', message });
  },
  60_000,
);

test.each([
  ['gone', /^The folder of the table gone is not there: .*gone\. Put its files there, or mend its location\.$/],
  ['elsewhere', /^The table elsewhere lies in S3/],
])('refuses the table %s by name, and prices it at nothing', async (name, message) => {
  const sql = safe(`SELECT n FROM ${name}`);
  const refusal = { kind: 'refusal', code: 'unsupported_locally', construct: `table ${name}`, scannedBytes: 0 };
  expect(await warehouse.estimate(sql)).toEqual({ bytes: 0 });
  for (const end of [await run(sql.text), await warehouse.explain(sql, { timeoutMs: 50_000 })])
    expect(end).toEqual({ ...refusal, message: expect.stringMatching(message) });
});

function run(text: string) {
  return warehouse.run(safe(text), { rowLimit: 10, timeoutMs: 50_000 });
}

function safe(text: string) {
  const verdict = checkSql(text, catalog);
  if (!verdict.ok) throw new Error(verdict.message);
  return verdict.sql;
}
