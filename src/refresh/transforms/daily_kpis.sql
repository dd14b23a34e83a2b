-- sessions, page_views, events and orders of some days beside every session that they belong to -> the table daily_kpis. Each
-- measure is the metric of that name in the glossary; its dimensions are those of the table that it counts, and where that table
-- has none those of the session. Only sums: what counts distinct users does not add up.
WITH visits AS (
  SELECT session_id AS visit, channel_group AS visit_channel, is_new_user AS visit_is_new, is_bot AS visit_is_bot,
  currency AS visit_currency
  FROM sessions
),
of_sessions AS (
  SELECT
    dt, device_category, country_code, channel_group, is_new_user, is_bot, currency,
    count(*) AS sessions,
    count(*) FILTER (WHERE is_new_user) AS new_sessions,
    count(*) FILTER (WHERE is_engaged) AS engaged_sessions,
    count(*) FILTER (WHERE NOT is_engaged) AS bounced_sessions,
    sum(CAST(page_views AS BIGINT)) AS session_page_views,
    sum(CAST(duration_seconds AS BIGINT)) AS session_seconds,
    sum(CAST(engagement_seconds AS BIGINT)) AS engagement_seconds_total,
    count(*) FILTER (WHERE viewed_product) AS sessions_with_product_view,
    count(*) FILTER (WHERE added_to_cart) AS sessions_with_cart,
    count(*) FILTER (WHERE began_checkout) AS sessions_with_checkout,
    count(*) FILTER (WHERE purchased) AS sessions_with_order,
    count(*) FILTER (WHERE added_to_cart AND purchased) AS sessions_cart_bought,
    count(*) FILTER (WHERE began_checkout AND purchased) AS sessions_checkout_bought,
    count(*) FILTER (WHERE searches > 0) AS search_sessions,
    count(*) FILTER (WHERE js_errors + form_errors + payment_errors > 0) AS error_sessions
  FROM sessions
  GROUP BY dt, device_category, country_code, channel_group, is_new_user, is_bot, currency
),
of_views AS (
  SELECT
    p.dt, p.device_category, p.country_code, v.visit_channel AS channel_group, v.visit_is_new AS is_new_user, p.is_bot,
    v.visit_currency AS currency,
    count(*) AS page_views,
    count(*) FILTER (WHERE p.is_landing) AS entrances,
    count(*) FILTER (WHERE p.is_exit) AS exits,
    count(*) FILTER (WHERE p.scrolled_to_end) AS page_views_scrolled,
    count(p.load_ms) AS page_loads,
    count(*) FILTER (WHERE p.load_ms > 4000) AS slow_loads,
    count(*) FILTER (WHERE p.http_status = 404 OR p.page_type = 'not_found') AS not_found_views,
    sum(CAST(p.rage_clicks AS BIGINT)) AS rage_clicks,
    sum(CAST(p.dead_clicks AS BIGINT)) AS dead_clicks
  FROM page_views p LEFT JOIN visits v ON v.visit = p.session_id
  GROUP BY p.dt, p.device_category, p.country_code, v.visit_channel, v.visit_is_new, p.is_bot, v.visit_currency
),
of_events AS (
  SELECT
    e.dt, e.device_category, e.country_code, v.visit_channel AS channel_group, v.visit_is_new AS is_new_user, e.is_bot, e.currency,
    count(*) AS events,
    count(*) FILTER (WHERE e.event_name = 'search') AS searches,
    count(*) FILTER (WHERE e.event_name = 'search' AND e.search_results IS NOT NULL) AS searches_counted,
    count(*) FILTER (WHERE e.event_name = 'search' AND e.search_results = 0) AS no_result_searches,
    count(*) FILTER (WHERE e.event_name = 'rage_click') AS rage_click_events,
    count(*) FILTER (WHERE e.event_name = 'dead_click') AS dead_click_events,
    count(*) FILTER (WHERE e.event_name = 'js_error') AS js_errors,
    count(*) FILTER (WHERE e.event_name = 'form_error') AS form_errors,
    count(*) FILTER (WHERE e.event_name = 'payment_error') AS payment_errors,
    count(*) FILTER (WHERE e.event_name = 'refund') AS refunds,
    sum(CASE WHEN e.event_name = 'refund' THEN e.value END) AS refunded_value
  FROM events e LEFT JOIN visits v ON v.visit = e.session_id
  GROUP BY e.dt, e.device_category, e.country_code, v.visit_channel, v.visit_is_new, e.is_bot, e.currency
),
of_orders AS (
  SELECT
    o.dt, o.device_category, o.country_code, o.channel_group, v.visit_is_new AS is_new_user, coalesce(v.visit_is_bot, false) AS is_bot,
    o.currency,
    count(*) AS orders,
    count(*) FILTER (WHERE o.customer_order_number = 1) AS new_customers,
    count(*) FILTER (WHERE o.customer_order_number > 1) AS repeat_orders,
    count(*) FILTER (WHERE o.coupon IS NOT NULL) AS coupon_orders,
    sum(CAST(o.units AS BIGINT)) AS units_sold,
    count(o.revenue) AS orders_of_currency,
    sum(o.revenue) AS revenue,
    sum(o.tax) AS tax,
    sum(o.shipping) AS shipping_revenue
  FROM orders o LEFT JOIN visits v ON v.visit = o.session_id
  WHERE o.is_valid
  GROUP BY o.dt, o.device_category, o.country_code, o.channel_group, v.visit_is_new, coalesce(v.visit_is_bot, false), o.currency
),
parts AS (
  SELECT
    dt, device_category, country_code, channel_group, is_new_user, is_bot, currency,
    sessions, new_sessions, engaged_sessions, bounced_sessions, session_page_views, session_seconds, engagement_seconds_total,
    sessions_with_product_view, sessions_with_cart, sessions_with_checkout, sessions_with_order, sessions_cart_bought,
    sessions_checkout_bought, search_sessions, error_sessions,
    0 AS page_views, 0 AS entrances, 0 AS exits, 0 AS page_views_scrolled, 0 AS page_loads, 0 AS slow_loads, 0 AS not_found_views,
    0 AS rage_clicks, 0 AS dead_clicks,
    0 AS events, 0 AS searches, 0 AS searches_counted, 0 AS no_result_searches, 0 AS rage_click_events, 0 AS dead_click_events,
    0 AS js_errors, 0 AS form_errors, 0 AS payment_errors, 0 AS refunds, CAST(NULL AS DECIMAL(18,2)) AS refunded_value,
    0 AS orders, 0 AS new_customers, 0 AS repeat_orders, 0 AS coupon_orders, 0 AS units_sold, 0 AS orders_of_currency,
    CAST(NULL AS DECIMAL(18,2)) AS revenue, CAST(NULL AS DECIMAL(18,2)) AS tax, CAST(NULL AS DECIMAL(18,2)) AS shipping_revenue
  FROM of_sessions
  UNION ALL
  SELECT
    dt, device_category, country_code, channel_group, is_new_user, is_bot, currency,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    page_views, entrances, exits, page_views_scrolled, page_loads, slow_loads, not_found_views, rage_clicks, dead_clicks,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, CAST(NULL AS DECIMAL(18,2)),
    0, 0, 0, 0, 0, 0, CAST(NULL AS DECIMAL(18,2)), CAST(NULL AS DECIMAL(18,2)), CAST(NULL AS DECIMAL(18,2))
  FROM of_views
  UNION ALL
  SELECT
    dt, device_category, country_code, channel_group, is_new_user, is_bot, currency,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0,
    events, searches, searches_counted, no_result_searches, rage_click_events, dead_click_events, js_errors, form_errors, payment_errors,
    refunds, refunded_value,
    0, 0, 0, 0, 0, 0, CAST(NULL AS DECIMAL(18,2)), CAST(NULL AS DECIMAL(18,2)), CAST(NULL AS DECIMAL(18,2))
  FROM of_events
  UNION ALL
  SELECT
    dt, device_category, country_code, channel_group, is_new_user, is_bot, currency,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, CAST(NULL AS DECIMAL(18,2)),
    orders, new_customers, repeat_orders, coupon_orders, units_sold, orders_of_currency, revenue, tax, shipping_revenue
  FROM of_orders
)
SELECT
  device_category, country_code, channel_group, is_new_user, is_bot, currency,
  sum(sessions) AS sessions, sum(new_sessions) AS new_sessions, sum(engaged_sessions) AS engaged_sessions,
  sum(bounced_sessions) AS bounced_sessions, sum(session_page_views) AS session_page_views, sum(session_seconds) AS session_seconds,
  sum(engagement_seconds_total) AS engagement_seconds_total, sum(sessions_with_product_view) AS sessions_with_product_view,
  sum(sessions_with_cart) AS sessions_with_cart, sum(sessions_with_checkout) AS sessions_with_checkout,
  sum(sessions_with_order) AS sessions_with_order, sum(sessions_cart_bought) AS sessions_cart_bought,
  sum(sessions_checkout_bought) AS sessions_checkout_bought, sum(search_sessions) AS search_sessions,
  sum(error_sessions) AS error_sessions,
  sum(page_views) AS page_views, sum(entrances) AS entrances, sum(exits) AS exits, sum(page_views_scrolled) AS page_views_scrolled,
  sum(page_loads) AS page_loads, sum(slow_loads) AS slow_loads, sum(not_found_views) AS not_found_views, sum(rage_clicks) AS rage_clicks,
  sum(dead_clicks) AS dead_clicks,
  sum(events) AS events, sum(searches) AS searches, sum(searches_counted) AS searches_counted,
  sum(no_result_searches) AS no_result_searches, sum(rage_click_events) AS rage_click_events,
  sum(dead_click_events) AS dead_click_events, sum(js_errors) AS js_errors, sum(form_errors) AS form_errors,
  sum(payment_errors) AS payment_errors, sum(refunds) AS refunds, sum(refunded_value) AS refunded_value,
  sum(orders) AS orders, sum(new_customers) AS new_customers, sum(repeat_orders) AS repeat_orders, sum(coupon_orders) AS coupon_orders,
  sum(units_sold) AS units_sold, sum(orders_of_currency) AS orders_of_currency, sum(revenue) AS revenue, sum(tax) AS tax,
  sum(shipping_revenue) AS shipping_revenue,
  dt
FROM parts
GROUP BY dt, device_category, country_code, channel_group, is_new_user, is_bot, currency
