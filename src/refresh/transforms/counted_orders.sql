-- purchases of all days -> the event that counts for each order id: the first.
SELECT
  rid, event_id, order_id, event_ms, event_time, user_pseudo_id, user_id, sid,
  value, tax, shipping, currency, coupon, payment_type, item_count, units, is_valid, dt
FROM (
  SELECT p.*, ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY event_ms, ingest_ms, source_file, line_number, item_number) AS place
  FROM purchases p
  WHERE event_name = 'purchase'
) ranked
WHERE place = 1
