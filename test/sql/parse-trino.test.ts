import { expect, test } from '@jest/globals';
import { Token } from 'antlr4ng';
import { SingleStatementContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { formatSql } from '../../src/sql/format-sql.ts';
import { nearest } from '../../src/sql/nearest.ts';
import { parseTrino } from '../../src/sql/parse-trino.ts';

test('the parser shares the one copy of the ANTLR runtime', () => {
  const parse = parseTrino('SELECT 1 -- one');
  expect(parse).toMatchObject({ ok: true });
  if (!parse.ok) return;
  expect(parse.tree).toBeInstanceOf(SingleStatementContext);
  expect(parse.tokens.map((token) => token.text)).toEqual(['SELECT', '1', '<EOF>']);
  expect(parse.tokens.at(-1)?.type).toBe(Token.EOF);
});

test.each([
  ['SELECT', 1, 7, ''],
  ['SELECT a FROM t WHERE', 1, 22, ''],
  ['SELECT a\nFROM t\nORDER a', 3, 7, 'a'],
  ['SELECT count( FROM t', 1, 15, 'FROM'],
  ["SELECT 'ä😀', b c d", 1, 18, 'd'],
  ['SELECT 1; SELECT 2', 1, 11, 'SELECT'],
])('%s stops being Trino at %i:%i', (text, line, column, found) => {
  expect(parseTrino(text)).toMatchObject({ ok: false, line, column, found });
});

test('a text that failed does not slow a later one down for minutes', () => {
  expect(parseTrino(`SELECT ${'('.repeat(21)}1${')'.repeat(20)}`).ok).toBe(false);
  const start = performance.now();
  expect(parseTrino(`SELECT ${'('.repeat(23)}1${')'.repeat(23)}`).ok).toBe(true);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('a layout keeps what a statement says, and leaves what it cannot read', () => {
  expect(formatSql("select a, count(*) from t where dt >= 'x' group by 1")).toBe(
    "SELECT\n  a,\n  count(*)\nFROM\n  t\nWHERE\n  dt >= 'x'\nGROUP BY\n  1",
  );
  expect(formatSql("SELECT 'open")).toBe("SELECT 'open");
});

test('the nearest name is at most one slip in three letters away', () => {
  expect(nearest('sesions', ['events', 'sessions'])).toBe('sessions');
  expect(nearest('deivce', ['device', 'devices'])).toBe('device');
  expect(nearest('abc', ['xyz'])).toBeUndefined();
  expect(nearest('dt', ['id'])).toBeUndefined();
});
