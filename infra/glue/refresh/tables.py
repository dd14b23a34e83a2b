"""The tables: written by day, each finished day in one stroke as far as the store of files allows."""

import io

from .identity import column_of
from .store import balanced

BY_DAY = ("product_events", "page_views", "events", "sessions")
SUMMED = ("page_views", "events", "product_events", "orders")
ROLLUPS = ("daily_kpis", "funnel_daily", "product_daily")
SPARK_TYPES = {"varchar": "STRING", "integer": "INT", "timestamp(3)": "TIMESTAMP"}
FOOTER_BYTES = 256 * 1024
# What is asked together lies together.
ORDER = {
    "sessions": ["session_start", "session_id"],
    "page_views": ["session_id", "view_number"],
    "orders": ["order_time", "order_id"],
    "quarantine": ["source_file", "line_number", "item_number"],
    "daily_kpis": ["is_bot", "channel_group", "device_category", "country_code", "is_new_user", "currency"],
    "funnel_daily": ["is_bot", "channel_group", "device_category", "country_code", "is_new_user"],
    "product_daily": ["is_bot", "product_id", "device_category", "country_code", "currency"],
}


class Tables:
    """Writes the results and knows what files they are made of; `old` is the last snapshot, or None."""

    def __init__(self, spark, house, results, old):
        self.spark = spark
        self.results = results
        self.columns = house.tables()
        self.files = {name: table["files"] for name, table in old["tables"].items()} if old else {}
        self.written = set()

    def write_days(self, table, select, days):
        """Replaces these days of a table by the rows of a SELECT (all days where `days` is None); a day without rows is removed."""
        before = set(self.keys_of(table))
        rows = balanced(self.spark.sql(f"SELECT * FROM ({self.cast(table, select)}) d WHERE {inside(days)}"))
        if days is None or days:
            sorted_rows = rows.sortWithinPartitions("dt", *ORDER.get(table, []))
            sorted_rows.write.mode("overwrite").partitionBy("dt").parquet(self.results.path(table))
        after = self.keys_of(table)
        replaced = {key for key in after if key in before and (days is None or day_of(key) in days)}
        for key in replaced:
            self.results.remove(key)
        fresh = [self.facts_of(key, size) for key, size in after.items() if key not in before]
        kept = [] if days is None else [file for file in self.files.get(table, []) if day_of(file["path"]) not in days]
        self.written |= {file["partition"]["dt"] for file in fresh}
        self.files[table] = sorted([*kept, *fresh], key=lambda file: file["path"])

    def write_whole(self, table, select, temporary):
        """Replaces a table without days: written aside, then moved, so that it is away for an instant only."""
        self.spark.sql(self.cast(table, select)).hint("rebalance").write.mode("overwrite").parquet(self.results.path(temporary))
        before = self.keys_of(table)
        fresh = [key for key, _size, _time in self.results.list(temporary) if key.endswith(".parquet")]
        for key in before:
            self.results.remove(key)
        for key in fresh:
            self.results.move(key, f"{table}/{key.split('/')[-1]}")
        self.results.remove(temporary.split("/")[0])
        self.look_again(table)

    def look_again(self, table):
        """Takes the files of a table without days as they lie there."""
        self.files[table] = [self.facts_of(key, size) for key, size in self.keys_of(table).items()]

    def torn_days(self):
        """Days whose files are not those that the last snapshot names: a run died among its tables, or another hand was at them."""
        torn = set()
        for table in [name for name, columns in self.columns.items() if "dt" in columns]:
            named = {file["path"] for file in self.files.get(table, [])}
            torn |= {day_of(key) for key in named ^ set(self.keys_of(table))}
        return torn

    def tidy(self):
        """Removes what runs that died had begun to write into the tables; nobody reads it."""
        for table in self.columns:
            for name in self.results.folders(table):
                if name.startswith(".spark-staging"):
                    self.results.remove(f"{table}/{name}")

    def keys_of(self, table):
        return {key: size for key, size, _time in self.results.list(table) if key.endswith(".parquet") and not hidden(key)}

    def cast(self, table, select):
        cells = [f"CAST({name} AS {SPARK_TYPES.get(type_name, type_name)}) AS {name}" for name, type_name in self.columns[table].items()]
        return f"SELECT {', '.join(cells)} FROM ({select}) t"

    def read(self, table):
        """Rows of a table as it lies there now."""
        schema = ", ".join(f"{name} {SPARK_TYPES.get(type_name, type_name)}" for name, type_name in self.columns[table].items())
        if not self.keys_of(table):
            return self.spark.createDataFrame([], schema)
        return self.spark.read.schema(schema).parquet(self.results.path(table))

    def facts_of(self, key, size):
        import pyarrow.parquet

        tail = self.results.tail(key, size, FOOTER_BYTES)
        try:
            footer = pyarrow.parquet.read_metadata(io.BytesIO(tail))
        except Exception:  # a footer larger than usual
            footer = pyarrow.parquet.read_metadata(io.BytesIO(self.results.read(key)))
        bytes_of = {}
        for group in range(footer.num_row_groups):
            for index in range(footer.num_columns):
                column = footer.row_group(group).column(index)
                bytes_of[column.path_in_schema] = bytes_of.get(column.path_in_schema, 0) + column.total_compressed_size
        day = day_of(key)
        return {
            "path": key,
            "partition": {} if day is None else {"dt": day},
            "rows": footer.num_rows,
            "bytes": size,
            "columnBytes": bytes_of,
        }

    def snapshot(self, version, written_at, zone, newest):
        """What the tables are made of now, as `src/refresh/snapshot.ts` has it."""
        days = sorted({file["partition"]["dt"] for file in self.files.get("events", [])})
        tables = {}
        for name, columns in self.columns.items():
            listed = [{"name": column, "type": type_name} for column, type_name in columns.items()]
            tables[name] = {"columns": listed, "partitionColumns": ["dt"] if "dt" in columns else [], "files": self.files.get(name, [])}
        return {
            "version": version,
            "writtenAt": written_at,
            "zone": zone,
            "firstDay": days[0] if days else None,
            "lastDay": days[-1] if days else None,
            "newestEventTime": newest,
            "tables": tables,
        }


def changed_order_days(spark, tables):
    """Days on which the view `orders` differs from the table as it lies there."""
    tables.read("orders").createOrReplaceTempView("standing_orders")
    spark.sql(tables.cast("orders", "SELECT * FROM orders")).createOrReplaceTempView("wanted_orders")
    sides = (("wanted_orders", "standing_orders"), ("standing_orders", "wanted_orders"))
    swaps = " UNION ALL ".join(f"(SELECT * FROM {a} EXCEPT SELECT * FROM {b})" for a, b in sides)
    return column_of(spark.sql(f"SELECT DISTINCT dt FROM ({swaps}) s"))


def inside(days):
    """The condition that a row is of one of these days; all rows where `days` is None."""
    if days is None:
        return "true"
    return "dt IN (" + ", ".join(f"'{day}'" for day in sorted(days)) + ")" if days else "dt IS NULL"


def day_of(key):
    return key.split("/dt=")[1].split("/")[0] if "/dt=" in key else None


def hidden(key):
    return any(part.startswith((".", "_")) for part in key.split("/"))
