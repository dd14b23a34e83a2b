"""What the refresh remembers between runs, and its staged and derived rows. Nothing here is ever changed in place."""

import hashlib
import json

from pyspark.sql.types import StructType

# Changes when the reader means something else by the same raw file.
READER_VERSION = 1
EMPTY = {"version": "", "files": {}, "damaged": {}, "next_number": 1, "staged": {}, "dropped": [], "losers": None, "derived": {}, "schemas": {}}


class Store:
    """
    One JSON per run below `state/`; the one that counts is named by the tables' `snapshot.json`, so that the snapshot's last
    write commits tables and memory in one stroke. Folders of runs that no state names are left-overs of runs that died.
    """

    def __init__(self, spark, state, results):
        self.spark = spark
        self.state = state
        self.results = results

    def last(self):
        """(state, snapshot) of the last published run; (None, None) where there is none of this engine."""
        snapshot = self.results.read_json("snapshot.json")
        state = self.state.read_json(f"state/{snapshot['version']}.json") if snapshot else None
        return (state, snapshot) if state else (None, None)

    def publish(self, state, snapshot):
        """State, then snapshot (the commit), then the list of files that have been read, which only others read."""
        self.state.write_json(f"state/{state['version']}.json", state)
        self.results.write_json("snapshot.json", snapshot)
        self.write_manifest(state)

    def write_manifest(self, state):
        """`manifest/RUN.json` of the run's own files; missing only where the run died right after its commit."""
        key = f"manifest/{state['version']}.json"
        if not self.state.exists(key):
            own = [[key, size, time] for key, (size, time, run) in state["files"].items() if run == state["version"]]
            self.state.write_json(key, own)

    def forget(self, keep):
        """Removes what neither of the runs in `keep` (states) names: a step that a crash may leave out."""
        versions = {state["version"] for state in keep}
        for key, _size, _time in self.state.list("state"):
            if key.split("/")[-1].removesuffix(".json") not in versions:
                self.state.remove(key)
        named = {f"losers/{state['losers']}" for state in keep}
        for state in keep:
            named |= {f"{name}/{run}" for name, days in state["derived"].items() for run in days.values()}
        for name in self.state.folders("derived"):
            for folder in self.state.folders(f"derived/{name}"):
                if f"{name}/{folder.removeprefix('run=')}" not in named:
                    self.state.remove(f"derived/{name}/{folder}")
        staged = {run for state in keep for run in state["staged"]}
        for name in ("records", "items"):
            for folder in self.state.folders(f"staged/{name}"):
                if folder.removeprefix("run=") not in staged:
                    self.state.remove(f"staged/{name}/{folder}")
        self.state.remove("tmp")

    def write_days(self, frame, folder, run):
        """Writes rows below `folder/run=RUN/dt=DAY` and answers with the days that have any."""
        key = f"{folder}/run={run}"
        writer = balanced(frame).write.mode("overwrite").option("partitionOverwriteMode", "static")
        writer.partitionBy("dt").parquet(self.state.path(key))
        return [name.removeprefix("dt=") for name in self.state.folders(key)]

    def read_days(self, folder, days_of_runs, schema):
        """Rows of (run → days) below a folder, with their `run` and `dt`; none where there are no days."""
        paths = [f"{folder}/run={run}/dt={day}" for run, days in days_of_runs.items() for day in days]
        fields = [field for field in StructType.fromJson(json.loads(schema)) if field.name not in ("dt", "run")]
        whole = StructType(fields).add("run", "string").add("dt", "string")
        if not paths:
            return self.spark.createDataFrame([], whole)
        reader = self.spark.read.schema(whole).option("basePath", self.state.path(folder))
        return reader.parquet(*map(self.state.path, paths))

    def settled(self, frame, run, name):
        """The rows of a frame, computed once and read back: Spark 4.1 cannot plan what names a persisted frame with CTEs twice."""
        path = self.state.path(f"tmp/{run}/{name}")
        frame.write.mode("overwrite").parquet(path)
        return self.spark.read.schema(frame.schema).parquet(path)

    def live(self, state, days=None):
        """Staged records that stand: of these days (all by default), without those of replaced and unreadable files."""
        wanted = {run: of["records"] if days is None else [d for d in of["records"] if d in days] for run, of in state["staged"].items()}
        return self.without(self.read_days("staged/records", wanted, state["schemas"]["records"]), state["dropped"])

    def without(self, frame, dropped):
        if not dropped:
            return frame
        gone = self.spark.createDataFrame(dropped, "source_file STRING, run STRING")
        return frame.join(gone, ["source_file", "run"], "left_anti")

    def derived(self, state, name):
        """Rows of a derived table as the state has them, without the run that wrote them."""
        runs = {}
        for day, run in state["derived"].get(name, {}).items():
            runs.setdefault(run, []).append(day)
        return self.read_days(f"derived/{name}", runs, state["schemas"][name]).drop("run")


def balanced(frame):
    """The rows of a day in as few files as their size allows; a day of many rows in several."""
    frame.createOrReplaceTempView("unbalanced")
    return frame.sparkSession.sql("SELECT /*+ REBALANCE(dt) */ * FROM unbalanced")


def fingerprint(house, settings):
    """Changes with everything that changes what a raw file means; another one makes the next run a full one."""
    names = ("agents", "page_kinds", "item_totals", "staged", "staged_items", "losers", "spans", "purchases", "bot_users")
    names += ("counted_orders", "session_keys", "session_traffic", "channels", "events", "sessions", "page_views")
    names += ("product_events", "order_sessions", "users", "orders", "quarantine")
    names += ("daily_kpis", "funnel_daily", "product_daily")
    parts = [READER_VERSION, settings, [house.transform(name) for name in names], house.tables(), house.rule_tables()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:24]
