const last = (count: number, unit = 'day') => ({ type: 'last', count, unit });
const is = (dimension: string, ...values: string[]) => ({ dimension, op: 'is', values });
const not = (dimension: string, ...values: string[]) => ({ dimension, op: 'is_not', values });
const previous = { type: 'previous' };
const segments = [
  { label: 'safari on iphone', filters: [is('browser', 'safari'), is('os', 'ios')] },
  { label: 'chrome android', filters: [is('browser', 'chrome'), is('os', 'android')] },
];

/** Readings whose SQL is kept in `test/fixtures/metrics/NAME.sql`: one for each thing that a Reading can ask. */
export const GOLDEN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // one figure
  'sessions-default': { metrics: ['sessions'] },
  'sessions-yesterday': { metrics: ['sessions'], period: { type: 'ago', count: 1, unit: 'day' } },
  'conversion-last-week': { metrics: ['conversion_rate'], period: { type: 'ago', count: 1, unit: 'week' } },
  'abandonment-mobile': { metrics: ['cart_abandonment_rate'], filters: [is('device', 'mobile')] },
  'revenue-in-dollars': { metrics: ['revenue'], filters: [is('currency', 'usd')] },
  'revenue-two-currencies': { metrics: ['revenue'], filters: [is('currency', 'eur', 'usd')] },
  'aov-chrome': { metrics: ['aov'], filters: [is('browser', 'chrome')] },
  'revenue-per-session-dollars': { metrics: ['revenue_per_session'], filters: [is('currency', 'usd')] },
  'abandoned-cart-value': { metrics: ['abandoned_cart_value'] },
  'repeat-rate': { metrics: ['repeat_rate'] },
  'days-to-first-order': { metrics: ['days_to_first_order'], period: last(3, 'month') },
  'form-abandonment': { metrics: ['form_abandonment_rate'] },
  stickiness: { metrics: ['stickiness'] },
  'orders-last-24-hours': { metrics: ['orders'], period: last(24, 'hour') },
  'sessions-orders-revenue': { metrics: ['sessions', 'orders', 'revenue'] },
  // compared
  'sessions-vs-before': { metrics: ['sessions'], period: last(7), compare: previous },
  'orders-today-vs-yesterday': { metrics: ['orders'], period: { type: 'current', unit: 'day' }, compare: previous },
  'conversion-by-device-vs-before': { metrics: ['conversion_rate'], dimensions: ['device'], period: last(30), compare: previous },
  'revenue-by-day-vs-year-ago': {
    metrics: ['revenue'],
    grain: 'day',
    period: { type: 'ago', count: 1, unit: 'month' },
    compare: { type: 'year_ago' },
  },
  'may-vs-june-by-day': {
    metrics: ['sessions'],
    grain: 'day',
    period: { type: 'calendar', month: 6 },
    compare: { type: 'period', period: { type: 'calendar', month: 5 } },
  },
  'before-the-data': { metrics: ['sessions'], period: { type: 'calendar', year: 2025 }, compare: previous },
  // over time
  'sessions-by-day': { metrics: ['sessions'], grain: 'day', period: last(7) },
  'conversion-by-week': { metrics: ['conversion_rate'], grain: 'week', period: last(12, 'week') },
  'aov-by-month': { metrics: ['aov'], grain: 'month', period: { type: 'current', unit: 'year' } },
  'revenue-by-quarter': { metrics: ['revenue'], grain: 'quarter', period: last(4, 'quarter') },
  'sessions-today-by-hour': { metrics: ['sessions'], grain: 'hour', period: { type: 'current', unit: 'day' }, compare: previous },
  'moving-average': { metrics: ['conversion_rate', 'sessions'], grain: 'day', movingAverage: 7 },
  'orders-by-channel-and-day': { metrics: ['orders'], dimensions: ['channel'], grain: 'day' },
  'revenue-by-day-top-3-channels': { metrics: ['revenue'], dimensions: ['channel'], grain: 'day', limit: 3 },
  'busiest-day': { metrics: ['sessions'], grain: 'day', order: { by: 'sessions', direction: 'desc' }, limit: 1 },
  'wau-by-week': { metrics: ['wau'], grain: 'week', period: last(4, 'week') },
  'dau-by-month': { metrics: ['dau'], grain: 'month', period: last(3, 'month') },
  'orders-per-day-by-month': { metrics: ['orders'], per: 'day', grain: 'month', period: last(3, 'month') },
  // broken down
  'top-10-products': {
    metrics: ['units_sold', 'revenue'],
    dimensions: ['product'],
    limit: 10,
    period: { type: 'ago', count: 1, unit: 'month' },
  },
  'worst-landing-pages': {
    metrics: ['conversion_rate'],
    dimensions: ['landing_page'],
    order: { by: 'conversion_rate', direction: 'asc' },
    limit: 10,
  },
  'landing-pages-with-minimum': {
    metrics: ['conversion_rate'],
    dimensions: ['landing_page'],
    having: [{ metric: 'sessions', op: 'more_than', value: 500 }],
    order: { by: 'conversion_rate', direction: 'asc' },
    limit: 5,
  },
  'exits-by-page': { metrics: ['exits', 'exit_rate'], dimensions: ['page'], limit: 10 },
  'sessions-by-page': { metrics: ['sessions'], dimensions: ['page'], limit: 10 },
  'conversion-by-brand': { metrics: ['conversion_rate'], dimensions: ['brand'] },
  'share-by-country': { metrics: ['sessions'], dimensions: ['country'], share: true },
  'share-outside-the-eu': { metrics: ['sessions'], filters: [not('country', 'eu')], share: true },
  'cities-in-germany': { metrics: ['orders'], dimensions: ['city'], filters: [is('country', 'DE')], limit: 10 },
  'revenue-by-currency': { metrics: ['revenue', 'aov'], dimensions: ['currency'] },
  'revenue-by-first-channel': { metrics: ['revenue'], dimensions: ['first_channel'] },
  'bounce-by-first-channel': { metrics: ['bounce_rate'], dimensions: ['first_channel'] },
  'load-time-by-country-and-device': { metrics: ['p75_load_time', 'slow_page_rate'], dimensions: ['country', 'device'] },
  'page-views-by-browser': { metrics: ['page_views'], dimensions: ['browser'] },
  'sessions-by-hour-of-day': { metrics: ['sessions'], dimensions: ['hour'], per: 'day' },
  'orders-per-day-by-weekday': { metrics: ['orders'], dimensions: ['weekday'], per: 'day' },
  'sessions-by-viewport': { metrics: ['sessions'], dimensions: ['viewport'] },
  'wide-windows': { metrics: ['conversion_rate'], filters: [{ dimension: 'viewport', op: 'at_least', values: ['1000'] }] },
  'rage-clicks-by-element': { metrics: ['rage_clicks'], dimensions: ['element'], limit: 10 },
  'search-terms-without-results': { metrics: ['no_result_searches', 'searches'], dimensions: ['search_term'], limit: 20 },
  'abandoned-forms-by-form': { metrics: ['form_abandonment_rate'], dimensions: ['form'] },
  'repeat-rate-by-channel': { metrics: ['repeat_rate'], dimensions: ['channel'] },
  'abandoned-carts-by-device': { metrics: ['abandoned_carts'], dimensions: ['device'] },
  'weekend-vs-weekday': { metrics: ['conversion_rate'], dimensions: ['day_type'] },
  // filters, segments, bots
  'campaign-contains': {
    metrics: ['sessions'],
    filters: [{ dimension: 'campaign', op: 'contains', values: ['Sale', "o'clock"] }],
  },
  'no-campaign': { metrics: ['sessions'], filters: [is('campaign', 'unknown'), not('channel', 'direct', 'unpaid')] },
  'landing-starts-with': {
    metrics: ['bounce_rate'],
    filters: [
      { dimension: 'landing_page', op: 'starts_with', values: ['/lp/'] },
      { dimension: 'referrer', op: 'not_contains', values: ['google'] },
    ],
  },
  segments: { metrics: ['conversion_rate'], segments },
  'segments-by-week-vs-before': { metrics: ['orders'], segments, grain: 'week', period: last(4, 'week'), compare: previous },
  'bots-share': { metrics: ['sessions'], dimensions: ['is_bot'], share: true },
  'bots-only': { metrics: ['orders'], bots: 'only' },
  'with-bots': { metrics: ['orders'], bots: 'include' },
  // funnels
  funnel: {
    steps: ['product', 'cart', 'checkout', 'purchase'],
    period: { type: 'calendar', month: 5 },
    filters: [is('device', 'mobile')],
  },
  'funnel-by-device-vs-before': { steps: ['visit', 'product', 'purchase'], by: 'device', compare: previous },
  'funnel-of-segments': { steps: ['visit', 'cart', 'purchase'], segments },
  'funnel-in-order': { steps: ['product', 'cart', 'purchase'], order: 'in_order' },
  'funnel-in-order-30-minutes': {
    steps: ['visit', 'product', 'cart'],
    order: 'in_order',
    windowMinutes: 30,
    by: 'channel',
    filters: [is('device', 'mobile')],
  },
};
