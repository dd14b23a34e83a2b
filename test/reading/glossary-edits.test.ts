import { describe, expect, test } from '@jest/globals';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { openReader } from '../../src/reading/read-question.ts';
import { houseGlossary } from './house-glossary.ts';
import { electronics } from './shops.ts';

describe('an analyst who edits the glossary is understood at once', () => {
  const house = houseGlossary();
  const edited: Glossary = {
    ...house,
    metrics: {
      ...house.metrics,
      wishlist_adds: {
        ...house.metrics.cart_adds!,
        label: 'wishlist adds',
        synonyms: ['wishlisted', 'added to wishlist', 'favs'],
        events: ['add_to_wishlist'],
      },
      orders: { ...house.metrics.orders!, synonyms: [...house.metrics.orders!.synonyms, 'Bestellungen', 'checkouts done'] },
    },
    dimensions: {
      ...house.dimensions,
      supplier: {
        label: 'supplier',
        synonyms: ['vendor', 'vendors'],
        kind: 'text',
        columns: { product_events: 'supplier' },
        values: {},
        groups: { nordic: { label: 'Nordic suppliers', values: ['Fjord AS', 'Polar Oy'], synonyms: ['nordic vendors'] } },
        learn: true,
        countries: false,
        unknown: 'unknown',
      },
    },
    reasons: {
      ...house.reasons,
      weather: { synonyms: ['weather', 'rain', 'temperature'], sentence: 'The weather is not in the data.' },
    },
  };
  const facts = {
    ...electronics,
    dataVersion: 'edited-1',
    seenEvents: [...electronics.seenEvents, 'add_to_wishlist'],
    values: { ...electronics.values, supplier: ['Fjord AS', 'Polar Oy', 'Acme Trading'] },
  };
  const reader = openReader(edited);
  const read = (text: string) => reader.read({ text, facts, today: '2026-11-24' }).reading;

  test.each([
    ['wishlist adds last week', { metrics: ['wishlist_adds'] }],
    ['favs by vendor', { metrics: ['wishlist_adds'], dimensions: ['supplier'] }],
    ['top 3 suppliers by wishlist adds', { metrics: ['wishlist_adds'], dimensions: ['supplier'], limit: 3 }],
    ['Bestellungen last month', { metrics: ['orders'] }],
    [
      'revenue from acme trading',
      { metrics: ['revenue'], filters: [{ dimension: 'supplier', op: 'is', values: ['Acme Trading'] }] },
    ],
    ['revenue of supplier polar oy', { filters: [{ dimension: 'supplier', op: 'is', values: ['Polar Oy'] }] }],
    ['revenue for nordic vendors', { filters: [{ dimension: 'supplier', op: 'is', values: ['nordic'] }] }],
    ['fjord as vs acme trading revenue', { dimensions: ['supplier'] }],
    ['suplier revenue', { metrics: ['revenue'], dimensions: ['supplier'] }],
  ])('%s', (question, expected) => {
    expect(read(question)).toMatchObject({ kind: 'metric', ...expected });
  });

  test('a reason of their own is declined by its name', () => {
    expect(read('did the weather change our revenue')).toMatchObject({ kind: 'decline', reason: 'weather' });
  });

  test('the house without the edit does not know the words', () => {
    const plain = openReader(house).read({ text: 'favs by vendor', facts: electronics, today: '2026-11-24' }).reading;
    expect(plain.kind).toBe('clarify');
  });
});
