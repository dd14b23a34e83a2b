import { readFileSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';

export type Row = Readonly<Record<string, string | number | boolean | null>>;
/** Table → rows; columns that are not named are NULL. */
export type Shop = Readonly<Record<string, readonly Row[]>>;

/** A composed SELECT on plain DuckDB, for tests of the numbers: the rows as objects. */
export interface ShopEngine {
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): void;
}

/**
 * The tables of a shop in an in-memory DuckDB. The few words of Trino that composed SQL uses are rewritten or macros here;
 * the real translator and a real Trino have tests of their own.
 */
export async function openShop(shop: Shop, glossary: Glossary): Promise<ShopEngine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'; CREATE SCHEMA shop; ${MACROS}`);
  for (const [table, { columns }] of Object.entries(glossary.tables)) {
    const types = Object.entries(columns).map(([name, type]) => `${name} ${type.replace('timestamp(3)', 'TIMESTAMP')}`);
    await connection.run(`CREATE TABLE shop.${table} (${types.join(', ')})`);
    const rows = shop[table] ?? [];
    if (rows.length > 0) await connection.run(insertSql(table, rows));
  }
  await fillSums(connection, glossary);
  return {
    rows: async (sql) => {
      const reader = await connection.runAndReadAll(forDuckdb(sql));
      return reader.getRowObjectsJson();
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Fills the tables of sums from the others, by the refresh's own statements. */
export async function fillSums(connection: DuckDBConnection, glossary: Glossary): Promise<void> {
  await connection.run('USE shop');
  for (const [table, { sums }] of Object.entries(glossary.tables)) {
    const file = new URL(`../../src/refresh/transforms/${table}.sql`, import.meta.url);
    if (sums) await connection.run(`INSERT INTO shop.${table} BY NAME ${readFileSync(file, 'utf8')}`);
  }
}

/** INSERT of rows by name, in one statement. */
export function insertSql(table: string, rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = rows.map((row) => `(${names.map((name) => valueSql(name, row[name] ?? null)).join(', ')})`);
  return `INSERT INTO shop.${table} (${names.join(', ')}) VALUES ${values.join(', ')}`;
}

function valueSql(name: string, value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return /_(time|start|end)$/.test(name) ? `TIMESTAMP ${quoted}` : quoted;
}

function forDuckdb(sql: string): string {
  return sql
    .replace(/UNNEST\(\n((?: +ARRAY\[.*\],?\n)+) *\) AS/g, (_all, lists: string) => {
      const unnested = lists
        .trim()
        .split(/,\n\s*/)
        .map((list) => `unnest(${list})`);
      return `LATERAL (SELECT ${unnested.join(', ')}) AS`;
    })
    .replace(/([\w.]+) AT TIME ZONE ('[^']*')/g, 'timezone($2, $1::TIMESTAMPTZ)')
    .replace(/date_add\('(\w+)', /g, 'tr_add_$1(')
    .replace(/date_trunc\('(week|month|quarter|year)', /g, 'tr_$1(')
    .replaceAll('date_diff(', 'date_sub(')
    .replaceAll('sequence(DATE', 'tr_days(DATE')
    .replaceAll('sequence(TIMESTAMP', 'generate_series(TIMESTAMP')
    .replaceAll('map_agg(', 'tr_map_agg(')
    .replaceAll('element_at(', 'tr_element_at(')
    .replaceAll('approx_percentile(', 'quantile_cont(')
    .replaceAll('day_of_week(', 'isodow(');
}

const MACROS = `
CREATE MACRO tr_add_day(n, d) AS CAST(d + to_days(CAST(n AS INTEGER)) AS DATE);
CREATE MACRO tr_add_week(n, d) AS CAST(d + to_days(CAST(7 * n AS INTEGER)) AS DATE);
CREATE MACRO tr_add_month(n, d) AS CAST(d + to_months(CAST(n AS INTEGER)) AS DATE);
CREATE MACRO tr_add_quarter(n, d) AS CAST(d + to_months(CAST(3 * n AS INTEGER)) AS DATE);
CREATE MACRO tr_add_year(n, d) AS CAST(d + to_months(CAST(12 * n AS INTEGER)) AS DATE);
CREATE MACRO tr_add_hour(n, t) AS t + to_hours(n);
CREATE MACRO tr_week(d) AS CAST(date_trunc('week', d) AS DATE);
CREATE MACRO tr_month(d) AS CAST(date_trunc('month', d) AS DATE);
CREATE MACRO tr_quarter(d) AS CAST(date_trunc('quarter', d) AS DATE);
CREATE MACRO tr_year(d) AS CAST(date_trunc('year', d) AS DATE);
CREATE MACRO tr_days(a, b, step) AS list_transform(generate_series(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), step), lambda x: CAST(x AS DATE));
CREATE MACRO tr_map_agg(k, v) AS map(list(k), list(v));
CREATE MACRO tr_element_at(m, k) AS m[k];
`;
