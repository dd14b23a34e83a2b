-- product_events -> the table product_daily. Each measure is the metric of that name in the glossary; order_id stands only on
-- the purchase event that counts for a valid order.
SELECT
  product_id, product_name, brand, category, category2, device_category, country_code, is_bot, currency,
  count(*) FILTER (WHERE event_name = 'view_item_list') AS product_impressions,
  count(*) FILTER (WHERE event_name = 'select_item') AS product_clicks,
  count(*) FILTER (WHERE event_name = 'view_item') AS product_views,
  count(*) FILTER (WHERE event_name = 'add_to_cart') AS cart_adds,
  count(*) FILTER (WHERE event_name = 'remove_from_cart') AS cart_removals,
  count(*) FILTER (WHERE event_name = 'purchase' AND order_id IS NOT NULL) AS purchased_items,
  coalesce(sum(CASE WHEN event_name = 'purchase' AND order_id IS NOT NULL THEN CAST(quantity AS BIGINT) END), 0) AS product_units,
  sum(CASE WHEN event_name = 'purchase' AND order_id IS NOT NULL THEN item_revenue END) AS item_revenue,
  dt
FROM product_events
GROUP BY dt, product_id, product_name, brand, category, category2, device_category, country_code, is_bot, currency
