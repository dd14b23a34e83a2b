import { expect, test } from '@jest/globals';
import { checkSql } from '../../src/sql/guard.ts';
import { shopCatalog } from './shop-catalog.ts';

/** Shapes of statements that people and programs make long: each has so many pieces. */
const SHAPES: Readonly<Record<string, (pieces: number) => string>> = {
  AND: (n) => `SELECT 1 FROM sessions WHERE ${list(n, (i) => `country = 'c${i}'`, ' AND ')}`,
  'OR in parentheses': (n) => `SELECT 1 FROM sessions WHERE ${list(n, (i) => `(country = 'c${i}' AND converted)`, ' OR ')}`,
  IN: (n) => `SELECT 1 FROM sessions WHERE country IN (${list(n, (i) => `'c${i}'`, ', ')})`,
  CASE: (n) => `SELECT CASE ${list(n, (i) => `WHEN country = 'c${i}' THEN ${i}`, ' ')} END FROM sessions`,
  UNION: (n) => list(n, (i) => `SELECT country, ${i} FROM sessions`, ' UNION ALL '),
  columns: (n) => `SELECT ${list(n, (i) => `country AS c${i}`, ', ')} FROM sessions`,
  'GROUP BY': (n) => `SELECT count(*) FROM sessions GROUP BY ${list(n, () => 'country', ', ')}`,
  divisions: (n) => `SELECT ${list(n, () => 'pageviews', ' / ')} FROM sessions`,
  joins: (n) => `SELECT 1 FROM sessions s ${list(n, (i) => `JOIN orders o${i} ON o${i}.dt = s.dt`, ' ')}`,
  'LATERAL beside a list': (n) =>
    `SELECT 1 FROM sessions CROSS JOIN LATERAL (VALUES 1) AS l (x) WHERE x IN (${list(n, (i) => `x + ${i}`, ', ')})`,
  WITH: (n) =>
    `WITH ${list(n, (i) => `q${i} AS (SELECT country FROM ${i === 0 ? 'sessions' : `q${i - 1}`})`, ', ')} SELECT country FROM q${n - 1}`,
};

test.each(Object.entries(SHAPES))('a long chain of %s passes, and costs what its length costs', (_, shape) => {
  cost(shape(40));
  const short = Math.max(cost(shape(80)), 3);
  // Six times the length; a chain that is read again for each of its pieces would cost 36 times as much.
  expect(cost(shape(480)) / short).toBeLessThan(20);
});

test('a long text that is no statement is told so, at the place', () => {
  const text = `SELECT ${list(1000, () => 'country', ', ')} FROM sessions WHERE GROUP`;
  const verdict = checkSql(text, shopCatalog);
  expect(verdict).toMatchObject({ ok: false, code: 'syntax', line: 1, column: text.indexOf('GROUP') + 1 });
});

test('sixty bytes that nest deep and miss a parenthesis take no seconds, also after well-formed ones', () => {
  const nested = (opened: number, closed: number) => `SELECT ${'('.repeat(opened)}1${')'.repeat(closed)}`;
  const start = process.cpuUsage();
  for (const [opened, closed] of [
    [22, 21],
    [20, 20],
    [22, 21],
    [22, 22],
  ] as const)
    checkSql(nested(opened, closed), shopCatalog);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(8);
});

/** CPU milliseconds of a check, the least of two. */
function cost(text: string): number {
  const times = [1, 2].map(() => {
    const start = process.threadCpuUsage();
    expect(checkSql(text, shopCatalog)).toMatchObject({ ok: true });
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

function list(pieces: number, piece: (index: number) => string, between: string): string {
  return Array.from({ length: pieces }, (_, index) => piece(index)).join(between);
}
