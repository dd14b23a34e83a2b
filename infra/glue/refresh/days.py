"""Which days must be built again, and the rows that they are built from."""

from .identity import column_of

TWO = ("spans", "purchases")


def rebuild_day_tables(spark, house, store, run, days):
    """
    Rebuilds `spans` and `purchases` of the changed days. Leaves both as views over all days, as they were (`old_…`) and as
    they are, with `bot_users` and `counted_orders` of either.
    """
    state, before = run["state"], run["before"]
    accepted_of(spark, store, state, days)
    for name in TWO:
        keep_days(spark, store, run, name, spark.sql(house.transform(name)), days)
        store.derived(state, name).createOrReplaceTempView(name)
        if before is not None:
            store.derived(before, name).createOrReplaceTempView(f"old_{name}")
    for name, source in (("bot_users", "spans"), ("counted_orders", "purchases")):
        if before is not None:
            spark.table(f"old_{source}").createOrReplaceTempView(source)
            spark.sql(house.transform(name)).createOrReplaceTempView(f"old_{name}")
            store.derived(state, source).createOrReplaceTempView(source)
        spark.sql(house.transform(name)).persist().createOrReplaceTempView(name)


def keep_days(spark, store, run, name, frame, days):
    """Writes the rows of these days as the run's share of a derived table; its other days stay where they are."""
    state = run["state"]
    state["schemas"][name] = frame.schema.json()
    written = store.write_days(frame, f"derived/{name}", run["id"]) if days else []
    kept = {day: of for day, of in state["derived"].get(name, {}).items() if day not in days}
    state["derived"][name] = {**kept, **{day: run["id"] for day in written}}


def accepted_of(spark, store, state, days):
    """Makes `accepted` of some days: good rows that lost to none."""
    store.live(state, set(days)).createOrReplaceTempView("live_of_days")
    spark.sql(
        "SELECT * FROM live_of_days r WHERE r.reason IS NULL AND NOT EXISTS (SELECT 1 FROM losers l WHERE l.rid = r.rid)"
    ).createOrReplaceTempView("accepted")


def days_to_build(spark, changed_days):
    """
    The changed days, and every day of a session that changed, of an id that became or ceased to be a bot, and of a session
    that won or lost an order.
    """
    order = "rid, is_valid, user_pseudo_id, sid, dt"
    swaps = [f"(SELECT {order} FROM {a} EXCEPT SELECT {order} FROM {b})" for a, b in both("old_counted_orders", "counted_orders")]
    spark.sql(
        "SELECT user_pseudo_id, sid, dt FROM changed "
        + " ".join(f"UNION SELECT user_pseudo_id, sid, dt FROM {swap} s" for swap in swaps)
    ).createOrReplaceTempView("touched")
    bots = " UNION ".join(f"(SELECT bot_user FROM {a} EXCEPT SELECT bot_user FROM {b})" for a, b in both("old_bot_users", "bot_users"))
    found = spark.sql(
        f"SELECT dt FROM touched UNION {session_days('old_spans')} UNION {session_days('spans')} "
        f"UNION SELECT s.dt FROM spans s WHERE s.user_pseudo_id IN (SELECT bot_user FROM ({bots}) b)"
    )
    return sorted({*changed_days, *column_of(found)})


def both(old, new):
    return ((old, new), (new, old))


# Days over which the touched sessions reach: by the SDK's id wherever it occurs; without one as far as no gap of 30 minutes parts them.
def session_days(spans):
    chains = chains_of(spans, "touched")
    return (
        f"SELECT s.dt FROM {spans} s JOIN touched t ON t.user_pseudo_id = s.user_pseudo_id AND t.sid = s.sid WHERE s.sid <> '' "
        f"UNION SELECT c.dt FROM ({chains}) c JOIN (SELECT d.user_pseudo_id, d.chain FROM ({chains}) d "
        "JOIN touched t ON t.user_pseudo_id = d.user_pseudo_id AND t.sid = '' AND t.dt = d.dt) hit "
        "ON hit.user_pseudo_id = c.user_pseudo_id AND hit.chain = c.chain"
    )


def chains_of(spans, users):
    window = "PARTITION BY user_pseudo_id ORDER BY first_ms, dt"
    return (
        f"SELECT user_pseudo_id, dt, sum(opens) OVER ({window} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS chain FROM ("
        f"SELECT user_pseudo_id, dt, first_ms, CASE WHEN first_ms - max(last_ms) OVER ({window} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) <= 1800000 THEN 0 ELSE 1 END AS opens "
        f"FROM {spans} WHERE sid = '' AND user_pseudo_id IN (SELECT user_pseudo_id FROM {users} WHERE sid = '')) linked"
    )


def load_days(spark, store, run, days):
    """
    Makes `accepted` of the days to build, with the rows on other days of the sessions that reach into them, so that every
    session is whole, and `accepted_items` of the days.
    """
    state = run["state"]
    accepted_of(spark, store, state, days)
    others = set() if run["before"] is None else beyond(spark, days)
    if others:
        spark.table("accepted").createOrReplaceTempView("accepted_inside")
        accepted_of(spark, store, state, others)
        spark.table("accepted").createOrReplaceTempView("accepted_outside")
        spark.sql(
            "SELECT * FROM accepted_inside UNION ALL SELECT r.* FROM accepted_outside r WHERE EXISTS (SELECT 1 FROM beyond b "
            "WHERE b.user_pseudo_id = r.user_pseudo_id AND b.sid = coalesce(r.sdk_session_id, '') AND b.dt = r.dt)"
        ).createOrReplaceTempView("accepted")
    items = {name: [day for day in of["items"] if day in set(days)] for name, of in state["staged"].items()}
    store.read_days("staged/items", items, state["schemas"]["items"]).createOrReplaceTempView("accepted_items")


def beyond(spark, days):
    inside = "dt IN (" + ", ".join(f"'{day}'" for day in days) + ")" if days else "dt IS NULL"
    spark.sql(f"SELECT DISTINCT user_pseudo_id, sid, dt FROM spans WHERE {inside}").createOrReplaceTempView("group_users")
    chains = chains_of("spans", "group_users")
    spark.sql(
        "SELECT DISTINCT s.user_pseudo_id, s.sid, s.dt FROM spans s JOIN group_users g ON g.user_pseudo_id = s.user_pseudo_id AND g.sid = s.sid "
        f"WHERE s.sid <> '' AND NOT (s.{inside}) "
        f"UNION SELECT DISTINCT c.user_pseudo_id, '' AS sid, c.dt FROM ({chains}) c JOIN (SELECT DISTINCT d.user_pseudo_id, d.chain FROM ({chains}) d "
        "JOIN group_users g ON g.user_pseudo_id = d.user_pseudo_id AND g.sid = '' AND g.dt = d.dt) hit "
        f"ON hit.user_pseudo_id = c.user_pseudo_id AND hit.chain = c.chain WHERE NOT (c.{inside})"
    ).persist().createOrReplaceTempView("beyond")
    return set(column_of(spark.sql("SELECT DISTINCT dt FROM beyond")))
