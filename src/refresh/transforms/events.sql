-- accepted beside session_keys -> the table events.
SELECT
  a.event_id, a.event_name, a.raw_event_name, a.event_time, a.ingest_time, a.app_id, a.platform, a.user_pseudo_id, a.user_id,
  k.session_id, a.page_host, a.page_path, a.page_title, a.page_type, a.referrer_host, a.element, a.search_term, a.search_results,
  a.order_id, a.value, a.currency, a.error_message, a.form_id, a.form_field, a.load_ms, a.ttfb_ms, a.engagement_ms,
  a.device_category, a.country_code, k.is_bot, a.is_late, a.attributes, a.source_file, a.run_id, a.dt
FROM accepted a JOIN session_keys k ON k.key_rid = a.rid
