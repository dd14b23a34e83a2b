/** A small table for the dashboards: metrics of the glossary by day and by dimensions of the glossary. */
export interface Cube {
  /** Name of its data set. */
  readonly id: string;
  /** Table of the glossary that it counts. */
  readonly table: string;
  /** Dimensions of the glossary that have a column in that table. */
  readonly dimensions: readonly string[];
  /** Metrics of the glossary: sums of that table. Rates of them are made from the sums. */
  readonly metrics: readonly string[];
}

/** How far back the dashboards reach, in days. */
export const daysBack = 400;

const visit = ['sessions', 'new_sessions', 'engaged_sessions', 'bounced_sessions', 'session_page_views', 'sessions_with_order'];

/** What the sheets are drawn from. Few dimensions each, so that a cube stays small whatever the shop's size. */
export const cubes: readonly Cube[] = [
  {
    id: 'visits',
    table: 'sessions',
    dimensions: ['device', 'channel', 'country'],
    metrics: [
      ...visit,
      'sessions_with_product_view',
      'sessions_with_cart',
      'sessions_with_checkout',
      'sessions_cart_bought',
      'sessions_checkout_bought',
      'search_sessions',
      'error_sessions',
    ],
  },
  { id: 'campaigns', table: 'sessions', dimensions: ['channel', 'source', 'medium', 'campaign'], metrics: visit },
  { id: 'places', table: 'sessions', dimensions: ['country', 'region', 'city'], metrics: visit },
  { id: 'technology', table: 'sessions', dimensions: ['device', 'os', 'browser'], metrics: [...visit, 'error_sessions'] },
  {
    id: 'sales',
    table: 'orders',
    dimensions: ['device', 'channel', 'country', 'currency'],
    metrics: ['orders', 'revenue', 'orders_of_currency', 'units_sold', 'new_customers', 'repeat_orders', 'coupon_orders'],
  },
  {
    id: 'products',
    table: 'product_events',
    dimensions: ['device', 'country', 'product', 'brand', 'category'],
    metrics: ['product_impressions', 'product_clicks', 'product_views', 'cart_adds', 'cart_removals'],
  },
  {
    id: 'product_sales',
    table: 'product_events',
    dimensions: ['device', 'country', 'product', 'brand', 'category', 'currency'],
    metrics: ['product_units', 'item_revenue'],
  },
  {
    id: 'searches',
    table: 'events',
    dimensions: ['device', 'country', 'search_term'],
    metrics: ['searches', 'searches_counted', 'no_result_searches'],
  },
  {
    id: 'pages',
    table: 'page_views',
    dimensions: ['device', 'country', 'page', 'page_type'],
    metrics: ['page_views', 'entrances', 'exits', 'rage_clicks', 'dead_clicks', 'page_loads', 'slow_loads', 'not_found_views'],
  },
];
