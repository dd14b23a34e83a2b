/** One picture of a sheet. */
export interface Picture {
  readonly kind: 'number' | 'line' | 'bars' | 'table' | 'map' | 'heat';
  readonly title: string;
  /** Data set that it shows. */
  readonly set: string;
  /** Columns of that data set, or names of `rates`. */
  readonly values: readonly string[];
  /** Columns that break it down; a line has `day` without being told. */
  readonly by?: readonly string[];
}

/** One sheet of the dashboard. */
export interface Sheet {
  /** Part of the link to it. */
  readonly id: string;
  readonly name: string;
  readonly pictures: readonly Picture[];
}

const numbers = (set: string, values: readonly string[]): Picture[] =>
  values.map((value) => ({ kind: 'number', title: '', set, values: [value] }));
const line = (set: string, values: readonly string[], title = '', by: readonly string[] = []): Picture => ({
  kind: 'line',
  title,
  set,
  values,
  by,
});
const bars = (set: string, value: string, by: string, title = ''): Picture => ({
  kind: 'bars',
  title,
  set,
  values: [value],
  by: [by],
});
const table = (set: string, by: readonly string[], values: readonly string[], title = ''): Picture => ({
  kind: 'table',
  title,
  set,
  values,
  by,
});

/** The sheets as one table. An empty title is made of the labels of the glossary. */
export const sheets: readonly Sheet[] = [
  {
    id: 'overview',
    name: 'Overview',
    pictures: [
      ...numbers('visits', ['sessions', 'conversion_rate', 'bounce_rate']),
      ...numbers('sales', ['revenue', 'orders', 'aov']),
      line('visits', ['sessions', 'sessions_with_order']),
      line('sales', ['revenue']),
      bars('visits', 'sessions', 'channel'),
      bars('visits', 'conversion_rate', 'device'),
    ],
  },
  {
    id: 'conversion',
    name: 'Conversion',
    pictures: [
      ...numbers('visits', ['conversion_rate', 'cart_rate', 'checkout_completion']),
      {
        kind: 'bars',
        title: 'Sessions that reached each step',
        set: 'visits',
        values: ['sessions', 'sessions_with_product_view', 'sessions_with_cart', 'sessions_with_checkout', 'sessions_with_order'],
      },
      line('visits', ['conversion_rate', 'cart_rate', 'checkout_rate']),
      table('visits', ['device', 'channel'], ['sessions', 'cart_rate', 'checkout_rate', 'conversion_rate']),
    ],
  },
  {
    id: 'acquisition',
    name: 'Acquisition',
    pictures: [
      ...numbers('campaigns', ['sessions', 'new_sessions', 'engagement_rate']),
      line('campaigns', ['sessions'], '', ['channel']),
      bars('campaigns', 'conversion_rate', 'channel'),
      table(
        'campaigns',
        ['channel', 'source', 'medium', 'campaign'],
        ['sessions', 'new_sessions', 'engagement_rate', 'conversion_rate'],
      ),
    ],
  },
  {
    id: 'geography',
    name: 'Geography',
    pictures: [
      { kind: 'map', title: 'Sessions by country', set: 'places', values: ['sessions'], by: ['country'] },
      bars('places', 'sessions', 'country'),
      bars('sales', 'revenue', 'country'),
      table('places', ['country', 'region', 'city'], ['sessions', 'conversion_rate']),
    ],
  },
  {
    id: 'devices',
    name: 'Devices',
    pictures: [
      line('technology', ['sessions'], '', ['device']),
      bars('technology', 'conversion_rate', 'device'),
      bars('technology', 'sessions', 'os'),
      bars('technology', 'error_rate', 'browser'),
      table('technology', ['device', 'os', 'browser'], ['sessions', 'bounce_rate', 'error_rate', 'conversion_rate']),
    ],
  },
  {
    id: 'products',
    name: 'Products',
    pictures: [
      ...numbers('products', ['product_views', 'cart_adds']),
      ...numbers('product_sales', ['item_revenue']),
      bars('product_sales', 'item_revenue', 'category'),
      bars('products', 'product_views', 'brand'),
      table('products', ['product'], ['product_impressions', 'product_clicks', 'product_views', 'cart_adds', 'cart_removals']),
      table('product_sales', ['product'], ['product_units', 'item_revenue']),
    ],
  },
  {
    id: 'search',
    name: 'Search',
    pictures: [
      ...numbers('searches', ['searches', 'no_result_searches', 'no_result_rate']),
      line('searches', ['searches', 'no_result_searches']),
      bars('searches', 'no_result_searches', 'search_term', 'Searches that found nothing'),
      table('searches', ['search_term'], ['searches', 'no_result_searches', 'no_result_rate']),
    ],
  },
  {
    id: 'pain',
    name: 'Pain',
    pictures: [
      ...numbers('pages', ['rage_clicks', 'dead_clicks', 'slow_page_rate']),
      ...numbers('visits', ['error_rate']),
      line('pages', ['rage_clicks', 'dead_clicks', 'not_found_views']),
      bars('pages', 'rage_clicks', 'page'),
      bars('pages', 'slow_loads', 'page'),
      table(
        'pages',
        ['page_type', 'page'],
        ['page_views', 'exit_rate', 'rage_clicks', 'dead_clicks', 'slow_page_rate', 'not_found_views'],
      ),
    ],
  },
  {
    id: 'retention',
    name: 'Retention',
    pictures: [
      {
        kind: 'heat',
        title: 'Users who came back, by week of the first visit',
        set: 'retention',
        values: ['retention_rate'],
        by: ['day', 'week'],
      },
      line('visits', ['new_sessions']),
      line('sales', ['new_customers', 'repeat_orders']),
    ],
  },
  {
    id: 'data-health',
    name: 'Data health',
    pictures: [
      ...numbers('runs', ['records_read', 'events', 'quarantined']),
      line('runs', ['events', 'duplicates', 'late_events'], 'What the refreshes read'),
      bars('rejected', 'records', 'reason', 'Records that could not be read, by reason'),
      table('runs', ['status', 'run_trigger'], ['runs', 'files_read', 'records_read', 'seconds'], 'Refreshes'),
    ],
  },
];
