import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkSql } from '../../src/sql/guard.ts';
import { shopCatalog } from './shop-catalog.ts';

const folder = new URL('../../../shared/corpora/sql/', import.meta.url);
const here = existsSync(folder);

/** Every n-th statement, so that `npm test` stays quick; `CORPORA=all` tries each. */
const step = process.env.CORPORA === 'all' ? 1 : 12;

(here ? test : test.skip)('public read queries are one read-only statement', () => {
  const rows = corpus('read-only');
  const refused = rows.filter(({ sql }) => !checkSql(sql, shopCatalog, { scope: 'syntax' }).ok);
  expect(refused.length / rows.length).toBeLessThanOrEqual(step === 1 ? 0.001 : 0.005);
});

(here ? test : test.skip)('public statements that write are refused, each one', () => {
  expect(corpus('not-read-only').filter(({ sql }) => checkSql(sql, shopCatalog, { scope: 'syntax' }).ok)).toEqual([]);
});

(here ? test : test.skip)('public injection payloads are refused, each one', () => {
  expect(corpus('injection-payloads').filter(({ sql }) => checkSql(sql, shopCatalog).ok)).toEqual([]);
});

function corpus(name: string): readonly { readonly id: string; readonly sql: string }[] {
  const lines = readFileSync(new URL(`${name}.jsonl`, folder), 'utf8')
    .trim()
    .split('\n');
  return lines.filter((_, index) => index % step === 0).map((line) => JSON.parse(line) as { id: string; sql: string });
}
