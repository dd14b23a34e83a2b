-- raw_records -> page and referrer of each good record. Urls may come without a scheme; screens of apps are pages.
SELECT
  ord AS located_ord,
  lower(nullif(coalesce(nullif(regexp_extract(page_url, '^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?://)?(?:[^/?#@]*@)?([^/?#:]*)', 1), ''), host_name), '')) AS page_host,
  CASE
    WHEN page_url IS NOT NULL THEN coalesce(nullif(regexp_extract(page_url, '^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?://)?[^/?#]*([^?#]*)', 1), ''), '/')
    ELSE screen_name
  END AS page_path,
  lower(nullif(regexp_extract(coalesce(page_referrer, latest_referrer), '^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?://)?(?:[^/?#@]*@)?([^/?#:]*)', 1), '')) AS referrer_host
FROM raw_records
WHERE reason IS NULL
