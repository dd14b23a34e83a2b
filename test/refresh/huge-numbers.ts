import { envelope } from './raw-house.ts';

/** One raw line of amounts, quantities and times that each fit their column, while their sums fit none; ids are unique. */
export function hugeNumbers(): string {
  const types = ['purchase', 'refund', 'add_to_cart', 'user_engagement', 'rage_click'];
  const events = Array.from({ length: 60 }, (_, n) => ({
    id: `huge-${n}`,
    type: types[n % types.length] as string,
    at: `2026-05-12T10:${String(n).padStart(2, '0')}:00.000Z`,
    user: 'rich',
    session: 'huge-session',
    attributes: {
      value: '900000000000000.01',
      tax: '900000000000000.01',
      currency: 'EUR',
      order_id: n % types.length === 1 ? 'huge-0' : `huge-${n}`,
      _engagement_time_msec: 2_147_483_647,
    },
    items: [
      { id: 'gold', price: 9_999_999, quantity: 2_147_483_647 },
      { id: 'gold', price: 9_999_999, quantity: 2_147_483_647 },
    ],
  }));
  return envelope(events);
}
