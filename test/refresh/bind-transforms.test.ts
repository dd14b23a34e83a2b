import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { SPARK_MACROS } from '../../src/local/refresh-macros.ts';
import { RAW_ITEM_COLUMNS, RAW_RECORD_COLUMNS } from '../../src/refresh/reader/raw-columns.ts';
import { TABLES } from '../../src/refresh/tables.ts';
import { ruleTables, TRANSFORM_NAMES, type TransformName, transform } from '../../src/refresh/transforms.ts';

jest.setTimeout(120_000);

// What each step finds, in the order of src/refresh/README.md: either engine makes these views or tables before it.
const STEPS: readonly (readonly [name: TransformName, before?: readonly (readonly [view: string, select: string])[]])[] = [
  ['agents', [['user_agents', 'SELECT DISTINCT ua FROM raw_records']]],
  ['page_kinds', [['page_paths', 'SELECT DISTINCT page_path FROM raw_records']]],
  ['item_totals'],
  [
    'staged',
    [
      [
        'places',
        `SELECT '' AS ip_key, '' AS range_key, '' AS range_country, '' AS range_region, '' AS range_city, 0.5e0 AS range_latitude, 0.5e0 AS range_longitude`,
      ],
    ],
  ],
  ['staged_items', [['staged_records', 'SELECT s.ord AS rid, s.* FROM staged s']]],
  ['losers', [['copies', 'SELECT * FROM staged_records']]],
  [
    'spans',
    [
      ['accepted', 'SELECT * FROM staged_records'],
      ['accepted_items', 'SELECT * FROM staged_items'],
    ],
  ],
  ['purchases'],
  ['bot_users'],
  ['counted_orders'],
  ['session_keys'],
  ['session_traffic'],
  ['channels', [['traffic', 'SELECT DISTINCT kind, source, medium, campaign, host FROM session_traffic']]],
  ['order_sessions'],
  ['product_events'],
  ['page_views'],
  ['events'],
  ['sessions'],
  ['users'],
  ['orders'],
  ['quarantine', [['rejected', 'SELECT * FROM staged_records']]],
  ['daily_kpis'],
  ['funnel_daily'],
  ['product_daily'],
];

let run: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
let close: () => void;

beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  run = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as readonly Record<string, unknown>[];
  close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  for (const macro of SPARK_MACROS) await run(macro);
  for (const { name, columns } of ruleTables())
    await run(`CREATE TABLE ${name} (${columns.map((c) => `${c.name} ${c.type}`).join(', ')})`);
  await run("CREATE VIEW settings AS SELECT 'UTC' AS zone, 'EUR' AS currency, 'quantity' AS units_per_item, 'run' AS run_id");
  for (const [name, columns] of [
    ['raw_records', RAW_RECORD_COLUMNS],
    ['raw_items', RAW_ITEM_COLUMNS],
  ] as const)
    await run(`CREATE TABLE ${name} (${columns.map((c) => `${c} ${c === 'ord' ? 'BIGINT' : 'VARCHAR'}`).join(', ')})`);
});

afterAll(() => close());

test('DuckDB binds every transform over what comes before it, and each table has its columns', async () => {
  expect(STEPS.map(([name]) => name).sort()).toEqual([...TRANSFORM_NAMES].sort());
  for (const [name, before] of STEPS) {
    for (const [view, select] of before ?? []) await run(`CREATE VIEW ${view} AS ${select}`);
    await run(`CREATE VIEW ${name} AS ${transform(name)}`);
    const found = (await run(`DESCRIBE ${name}`)).map((row) => String(row.column_name));
    const wanted = (TABLES[name]?.columns ?? []).map((c) => c.name);
    expect([name, wanted.filter((column) => !found.includes(column))]).toEqual([name, []]);
  }
});
