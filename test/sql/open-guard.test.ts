import { afterAll, expect, test } from '@jest/globals';
import { openGuard } from '../../src/sql/open-guard.ts';
import { ATTACKS } from '../../src/sql/self-test.ts';
import { shopCatalog } from './shop-catalog.ts';

const guard = openGuard({ timeoutMs: 20_000 });

afterAll(() => guard.close());

test('lets none of its own attacks through', async () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
  expect(await guard.selfTest()).toEqual({ tried: ATTACKS.length, passed: 0 });
}, 60_000);

test('answers many texts at once, each with its own verdict and the catalog that was asked about', async () => {
  const texts = ['SELECT country FROM sessions', 'SELECT user_ip FROM events', 'SELECT 1', 'DROP TABLE x'];
  const verdicts = await Promise.all(texts.map((text) => guard.check(text, shopCatalog)));
  expect(verdicts.map((verdict) => verdict.ok)).toEqual([true, false, true, false]);
  expect(verdicts[0]).toMatchObject({ sql: { text: texts[0] } });
  expect(verdicts[0]?.ok && verdicts[0].sql.catalog).toBe(shopCatalog);
});

test('takes a changed catalog for a new one', async () => {
  const closed = { ...shopCatalog, blockedColumns: ['country'] };
  expect(await guard.check('SELECT country FROM sessions', closed)).toMatchObject({ code: 'column_not_allowed' });
  expect(await guard.check('SELECT country FROM sessions', shopCatalog)).toMatchObject({ ok: true });
});

test('stops a text that takes too long and goes on with the next', async () => {
  const hasty = openGuard({ timeoutMs: 1 });
  const slow = `SELECT ${'a + (b * '.repeat(20)}1${')'.repeat(20)}`;
  const texts = Array.from({ length: 3 }, (_, index) => `${slow} + ${index}`);
  const verdicts = await Promise.all(texts.map((text) => hasty.check(text, shopCatalog, { scope: 'syntax' })));
  await hasty.close();
  expect(verdicts).toHaveLength(3);
  expect(verdicts.some((verdict) => !verdict.ok && verdict.code === 'time_out')).toBe(true);
}, 60_000);

test('asks again after close in vain', async () => {
  const closed = openGuard();
  await closed.close();
  await expect(closed.check('SELECT 1', shopCatalog)).rejects.toThrow('closed');
});
