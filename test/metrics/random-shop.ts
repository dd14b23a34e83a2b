import type { Row, Shop } from './small-shop.ts';

const DAY = 86_400_000;

/**
 * A shop of a few weeks by chance, the same for the same seed: sessions with their events, page views, items and orders,
 * in three currencies, with bots, unknown places, sessions over midnight and repeated purchases. All days are UTC.
 */
export function randomShop(
  seed: number,
  options: { readonly firstDay: string; readonly days: number; readonly sessions: number },
): Shop {
  const chance = mulberry(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)]!;
  const shop: Record<'sessions' | 'events' | 'page_views' | 'product_events' | 'orders', Row[]> = {
    sessions: [],
    events: [],
    page_views: [],
    product_events: [],
    orders: [],
  };
  const users = Array.from({ length: Math.ceil(options.sessions / 3) }, (_, index) => ({
    id: `u${index}`,
    bot: chance() < 0.08,
    country: pick(['DE', 'DE', 'AT', 'FR', 'GB', 'US', null]),
    channel: pick(['Direct', 'Paid Search', 'Email', 'Organic Search']),
    visits: 0,
    orders: [] as string[],
  }));
  const start = Date.parse(`${options.firstDay}T00:00:00Z`);
  const times = Array.from({ length: options.sessions }, () => start + Math.floor(chance() * options.days * DAY)).sort(
    (a, b) => a - b,
  );
  times.forEach((time, index) => {
    const user = pick(users);
    user.visits++;
    visit(`s${index}`, time, user);
  });
  return {
    ...shop,
    users: users
      .filter(({ visits }) => visits > 0)
      .map((user) => ({
        user_pseudo_id: user.id,
        is_bot: user.bot,
        country_code: user.country,
        first_channel_group: user.channel,
      })),
  };

  function visit(session: string, time: number, user: (typeof users)[number]): void {
    const device = pick(['mobile', 'mobile', 'desktop', 'tablet']);
    const currency = pick(['EUR', 'EUR', 'EUR', 'USD', 'GBP']);
    const reached = Math.floor(chance() * 5.2);
    const names = ['page_view', ...['view_item', 'add_to_cart', 'begin_checkout', 'purchase'].slice(0, reached)];
    if (chance() < 0.2) names.reverse();
    const shared = {
      session_id: session,
      user_pseudo_id: user.id,
      device_category: device,
      country_code: user.country,
      is_bot: user.bot,
    };
    const bought = names.includes('purchase');
    const value = Math.round(chance() * 20_000) / 100 + 1;
    const pages = 1 + Math.floor(chance() * 3);
    names.forEach((name, step) => {
      const at = time + step * Math.floor(chance() * 900_000);
      const order = name === 'purchase' ? `o-${session}` : null;
      const when = { event_time: timestamp(at), dt: day(at) };
      shop.events.push({
        ...shared,
        event_id: `${session}-${step}`,
        event_name: name,
        order_id: order,
        currency,
        value: order && value,
        ...when,
      });
      if (name === 'page_view') return;
      for (let item = 0; item < 1 + (step % 2); item++) {
        const quantity = 1 + Math.floor(chance() * 3);
        const [product, brand] = pick([
          ['Tent', 'Ridge'],
          ['Jacket', 'Ridge'],
          ['Lamp', 'Lux'],
          ['Mug', null],
        ]) as [string, string | null];
        shop.product_events.push({
          ...shared,
          event_id: `${session}-${step}`,
          event_name: name,
          product_id: product,
          product_name: product,
          brand,
          price: 10,
          quantity,
          item_revenue: order && 10 * quantity,
          order_id: order,
          currency,
          ...when,
        });
      }
      if (order) {
        const first = user.orders.length === 0;
        user.orders.push(order);
        shop.orders.push({
          order_id: order,
          session_id: session,
          user_pseudo_id: user.id,
          customer_order_number: user.orders.length,
          items: 1,
          units: 2,
          revenue: value,
          currency,
          is_valid: true,
          coupon: first ? 'HELLO' : null,
          device_category: device,
          country_code: user.country,
          channel_group: user.channel,
          order_time: when.event_time,
          dt: when.dt,
        });
      }
    });
    for (let view = 1; view <= pages; view++)
      shop.page_views.push({
        ...shared,
        page_view_id: `${session}-p${view}`,
        view_time: timestamp(time + view),
        page_path: pick(['/', '/cart', '/tent']),
        view_number: view,
        is_landing: view === 1,
        is_exit: view === pages,
        load_ms: chance() < 0.3 ? null : Math.floor(chance() * 6000),
        rage_clicks: Math.floor(chance() * 2),
        dead_clicks: 0,
        dt: day(time),
      });
    const has = (name: string) => names.includes(name);
    shop.sessions.push({
      ...shared,
      session_start: timestamp(time),
      duration_seconds: Math.floor(chance() * 600),
      is_new_user: user.visits === 1,
      is_engaged: pages > 1 || bought,
      page_views: pages,
      channel_group: user.channel,
      browser: pick(['Chrome', 'Safari']),
      viewport_width: pick([390, 800, 1500, null]),
      landing_page: pick(['/', '/lp/a', '/lp/b']),
      searches: Math.floor(chance() * 2),
      viewed_product: has('view_item'),
      added_to_cart: has('add_to_cart'),
      viewed_cart: false,
      began_checkout: has('begin_checkout'),
      added_shipping: false,
      added_payment: false,
      purchased: bought,
      orders: bought ? 1 : 0,
      revenue: bought ? value : 0,
      cart_value: has('add_to_cart') ? value : null,
      currency,
      rage_clicks: 0,
      js_errors: 0,
      form_errors: 0,
      payment_errors: 0,
      slow_pages: 0,
      dt: day(time),
    });
  }
}

function timestamp(time: number): string {
  return new Date(time).toISOString().slice(0, 23).replace('T', ' ');
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A small generator of numbers between 0 and 1 (mulberry32), for the same chances on every run. */
export function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
