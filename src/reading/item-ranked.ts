import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Role } from './meaning.ts';
import type { Parts } from './parts.ts';

/** «top js errors» ranks messages, «most exits» pages: what a metric's events carry, where nothing else is ranked. */
export function itemRanked(
  parts: Parts,
  ids: readonly string[],
  dimensions: readonly string[],
  glossary: Glossary,
): string | undefined {
  const isBare =
    parts.content === parts.metrics.length + parts.periods.length &&
    parts.metrics.every((m) => !m.counted) &&
    !['share', 'trend', 'change', 'average', 'how_many', 'in_total', 'compare'].some((r) => parts.roles.has(r as Role));
  const listed = isBare && ids.length === 1 && listedBare.includes(ids[0]!);
  const ranked = (listed || parts.ranks.some((r) => r.way !== 'busy')) && parts.grains.length === 0 && dimensions.length === 0;
  if (!ranked || parts.compare || parts.versus.length > 0 || parts.periods.length > 1) return undefined;
  const carried: Readonly<Record<string, string>> = {
    js_errors: 'error_message',
    payment_errors: 'error_message',
    form_errors: 'form_field',
    searches: 'search_term',
    no_result_searches: 'search_term',
    events: 'event_name',
    page_views: 'page',
    exits: 'page',
    entrances: 'page',
    rage_clicks: 'page',
    dead_clicks: 'page',
    not_found_views: 'page',
    coupon_orders: 'coupon',
    product_views: 'product',
    cart_adds: 'product',
    cart_removals: 'product',
    units_sold: 'product',
    product_impressions: 'product',
    product_clicks: 'product',
    cart_to_view: 'product',
    buy_to_view: 'product',
    product_abandonment_rate: 'product',
    item_revenue: 'product',
    form_abandons: 'form',
    p75_load_time: 'page',
    avg_load_time: 'page',
    slow_loads: 'page',
    exit_rate: 'page',
    time_on_page: 'page',
  };
  const item = carried[ids[0] ?? ''];
  return item !== undefined && item in glossary.dimensions ? item : undefined;
}

/** «searches without results» wants to know which, not only how many. */
const listedBare: readonly string[] = ['no_result_searches'];

/** «where do people rage click» asks for pages, «where do visitors come from» for countries. */
export function placeFor(metric: string | undefined, glossary: Glossary): string {
  const m = metric === undefined ? undefined : glossary.metrics[metric];
  const table = m?.measure?.table ?? (m?.ratio ? glossary.metrics[m.ratio.of]?.measure?.table : undefined);
  return (table === 'page_views' || table === 'events') && 'page' in glossary.dimensions ? 'page' : 'country';
}
