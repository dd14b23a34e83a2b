import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseTrino } from '../../src/sql/parse-trino.ts';
import { parserFault, secondReaderFault } from '../../src/sql/second-reader.ts';
import { type StatementKind, statementKind } from '../../src/sql/statement-kind.ts';
import type { Walk } from '../../src/sql/walk.ts';
import { walkStatement } from '../../src/sql/walk-statement.ts';
import { isAccountedFor } from '../../src/sql/word-reading.ts';
import { shopCatalog } from './shop-catalog.ts';

// The second reader is there for the day when the walk is misled. So it is tried here on walks that were: on what the walk
// over a harmless statement gathered, beside a text that hides something.
const blind = walkOf('SELECT country FROM sessions s');

test.each([
  'SELECT country FROM sessions s, secret',
  'SELECT country FROM sessions s JOIN other.secret ON 1 = 1',
  'SELECT country FROM sessions s WHERE country IN (SELECT country FROM secret)',
  'SELECT country FROM sessions s UNION SELECT country FROM hive.clickstream.sessions',
  'SELECT user_ip FROM sessions s',
  'SELECT s.user_ip FROM sessions s',
  'SELECT country FROM sessions s; DROP TABLE sessions',
  'SELECT country FROM sessions s; SELECT 1',
  'DELETE FROM sessions',
])('vetoes %s where the first reader saw nothing', (text) => {
  expect(isAccountedFor(text, blind)).toBe(false);
  expect(secondReaderFault(text, blind)).toMatchObject({ code: 'second_reader' });
});

test.each([
  'SELECT country FROM "secret"',
  'SELECT country FROM sessions s, (secret)',
  'SELECT country FROM (sessions s JOIN secret ON true)',
  'SELECT country FROM sessions s JOIN sessions t ON s.dt = t.dt, secret',
  'SELECT country FROM (SELECT country FROM sessions s), secret',
  'SELECT country, (TABLE secret) FROM sessions s',
  'SELECT max("user_ip") FROM sessions s',
  'SELECT "USER_IP" FROM sessions s',
  'SELECT country FROM country',
  'SELECT country FROM "clickstream.sessions"',
  'SELECT country FROM sessions$partitions',
  'SELECT country -- \r FROM secret',
  'SELECT country /* /* */ FROM secret /* */ -- */',
  'SELECT country FROM séances',
])('leaves no word of %s without an account', (text) => {
  expect(isAccountedFor(text, blind)).toBe(false);
});

test('what is accounted for word by word, the parser has nothing against', () => {
  const accounted = fixtures().flatMap((text) => {
    const statement = statementOf(text);
    const walk = statement && walkStatement(statement, shopCatalog).walk;
    return walk && isAccountedFor(text, walk) ? [{ text, fault: parserFault(text, walk) }] : [];
  });
  expect(accounted.length).toBeGreaterThan(40);
  expect(accounted.filter(({ fault }) => fault)).toEqual([]);
});

test('everyday statements are accounted for without the parser', () => {
  const text = `WITH daily AS (SELECT dt, count(*) AS n FROM sessions WHERE dt >= '2026-11-01' GROUP BY 1)
    SELECT d.dt, sum(n) OVER (ORDER BY d.dt ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS week
    FROM daily AS d LEFT JOIN orders AS o ON o.dt = d.dt WHERE CAST(d.dt AS date) > current_date - interval '30' day ORDER BY 1 LIMIT 7`;
  expect(isAccountedFor(text, walkOf(text))).toBe(true);
});

function fixtures(): readonly string[] {
  const folder = new URL('../fixtures/sql/', import.meta.url);
  return ['allowed', 'refused'].flatMap((kind) =>
    readdirSync(new URL(`${kind}/`, folder)).map((file) => readFileSync(new URL(`${kind}/${file}`, folder), 'utf8')),
  );
}

function statementOf(text: string): StatementKind | undefined {
  const parse = parseTrino(text);
  const statement = parse.ok ? statementKind(parse.tree.statement()) : undefined;
  return statement && statement.kind !== 'fault' && statement.query ? statement : undefined;
}

function walkOf(text: string): Walk {
  return walkStatement(statementOf(text)!, shopCatalog).walk;
}
