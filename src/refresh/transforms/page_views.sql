-- accepted beside session_keys -> the table page_views: what comes after a view belongs to it until the next one.
WITH felt AS (
  SELECT
    k.session_id AS felt_session,
    k.view_number AS felt_view,
    max(a.event_ms) AS last_ms,
    min_by(a.load_ms, CASE WHEN a.load_ms IS NOT NULL THEN k.seq END) AS load_ms,
    min_by(a.ttfb_ms, CASE WHEN a.ttfb_ms IS NOT NULL THEN k.seq END) AS ttfb_ms,
    min_by(a.http_status, CASE WHEN a.http_status IS NOT NULL THEN k.seq END) AS http_status,
    sum(CASE WHEN k.is_view = 0 THEN a.engagement_ms END) AS engagement_ms,
    CAST(count(*) FILTER (WHERE a.event_name = 'rage_click') AS INT) AS rage_clicks,
    CAST(count(*) FILTER (WHERE a.event_name = 'dead_click') AS INT) AS dead_clicks,
    CAST(count(*) FILTER (WHERE a.event_name = 'js_error') AS INT) AS js_errors,
    CAST(count(*) FILTER (WHERE a.event_name = 'form_error') AS INT) AS form_errors,
    count(*) FILTER (WHERE a.event_name = 'scroll') AS scrolls
  FROM accepted a JOIN session_keys k ON k.key_rid = a.rid
  WHERE k.view_number > 0
  GROUP BY k.session_id, k.view_number
),
views AS (
  SELECT
    a.event_id, k.session_id, a.user_pseudo_id, a.event_time, a.event_ms, a.page_host, a.page_path, a.page_title, a.page_type,
    k.view_number, a.device_category, a.country_code, k.is_bot, a.dt,
    LAG(a.page_path) OVER (PARTITION BY k.session_id ORDER BY k.view_number) AS previous_page_path,
    LEAD(a.event_ms) OVER (PARTITION BY k.session_id ORDER BY k.view_number) AS next_ms
  FROM accepted a JOIN session_keys k ON k.key_rid = a.rid
  WHERE k.is_view = 1
)
SELECT
  v.event_id AS page_view_id, v.session_id, v.user_pseudo_id, v.event_time AS view_time,
  v.page_host, v.page_path, v.page_title, v.page_type, v.previous_page_path, v.view_number,
  v.view_number = 1 AS is_landing,
  v.next_ms IS NULL AS is_exit,
  TRY_CAST(floor(coalesce(v.next_ms - v.event_ms, f.engagement_ms) / 1000) AS INT) AS seconds_on_page,
  f.scrolls > 0 AS scrolled_to_end,
  f.load_ms, f.ttfb_ms, f.http_status, f.rage_clicks, f.dead_clicks, f.js_errors, f.form_errors,
  v.device_category, v.country_code, v.is_bot, v.dt
FROM views v JOIN felt f ON f.felt_session = v.session_id AND f.felt_view = v.view_number
