-- accepted beside bot_users -> to which session a record belongs, its place in it, and the page view it falls under.
WITH keyed AS (
  SELECT
    a.rid, a.user_pseudo_id, coalesce(a.sdk_session_id, '') AS sid, a.event_ms, a.ingest_ms, a.source_file, a.line_number, a.item_number,
    CASE WHEN a.event_name IN ('page_view', 'screen_view') THEN 1 ELSE 0 END AS is_view,
    CASE WHEN a.agent_is_bot OR b.bot_user IS NOT NULL THEN 1 ELSE 0 END AS bot
  FROM accepted a LEFT JOIN bot_users b ON b.bot_user = a.user_pseudo_id
),
gaps AS (
  SELECT
    k.*,
    CASE WHEN sid = '' AND event_ms - LAG(event_ms) OVER (PARTITION BY user_pseudo_id, sid ORDER BY event_ms, ingest_ms, source_file, line_number, item_number) > 1800000
      THEN 1 ELSE 0 END AS opens
  FROM keyed k
),
chains AS (
  SELECT
    g.*,
    SUM(opens) OVER (PARTITION BY user_pseudo_id, sid ORDER BY event_ms, ingest_ms, source_file, line_number, item_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS chain
  FROM gaps g
),
starts AS (
  SELECT c.*, MIN(event_ms) OVER (PARTITION BY user_pseudo_id, sid, chain) AS base_ms
  FROM chains c
),
pieces AS (
  SELECT s.*, CAST(floor((event_ms - base_ms) / 86400000) AS BIGINT) AS piece
  FROM starts s
)
SELECT
  rid AS key_rid,
  user_pseudo_id || '/' || (CASE WHEN sid <> '' THEN sid ELSE CAST(base_ms AS STRING) END)
    || (CASE WHEN piece > 0 THEN '/' || CAST(piece + 1 AS STRING) ELSE '' END) AS session_id,
  ROW_NUMBER() OVER (PARTITION BY user_pseudo_id, sid, chain, piece ORDER BY event_ms, ingest_ms, source_file, line_number, item_number) AS seq,
  CAST(SUM(is_view) OVER (PARTITION BY user_pseudo_id, sid, chain, piece ORDER BY event_ms, ingest_ms, source_file, line_number, item_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS INT) AS view_number,
  is_view,
  MAX(bot) OVER (PARTITION BY user_pseudo_id, sid, chain, piece) = 1 AS is_bot
FROM pieces
