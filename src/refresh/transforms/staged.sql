-- raw_records -> one typed row per record, good (reason NULL) or bad. Beside it: page_kinds, agents, item_totals,
-- places (ip_key -> country, region, city, latitude, longitude), countries (code -> name), settings (one row).
WITH timed AS (
  SELECT
    r.*,
    CAST(r.ingest_ms AS BIGINT) AS arrived,
    CAST(r.sent_ms AS BIGINT) AS sent,
    TRY_CAST(r.upload_ms AS BIGINT) AS uploaded,
    r.relayed IS NOT NULL AS is_relayed
  FROM raw_records r
),
shifted AS (
  SELECT
    t.*,
    CASE
      WHEN sent - arrived > 300000 AND sent + arrived - uploaded BETWEEN 946684800000 AND 7258118399999 THEN sent + arrived - uploaded
      ELSE sent
    END AS happened
  FROM timed t
),
filed AS (
  SELECT
    s.*,
    CASE WHEN reason IS NOT NULL OR happened - arrived > 300000 THEN arrived ELSE happened END AS filed_ms
  FROM shifted s
),
-- every zone's offset is a multiple of a quarter of an hour since 2000, so a few thousand conversions serve all rows
quarters AS (
  SELECT q.quarter, date_format(from_utc_timestamp(timestamp_millis(q.quarter * 900000), z.zone), 'yyyy-MM-dd') AS day_text
  FROM (SELECT DISTINCT CAST(floor(filed_ms / 900000) AS BIGINT) AS quarter FROM filed) q CROSS JOIN settings z
),
placed AS (
  SELECT
    f.*,
    CASE
      WHEN NOT is_relayed AND place_country IS NOT NULL THEN 1
      WHEN NOT is_relayed AND p.range_country IS NOT NULL THEN 2
      WHEN event_country IS NOT NULL THEN 3
    END AS place_rank,
    p.range_country, p.range_region, p.range_city, p.range_latitude, p.range_longitude
  FROM filed f LEFT JOIN places p ON p.range_key = f.ip_key
),
coded AS (
  SELECT
    p.*,
    CASE place_rank WHEN 1 THEN place_country WHEN 2 THEN range_country WHEN 3 THEN event_country END AS code,
    (CASE WHEN place_rank = 3 THEN ',"country_from":"language"' ELSE '' END)
      || (CASE WHEN happened <> sent THEN ',"sent_timestamp":' || CAST(sent AS STRING) ELSE '' END) AS remarks,
    CASE lower(coalesce(platform, envelope_platform)) WHEN 'ios' THEN 'iOS' WHEN 'android' THEN 'Android' END AS app_os
  FROM placed p
)
SELECT
  c.ord,
  c.source_file,
  CAST(c.line_number AS BIGINT) AS line_number,
  CAST(c.item_number AS INT) AS item_number,
  c.reason, c.detail, c.raw_record,
  c.arrived AS ingest_ms,
  timestamp_millis(c.arrived) AS ingest_time,
  c.happened AS event_ms,
  timestamp_millis(c.happened) AS event_time,
  d.day_text AS dt,
  c.arrived - c.happened > 86400000 AS is_late,
  c.event_id, c.event_name, c.event_type AS raw_event_name,
  coalesce(c.app_id, c.envelope_app_id) AS app_id,
  coalesce(c.platform, c.envelope_platform) AS platform,
  coalesce(c.unique_id, c.device_id) AS user_pseudo_id,
  c.user_id, c.sdk_session_id,
  CAST(c.session_number AS INT) AS session_number,
  CASE WHEN CAST(c.first_touch_ms AS BIGINT) BETWEEN 946684800000 AND 7258118399999 THEN CAST(c.first_touch_ms AS BIGINT) END AS first_touch_ms,
  c.page_host, c.page_path, c.page_title,
  k.kind AS page_type,
  c.referrer_host,
  c.tag_source, c.tag_medium, c.tag_campaign, c.tag_kind,
  c.element,
  c.search_term,
  CAST(c.search_results AS INT) AS search_results,
  CASE WHEN c.event_name IN ('purchase', 'refund') THEN coalesce(c.transaction_id, c.order_id, c.event_id) ELSE coalesce(c.transaction_id, c.order_id) END AS order_id,
  coalesce(TRY_CAST(c.value AS DECIMAL(18,2)), i.items_value) AS value,
  coalesce(c.currency, i.items_currency) AS currency,
  TRY_CAST(c.tax AS DECIMAL(18,2)) AS tax,
  TRY_CAST(c.shipping AS DECIMAL(18,2)) AS shipping,
  c.coupon, c.payment_type, c.list_name, c.error_message, c.form_id, c.form_field,
  CAST(floor(TRY_CAST(c.load_ms AS DECIMAL(18,3))) AS INT) AS load_ms,
  CAST(floor(TRY_CAST(c.ttfb_ms AS DECIMAL(18,3))) AS INT) AS ttfb_ms,
  CAST(c.http_status AS INT) AS http_status,
  CAST(floor(TRY_CAST(c.engagement_ms AS DECIMAL(18,3))) AS BIGINT) AS engagement_ms,
  CASE
    WHEN app_os IS NOT NULL THEN CASE WHEN lower(coalesce(c.model, '')) LIKE '%ipad%' OR lower(coalesce(c.model, '')) LIKE '%tab%' THEN 'tablet' ELSE 'mobile' END
    WHEN is_relayed OR c.ua IS NULL THEN CASE WHEN lower(c.own_os) IN ('ios', 'android') THEN 'mobile' WHEN lower(c.platform) = 'web' THEN 'desktop' END
    ELSE a.agent_device
  END AS device_category,
  CASE WHEN c.model IS NOT NULL THEN c.model WHEN NOT is_relayed THEN a.agent_model END AS device_model,
  CASE
    WHEN app_os IS NOT NULL THEN app_os
    WHEN is_relayed OR c.ua IS NULL THEN CASE lower(c.own_os) WHEN 'ios' THEN 'iOS' WHEN 'android' THEN 'Android' WHEN 'windows' THEN 'Windows' WHEN 'macos' THEN 'macOS' WHEN 'mac os' THEN 'macOS' WHEN 'linux' THEN 'Linux' END
    ELSE a.agent_os
  END AS os,
  CASE WHEN c.own_os_version IS NOT NULL THEN c.own_os_version WHEN NOT is_relayed AND app_os IS NULL THEN a.agent_os_version END AS os_version,
  CASE
    WHEN app_os IS NOT NULL THEN CAST(NULL AS STRING)
    WHEN is_relayed OR c.ua IS NULL THEN CASE
      WHEN c.make IN ('Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera') THEN c.make
      WHEN c.make IS NOT NULL THEN 'Other'
    END
    ELSE a.agent_browser
  END AS browser,
  CAST(c.viewport_width AS INT) AS viewport_width,
  coalesce(c.language, c.locale) AS language,
  c.place_rank,
  c.code AS country_code,
  n.country_name AS country,
  CASE place_rank WHEN 1 THEN c.place_region WHEN 2 THEN c.range_region END AS region,
  CASE place_rank WHEN 1 THEN c.place_city WHEN 2 THEN c.range_city END AS city,
  CASE place_rank WHEN 1 THEN TRY_CAST(c.place_latitude AS DOUBLE) WHEN 2 THEN c.range_latitude END AS latitude,
  CASE place_rank WHEN 1 THEN TRY_CAST(c.place_longitude AS DOUBLE) WHEN 2 THEN c.range_longitude END AS longitude,
  NOT is_relayed AND c.ua_is_bot IS NOT NULL AS agent_is_bot,
  CASE
    WHEN remarks = '' THEN c.rest
    WHEN c.rest IS NULL THEN '{' || substr(remarks, 2) || '}'
    ELSE substr(c.rest, 1, length(c.rest) - 1) || remarks || '}'
  END AS attributes,
  coalesce(i.item_count, 0) AS item_count,
  coalesce(i.units, 0) AS units,
  z.run_id
FROM coded c
JOIN quarters d ON d.quarter = CAST(floor(c.filed_ms / 900000) AS BIGINT)
LEFT JOIN page_kinds k ON k.kind_path = c.page_path
LEFT JOIN agents a ON a.agent = c.ua
LEFT JOIN item_totals i ON i.totals_ord = c.ord
LEFT JOIN countries n ON n.country_code = c.code
CROSS JOIN settings z
