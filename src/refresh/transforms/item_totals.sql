-- raw_items -> what the items of a record add up to. A quantity that was not sent is 1.
WITH typed AS (
  SELECT
    r.ord,
    TRY_CAST(r.price AS DECIMAL(18,2)) AS price,
    CASE WHEN s.units_per_item = 'one' THEN 1 ELSE coalesce(CAST(floor(TRY_CAST(r.quantity AS DECIMAL(18,3))) AS INT), 1) END AS quantity,
    r.currency
  FROM raw_items r CROSS JOIN settings s
)
SELECT
  ord AS totals_ord,
  CAST(count(*) AS INT) AS item_count,
  CAST(sum(CAST(quantity AS BIGINT)) AS BIGINT) AS units,
  TRY_CAST(sum(CAST(price AS DECIMAL(27,2)) * CAST(quantity AS DECIMAL(10,0))) AS DECIMAL(18,2)) AS items_value,
  min(currency) AS items_currency
FROM typed
GROUP BY ord
