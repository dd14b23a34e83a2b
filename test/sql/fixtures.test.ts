import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkSql } from '../../src/sql/guard.ts';
import { shopCatalog } from './shop-catalog.ts';

const folder = new URL('../fixtures/sql/', import.meta.url);

const refused = fixtures('refused');
const allowed = fixtures('allowed');

test.each(refused)('refuses %s', (_, text) => {
  const verdict = checkSql(text, shopCatalog);
  const expected = /^-- (\w+)/.exec(text)?.[1];
  expect(verdict).toMatchObject({ ok: false, code: expected });
});

test.each(allowed)('allows %s', (_, text) => {
  expect(checkSql(text, shopCatalog)).toMatchObject({ ok: true });
});

test('refuses each of the short statements that hide a table or a column, one a line', () => {
  const lines = readFileSync(new URL('hidden-names.txt', folder), 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThan(170);
  expect(lines.filter((text) => checkSql(text, shopCatalog).ok)).toEqual([]);
});

test('there are many of both', () => {
  expect(refused.length).toBeGreaterThan(80);
  expect(allowed.length).toBeGreaterThan(40);
});

/** Name and text of every file: the first line of a refused one names the code that is expected. */
function fixtures(kind: string): readonly (readonly [string, string])[] {
  return readdirSync(new URL(`${kind}/`, folder)).map((file) => [
    file.replace(/\.sql$/, '').replaceAll('-', ' '),
    readFileSync(new URL(`${kind}/${file}`, folder), 'utf8'),
  ]);
}
