-- accepted -> how far each session of each user reaches on each day; what sessions, first visits and bots are found by.
SELECT
  user_pseudo_id,
  coalesce(sdk_session_id, '') AS sid,
  dt,
  min(event_ms) AS first_ms,
  max(event_ms) AS last_ms,
  max(CASE WHEN event_ms - ingest_ms <= 300000 THEN event_ms END) AS credible_ms,
  count(*) AS events,
  min(CASE WHEN event_name = 'first_visit' THEN event_ms END) AS first_visit_ms,
  min(first_touch_ms) AS first_touch_ms,
  max_by(user_id, CASE WHEN user_id IS NOT NULL THEN event_ms END) AS user_id
FROM (SELECT user_pseudo_id, sdk_session_id, dt, event_ms, ingest_ms, event_name, first_touch_ms, user_id FROM accepted) a
GROUP BY user_pseudo_id, coalesce(sdk_session_id, ''), dt
