-- spans, sessions and counted_orders of all days -> the table users.
WITH seen AS (
  SELECT
    user_pseudo_id,
    max_by(user_id, CASE WHEN user_id IS NOT NULL THEN last_ms END) AS user_id,
    coalesce(min(first_visit_ms), min(first_touch_ms), min(first_ms)) AS first_visit_ms,
    max(last_ms) AS last_ms
  FROM spans
  GROUP BY user_pseudo_id
),
visits AS (
  SELECT
    user_pseudo_id AS visitor,
    count(*) AS sessions,
    min_by(channel_group, place) AS first_channel_group,
    min_by(source, CASE WHEN source IS NOT NULL AND place = 1 THEN place END) AS first_source,
    min_by(medium, CASE WHEN medium IS NOT NULL AND place = 1 THEN place END) AS first_medium,
    min_by(campaign, CASE WHEN campaign IS NOT NULL AND place = 1 THEN place END) AS first_campaign,
    min_by(landing_page, CASE WHEN landing_page IS NOT NULL AND place = 1 THEN place END) AS first_landing_page,
    max_by(country_code, CASE WHEN country_code IS NOT NULL THEN place END) AS country_code,
    max_by(device_category, CASE WHEN device_category IS NOT NULL THEN place END) AS device_category,
    bool_or(is_bot) AS is_bot
  FROM (
    SELECT
      s.user_pseudo_id, s.channel_group, s.source, s.medium, s.campaign, s.landing_page, s.country_code, s.device_category, s.is_bot,
      ROW_NUMBER() OVER (PARTITION BY s.user_pseudo_id ORDER BY s.session_start, s.session_id) AS place
    FROM sessions s
  ) ordered
  GROUP BY user_pseudo_id
),
money AS (
  SELECT
    user_pseudo_id AS buyer, currency AS money_currency, count(*) AS orders, sum(value) AS revenue,
    min(event_ms) AS first_order_ms, max(event_ms) AS last_order_ms
  FROM counted_orders
  WHERE is_valid
  GROUP BY user_pseudo_id, currency
),
bought AS (
  SELECT buyer, all_orders, revenue, money_currency, first_ms AS first_order_ms, last_ms AS last_order_ms
  FROM (
    SELECT
      m.*,
      SUM(orders) OVER (PARTITION BY buyer) AS all_orders,
      MIN(first_order_ms) OVER (PARTITION BY buyer) AS first_ms,
      MAX(last_order_ms) OVER (PARTITION BY buyer) AS last_ms,
      ROW_NUMBER() OVER (PARTITION BY buyer ORDER BY CASE WHEN m.money_currency = z.currency THEN 0 ELSE 1 END, first_order_ms, coalesce(m.money_currency, '')) AS choice
    FROM money m CROSS JOIN settings z
  ) chosen
  WHERE choice = 1
)
SELECT
  u.user_pseudo_id, u.user_id,
  timestamp_millis(u.first_visit_ms) AS first_visit_time,
  timestamp_millis(u.last_ms) AS last_seen_time,
  v.first_channel_group, v.first_source, v.first_medium, v.first_campaign, v.first_landing_page, v.country_code, v.device_category,
  CAST(coalesce(v.sessions, 0) AS INT) AS sessions,
  CAST(coalesce(b.all_orders, 0) AS INT) AS orders,
  TRY_CAST(coalesce(b.revenue, 0) AS DECIMAL(18,2)) AS revenue,
  b.money_currency AS currency,
  CASE WHEN b.buyer IS NOT NULL THEN timestamp_millis(b.first_order_ms) END AS first_order_time,
  CASE WHEN b.buyer IS NOT NULL THEN timestamp_millis(b.last_order_ms) END AS last_order_time,
  coalesce(v.is_bot, false) AS is_bot
FROM seen u
LEFT JOIN visits v ON v.visitor = u.user_pseudo_id
LEFT JOIN bought b ON b.buyer = u.user_pseudo_id
