-- items of accepted records -> the table product_events. order_id and item_revenue stand only on the purchase event that
-- counts for a valid order, so that a reloaded thank-you page adds nothing.
SELECT
  a.event_id, a.event_name, a.event_time, k.session_id, a.user_pseudo_id,
  i.product_id, i.product_name, i.brand, i.category, i.category2, i.category3, i.variant,
  i.price, i.quantity,
  CASE WHEN o.rid IS NOT NULL THEN TRY_CAST(CAST(i.price AS DECIMAL(27,2)) * CAST(i.quantity AS DECIMAL(10,0)) AS DECIMAL(18,2)) END AS item_revenue,
  i.currency, i.coupon, i.list_name, i.list_position,
  o.order_id,
  a.device_category, a.country_code, k.is_bot, a.dt
FROM accepted_items i
JOIN accepted a ON a.rid = i.item_rid
JOIN session_keys k ON k.key_rid = a.rid
LEFT JOIN (SELECT rid, order_id FROM counted_orders WHERE is_valid) o ON o.rid = a.rid
