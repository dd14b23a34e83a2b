import { expect, test } from '@jest/globals';
import { sayReads } from '../../../src/answer/words/say-reads.ts';

const bound = (from?: string, to?: string) => ({
  table: 'shop.events',
  column: 'dt',
  ...(from ? { from } : {}),
  ...(to ? { to } : {}),
});

test.each([
  [['shop.events'], [bound('2026-01-01', '2026-11-24')], { what: 'events, 1 Jan – 24 Nov 2026', days: 328 }],
  [['shop.events'], [bound('2025-12-31', '2026-01-01')], { what: 'events, 31 Dec 2025 – 1 Jan 2026', days: 2 }],
  [['shop.events'], [bound('2026-11-23', '2026-11-23')], { what: 'events, 23 Nov 2026', days: 1 }],
  [
    ['shop.events', 'shop.orders'],
    [bound('2026-11-01', '2026-11-02'), bound('2026-11-05', '2026-11-07')],
    { what: 'events and orders, 1 – 7 Nov 2026', days: 5 },
  ],
  [
    ['shop.events'],
    [bound('2026-11-03', '2026-11-09'), bound('2026-11-01', '2026-11-30'), bound('2026-11-08', '2026-11-10')],
    { what: 'events, 1 – 30 Nov 2026', days: 30 },
  ],
  [['shop.events'], [bound('2026-11-01', '2026-11-02'), bound()], { what: 'events' }],
  [['shop.events'], [bound('2026-11-01')], { what: 'events' }],
  [['shop.events'], [bound('2026-11', '2026-12')], { what: 'events' }],
  [['shop.events'], [bound('2026-11-09', '2026-11-01')], { what: 'events' }],
  [['shop.users'], [], { what: 'users' }],
  [[], [], { what: 'no table' }],
])('%j bound by %j reads %j', (tables, partitions, reads) => {
  expect(sayReads({ tables, partitions })).toEqual(reads);
});
