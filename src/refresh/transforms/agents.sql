-- user_agents (ua) -> what each says of device, system and browser. Ordered: the first that fits counts.
WITH lowered AS (
  SELECT ua, lower(ua) AS a FROM user_agents WHERE ua IS NOT NULL
)
SELECT
  ua AS agent,
  CASE
    WHEN a LIKE '%ipad%' THEN 'tablet'
    WHEN a LIKE '%iphone%' OR a LIKE '%ipod%' THEN 'mobile'
    WHEN a LIKE '%android%' AND a LIKE '%mobile%' THEN 'mobile'
    WHEN a LIKE '%android%' THEN 'tablet'
    ELSE 'desktop'
  END AS agent_device,
  CASE
    WHEN a LIKE '%iphone%' OR a LIKE '%ipad%' OR a LIKE '%ipod%' THEN 'iOS'
    WHEN a LIKE '%android%' THEN 'Android'
    WHEN a LIKE '%windows phone%' THEN 'Other'
    WHEN a LIKE '%windows%' THEN 'Windows'
    WHEN a LIKE '%cros %' THEN 'Other'
    WHEN a LIKE '%macintosh%' OR a LIKE '%mac os x%' THEN 'macOS'
    WHEN a LIKE '%linux%' OR a LIKE '%x11%' THEN 'Linux'
    ELSE 'Other'
  END AS agent_os,
  nullif(replace(CASE
    WHEN a LIKE '%iphone%' OR a LIKE '%ipad%' OR a LIKE '%ipod%' THEN regexp_extract(a, ' os ([0-9]+(?:[_.][0-9]+)*)', 1)
    WHEN a LIKE '%android%' THEN regexp_extract(a, 'android ([0-9]+(?:[.][0-9]+)*)', 1)
    WHEN a LIKE '%windows nt%' THEN regexp_extract(a, 'windows nt ([0-9]+(?:[.][0-9]+)?)', 1)
    WHEN a LIKE '%mac os x%' THEN regexp_extract(a, 'mac os x ([0-9]+(?:[_.][0-9]+)*)', 1)
    ELSE ''
  END, '_', '.'), '') AS agent_os_version,
  CASE
    WHEN a LIKE '%edg/%' OR a LIKE '%edga/%' OR a LIKE '%edgios/%' OR a LIKE '%edge/%' THEN 'Edge'
    WHEN a LIKE '%opr/%' OR a LIKE '%opera%' OR a LIKE '%opios/%' OR a LIKE '%opt/%' THEN 'Opera'
    WHEN a LIKE '%samsungbrowser/%' THEN 'Samsung Internet'
    WHEN a LIKE '%firefox/%' OR a LIKE '%fxios/%' THEN 'Firefox'
    WHEN a LIKE '%chrome/%' OR a LIKE '%crios/%' OR a LIKE '%chromium/%' THEN 'Chrome'
    WHEN a LIKE '%safari/%' AND a NOT LIKE '%android%' THEN 'Safari'
    ELSE 'Other'
  END AS agent_browser,
  nullif(trim(CASE
    WHEN a LIKE '%iphone%' THEN 'iPhone'
    WHEN a LIKE '%ipad%' THEN 'iPad'
    WHEN a LIKE '%android%' THEN regexp_extract(ua, '[Aa]ndroid [0-9.]+; (?:[a-z][a-z]-[a-zA-Z][a-zA-Z]; )?([^;)]+?)(?: Build|[;)])', 1)
    ELSE ''
  END), '') AS agent_model
FROM lowered
