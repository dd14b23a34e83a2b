-- accepted -> purchase and refund events, which are few, with what orders are made of.
SELECT
  rid, event_id, event_name, order_id, event_ms, event_time, ingest_ms, source_file, line_number, item_number,
  user_pseudo_id, user_id, coalesce(sdk_session_id, '') AS sid,
  value, tax, shipping, currency, coupon, payment_type, item_count, units,
  coalesce(value, 0) > 0 OR item_count > 0 AS is_valid,
  dt
FROM accepted
WHERE event_name IN ('purchase', 'refund')
