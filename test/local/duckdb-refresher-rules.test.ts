import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { envelope, openRawHouse, type RawHouse, type TestEvent } from '../refresh/raw-house.ts';

// Every rule of the definitions on hand-written events, each with users of its own, all in one run of a shop in Berlin.
jest.setTimeout(60_000);
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const view = (user: string, at: string, url: string, more: Partial<TestEvent> = {}): TestEvent => ({
  user,
  at,
  ...more,
  attributes: { _page_url: `https://shop.example${url}`, ...more.attributes },
});
let house: RawHouse;
const one = async (sql: string) => (await house.rows(sql))[0];

beforeAll(async () => {
  house = openRawHouse({ zone: 'Europe/Berlin', aliases: { 'Order Completed': 'purchase', product_click: 'select_item' } });
  const lines = [
    // midnight in Berlin is 22:00 UTC in summer; the session belongs to the day it began
    envelope([
      view('midnight', '2026-05-10T21:58:00Z', '/a', { session: 's' }),
      view('midnight', '2026-05-10T22:01:00Z', '/b', { session: 's' }),
    ]),
    // the hour that comes twice: both sides of the change are 25 October in Berlin, which has 25 hours
    envelope(
      [
        view('dst', '2026-10-24T22:00:00Z', '/first'),
        view('dst2', '2026-10-25T22:59:59Z', '/last'),
        view('dst3', '2026-10-25T23:00:00Z', '/next'),
      ],
      { ingest: '2026-10-25T23:00:00Z' },
    ),
    // gaps: 30 minutes to the millisecond join, one more parts
    envelope([
      view('gap', '2026-05-10T10:00:00.000Z', '/1'),
      view('gap', '2026-05-10T10:30:00.000Z', '/2'),
      view('gap', '2026-05-10T11:00:00.001Z', '/3'),
    ]),
    // 24 hours at most
    envelope([
      view('cap', '2026-05-10T10:00:00Z', '/1', { session: 'long' }),
      view('cap', '2026-05-11T09:59:59Z', '/2', { session: 'long' }),
      view('cap', '2026-05-11T10:00:00Z', '/3', { session: 'long' }),
    ]),
    // late by a second more than 24 hours, and not by exactly 24 hours
    envelope(
      [
        view('late', '2026-05-10T09:59:59Z', '/late', { id: 'late' }),
        view('late', '2026-05-10T10:00:00Z', '/in-time', { id: 'in-time' }),
      ],
      { ingest: '2026-05-11T10:00:00Z' },
    ),
    // a clock two hours ahead: shifted by what the upload says; without it kept, on the day of its ingest
    envelope([view('ahead', '2026-05-12T12:00:00Z', '/x', { id: 'ahead' })], {
      ingest: '2026-05-12T10:00:00Z',
      uri: `/collect?upload_timestamp=${Date.parse('2026-05-12T12:00:00Z')}`,
    }),
    envelope([view('ahead2', '2026-06-12T12:00:00Z', '/x', { id: 'ahead2' })], { ingest: '2026-05-12T10:00:00Z' }),
    envelope([view('ahead3', '2026-05-12T10:05:00Z', '/x', { id: 'ahead3' })], {
      ingest: '2026-05-12T10:00:00Z',
      uri: `/c?upload_timestamp=${Date.parse('2026-05-12T12:00:00Z')}`,
    }),
    // an order, its thank-you page loaded again the next day, and by somebody else
    envelope([
      view('buyer', '2026-05-10T10:00:00Z', '/thank-you', { session: 'b1', userId: 'c7' }),
      {
        user: 'buyer',
        session: 'b1',
        id: 'p1',
        at: '2026-05-10T10:00:01Z',
        type: 'purchase',
        attributes: { transaction_id: 'T1', value: '59.90', currency: 'eur', tax: 9.5, coupon: 'SPRING', payment_type: 'card' },
        items: [
          { item_id: 'A', price: 20, quantity: 2 },
          { item_id: 'B', price: 19.9 },
        ],
      },
    ]),
    envelope([
      {
        user: 'buyer',
        session: 'b2',
        id: 'p2',
        at: '2026-05-11T10:00:00Z',
        type: 'purchase',
        attributes: { transaction_id: 'T1', value: 59.9, currency: 'EUR' },
        items: [{ item_id: 'A', price: 20, quantity: 2 }],
      },
    ]),
    envelope([
      {
        user: 'friend',
        session: 'f1',
        id: 'p3',
        at: '2026-05-11T11:00:00Z',
        type: 'Order Completed',
        attributes: { transaction_id: 'T1', value: 59.9, currency: 'EUR' },
      },
    ]),
    // a second order in another currency, one of nothing, one without id or value, a refund
    envelope([
      {
        user: 'buyer',
        session: 'b3',
        id: 'p4',
        at: '2026-05-12T10:00:00Z',
        type: 'purchase',
        attributes: { order_id: 'T2', _value: 10, _currency: 'CHF' },
      },
      {
        user: 'buyer',
        session: 'b3',
        id: 'p6',
        at: '2026-05-12T10:01:00Z',
        type: 'purchase',
        attributes: { order_id: 'T3', value: 5, currency: 'EUR' },
      },
    ]),
    envelope([
      {
        user: 'nothing',
        session: 'n1',
        id: 'p5',
        at: '2026-05-12T10:00:00Z',
        type: 'purchase',
        attributes: { value: 0, currency: 'EUR' },
      },
      {
        user: 'nothing',
        session: 'n1',
        id: 'p7',
        at: '2026-05-12T10:00:05Z',
        type: 'purchase',
        items: [{ id: 'C', price: '1.005', quantity: '3', currency: 'GBP' }],
      },
    ]),
    envelope([
      {
        user: 'buyer',
        session: 'b4',
        at: '2026-05-14T10:00:00Z',
        type: 'refund',
        attributes: { transaction_id: 'T1', value: 20, currency: 'EUR' },
      },
    ]),
    // bots: by user agent, and a relayed request whose user agent says nothing
    envelope([view('bot', '2026-05-10T10:00:00Z', '/')], { ua: GOOGLEBOT }),
    envelope(
      [
        view('relayed1', '2026-05-10T10:00:00Z', '/', { more: { platform: 'iOS', country_code: 'FR' } }),
        view('relayed2', '2026-05-10T10:00:00Z', '/'),
      ],
      { ua: 'python-requests/2.31.0', country_code: 'US', city: 'Ashburn' },
    ),
    // place: the envelope before the language, which has no region
    envelope([view('berlin', '2026-05-10T10:00:00Z', '/', { more: { country_code: 'US' } })], {
      ua: IPHONE,
      country_code: 'de',
      region: 'Berlin',
      city: 'Berlin',
      latitude: '52.52',
      longitude: 13.4,
    }),
    envelope([view('somewhere', '2026-05-10T10:00:00Z', '/', { more: { country_code: 'us' } })]),
    // traffic: UTM before the referrer, click ids before it too, own pages are no referrer, first page view that says anything
    envelope([
      view('utm', '2026-05-10T10:00:00Z', '/?utm_source=news&utm_medium=email&utm_campaign=spring%20sale', {
        attributes: {
          _page_url: 'https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring%20sale',
          _page_referrer: 'https://www.google.com/',
        },
      }),
    ]),
    envelope([
      view('click', '2026-05-10T10:00:00Z', '/', {
        attributes: { _page_url: '/lp/x?gclid=abc', _page_referrer: 'https://t.co/x' },
      }),
    ]),
    envelope([
      view('organic', '2026-05-10T10:00:00Z', '/a', { session: 'o', attributes: { _page_referrer: 'https://shop.example/b' } }),
      view('organic', '2026-05-10T10:01:00Z', '/c', { session: 'o', attributes: { _page_referrer: 'https://www.google.de/' } }),
    ]),
    envelope([
      view('blog', '2026-05-10T10:00:00Z', '/a', { attributes: { _page_referrer: 'https://www.tests.example/review' } }),
    ]),
    envelope([view('odd', '2026-05-10T10:00:00Z', '/a?utm_source=flyer&utm_medium=paper')]),
    envelope([view('direct', '2026-05-10T10:00:00Z', '/a')]),
    // what is felt on a page belongs to the view before it
    envelope([
      { user: 'pain', session: 'p', at: '2026-05-10T09:59:59Z', type: 'rage_click', attributes: { element: 'too early' } },
      view('pain', '2026-05-10T10:00:00Z', '/slow', { session: 'p', id: 'v1' }),
      {
        user: 'pain',
        session: 'p',
        at: '2026-05-10T10:00:05Z',
        type: '_page_load',
        attributes: { duration: 4000.9, responseStart: 120.5, responseStatus: 200 },
      },
      { user: 'pain', session: 'p', at: '2026-05-10T10:00:06Z', type: 'rage_click', attributes: { element: '#buy' } },
      { user: 'pain', session: 'p', at: '2026-05-10T10:00:07Z', type: 'form_start', attributes: { form_id: 'address' } },
      {
        id: 'second-form',
        user: 'pain',
        session: 'p',
        at: '2026-05-10T10:00:07Z',
        type: 'form_start',
        attributes: { form_id: 'payment' },
      },
      { user: 'pain', session: 'p', at: '2026-05-10T10:00:08Z', type: 'form_submit', attributes: { form_id: 'payment' } },
      view('pain', '2026-05-10T10:00:30.999Z', '/404', { session: 'p', id: 'v2' }),
      { user: 'pain', session: 'p', at: '2026-05-10T10:00:31Z', type: '_page_load', attributes: { duration: 4001 } },
      {
        user: 'pain',
        session: 'p',
        at: '2026-05-10T10:00:32Z',
        type: 'js_error',
        attributes: { error_message: 'x is undefined' },
      },
      { user: 'pain', session: 'p', at: '2026-05-10T10:00:33Z', type: '_scroll' },
      {
        user: 'pain',
        session: 'p',
        at: '2026-05-10T10:00:40Z',
        type: '_user_engagement',
        attributes: { _engagement_time_msec: 7500 },
      },
      {
        user: 'pain',
        session: 'p',
        at: '2026-05-10T10:00:41Z',
        type: 'search',
        attributes: { search_term: '  Red SHOES ', results_count: 0 },
      },
      {
        user: 'pain',
        session: 'p',
        at: '2026-05-10T10:00:42Z',
        type: 'search',
        attributes: { search_term: 'socks', results_count: 'many', colour: 'red' },
      },
    ]),
    // carts: what was shown last, plus and less what went in and out since
    envelope([
      { user: 'cart', session: 'c', at: '2026-05-10T10:00:00Z', type: 'add_to_cart', attributes: { value: 10, currency: 'EUR' } },
      { user: 'cart', session: 'c', at: '2026-05-10T10:01:00Z', type: 'view_cart', attributes: { value: 40, currency: 'EUR' } },
      {
        user: 'cart',
        session: 'c',
        at: '2026-05-10T10:02:00Z',
        type: 'add_to_cart',
        items: [{ id: 'A', price: 2.5, quantity: 2 }],
      },
      {
        user: 'cart',
        session: 'c',
        at: '2026-05-10T10:03:00Z',
        type: 'remove_from_cart',
        attributes: { value: 1.5, currency: 'EUR' },
      },
    ]),
    // new: by the first visit or the session's number, else returning
    envelope([{ user: 'new1', session: 'n', at: '2026-05-10T10:00:00Z', type: '_first_open' }]),
    envelope([
      view('new2', '2026-05-10T10:00:00Z', '/', { attributes: { _session_number: 1 } }),
      view('old', '2026-05-10T10:00:00Z', '/', {
        device: 'd-new2',
        attributes: { _session_number: 2 },
        more: { user: { _user_first_touch_timestamp: { value: Date.parse('2026-01-01T00:00:00Z') } } },
      }),
    ]),
    // engaged: more than ten seconds, or two views
    envelope([view('ten', '2026-05-10T10:00:00.000Z', '/'), { user: 'ten', at: '2026-05-10T10:00:10.000Z', type: '_scroll' }]),
    envelope([
      view('eleven', '2026-05-10T10:00:00.000Z', '/'),
      { user: 'eleven', at: '2026-05-10T10:00:10.001Z', type: '_scroll' },
    ]),
    envelope([
      {
        user: 'big',
        at: '2026-05-10T10:00:00Z',
        id: 'bigid',
        type: 'note',
        more: { event_id: 12345678901234567890n.toString() },
        attributes: { order_id: 'x', odd: '\ud800\u0000', deep: { a: [1, 2.5] } },
      },
    ]).replace('"x"', '"x"'),
  ];
  house.put('rules.jsonl', lines.join(''));
  house.put(
    'exact.jsonl',
    `{"data":"[{\\"event_type\\":\\"purchase\\",\\"event_id\\":\\"exact\\",\\"timestamp\\":1778400000000,\\"unique_id\\":\\"exact\\",\\"attributes\\":{\\"transaction_id\\":12345678901234567890,\\"value\\":1.10}}]","ingest_time":1778400000000}\n`,
  );
  const run = await house.refresh();
  expect(run.quarantined).toBe(0);
});
afterAll(() => house.clear());

describe('time', () => {
  test("days are the shop's, and a session belongs to the day of its first event", async () => {
    expect(await house.rows("SELECT page_path, dt FROM events WHERE user_pseudo_id = 'midnight' ORDER BY event_time")).toEqual([
      { page_path: '/a', dt: '2026-05-10' },
      { page_path: '/b', dt: '2026-05-11' },
    ]);
    expect(
      await house.rows("SELECT dt, page_views, landing_page, exit_page FROM sessions WHERE user_pseudo_id = 'midnight'"),
    ).toEqual([{ dt: '2026-05-10', page_views: 2, landing_page: '/a', exit_page: '/b' }]);
  });
  test('a day with 25 hours is one day', async () => {
    expect(await house.rows("SELECT user_pseudo_id AS u, dt FROM events WHERE user_pseudo_id LIKE 'dst%' ORDER BY u")).toEqual([
      { u: 'dst', dt: '2026-10-25' },
      { u: 'dst2', dt: '2026-10-25' },
      { u: 'dst3', dt: '2026-10-26' },
    ]);
  });
  test('a gap of 30 minutes does not end a session and a longer one does', async () => {
    expect(await house.rows("SELECT page_views FROM sessions WHERE user_pseudo_id = 'gap' ORDER BY session_start")).toEqual([
      { page_views: 2 },
      { page_views: 1 },
    ]);
  });
  test('a session is cut at 24 hours', async () => {
    expect(
      await house.rows("SELECT page_views, duration_seconds FROM sessions WHERE user_pseudo_id = 'cap' ORDER BY session_start"),
    ).toEqual([
      { page_views: 2, duration_seconds: 86_399 },
      { page_views: 1, duration_seconds: 0 },
    ]);
  });
  test('late is more than 24 hours', async () => {
    expect(await house.rows("SELECT event_id, is_late FROM events WHERE user_pseudo_id = 'late' ORDER BY event_id")).toEqual([
      { event_id: 'in-time', is_late: false },
      { event_id: 'late', is_late: true },
    ]);
  });
  test('a clock ahead is set right by the upload; without one the event is filed under its ingest', async () => {
    expect(
      await house.rows(
        "SELECT event_id, event_time::VARCHAR AS t, dt FROM events WHERE user_pseudo_id LIKE 'ahead%' ORDER BY event_id",
      ),
    ).toEqual([
      { event_id: 'ahead', t: '2026-05-12 10:00:00', dt: '2026-05-12' },
      { event_id: 'ahead2', t: '2026-06-12 12:00:00', dt: '2026-05-12' },
      { event_id: 'ahead3', t: '2026-05-12 10:05:00', dt: '2026-05-12' },
    ]);
    expect(await one("SELECT attributes->>'sent_timestamp' AS sent FROM events WHERE event_id = 'ahead'")).toEqual({
      sent: String(Date.parse('2026-05-12T12:00:00Z')),
    });
  });
});

test('the newest event is none that a wrong clock put into the future', async () => {
  expect((await house.refresher.freshness()).newestEventTime).toBe('2026-10-25T23:00:00.000Z');
});

describe('money', () => {
  test('the first purchase event of an order id counts, later ones are no order', async () => {
    expect(
      await house.rows(
        "SELECT order_id, user_pseudo_id AS u, user_id, revenue, tax, currency, coupon, payment_type, items, units, refunded, is_valid, customer_order_number AS n, dt FROM orders WHERE order_id = 'T1'",
      ),
    ).toEqual([
      {
        order_id: 'T1',
        u: 'buyer',
        user_id: null,
        revenue: '59.90',
        tax: '9.50',
        currency: 'EUR',
        coupon: 'SPRING',
        payment_type: 'card',
        items: 2,
        units: 3,
        refunded: '20.00',
        is_valid: true,
        n: 1,
        dt: '2026-05-10',
      },
    ]);
    expect(
      await house.rows(
        "SELECT user_pseudo_id || ' ' || dt AS s FROM sessions WHERE purchased AND user_pseudo_id IN ('buyer', 'friend') ORDER BY s",
      ),
    ).toEqual([{ s: 'buyer 2026-05-10' }, { s: 'buyer 2026-05-12' }]);
    expect(
      await house.rows(
        "SELECT event_id, product_id, item_revenue, order_id FROM product_events WHERE event_id IN ('p1', 'p2') ORDER BY event_id, product_id",
      ),
    ).toEqual([
      { event_id: 'p1', product_id: 'A', item_revenue: '40.00', order_id: 'T1' },
      { event_id: 'p1', product_id: 'B', item_revenue: '19.90', order_id: 'T1' },
      { event_id: 'p2', product_id: 'A', item_revenue: null, order_id: null },
    ]);
  });
  test('currencies are never added: a session shows its own shop currency, the orders show each', async () => {
    expect(
      await one("SELECT orders, revenue, currency FROM sessions WHERE user_pseudo_id = 'buyer' AND dt = '2026-05-12'"),
    ).toEqual({ orders: 2, revenue: '5.00', currency: 'EUR' });
    expect(await one("SELECT orders, revenue, currency FROM users WHERE user_pseudo_id = 'buyer'")).toEqual({
      orders: 3,
      revenue: '64.90',
      currency: 'EUR',
    });
    expect(
      await house.rows(
        "SELECT order_id, customer_order_number AS n, revenue, currency, days_since_first_visit AS d FROM orders WHERE user_pseudo_id = 'buyer' ORDER BY n",
      ),
    ).toEqual([
      { order_id: 'T1', n: 1, revenue: '59.90', currency: 'EUR', d: 0 },
      { order_id: 'T2', n: 2, revenue: '10.00', currency: 'CHF', d: 2 },
      { order_id: 'T3', n: 3, revenue: '5.00', currency: 'EUR', d: 2 },
    ]);
  });
  test('an order of nothing is not valid; without a value the items make it', async () => {
    expect(
      await house.rows(
        "SELECT order_id, is_valid, revenue, currency, customer_order_number AS n FROM orders WHERE user_pseudo_id = 'nothing' ORDER BY order_time",
      ),
    ).toEqual([
      { order_id: 'p5', is_valid: false, revenue: '0.00', currency: 'EUR', n: null },
      { order_id: 'p7', is_valid: true, revenue: '3.03', currency: 'GBP', n: 1 },
    ]);
  });
  test('ids of more digits than a double holds stay whole', async () => {
    expect(await one("SELECT order_id, revenue FROM orders WHERE user_pseudo_id = 'exact'")).toEqual({
      order_id: '12345678901234567890',
      revenue: '1.10',
    });
  });
  test('a cart is worth what was shown last and what changed since', async () => {
    expect(
      await one("SELECT cart_value, currency, cart_adds, purchased, revenue FROM sessions WHERE user_pseudo_id = 'cart'"),
    ).toEqual({ cart_value: '43.50', currency: 'EUR', cart_adds: 2, purchased: false, revenue: '0.00' });
  });
});

describe('who and where', () => {
  test('known bots are flagged everywhere; a relayed request says nothing of its visitors', async () => {
    expect(
      await house.rows("SELECT user_pseudo_id AS u, is_bot FROM sessions WHERE user_pseudo_id IN ('bot', 'relayed1') ORDER BY u"),
    ).toEqual([
      { u: 'bot', is_bot: true },
      { u: 'relayed1', is_bot: false },
    ]);
    expect(await one("SELECT bool_and(is_bot) AS e FROM events WHERE user_pseudo_id = 'bot'")).toEqual({ e: true });
    expect(await one("SELECT device_category, os, country_code, city FROM sessions WHERE user_pseudo_id = 'relayed1'")).toEqual({
      device_category: 'mobile',
      os: 'iOS',
      country_code: 'FR',
      city: null,
    });
  });
  test('the place is that of the envelope, else the country of the language, flagged', async () => {
    expect(
      await one(
        "SELECT country_code, country, region, city, latitude, longitude, device_category, os, os_version, browser FROM sessions WHERE user_pseudo_id = 'berlin'",
      ),
    ).toEqual({
      country_code: 'DE',
      country: 'Germany',
      region: 'Berlin',
      city: 'Berlin',
      latitude: 52.52,
      longitude: 13.4,
      device_category: 'mobile',
      os: 'iOS',
      os_version: '17.5',
      browser: 'Safari',
    });
    expect(
      await one("SELECT country_code, attributes->>'country_from' AS flag FROM events WHERE user_pseudo_id = 'somewhere'"),
    ).toEqual({ country_code: 'US', flag: 'language' });
    expect(await one("SELECT region, city, latitude FROM sessions WHERE user_pseudo_id = 'somewhere'")).toEqual({
      region: null,
      city: null,
      latitude: null,
    });
  });
  test('traffic is that of the first page view that says anything, UTM and click ids before the referrer', async () => {
    expect(
      await house.rows(
        "SELECT user_pseudo_id AS u, source, medium, campaign, channel_group AS c, referrer_host AS r FROM sessions WHERE user_pseudo_id IN ('utm', 'click', 'organic', 'blog', 'odd', 'direct') ORDER BY u",
      ),
    ).toEqual([
      { u: 'blog', source: 'tests.example', medium: 'referral', campaign: null, c: 'Referral', r: 'www.tests.example' },
      { u: 'click', source: 'google', medium: 'cpc', campaign: null, c: 'Paid Search', r: 't.co' },
      { u: 'direct', source: '(direct)', medium: '(none)', campaign: null, c: 'Direct', r: null },
      { u: 'odd', source: 'flyer', medium: 'paper', campaign: null, c: 'Unassigned', r: null },
      { u: 'organic', source: 'google', medium: 'organic', campaign: null, c: 'Organic Search', r: 'www.google.de' },
      { u: 'utm', source: 'news', medium: 'email', campaign: 'spring sale', c: 'Email', r: 'www.google.com' },
    ]);
  });
  test('new by first visit or session number, else returning', async () => {
    expect(
      await house.rows(
        "SELECT user_pseudo_id AS u, is_new_user AS n FROM sessions WHERE user_pseudo_id IN ('new1', 'new2', 'old', 'direct') ORDER BY u",
      ),
    ).toEqual([
      { u: 'direct', n: false },
      { u: 'new1', n: true },
      { u: 'new2', n: true },
      { u: 'old', n: false },
    ]);
    expect(await one("SELECT first_visit_time::VARCHAR AS t FROM users WHERE user_pseudo_id = 'old'")).toEqual({
      t: '2026-01-01 00:00:00',
    });
  });
  test('engaged is more than ten seconds', async () => {
    expect(
      await house.rows(
        "SELECT user_pseudo_id AS u, is_engaged AS e FROM sessions WHERE user_pseudo_id IN ('ten', 'eleven') ORDER BY u",
      ),
    ).toEqual([
      { u: 'eleven', e: true },
      { u: 'ten', e: false },
    ]);
  });
});

describe('pages', () => {
  test('load times, clicks and errors belong to the last view before them', async () => {
    expect(
      await house.rows(
        "SELECT page_view_id AS v, page_type, previous_page_path AS p, view_number AS n, is_landing, is_exit, seconds_on_page AS s, scrolled_to_end AS scrolled, load_ms, ttfb_ms, http_status, rage_clicks, js_errors FROM page_views WHERE user_pseudo_id = 'pain' ORDER BY n",
      ),
    ).toEqual([
      {
        v: 'v1',
        page_type: 'other',
        p: null,
        n: 1,
        is_landing: true,
        is_exit: false,
        s: 30,
        scrolled: false,
        load_ms: 4000,
        ttfb_ms: 120,
        http_status: 200,
        rage_clicks: 1,
        js_errors: 0,
      },
      {
        v: 'v2',
        page_type: 'not_found',
        p: '/slow',
        n: 2,
        is_landing: false,
        is_exit: true,
        s: 7,
        scrolled: true,
        load_ms: 4001,
        ttfb_ms: null,
        http_status: null,
        rage_clicks: 0,
        js_errors: 1,
      },
    ]);
  });
  test('a session counts its pain, its slow pages and the forms that were left', async () => {
    expect(
      await one(
        "SELECT rage_clicks, js_errors, form_abandons, slow_pages, searches, searches_no_result, engagement_seconds, event_count FROM sessions WHERE user_pseudo_id = 'pain'",
      ),
    ).toEqual({
      rage_clicks: 2,
      js_errors: 1,
      form_abandons: 1,
      slow_pages: 1,
      searches: 2,
      searches_no_result: 1,
      engagement_seconds: 7,
      event_count: 14,
    });
  });
  test('search terms are lower case, and what does not fit its column stays in the attributes', async () => {
    expect(
      await house.rows(
        "SELECT search_term, search_results, attributes->>'results_count' AS raw, attributes->>'colour' AS colour FROM events WHERE event_name = 'search' ORDER BY event_time",
      ),
    ).toEqual([
      { search_term: 'red shoes', search_results: 0, raw: null, colour: null },
      { search_term: 'socks', search_results: null, raw: 'many', colour: 'red' },
    ]);
  });
  test('every attribute without a column is kept, also one that is no proper text', async () => {
    expect(
      await one(
        "SELECT order_id, attributes->'deep' AS deep, attributes->>'odd' AS odd FROM events WHERE user_pseudo_id = 'big'",
      ),
    ).toEqual({ order_id: 'x', deep: '{"a":[1,2.5]}', odd: '\ufffd\ufffd' });
  });
  test('names of others are understood by the aliases', async () => {
    expect(await one("SELECT event_name, raw_event_name FROM events WHERE event_id = 'p3'")).toEqual({
      event_name: 'purchase',
      raw_event_name: 'Order Completed',
    });
  });
});
