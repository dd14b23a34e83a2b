import { expect, test } from '@jest/globals';
import { refreshMarks } from '../../src/local/refresh-marks.ts';
import { TRANSFORM_NAMES, transform } from '../../src/refresh/transforms.ts';

const settings = {
  zone: 'UTC',
  currency: 'EUR',
  unitsPerItem: 'quantity',
  aliases: {},
  attributeAliases: {},
  geoRanges: undefined,
} as const;

test('an edited transform asks for the raw files only where it decides what is staged', () => {
  const before = refreshMarks(settings);
  const asking = TRANSFORM_NAMES.filter((edited) => {
    const after = refreshMarks(settings, (name) => (name === edited ? `${transform(name)} -- edited` : transform(name)));
    expect([edited, after.staged === before.staged]).not.toEqual([edited, after.tables === before.tables]);
    return after.staged !== before.staged;
  });
  expect(asking).toEqual(['agents', 'item_totals', 'losers', 'page_kinds', 'staged', 'staged_items']);
});

test('a setting that changes what a raw file means asks for the raw files, the shop’s currency does not', () => {
  const before = refreshMarks(settings);
  for (const more of [
    { zone: 'Asia/Tokyo' },
    { unitsPerItem: 'one' },
    { aliases: { a: 'b' } },
    { attributeAliases: { a: 'b' } },
    { geoRanges: '/nowhere' },
  ] as const)
    expect(refreshMarks({ ...settings, ...more }).staged).not.toBe(before.staged);
  expect(refreshMarks({ ...settings, currency: 'USD' })).toEqual({ staged: before.staged, tables: expect.any(String) });
});
