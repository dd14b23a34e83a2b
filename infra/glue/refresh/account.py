"""What a run tells of itself: a file that says how far it is, and at its end one row of the table `runs`."""

import io
from datetime import datetime, timezone

COUNTS = ("files_read", "records_read", "events", "duplicates", "quarantined", "late_events")
MOST_RUN_FILES = 200


class Account:
    """Keeps `runs/RUN.json` of the state up to date; RUN is Glue's own name for the run."""

    def __init__(self, state, run_id, trigger, say):
        self.state = state
        self.say = say
        self.run = {
            "run_id": run_id,
            "run_trigger": trigger,
            "status": "failed",
            "started_at": now(),
            "finished_at": None,
            **{name: 0 for name in COUNTS},
            "reasons": {},
            "partitions_written": [],
            "newest_event_time": None,
            "unreadable": [],
        }

    def step(self, step, **counts):
        """Says that a step has begun: list, stage, build or publish."""
        self.say({"step": step, **counts})
        self.state.write_json(self.key(), {"status": "running", "step": step, **counts})

    def end(self, status, code=None, message=None):
        """Says how it ended, and answers with the whole account."""
        account = self.ended(status, code, message)
        self.write(account)
        return account

    def ended(self, status, code=None, message=None):
        """The whole account, which is still to be written."""
        self.run.update(status=status, finished_at=now())
        return {**self.run, **({} if code is None else {"code": code, "message": message})}

    def write(self, account):
        self.state.write_json(self.key(), account)

    def key(self):
        return f"runs/{self.run['run_id']}.json"


def write_run_row(results, run, code_version):
    """Adds a run to the table `runs`: a file of its own, and now and then one file in the place of many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    time = pa.timestamp("ms", tz="UTC")
    texts = {name: pa.string() for name in ("run_id", "run_trigger", "status")}
    counts = {name: pa.int64() for name in COUNTS}
    types = {**texts, "started_at": time, "finished_at": time, **counts, "newest_event_time": time}
    types = {**types, "partitions_written": pa.string(), "code_version": pa.string()}
    values = {**run, "partitions_written": ",".join(run["partitions_written"]), "code_version": code_version}
    for name in ("started_at", "finished_at", "newest_event_time"):
        values[name] = moment(values[name])
    row = pa.table({name: pa.array([values[name]], of) for name, of in types.items()})
    keys = [key for key, _size, _time in results.list("runs") if key.endswith(".parquet")]
    old = keys if len(keys) >= MOST_RUN_FILES else []
    rows = [pq.read_table(io.BytesIO(results.read(key))).select(row.column_names).cast(row.schema) for key in old]
    packed = io.BytesIO()
    pq.write_table(pa.concat_tables([*rows, row]), packed, compression="zstd")
    results.write(f"runs/{run['run_id']}.parquet", packed.getvalue())
    for key in old:
        results.remove(key)


def now():
    return iso(datetime.now(timezone.utc))


def iso(time):
    """ISO 8601 with milliseconds and Z."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


def iso_of_millis(millis):
    """The same of milliseconds since 1970; None of None."""
    return None if millis is None else iso(datetime.fromtimestamp(millis / 1000, timezone.utc))


def moment(text):
    return None if text is None else datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
