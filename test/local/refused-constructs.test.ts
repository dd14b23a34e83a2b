import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { refusedFunctions, refusedPage } from '../../src/local/refused-constructs.ts';
import { openLocalEngine } from './local-engine.ts';

const PAGE = new URL('../../docs/local-engine.md', import.meta.url);

test('the page of what is refused is the one that the tables give', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(PAGE, refusedPage());
  expect(readFileSync(PAGE, 'utf8')).toBe(refusedPage());
});

test('a function of Trino that is not here is refused by name, any other as Trino refuses it', async () => {
  const ask = await openLocalEngine();
  for (const name of refusedFunctions()) {
    expect([name, await ask(`SELECT ${name}(1)`)]).toMatchObject([name, { kind: 'unsupported_locally' }]);
  }
  expect(await ask('SELECT no_such_function(1)')).toMatchObject({
    kind: 'query_failed',
    error: 'FUNCTION_NOT_FOUND',
    line: 1,
    column: 8,
  });
});

test.each([
  [
    "SELECT * FROM (VALUES (1, 'a')) t(id, e) MATCH_RECOGNIZE (ORDER BY id MEASURES first(A.id) AS f PATTERN (A) DEFINE A AS e = 'a')",
    'MATCH_RECOGNIZE',
  ],
  ['SELECT * FROM (VALUES 1) t(x) TABLESAMPLE BERNOULLI (10)', 'TABLESAMPLE'],
  ["SELECT TIMESTAMP '2025-01-05 10:00:00.123456789'", 'timestamp(9)'],
  ["SELECT regexp_like('aa', 'a++')", 'a possessive quantifier in a regular expression'],
])('%s is refused with its construct and place', async (sql, construct) => {
  const ask = await openLocalEngine();
  expect(await ask(sql)).toMatchObject({ kind: 'unsupported_locally', construct, line: 1, column: expect.any(Number) });
});
