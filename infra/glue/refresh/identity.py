"""Which of a run's rows are events, which are copies of known ones (first ingest wins), and which days they touch."""

from .staging import RECORDS_OF_FILE


def settle_identity(spark, house, store, run):
    """
    Settles the run's new rows against all data. `run` has `id`, `state` (with the new rows staged), `before` (state or None)
    and `gone` ([key, run] of older versions of files). Writes the run's losers; leaves the views `losers`, `changed` and
    answers with the counts of the run and the days that changed.
    """
    state, before = run["state"], run["before"]
    live = store.live(state)
    live.createOrReplaceTempView("live")
    new = live.where(live.run == run["id"])
    new.createOrReplaceTempView("new_rows")
    gone_rows(spark, store, run).createOrReplaceTempView("gone")
    spark.sql(
        "SELECT DISTINCT event_id FROM (SELECT event_id FROM new_rows WHERE reason IS NULL UNION ALL SELECT event_id FROM gone WHERE reason IS NULL) t"
    ).createOrReplaceTempView("touched_ids")
    touched = "" if before is None else "AND EXISTS (SELECT 1 FROM touched_ids t WHERE t.event_id = l.event_id)"
    copies = spark.sql(
        f"SELECT rid, event_id, ingest_ms, source_file, line_number, item_number, dt FROM live l WHERE reason IS NULL {touched}"
    ).persist()
    copies.createOrReplaceTempView("copies")
    write_losers(spark, house, store, run)
    counts = count_run(spark, run)
    changed = find_changed(spark, store, run)
    copies.unpersist()
    return {**counts, **changed}


def gone_rows(spark, store, run):
    if not run["gone"]:
        return spark.table("new_rows").limit(0)
    runs = {name for _key, name in run["gone"]}
    rows = store.live({**run["before"], "staged": {r: of for r, of in run["before"]["staged"].items() if r in runs}})
    gone = spark.createDataFrame(run["gone"], "source_file STRING, run STRING")
    return rows.join(gone, ["source_file", "run"], "left_semi")


def write_losers(spark, house, store, run):
    state, before = run["state"], run["before"]
    fresh = f"SELECT c.rid, c.event_id, c.dt FROM copies c JOIN ({house.transform('losers')}) l ON l.rid = c.rid"
    losers_of(spark, store, before).createOrReplaceTempView("old_losers")
    kept = "SELECT o.rid, o.event_id, o.dt FROM old_losers o WHERE NOT EXISTS (SELECT 1 FROM touched_ids t WHERE t.event_id = o.event_id)"
    rows = spark.sql(fresh if before is None else f"{fresh} UNION ALL {kept}")
    rows.coalesce(8).write.mode("overwrite").parquet(store.state.path(f"derived/losers/run={run['id']}"))
    state["losers"] = run["id"]
    losers_of(spark, store, state).createOrReplaceTempView("losers")


def losers_of(spark, store, state):
    schema = "rid BIGINT, event_id STRING, dt STRING"
    if state is None or state["losers"] is None:
        return spark.createDataFrame([], schema)
    return spark.read.schema(schema).parquet(store.state.path(f"derived/losers/run={state['losers']}"))


def count_run(spark, run):
    first = run["first_number"] * RECORDS_OF_FILE
    rows = spark.sql("SELECT reason, count(*) AS n FROM new_rows GROUP BY reason").collect()
    reasons = {row.reason: row.n for row in rows if row.reason is not None}
    good = sum(row.n for row in rows if row.reason is None)
    events = spark.sql(
        f"SELECT count(*) AS n FROM (SELECT event_id FROM copies GROUP BY event_id HAVING min(rid) >= {first}) seen_first"
    ).collect()[0].n
    ends = spark.sql(
        "SELECT count(*) FILTER (WHERE is_late) AS late, max(CASE WHEN event_ms - ingest_ms <= 300000 THEN event_ms END) AS newest "
        "FROM new_rows n WHERE reason IS NULL AND NOT EXISTS (SELECT 1 FROM losers l WHERE l.rid = n.rid)"
    ).collect()[0]
    run["state"]["good"] = good_before(spark, run) + good
    return {
        "events": events,
        "duplicates": good - events,
        "quarantined": sum(reasons.values()),
        "reasons": dict(sorted(reasons.items())),
        "late_events": ends.late,
        "newest_ms": ends.newest,
        "accepted": run["state"]["good"] - spark.table("losers").count(),
    }


# Remembered, for all staged rows would have to be counted; a memory of before it was does not hold it.
def good_before(spark, run):
    if run["before"] is None:
        return 0
    if "good" not in run["before"]:
        return spark.sql("SELECT count(*) AS n FROM live WHERE reason IS NULL").collect()[0].n - spark.sql(
            "SELECT count(*) AS n FROM new_rows WHERE reason IS NULL"
        ).collect()[0].n
    gone = spark.sql("SELECT count(*) AS n FROM gone WHERE reason IS NULL").collect()[0].n if run["gone"] else 0
    return run["before"]["good"] - gone


# Rows that came, went, won or lost; on the first run all of them, which need no list.
def find_changed(spark, store, run):
    if run["before"] is None:
        days = column_of(spark.sql("SELECT DISTINCT dt FROM new_rows WHERE reason IS NULL"))
        return {"days": days, "rejected_days": column_of(spark.sql("SELECT DISTINCT dt FROM new_rows WHERE reason IS NOT NULL"))}
    spark.sql(
        "(SELECT rid, dt FROM losers EXCEPT SELECT rid, dt FROM old_losers) UNION ALL (SELECT rid, dt FROM old_losers EXCEPT SELECT rid, dt FROM losers)"
    ).createOrReplaceTempView("flipped")
    near = set(column_of(spark.sql("SELECT DISTINCT dt FROM flipped")))
    store.live(run["state"], near).createOrReplaceTempView("near_flipped")
    sid = "coalesce(sdk_session_id, '') AS sid"
    spark.sql(
        f"SELECT rid, dt, user_pseudo_id, {sid} FROM new_rows WHERE reason IS NULL "
        f"UNION ALL SELECT n.rid, n.dt, n.user_pseudo_id, {sid} FROM near_flipped n WHERE EXISTS (SELECT 1 FROM flipped f WHERE f.rid = n.rid) "
        f"UNION ALL SELECT rid, dt, user_pseudo_id, {sid} FROM gone WHERE reason IS NULL"
    ).createOrReplaceTempView("changed")
    rejected = "SELECT dt FROM new_rows WHERE reason IS NOT NULL UNION SELECT dt FROM gone WHERE reason IS NOT NULL"
    return {"days": column_of(spark.sql("SELECT DISTINCT dt FROM changed")), "rejected_days": column_of(spark.sql(rejected))}


def column_of(frame):
    """The first column of a small result, sorted."""
    return sorted(row[0] for row in frame.collect())
