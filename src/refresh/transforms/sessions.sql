-- accepted beside session_keys, session_traffic, channels and counted_orders -> the table sessions.
WITH joined AS (
  SELECT
    k.session_id, k.seq, k.view_number, k.is_view, k.is_bot,
    a.rid, a.user_pseudo_id, a.user_id, a.app_id, a.platform, a.event_ms, a.event_time, a.event_name, a.session_number,
    a.engagement_ms, a.page_path, a.device_category, a.device_model, a.os, a.os_version, a.browser, a.viewport_width, a.language,
    a.place_rank, a.search_results, a.value, a.currency, a.load_ms, a.form_id, a.dt
  FROM accepted a JOIN session_keys k ON k.key_rid = a.rid
),
summed AS (
  SELECT
    session_id,
    min(user_pseudo_id) AS user_pseudo_id,
    max_by(user_id, CASE WHEN user_id IS NOT NULL THEN seq END) AS user_id,
    min_by(app_id, CASE WHEN app_id IS NOT NULL THEN seq END) AS app_id,
    min_by(platform, CASE WHEN platform IS NOT NULL THEN seq END) AS platform,
    min(event_time) AS session_start,
    max(event_time) AS session_end,
    min(event_ms) AS start_ms,
    max(event_ms) AS end_ms,
    coalesce(sum(CASE WHEN event_name = 'user_engagement' THEN engagement_ms END), sum(engagement_ms)) AS engagement_ms,
    min(session_number) AS session_number,
    bool_or(event_name = 'first_visit') AS first_visit,
    bool_or(is_bot) AS is_bot,
    count(*) AS event_count,
    sum(is_view) AS page_views,
    min_by(page_path, CASE WHEN is_view = 1 AND page_path IS NOT NULL THEN seq END) AS landing_page,
    max_by(page_path, CASE WHEN is_view = 1 AND page_path IS NOT NULL THEN seq END) AS exit_page,
    min_by(device_category, CASE WHEN device_category IS NOT NULL THEN seq END) AS device_category,
    min_by(device_model, CASE WHEN device_model IS NOT NULL THEN seq END) AS device_model,
    min_by(os, CASE WHEN os IS NOT NULL THEN seq END) AS os,
    min_by(os_version, CASE WHEN os_version IS NOT NULL THEN seq END) AS os_version,
    min_by(browser, CASE WHEN browser IS NOT NULL THEN seq END) AS browser,
    min_by(viewport_width, CASE WHEN viewport_width IS NOT NULL THEN seq END) AS viewport_width,
    min_by(language, CASE WHEN language IS NOT NULL THEN seq END) AS language,
    min(CASE WHEN place_rank IS NOT NULL THEN CAST(place_rank AS BIGINT) * 1000000000 + seq END) AS place_pick,
    count(*) FILTER (WHERE event_name = 'view_item') AS product_views,
    count(*) FILTER (WHERE event_name = 'add_to_cart') AS cart_adds,
    count(*) FILTER (WHERE event_name = 'search') AS searches,
    count(*) FILTER (WHERE event_name = 'search' AND search_results = 0) AS searches_no_result,
    bool_or(event_name = 'view_cart') AS viewed_cart,
    bool_or(event_name = 'begin_checkout') AS began_checkout,
    bool_or(event_name = 'add_shipping_info') AS added_shipping,
    bool_or(event_name = 'add_payment_info') AS added_payment,
    max(CASE WHEN event_name IN ('view_cart', 'begin_checkout') AND value IS NOT NULL THEN seq END) AS cart_seq,
    max_by(currency, CASE WHEN currency IS NOT NULL AND event_name IN ('add_to_cart', 'remove_from_cart', 'view_cart', 'begin_checkout') THEN seq END) AS cart_currency,
    count(*) FILTER (WHERE event_name = 'rage_click') AS rage_clicks,
    count(*) FILTER (WHERE event_name = 'dead_click') AS dead_clicks,
    count(*) FILTER (WHERE event_name = 'js_error') AS js_errors,
    count(*) FILTER (WHERE event_name = 'form_error') AS form_errors,
    count(*) FILTER (WHERE event_name = 'payment_error') AS payment_errors,
    min_by(dt, seq) AS dt
  FROM joined
  GROUP BY session_id
),
-- the last cart shown, plus what went in and less what went out since
carts AS (
  SELECT
    j.session_id AS cart_session,
    sum(CASE
      WHEN j.seq = s.cart_seq THEN j.value
      WHEN j.seq > coalesce(s.cart_seq, 0) AND j.event_name = 'add_to_cart' THEN j.value
      WHEN j.seq > coalesce(s.cart_seq, 0) AND j.event_name = 'remove_from_cart' THEN -j.value
    END) AS cart_value
  FROM joined j JOIN summed s ON s.session_id = j.session_id
  WHERE j.event_name IN ('add_to_cart', 'remove_from_cart', 'view_cart', 'begin_checkout')
  GROUP BY j.session_id
),
forms AS (
  SELECT form_session, count(*) AS form_abandons
  FROM (
    SELECT session_id AS form_session, coalesce(form_id, '') AS form
    FROM joined
    WHERE event_name IN ('form_start', 'form_submit')
    GROUP BY session_id, coalesce(form_id, '')
    HAVING count(*) FILTER (WHERE event_name = 'form_start') > 0 AND count(*) FILTER (WHERE event_name = 'form_submit') = 0
  ) open_forms
  GROUP BY form_session
),
slow AS (
  SELECT slow_session, count(*) AS slow_pages
  FROM (
    SELECT session_id AS slow_session, view_number, min_by(load_ms, CASE WHEN load_ms IS NOT NULL THEN seq END) AS view_load
    FROM joined
    WHERE load_ms IS NOT NULL AND view_number > 0
    GROUP BY session_id, view_number
  ) loads
  WHERE view_load > 4000
  GROUP BY slow_session
),
money AS (
  SELECT j.session_id AS money_session, o.currency AS money_currency, count(*) AS orders, sum(o.value) AS revenue, min(j.seq) AS money_seq
  FROM joined j JOIN counted_orders o ON o.rid = j.rid
  WHERE o.is_valid
  GROUP BY j.session_id, o.currency
),
-- money never adds up across currencies: the shop's own, else that of the first order; the others stand in orders
bought AS (
  SELECT
    money_session AS bought_session, all_orders, revenue, money_currency
  FROM (
    SELECT
      m.*,
      SUM(orders) OVER (PARTITION BY money_session) AS all_orders,
      ROW_NUMBER() OVER (PARTITION BY money_session ORDER BY CASE WHEN m.money_currency = z.currency THEN 0 ELSE 1 END, money_seq) AS choice
    FROM money m CROSS JOIN settings z
  ) chosen
  WHERE choice = 1
),
placed AS (
  SELECT k.session_id AS place_session, a.country_code, a.country, a.region, a.city, a.latitude, a.longitude
  FROM accepted a JOIN session_keys k ON k.key_rid = a.rid
  JOIN summed s ON s.session_id = k.session_id AND s.place_pick = CAST(a.place_rank AS BIGINT) * 1000000000 + k.seq
)
SELECT
  s.session_id, s.user_pseudo_id, s.user_id, s.app_id, s.platform, s.session_start, s.session_end,
  CAST(floor((s.end_ms - s.start_ms) / 1000) AS INT) AS duration_seconds,
  TRY_CAST(floor(coalesce(s.engagement_ms, 0) / 1000) AS INT) AS engagement_seconds,
  s.session_number,
  s.first_visit OR coalesce(s.session_number, 0) = 1 AS is_new_user,
  s.end_ms - s.start_ms > 10000 OR s.page_views >= 2 OR b.bought_session IS NOT NULL AS is_engaged,
  s.is_bot,
  CAST(s.event_count AS INT) AS event_count,
  CAST(s.page_views AS INT) AS page_views,
  s.landing_page, s.exit_page,
  coalesce(c.shown_source, CASE WHEN t.traffic_session IS NULL THEN '(direct)' END) AS source,
  coalesce(c.shown_medium, CASE WHEN t.traffic_session IS NULL THEN '(none)' END) AS medium,
  t.campaign,
  coalesce(c.channel_group, 'Direct') AS channel_group,
  t.host AS referrer_host,
  s.device_category, s.device_model, s.os, s.os_version, s.browser, s.viewport_width, s.language,
  p.country_code, p.country, p.region, p.city, p.latitude, p.longitude,
  CAST(s.product_views AS INT) AS product_views,
  CAST(s.cart_adds AS INT) AS cart_adds,
  CAST(s.searches AS INT) AS searches,
  CAST(s.searches_no_result AS INT) AS searches_no_result,
  s.product_views > 0 AS viewed_product,
  s.cart_adds > 0 AS added_to_cart,
  s.viewed_cart, s.began_checkout, s.added_shipping, s.added_payment,
  b.bought_session IS NOT NULL AS purchased,
  CAST(coalesce(b.all_orders, 0) AS INT) AS orders,
  TRY_CAST(coalesce(b.revenue, 0) AS DECIMAL(18,2)) AS revenue,
  TRY_CAST(CASE WHEN s.cart_adds > 0 THEN CASE WHEN v.cart_value < 0 THEN 0 ELSE v.cart_value END END AS DECIMAL(18,2)) AS cart_value,
  CASE WHEN b.bought_session IS NOT NULL THEN b.money_currency ELSE s.cart_currency END AS currency,
  CAST(s.rage_clicks AS INT) AS rage_clicks,
  CAST(s.dead_clicks AS INT) AS dead_clicks,
  CAST(s.js_errors AS INT) AS js_errors,
  CAST(s.form_errors AS INT) AS form_errors,
  CAST(coalesce(f.form_abandons, 0) AS INT) AS form_abandons,
  CAST(s.payment_errors AS INT) AS payment_errors,
  CAST(coalesce(w.slow_pages, 0) AS INT) AS slow_pages,
  s.dt
FROM summed s
LEFT JOIN session_traffic t ON t.traffic_session = s.session_id
LEFT JOIN channels c ON c.kind IS NOT DISTINCT FROM t.kind AND c.source IS NOT DISTINCT FROM t.source AND c.medium IS NOT DISTINCT FROM t.medium
  AND c.campaign IS NOT DISTINCT FROM t.campaign AND c.host IS NOT DISTINCT FROM t.host
LEFT JOIN carts v ON v.cart_session = s.session_id
LEFT JOIN forms f ON f.form_session = s.session_id
LEFT JOIN slow w ON w.slow_session = s.session_id
LEFT JOIN bought b ON b.bought_session = s.session_id
LEFT JOIN placed p ON p.place_session = s.session_id
