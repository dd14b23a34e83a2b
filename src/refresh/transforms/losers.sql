-- copies (rid, event_id, ingest_ms, source_file, line_number, item_number) -> the rids that lose: first ingest wins.
SELECT rid
FROM (
  SELECT rid, ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY ingest_ms, source_file, line_number, item_number) AS place
  FROM copies
) ranked
WHERE place > 1
