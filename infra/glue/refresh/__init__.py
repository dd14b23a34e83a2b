"""Raw events into tables on Spark: what `refresh_job.py` is made of. Plain Python and PySpark, nothing of Glue's own."""
