-- counted_orders, purchases, order_sessions, sessions and users of all days -> the table orders.
WITH numbered AS (
  SELECT
    o.*,
    CASE WHEN is_valid THEN SUM(CASE WHEN is_valid THEN 1 ELSE 0 END) OVER (PARTITION BY user_pseudo_id ORDER BY event_ms, order_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) END AS number_of_user
  FROM counted_orders o
),
refunds AS (
  SELECT order_id AS refunded_order, currency AS refund_currency, sum(value) AS refunded
  FROM purchases
  WHERE event_name = 'refund'
  GROUP BY order_id, currency
)
SELECT
  o.order_id, o.event_time AS order_time, x.order_session_id AS session_id, o.user_pseudo_id, o.user_id,
  CAST(o.number_of_user AS INT) AS customer_order_number,
  o.item_count AS items,
  TRY_CAST(o.units AS INT) AS units,
  o.value AS revenue, o.tax, o.shipping,
  TRY_CAST(r.refunded AS DECIMAL(18,2)) AS refunded,
  o.currency, o.coupon, o.payment_type, o.is_valid,
  s.source, s.medium, s.campaign, s.channel_group, u.first_channel_group,
  s.device_category, s.country_code, s.region, s.city,
  CASE WHEN u.first_visit_time IS NOT NULL THEN
    CASE WHEN datediff(CAST(o.dt AS DATE), CAST(from_utc_timestamp(u.first_visit_time, z.zone) AS DATE)) < 0 THEN 0
      ELSE CAST(datediff(CAST(o.dt AS DATE), CAST(from_utc_timestamp(u.first_visit_time, z.zone) AS DATE)) AS INT) END
  END AS days_since_first_visit,
  o.dt
FROM numbered o
LEFT JOIN order_sessions x ON x.order_event_id = o.event_id
LEFT JOIN sessions s ON s.session_id = x.order_session_id
LEFT JOIN users u ON u.user_pseudo_id = o.user_pseudo_id
LEFT JOIN refunds r ON r.refunded_order = o.order_id AND r.refund_currency IS NOT DISTINCT FROM o.currency
CROSS JOIN settings z
