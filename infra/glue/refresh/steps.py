"""One run from raw files to published tables. Memory and snapshot are written last: a run that dies is done again."""

from .account import iso_of_millis, write_run_row
from .days import days_to_build, keep_days, load_days, rebuild_day_tables
from .identity import settle_identity
from .places import make_places
from .staging import MOST_FILE_BYTES, STAGED_FROM, read_raw, stage
from .store import EMPTY
from .tables import BY_DAY, ROLLUPS, SUMMED, Tables, changed_order_days, inside


class NotConserved(Exception):
    """More or fewer records came out than went in."""


def run_refresh(job):
    """
    Brings the listed files into the tables. `job` holds spark, house, raw, results, store, account, settings, vocabulary,
    listed, before (state or None), snapshot, fingerprint.
    """
    spark, house, store, account = job["spark"], job["house"], job["store"], job["account"]
    before = job["before"]
    state = new_state(before, account.run["run_id"], job["fingerprint"])
    run = {"id": state["version"], "state": state, "before": before, "first_number": state["next_number"]}
    make_rules(spark, house)
    settings = [(job["settings"]["zone"], job["settings"]["currency"], job["vocabulary"]["units_per_item"], run["id"])]
    view(spark, "settings", "zone STRING, currency STRING, units_per_item STRING, run_id STRING", settings)
    account.step("stage", files=len(job["listed"]), records=0)
    run["gone"] = stage_files(job, run)
    found = settle_identity(spark, house, store, run)
    check_conserved(account, found)
    rebuild_day_tables(spark, house, store, run, found["days"])
    tables = Tables(spark, house, job["results"], job["snapshot"] if before else None)
    torn = tables.torn_days() if before else set()
    days = found["days"] if before is None else sorted({*days_to_build(spark, found["days"]), *torn})
    account.step("build", partitions=len(days))
    build_days(job, run, tables, days)
    order_days = build_whole(job, run, tables, {*found["rejected_days"], *torn}, torn)
    build_rollups(job, tables, None if before is None else {*days, *order_days})
    rows = sum(file["rows"] for file in tables.files["events"])
    if rows != found["accepted"]:
        raise NotConserved(f"the table events holds {rows} rows where {found['accepted']} events were accepted")
    account.step("publish", partitions=len(days))
    account.run["partitions_written"] = sorted(tables.written)
    publish(job, run, tables)
    spark.catalog.clearCache()


def new_state(before, run_id, fingerprint):
    state = {**EMPTY, **(before or {}), "version": run_id, "fingerprint": fingerprint}
    state["derived"] = {name: dict(days) for name, days in state["derived"].items()}
    state["staged"], state["schemas"] = dict(state["staged"]), dict(state["schemas"])
    state["files"], state["dropped"], state["damaged"] = dict(state["files"]), list(state["dropped"]), dict(state["damaged"])
    return state


def make_rules(spark, house):
    for name, columns, rows in house.rule_tables():
        view(spark, name, columns, rows)


def view(spark, name, columns, rows):
    spark.createDataFrame(rows, columns).coalesce(1).createOrReplaceTempView(name)


# Answers with the older versions of files that this run read anew.
def stage_files(job, run):
    spark, house, store, account, state = job["spark"], job["house"], job["store"], job["account"], run["state"]
    names = house.reader_vocabulary(job["vocabulary"])
    folder = store.state.path(f"tmp/{run['id']}/raw")
    raw = read_raw(spark, job["raw"], job["listed"], names, run["first_number"])
    raw.write.mode("overwrite").parquet(folder)
    raw = spark.read.schema(raw.schema).parquet(folder)
    opened = {row.source_file: row for row in raw.where("ord IS NULL").select("source_file", "file_records", "file_fault").collect()}
    raw.where("ord IS NOT NULL").drop("items", "file_records", "file_fault").createOrReplaceTempView("raw_records")
    raw.where("ord IS NOT NULL").selectExpr("ord", "inline(items)").createOrReplaceTempView("raw_items")
    make_places(spark, job["settings"]["geo_ranges"])
    staged = stage(spark, house, STAGED_FROM)
    days = store.write_days(staged, "staged/records", run["id"])
    state["schemas"]["records"] = staged.schema.json()
    own = store.read_days("staged/records", {run["id"]: days}, state["schemas"]["records"])
    own.createOrReplaceTempView("staged_records")
    items = spark.sql(house.transform("staged_items"))
    state["schemas"]["items"] = items.schema.json()
    state["staged"][run["id"]] = {"records": days, "items": store.write_days(items, "staged/items", run["id"])}
    return account_for_files(job, run, opened)


def account_for_files(job, run, opened):
    state, account = run["state"], job["account"].run
    gone, whole = [], 0
    for key, size, time in job["listed"]:
        state["damaged"].pop(key, None)
        fault = fault_of(size, opened.get(key))
        if fault is not None:
            account["unreadable"].append({"file": key, "reason": fault})
            if key in opened:  # what came before the fault lies among the staged rows
                state["dropped"].append([key, run["id"]])
            if key in opened or size > MOST_FILE_BYTES:
                state["damaged"][key] = [size, time, fault]
            continue
        if key in state["files"]:
            gone.append([key, state["files"][key][2]])
        state["files"][key] = [size, time, run["id"]]
        whole += opened[key].file_records if size > 0 else 0
        account["files_read"] += 1
    state["dropped"] += gone
    state["next_number"] += len(job["listed"])
    account["records_read"] = whole
    return gone


def fault_of(size, read):
    if size == 0:
        return None
    if size > MOST_FILE_BYTES:
        return "it is larger than 1 GiB; split it"
    return "it could not be read" if read is None else read.file_fault


def check_conserved(account, found):
    run = account.run
    for name in ("events", "duplicates", "quarantined", "reasons", "late_events"):
        run[name] = found[name]
    run["newest_event_time"] = iso_of_millis(found["newest_ms"])
    ends = run["events"] + run["duplicates"] + run["quarantined"]
    if ends != run["records_read"]:
        raise NotConserved(f"{run['records_read']} records were read but {ends} came out as events, duplicates or quarantined")


def build_days(job, run, tables, days):
    spark, house, store, state = job["spark"], job["house"], job["store"], run["state"]
    load_days(spark, store, run, days)
    for name in ("session_keys", "session_traffic"):
        store.settled(spark.sql(house.transform(name)), run["id"], name).createOrReplaceTempView(name)
    spark.sql("SELECT DISTINCT kind, source, medium, campaign, host FROM session_traffic").createOrReplaceTempView("traffic")
    store.settled(spark.sql(house.transform("channels")), run["id"], "channels").createOrReplaceTempView("channels")
    of_orders = spark.sql(f"SELECT * FROM ({house.transform('order_sessions')}) o WHERE {inside(days)}")
    keep_days(spark, store, run, "order_sessions", of_orders, days)
    store.derived(state, "order_sessions").createOrReplaceTempView("order_sessions")
    for table in BY_DAY:
        tables.write_days(table, house.transform(table), None if run["before"] is None else set(days))


def build_whole(job, run, tables, rejected_days, torn):
    spark, house, store = job["spark"], job["house"], job["store"]
    first = run["before"] is None
    tables.read("sessions").createOrReplaceTempView("sessions")
    tables.write_whole("users", house.transform("users"), "_next/users")
    tables.read("users").createOrReplaceTempView("users")
    store.settled(spark.sql(house.transform("orders")), run["id"], "orders").createOrReplaceTempView("orders")
    order_days = None if first else {*changed_order_days(spark, tables), *torn}
    tables.write_days("orders", "SELECT * FROM orders", order_days)
    live = store.live(run["state"], None if first else rejected_days)
    live.where("reason IS NOT NULL").createOrReplaceTempView("rejected")
    tables.write_days("quarantine", house.transform("quarantine"), None if first else rejected_days)
    return order_days or set()


# From the tables as they lie now; sessions of any day, for a row may belong to one that began on another.
def build_rollups(job, tables, days):
    spark, house = job["spark"], job["house"]
    tables.read("sessions").createOrReplaceTempView("sessions")
    for table in SUMMED:
        tables.read(table).where(inside(days)).createOrReplaceTempView(table)
    for table in ROLLUPS:
        tables.write_days(table, house.transform(table), days)


def publish(job, run, tables):
    spark, store, account, state = job["spark"], job["store"], job["account"], run["state"]
    newest = spark.sql("SELECT max(credible_ms) AS newest FROM spans").collect()[0].newest
    drop_untrue_rows(job, tables)
    ended = account.ended("succeeded")
    write_run_row(job["results"], ended, job["settings"]["code_version"])
    tables.look_again("runs")
    store.publish(state, tables.snapshot(run["id"], ended["finished_at"], job["settings"]["zone"], iso_of_millis(newest)))
    account.write(ended)
    store.forget([state] if job["before"] is None else [job["before"], state])
    tables.tidy()


# A run that died between its row and its snapshot did not succeed: its file still says that it runs.
def drop_untrue_rows(job, tables):
    named = {file["path"] for file in job["snapshot"]["tables"]["runs"]["files"]} if job["snapshot"] else set()
    for key in set(tables.keys_of("runs")) - named:
        told = job["store"].state.read_json(f"{key.removesuffix('.parquet')}.json")
        if told is not None and told["status"] == "running":
            job["results"].remove(key)
