import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draft, GLOSSARY } from './readings.ts';
import { openShop, type Row, type Shop, type ShopEngine } from './small-shop.ts';

/** UTC, Tuesday 24 November 2026 in the evening: «last 7 days» are the 17th to the 23rd. */
const CONTEXT = {
  zone: 'UTC',
  now: '2026-11-24T20:00:00Z',
  newestEventTime: '2026-11-24T19:00:00Z',
  firstDay: '2026-11-01',
  lastDay: '2026-11-24',
};
const WEEK = { type: 'last', count: 7, unit: 'day' };

const session = (id: string, user: string, day: string, more: Row = {}): Row => ({
  session_id: id,
  user_pseudo_id: user,
  session_start: `${day} 10:00:00`,
  dt: day,
  is_bot: false,
  is_new_user: false,
  is_engaged: true,
  device_category: 'mobile',
  browser: 'Chrome',
  channel_group: 'Direct',
  country_code: 'DE',
  landing_page: '/',
  page_views: 2,
  purchased: false,
  added_to_cart: false,
  viewed_product: false,
  began_checkout: false,
  ...more,
});
const order = (id: string, of: string, user: string, day: string, revenue: number, more: Row = {}): Row => ({
  order_id: id,
  session_id: of,
  user_pseudo_id: user,
  order_time: `${day} 10:10:00`,
  dt: day,
  revenue,
  currency: 'EUR',
  is_valid: true,
  units: 2,
  customer_order_number: 1,
  device_category: 'mobile',
  channel_group: 'Direct',
  country_code: 'DE',
  ...more,
});
const event = (of: string, name: string, time: string, more: Row = {}): Row => ({
  event_id: `${of}-${name}-${time}`,
  event_name: name,
  session_id: of,
  user_pseudo_id: `u-${of}`,
  event_time: `2026-11-20 ${time}`,
  dt: '2026-11-20',
  is_bot: false,
  ...more,
});

const SHOP: Shop = {
  sessions: [
    session('a', 'u1', '2026-11-17', { is_new_user: true, added_to_cart: true, cart_value: 30, currency: 'EUR' }),
    session('b', 'u1', '2026-11-19', { purchased: true, added_to_cart: true, cart_value: 50, currency: 'EUR' }),
    session('c', 'u2', '2026-11-19', { device_category: 'desktop', browser: 'Safari', country_code: null, purchased: true }),
    session('d', 'u3', '2026-11-23', {
      device_category: 'desktop',
      browser: 'Safari',
      added_to_cart: true,
      cart_value: 70,
      currency: 'EUR',
    }),
    session('e', 'u4', '2026-11-12', { country_code: 'AT' }),
    session('x', 'u9', '2026-11-19', { is_bot: true, purchased: true }),
  ],
  orders: [
    order('o1', 'b', 'u1', '2026-11-19', 100),
    order('o2', 'c', 'u2', '2026-11-19', 40, { device_category: 'desktop', country_code: null }),
    order('o3', 'c', 'u2', '2026-11-20', 60, { device_category: 'desktop', customer_order_number: 2, country_code: null }),
    order('o4', 'b', 'u1', '2026-11-19', 900, { currency: 'USD', customer_order_number: 2 }),
    order('o5', 'b', 'u1', '2026-11-19', 0, { is_valid: false }),
    order('o9', 'x', 'u9', '2026-11-19', 5000),
  ],
  product_events: [
    {
      product_name: 'Tent',
      event_name: 'view_item',
      user_pseudo_id: 'u1',
      session_id: 'b',
      quantity: 1,
      dt: '2026-11-19',
      is_bot: false,
    },
    {
      product_name: 'Tent',
      event_name: 'view_item',
      user_pseudo_id: 'u2',
      session_id: 'c',
      quantity: 1,
      dt: '2026-11-19',
      is_bot: false,
    },
    {
      product_name: 'Tent',
      event_name: 'purchase',
      user_pseudo_id: 'u1',
      session_id: 'b',
      quantity: 3,
      item_revenue: 75,
      currency: 'EUR',
      order_id: 'o1',
      dt: '2026-11-19',
      is_bot: false,
    },
    {
      product_name: 'Tent',
      event_name: 'purchase',
      user_pseudo_id: 'u1',
      session_id: 'b',
      quantity: 3,
      currency: 'EUR',
      order_id: null,
      dt: '2026-11-19',
      is_bot: false,
    },
    {
      product_name: null,
      product_id: 'p7',
      event_name: 'view_item',
      user_pseudo_id: 'u1',
      session_id: 'b',
      quantity: 1,
      dt: '2026-11-19',
      is_bot: false,
    },
  ],
  events: [
    // goes the way in 10 minutes
    event('f1', 'view_item', '10:00:00'),
    event('f1', 'add_to_cart', '10:05:00'),
    event('f1', 'begin_checkout', '10:10:00'),
    // adds before it views
    event('f2', 'add_to_cart', '10:00:00'),
    event('f2', 'view_item', '10:01:00'),
    // an hour the first time, two minutes the second
    event('f3', 'view_item', '10:00:00'),
    event('f3', 'add_to_cart', '11:00:00'),
    event('f3', 'view_item', '12:00:00'),
    event('f3', 'add_to_cart', '12:01:00'),
    event('f3', 'begin_checkout', '12:02:00'),
    // too slow for half an hour
    event('f4', 'view_item', '10:00:00'),
    event('f4', 'add_to_cart', '10:20:00'),
    event('f4', 'begin_checkout', '10:40:00'),
    event('f5', 'page_view', '10:00:00'),
  ],
};

let shop: ShopEngine;
beforeAll(async () => {
  shop = await openShop(SHOP, GLOSSARY);
});
afterAll(() => shop.close());

/** Rows as lists, numbers as numbers. */
async function ask(parts: Record<string, unknown>, context: Partial<typeof CONTEXT> = {}): Promise<unknown[][]> {
  const { sql } = draft({ period: WEEK, ...parts }, { ...CONTEXT, ...context });
  return values(await shop.rows(sql));
}

function values(rows: readonly Readonly<Record<string, unknown>>[]): unknown[][] {
  const plain = (value: unknown) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value);
  return rows.map((row) => Object.values(row).map(plain));
}

async function aside(parts: Record<string, unknown>, id: string): Promise<unknown[][]> {
  const found = draft({ period: WEEK, ...parts }, CONTEXT).asides.find((one) => one.id === id);
  return values(await shop.rows(found!.sql));
}

describe('one figure', () => {
  test('bots and other days are left out', async () => expect(await ask({ metrics: ['sessions'] })).toEqual([[4]]));
  test('bots on request', async () => expect(await ask({ metrics: ['sessions'], bots: 'include' })).toEqual([[5]]));
  test('orders of bots are found by their session', async () => expect(await ask({ metrics: ['orders'] })).toEqual([[4]]));
  test('only the orders of bots', async () => expect(await ask({ metrics: ['revenue'], bots: 'only' })).toEqual([[5000]]));
  test('a rate stands with its counts', async () => expect(await ask({ metrics: ['conversion_rate'] })).toEqual([[0.5, 4, 2]]));
  test('nothing to divide by is NULL', async () =>
    expect(await ask({ metrics: ['conversion_rate'], filters: [{ dimension: 'device', op: 'is', values: ['tablet'] }] })).toEqual(
      [[null, 0, 0]],
    ));
  test('money is of the shop’s currency, orders are of all', async () =>
    expect(await ask({ metrics: ['revenue', 'orders'] })).toEqual([[200, 4]]));
  test('an average order is revenue over the orders of its currency', async () =>
    expect(await ask({ metrics: ['aov'] })).toEqual([[66.67, 3]]));
  test('revenue per session is over all sessions, in another currency too', async () => {
    const dollars = [{ dimension: 'currency', op: 'is', values: ['usd'] }];
    expect(await ask({ metrics: ['revenue_per_session'], filters: dollars })).toEqual([[225, 4]]);
  });
  test('no rows at all are zero, not NULL', async () =>
    expect(await ask({ metrics: ['revenue'], filters: [{ dimension: 'device', op: 'is', values: ['tablet'] }] })).toEqual([[0]]));
  test('carts are abandoned where the user does not buy within a week', async () =>
    expect(await ask({ metrics: ['abandoned_carts', 'abandoned_cart_value'] })).toEqual([[1, 70]]));
  test('repeat buyers are counted per user first', async () =>
    expect(await ask({ metrics: ['repeat_rate'] })).toEqual([[1, 2, 2]]));
  test('an average of days divides by the days that the data reach', async () =>
    expect(await ask({ metrics: ['dau'] })).toEqual([[expect.closeTo(4 / 7)]]));
});

describe('broken down', () => {
  test('unknown is a row of its own', async () =>
    expect(await ask({ metrics: ['sessions'], dimensions: ['country'] })).toEqual([
      ['DE', 3],
      [null, 1],
    ]));
  test('revenue by a column of the session adds up: no order is counted twice', async () =>
    expect(await ask({ metrics: ['revenue'], dimensions: ['browser'] })).toEqual([
      ['Chrome', 100],
      ['Safari', 100],
    ]));
  test('measures of two tables stand in one row, also where one has none', async () =>
    expect(
      await ask({ metrics: ['sessions', 'revenue'], dimensions: ['country'], period: { type: 'last', count: 14, unit: 'day' } }),
    ).toEqual([
      ['DE', 3, 100],
      ['AT', 1, 0],
      [null, 1, 100],
    ]));
  test('by product only what counts for a valid order was sold', async () =>
    expect(await ask({ metrics: ['units_sold', 'revenue', 'product_views'], dimensions: ['product'] })).toEqual([
      ['Tent', 3, 75, 2],
      ['p7', 0, 0, 1],
    ]));
  test('conversion by product is buyers over viewers', async () =>
    expect(await ask({ metrics: ['conversion_rate'], dimensions: ['product'] })).toEqual([
      ['Tent', 0.5, 2, 1],
      ['p7', 0, 1, 0],
    ]));
  test('a currency is a row of its own', async () =>
    expect(await ask({ metrics: ['revenue'], dimensions: ['currency'] })).toEqual([
      ['USD', 900],
      ['EUR', 200],
    ]));
  test('several currencies asked for are several rows', async () =>
    expect(await ask({ metrics: ['revenue'], filters: [{ dimension: 'currency', op: 'is', values: ['eur', 'usd'] }] })).toEqual([
      ['USD', 900],
      ['EUR', 200],
    ]));
  test('the first n, ties by name', async () =>
    expect(await ask({ metrics: ['orders'], dimensions: ['channel', 'device'], limit: 1 })).toEqual([['Direct', 'desktop', 2]]));
  test('shares are of the whole, before the limit', async () =>
    expect(await ask({ metrics: ['sessions'], dimensions: ['country'], share: true, limit: 1 })).toEqual([['DE', 3, 0.75]]));
  test('what is asked for by a condition is shown', async () =>
    expect(
      await ask({
        metrics: ['conversion_rate'],
        dimensions: ['browser'],
        having: [{ metric: 'orders', op: 'more_than', value: 1 }],
      }),
    ).toEqual([
      ['Chrome', 0.5, 2, 2, 1],
      ['Safari', 0.5, 2, 2, 1],
    ]));
  test('orders per day of the week are over the days of that weekday', async () =>
    expect(
      await ask({ metrics: ['orders'], dimensions: ['weekday'], per: 'day', period: { type: 'last', count: 14, unit: 'day' } }),
    ).toEqual([
      [4, 3],
      [5, 1],
    ]));
});

describe('beside the answer', () => {
  test('the total of a cut list has the same columns', async () =>
    expect(await aside({ metrics: ['sessions', 'conversion_rate'], dimensions: ['country'], limit: 1 }, 'totals')).toEqual([
      [4, 0.5, 2],
    ]));
  test('other currencies are named with their amounts', async () =>
    expect(await aside({ metrics: ['revenue'] }, 'other_currencies')).toEqual([['USD', 900]]));
  test('groups that a ranking leaves out are counted', async () =>
    expect(await aside({ metrics: ['conversion_rate'], dimensions: ['browser'], limit: 3 }, 'left_out')).toEqual([[2, 4]]));
  test('an unknown place beside «outside the EU»', async () =>
    expect(
      await aside({ metrics: ['sessions'], filters: [{ dimension: 'country', op: 'is_not', values: ['eu'] }] }, 'unknown_place'),
    ).toEqual([[1]]));
});

describe('over time', () => {
  test('a day without rows is 0 for counts and NULL for rates', async () =>
    expect(
      await ask({ metrics: ['sessions', 'conversion_rate'], grain: 'day', period: { type: 'last', count: 3, unit: 'day' } }),
    ).toEqual([
      ['2026-11-21', 0, null],
      ['2026-11-22', 0, null],
      ['2026-11-23', 1, 0],
    ]));
  test('what was not measured on a day is unknown, not 0', async () =>
    expect(
      await ask({ metrics: ['avg_load_time', 'page_views'], grain: 'day', period: { type: 'last', count: 2, unit: 'day' } }),
    ).toEqual([
      ['2026-11-22', null, 0],
      ['2026-11-23', null, 0],
    ]));
  test('each group has each day', async () =>
    expect(
      await ask({
        metrics: ['orders'],
        dimensions: ['device'],
        grain: 'day',
        period: { type: 'range', from: { type: 'calendar', month: 11, day: 19 }, to: { type: 'calendar', month: 11, day: 20 } },
      }),
    ).toEqual([
      ['mobile', '2026-11-19', 2],
      ['desktop', '2026-11-19', 1],
      ['desktop', '2026-11-20', 1],
      ['mobile', '2026-11-20', 0],
    ]));
  test('days before the data are no zeros', async () =>
    expect(
      (await ask({ metrics: ['sessions'], grain: 'week', period: { type: 'last', count: 5, unit: 'week' } })).map(
        ([week]) => week,
      ),
    ).toEqual(['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16']));
  test('weekly users look 7 days back from the end of each bucket', async () =>
    expect(await ask({ metrics: ['wau'], grain: 'day', period: { type: 'last', count: 5, unit: 'day' } })).toEqual([
      ['2026-11-19', 2],
      ['2026-11-20', 2],
      ['2026-11-21', 2],
      ['2026-11-22', 2],
      ['2026-11-23', 3],
    ]));
  test('the moving average of a rate is the rate of its window', async () => {
    const rows = await ask({
      metrics: ['conversion_rate'],
      grain: 'day',
      movingAverage: 5,
      period: { type: 'last', count: 1, unit: 'day' },
    });
    expect(rows).toEqual([['2026-11-23', 0, expect.closeTo(2 / 3)]]);
  });
  test('the window is whole or it is nothing', async () =>
    expect(
      await ask({ metrics: ['sessions'], grain: 'day', movingAverage: 3, period: { type: 'calendar', month: 11, day: 2 } }),
    ).toEqual([['2026-11-02', 0, null]]));
});

describe('compared', () => {
  test('one row per period, the asked one first', async () =>
    expect(await ask({ metrics: ['sessions'], compare: { type: 'previous' } })).toEqual([
      ['17 – 23 Nov 2026', 4],
      ['10 – 16 Nov 2026', 1],
    ]));
  test('groups have both values, their difference and its share', async () =>
    expect(await ask({ metrics: ['sessions'], dimensions: ['country'], compare: { type: 'previous' } })).toEqual([
      ['DE', 3, 0, 3, null],
      [null, 1, 0, 1, null],
      ['AT', 0, 1, -1, -1],
    ]));
  test('rates change by points', async () => {
    const { columns } = draft({ metrics: ['conversion_rate'], dimensions: ['device'], compare: { type: 'previous' } });
    expect(columns.map(({ name, unit }) => `${name} ${unit}`).slice(1, 4)).toEqual([
      'conversion_rate rate',
      'conversion_rate_before rate',
      'conversion_rate_change points',
    ]);
  });
  test('buckets lie on each other by their place', async () =>
    expect(await ask({ metrics: ['sessions'], grain: 'day', compare: { type: 'previous' } })).toEqual([
      ['2026-11-17', 1, 0],
      ['2026-11-18', 0, 0],
      ['2026-11-19', 2, 1],
      ['2026-11-20', 0, 0],
      ['2026-11-21', 0, 0],
      ['2026-11-22', 0, 0],
      ['2026-11-23', 1, 0],
    ]));
  test('a period before the data is unknown, not 0', async () =>
    expect(await ask({ metrics: ['sessions', 'revenue'], compare: { type: 'year_ago' } })).toEqual([
      ['17 – 23 Nov 2026', 4, 200],
      ['17 – 23 Nov 2025', null, null],
    ]));
});

describe('segments', () => {
  const segments = [
    { label: 'mobile', filters: [{ dimension: 'device', op: 'is', values: ['mobile'] }] },
    { label: 'all', filters: [{ dimension: 'device', op: 'is_not', values: ['tablet'] }] },
    { label: 'nobody', filters: [{ dimension: 'browser', op: 'is', values: ['Netscape'] }] },
  ];
  test('may overlap, and one without rows is there too', async () =>
    expect(await ask({ metrics: ['sessions', 'revenue'], segments })).toEqual([
      ['mobile', 2, 100],
      ['all', 4, 200],
      ['nobody', 0, 0],
    ]));
});

describe('funnels', () => {
  const steps = ['product', 'cart', 'checkout'];
  const reached = async (parts: Record<string, unknown>) => (await ask(parts)).map((row) => row[2]);

  test('open: each step for itself, of the first and of the step before', async () =>
    expect(await ask({ steps: ['visit', 'cart', 'purchase'] })).toEqual([
      [1, 'Session', 4, 1, null],
      [2, 'Added to cart', 3, 0.75, 0.75],
      [3, 'Purchased', 2, 0.5, expect.closeTo(2 / 3)],
    ]));
  test('in order: a step counts only after the one before', async () =>
    expect(await reached({ steps, order: 'in_order' })).toEqual([4, 3, 3]));
  test('within half an hour from the first step, by the better of two attempts', async () =>
    expect(await reached({ steps, order: 'in_order', windowMinutes: 30 })).toEqual([4, 3, 2]));
  test('the session itself may be the first step', async () =>
    expect(await reached({ steps: ['visit', 'product', 'cart'], order: 'in_order' })).toEqual([5, 4, 3]));
  test('compared, with the period before in columns of its own', async () =>
    expect(await ask({ steps: ['visit', 'purchase'], compare: { type: 'previous' } })).toEqual([
      [1, 'Session', 4, 1, null, 1, 1, null],
      [2, 'Purchased', 2, 0.5, 0.5, 0, 0, 0],
    ]));
});

describe('a day of 25 hours', () => {
  test('has 24 hours on the clock, and the repeated one holds both', async () => {
    const repeated = await openShop(
      {
        sessions: [
          session('h1', 'u', '2026-10-25', { session_start: '2026-10-25 00:30:00' }),
          session('h2', 'u', '2026-10-25', { session_start: '2026-10-25 01:30:00' }),
        ],
      },
      GLOSSARY,
    );
    const { sql } = draft({ metrics: ['sessions'], grain: 'hour', period: { type: 'calendar', month: 10, day: 25 } });
    const rows = values(await repeated.rows(sql));
    repeated.close();
    expect(rows).toHaveLength(24);
    expect(rows[2]).toEqual(['2026-10-25 02:00:00', 2]);
  });
});
