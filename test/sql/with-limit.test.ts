import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkSql } from '../../src/sql/guard.ts';
import { withLimit } from '../../src/sql/with-limit.ts';
import { shopCatalog } from './shop-catalog.ts';

const folder = new URL('../fixtures/sql/allowed/', import.meta.url);
const allowed = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));

test.each([
  ['SELECT 1', 'SELECT 1\nLIMIT 100'],
  ['SELECT 1 -- all', 'SELECT 1\nLIMIT 100 -- all'],
  ['SELECT 1 LIMIT 5000 ;', 'SELECT 1 LIMIT 100 ;'],
  ['SELECT 1 LIMIT 5', 'SELECT 1 LIMIT 5'],
  ['SELECT 1 LIMIT ALL', 'SELECT 1 LIMIT 100'],
  ['SELECT 1 FETCH FIRST 500 ROWS ONLY', 'SELECT 1 FETCH FIRST 100 ROWS ONLY'],
  ['SELECT 1 FETCH FIRST ROW ONLY', 'SELECT 1 FETCH FIRST ROW ONLY'],
  ['(SELECT 1 LIMIT 500)', '(SELECT 1 LIMIT 500)\nLIMIT 100'],
  ["SELECT '😀' UNION SELECT 'b'", "SELECT '😀' UNION SELECT 'b'\nLIMIT 100"],
  [
    'WITH a AS (SELECT 1 LIMIT 900) SELECT * FROM a ORDER BY 1',
    'WITH a AS (SELECT 1 LIMIT 900) SELECT * FROM a ORDER BY 1\nLIMIT 100',
  ],
  ['SHOW TABLES', 'SHOW TABLES'],
  ['EXPLAIN SELECT 1', 'EXPLAIN SELECT 1'],
  ['not SQL', 'not SQL'],
])('of %j', (text, cut) => {
  expect(withLimit(text, 100)).toBe(cut);
});

test('every allowed query still passes, with a limit that holds', () => {
  for (const text of allowed) {
    const verdict = checkSql(withLimit(text, 7), shopCatalog);
    expect(verdict).toMatchObject({ ok: true });
    if (verdict.ok && verdict.sql.kind === 'query') expect(verdict.sql.limit).toBeLessThanOrEqual(7);
  }
});
