import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkReading } from '../../src/glossary/check-reading.ts';
import { draft, GLOSSARY } from './readings.ts';
import { openShop, type Row, type ShopEngine } from './small-shop.ts';

const CONTEXT = {
  zone: 'UTC',
  now: '2026-11-24T20:00:00Z',
  newestEventTime: '2026-11-24T19:00:00Z',
  firstDay: '2026-11-01',
  lastDay: '2026-11-24',
};
const DAY = { type: 'calendar', year: 2026, month: 11, day: 20 };

const session = (id: string, user: string, page_views: number, more: Row = {}): Row => ({
  session_id: id,
  user_pseudo_id: user,
  session_start: '2026-11-20 10:00:00',
  dt: '2026-11-20',
  is_bot: false,
  is_new_user: false,
  device_category: 'mobile',
  channel_group: 'Direct',
  country_code: 'DE',
  page_views,
  duration_seconds: page_views * 10,
  dead_clicks: 0,
  ...more,
});
const order = (id: string, of: string, user: string, revenue: number, more: Row = {}): Row => ({
  order_id: id,
  session_id: of,
  user_pseudo_id: user,
  order_time: '2026-11-20 10:10:00',
  dt: '2026-11-20',
  revenue,
  currency: 'EUR',
  is_valid: true,
  units: 1,
  device_category: 'mobile',
  country_code: 'DE',
  payment_type: 'paypal',
  ...more,
});
const bought = (order_id: string, brand: string, item_revenue: number, quantity: number): Row => ({
  event_id: `${order_id}-${brand}`,
  event_name: 'purchase',
  event_time: '2026-11-20 10:10:00',
  dt: '2026-11-20',
  session_id: 's1',
  user_pseudo_id: 'u1',
  is_bot: false,
  order_id,
  product_name: `${brand} one`,
  brand,
  item_revenue,
  quantity,
  currency: 'EUR',
});

const SHOP = {
  sessions: [
    session('s1', 'u1', 7, { is_new_user: true }),
    session('s2', 'u1', 2),
    session('s3', 'u2', 6, { device_category: 'desktop' }),
    session('s4', 'u3', 1, { country_code: 'CH' }),
  ],
  orders: [
    order('o1', 's1', 'u1', 250),
    order('o2', 's2', 'u1', 40, { payment_type: 'klarna' }),
    order('o3', 's3', 'u2', 90),
    order('o4', 's4', 'u3', 900, { currency: 'CHF', country_code: 'CH', payment_type: 'klarna' }),
    order('o5', 's4', 'u3', 999, { is_valid: false }),
  ],
  product_events: [bought('o1', 'Tent Co', 200, 1), bought('o1', 'Rope Co', 50, 4), bought('o3', 'Tent Co', 90, 1)],
};

let engine: ShopEngine;
beforeAll(async () => {
  engine = await openShop(SHOP, GLOSSARY);
});
afterAll(() => engine.close());

async function rowsOf(made: readonly object[], more: object = {}): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const last = made.at(-1) as { id: string };
  const reading = { kind: 'metric', metrics: [last.id], made, period: DAY, filters: [], having: [], dimensions: [], ...more };
  expect(checkReading(reading, GLOSSARY)).toMatchObject({ ok: true });
  return engine.rows(draft(reading as never, CONTEXT).sql);
}
const value = async (made: readonly object[], more?: object) => {
  const [row] = await rowsOf(made, more);
  return Number(row![(made.at(-1) as { id: string }).id]);
};
const bound = (of: string, metric: string, op: string, n: number) => ({
  type: 'bound',
  id: 'many',
  label: 'many',
  of,
  metric,
  op,
  value: n,
});

test('sessions with more than so many pages are counted, and their share of all sessions', async () => {
  const many = bound('sessions', 'page_views', 'more_than', 5);
  expect(await value([many])).toBe(2);
  const share = { type: 'ratio', id: 'part', label: 'part', of: 'many', over: 'sessions', as: 'rate' };
  expect(await value([many, share])).toBe(0.5);
  const byDevice = await rowsOf([many, share], { dimensions: ['device'] });
  expect(byDevice.map((r) => [r.device, Number(r.part)])).toEqual(
    expect.arrayContaining([
      ['desktop', 1],
      ['mobile', 1 / 3],
    ]),
  );
});

test('orders over an amount are those of the shop’s currency, valid ones only', async () => {
  expect(await value([bound('orders', 'revenue', 'more_than', 80)])).toBe(2);
  const francs = { filters: [{ dimension: 'currency', op: 'is', values: ['chf'] }] };
  expect(await value([bound('orders', 'revenue', 'more_than', 80)], francs)).toBe(1);
});

test('users with so many orders are counted once each', async () => {
  expect(await value([bound('users', 'orders', 'at_least', 2)])).toBe(1);
  expect(await value([bound('buyers', 'orders', 'at_most', 1)])).toBe(2);
});

test('users with fewer than so many are not made, since those with none have no rows', () => {
  const reading = {
    kind: 'metric',
    metrics: ['many'],
    made: [bound('users', 'orders', 'less_than', 2)],
    filters: [],
    having: [],
    dimensions: [],
  };
  expect(checkReading(reading, GLOSSARY)).toMatchObject({ ok: false });
});

test('the share of one value is of the same row, under a breakdown too', async () => {
  const klarna = {
    type: 'part',
    id: 'k',
    label: 'k',
    of: 'orders',
    filters: [{ dimension: 'payment_type', op: 'is', values: ['klarna'] }],
  };
  expect(await value([klarna])).toBe(0.5);
  const rows = await rowsOf([klarna], { dimensions: ['country'] });
  expect(rows.map((r) => [r.country, Number(r.k)])).toEqual(
    expect.arrayContaining([
      ['CH', 1],
      ['DE', 1 / 3],
    ]),
  );
});

test('the share of a brand is of the revenue of all items', async () => {
  const tents = {
    type: 'part',
    id: 't',
    label: 't',
    of: 'revenue',
    filters: [{ dimension: 'brand', op: 'is', values: ['Tent Co'] }],
  };
  expect(await value([tents])).toBeCloseTo(290 / 340, 10);
});

test('a value that only the session knows narrows the part as well', async () => {
  const fresh = {
    type: 'part',
    id: 'f',
    label: 'f',
    of: 'orders',
    filters: [{ dimension: 'new_vs_returning', op: 'is', values: ['new'] }],
  };
  expect(await value([fresh])).toBe(0.25);
});

test('shares within a dimension add up to one for each of its values', async () => {
  const reading = { kind: 'metric', metrics: ['sessions'], dimensions: ['device', 'country'], share: true, within: 'country' };
  const rows = await engine.rows(draft({ ...reading, period: DAY, filters: [], having: [] }, CONTEXT).sql);
  expect(rows.map((r) => [r.device, r.country, Number(r.sessions_share)])).toEqual(
    expect.arrayContaining([
      ['mobile', 'DE', 2 / 3],
      ['desktop', 'DE', 1 / 3],
      ['mobile', 'CH', 1],
    ]),
  );
});

test('a ratio of two counts divides them, and money by a count is money of one currency', async () => {
  const ratio = { type: 'ratio', id: 'r', label: 'r', of: 'units_sold', over: 'users', as: 'number' };
  expect(await value([ratio])).toBeCloseTo(4 / 3, 10);
});

test('a median is of the single orders or sessions', async () => {
  expect(await value([{ type: 'percentile', id: 'm', label: 'm', of: 'aov', percent: 50 }])).toBe(90);
  expect(await value([{ type: 'percentile', id: 'm', label: 'm', of: 'avg_session_duration', percent: 50 }])).toBe(40);
});

test('different values are counted once each', async () => {
  expect(await value([{ type: 'distinct', id: 'd', label: 'd', of: 'units_sold', dimension: 'brand' }])).toBe(2);
  expect(await value([{ type: 'distinct', id: 'd', label: 'd', of: 'orders', dimension: 'country' }])).toBe(2);
});
