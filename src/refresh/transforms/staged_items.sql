-- raw_items beside staged_records -> one typed row per item of a good record.
SELECT
  s.rid AS item_rid,
  s.dt,
  CAST(i.item_position AS INT) AS item_position,
  i.product_id, i.product_name, i.brand, i.category, i.category2, i.category3, i.variant,
  TRY_CAST(i.price AS DECIMAL(18,2)) AS price,
  CASE WHEN z.units_per_item = 'one' THEN 1 ELSE coalesce(CAST(floor(TRY_CAST(i.quantity AS DECIMAL(18,3))) AS INT), 1) END AS quantity,
  coalesce(i.currency, s.currency) AS currency,
  coalesce(i.coupon, s.coupon) AS coupon,
  coalesce(i.list_name, s.list_name) AS list_name,
  CAST(floor(TRY_CAST(i.list_position AS DECIMAL(18,3))) AS INT) AS list_position
FROM raw_items i
JOIN staged_records s ON s.ord = i.ord
CROSS JOIN settings z
