-- staged rows with a reason -> the table quarantine.
SELECT reason, detail, raw_record, source_file, line_number, item_number, ingest_time, run_id, dt
FROM rejected
