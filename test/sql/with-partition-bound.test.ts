import { expect, test } from '@jest/globals';
import { checkSql } from '../../src/sql/guard.ts';
import { withPartitionBound } from '../../src/sql/with-partition-bound.ts';
import { shopCatalog } from './shop-catalog.ts';

const days = ['2026-11-17', '2026-11-23'] as const;
const range = "BETWEEN '2026-11-17' AND '2026-11-23'";

test.each([
  ['SELECT count(*) FROM sessions', `SELECT count(*) FROM sessions\nWHERE sessions.dt ${range}`],
  ['SELECT 1 FROM sessions AS s GROUP BY 1 -- x', `SELECT 1 FROM sessions AS s\nWHERE s.dt ${range} GROUP BY 1 -- x`],
  ['SELECT 1 FROM sessions "S s"', `SELECT 1 FROM sessions "S s"\nWHERE "S s".dt ${range}`],
  ["SELECT 1 FROM sessions WHERE country = 'DE'", `SELECT 1 FROM sessions WHERE country = 'DE' AND sessions.dt ${range}`],
  [
    "SELECT '😀' FROM sessions WHERE converted OR revenue > 1",
    `SELECT '😀' FROM sessions WHERE (converted OR revenue > 1) AND sessions.dt ${range}`,
  ],
  [
    'SELECT 1 FROM sessions s JOIN orders o ON o.session_id = s.session_id',
    `SELECT 1 FROM sessions s JOIN orders o ON o.session_id = s.session_id\nWHERE s.dt ${range} AND o.dt ${range}`,
  ],
  [
    'SELECT 1 FROM sessions s LEFT JOIN orders o ON o.session_id = s.session_id',
    `SELECT 1 FROM sessions s LEFT JOIN orders o ON o.session_id = s.session_id AND o.dt ${range}\nWHERE s.dt ${range}`,
  ],
  [
    'WITH a AS (SELECT country FROM sessions) SELECT country FROM a',
    `WITH a AS (SELECT country FROM sessions\nWHERE sessions.dt ${range}) SELECT country FROM a`,
  ],
])('bounds %j', (text, expected) => {
  const edited = withPartitionBound(text, shopCatalog, ...days);
  expect(edited).toBe(expected);
  const verdict = checkSql(edited!, shopCatalog);
  expect(verdict).toMatchObject({ ok: true });
  if (verdict.ok) for (const one of verdict.sql.partitions) expect([one.from, one.to]).toEqual(days);
});

test.each([
  'SELECT count(*) FROM users',
  "SELECT count(*) FROM sessions WHERE dt = '2026-11-17'",
  'SELECT 1 FROM sessions s LEFT JOIN orders o USING (session_id)',
  'SELECT 1 FROM staff',
  'DROP TABLE sessions',
  'not SQL',
])('offers nothing for %j', (text) => {
  expect(withPartitionBound(text, shopCatalog, ...days)).toBeUndefined();
});
