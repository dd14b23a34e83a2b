"""Raw files into staged rows: parsed once by plain Python on the workers, typed by the house's SELECTs."""

import zlib

from .raw_lines import lines_of
from .records import RecordReader

# A file's records are numbered from here on: more than any file holds, and room for half a billion files.
RECORDS_OF_FILE = 1 << 34
# Bytes of a file beyond which no worker reads it: Spark hands a file over whole, several times as large in memory.
MOST_FILE_BYTES = 1 << 30
ROWS_OF_BATCH = 4000
CHARACTERS_OF_BATCH = 16 * 1024 * 1024


def read_raw(spark, raw, listed, vocabulary, first_number):
    """
    DataFrame of the records of `listed` files ([key, size, time]): `ord`, the columns of raw-columns.json as texts, `items`,
    and one row per file that could be opened, with `ord` NULL, `file_records` and, where its data are damaged, `file_fault`.
    Empty files, too large ones and those that are gone have no row.
    """
    places = {raw.path(key): (key, number, time) for number, (key, _size, time) in enumerate(listed, first_number)}
    names = [*vocabulary["record_columns"][1:]]
    items = ", ".join(f"{name}: STRING" for name in ["item_position", *vocabulary["item_names"]])
    schema = f"ord BIGINT, {', '.join(f'{name} STRING' for name in names)}, items ARRAY<STRUCT<{items}>>, file_records BIGINT, file_fault STRING"
    files = opened(spark, raw, [key for key, size, _time in listed if 0 < size <= MOST_FILE_BYTES])
    if files is None:
        return spark.createDataFrame([], schema)
    return files.select("path", "content").mapInArrow(batches_of(vocabulary, places), schema)


# Spark refuses the whole list for one file that went away since it was listed.
def opened(spark, raw, keys):
    from pyspark.sql.utils import AnalysisException

    try:
        return spark.read.format("binaryFile").load([glob_free(raw.path(key)) for key in keys]) if keys else None
    except AnalysisException as fault:
        left = [key for key in keys if raw.exists(key)]
        if "PATH_NOT_FOUND" not in str(fault) or left == keys:
            raise
    return opened(spark, raw, left)


def stage(spark, house, transform_views):
    """
    Makes `staged_records` (typed, with `rid`) out of the views raw_records and raw_items, and answers with its DataFrame;
    `transform_views` are made first, in their order, each from (what it needs, its name).
    """
    for needed, name in transform_views:
        for view, select in needed:
            spark.sql(select).createOrReplaceTempView(view)
        spark.sql(house.transform(name)).createOrReplaceTempView(name)
    return spark.sql(f"SELECT s.ord AS rid, s.* FROM ({house.transform('staged')}) s")


STAGED_FROM = (
    ([("user_agents", "SELECT DISTINCT ua FROM raw_records")], "agents"),
    ([("page_paths", "SELECT DISTINCT page_path FROM raw_records")], "page_kinds"),
    ([], "item_totals"),
)


def batches_of(vocabulary, places):
    def read(batches):
        reader = RecordReader(vocabulary)
        for batch in batches:
            for path, content in zip(batch.column(0).to_pylist(), batch.column(1)):
                yield from batches_of_file(reader, vocabulary, places[path], content.as_py())

    return read


def batches_of_file(reader, vocabulary, place, content):
    key, number, modified = place
    first, count, rows, weight = number * RECORDS_OF_FILE, 0, [], 0
    fault = None
    try:
        for line, text, overlong in lines_of(content):
            for item, cells, items in reader.read(text, overlong, modified):
                rows.append((first + count, key, str(line), item, cells, items))
                count += 1
                weight += len(cells[2] or cells[FIRST_REST] or "")
                if len(rows) >= ROWS_OF_BATCH or weight >= CHARACTERS_OF_BATCH:
                    yield batch_of(vocabulary, rows)
                    rows, weight = [], 0
    except (zlib.error, EOFError):
        fault = "its gzip data are damaged or cut off"
    if rows:
        yield batch_of(vocabulary, rows)
    yield marker_of(vocabulary, key, count, fault)


FIRST_REST = 16


def batch_of(vocabulary, rows):
    import pyarrow as pa

    cells = zip(*(row[4] for row in rows))
    columns = [
        pa.array([row[0] for row in rows], pa.int64()),
        pa.array([row[1] for row in rows], pa.string()),
        pa.array([row[2] for row in rows], pa.string()),
        pa.array([row[3] or None for row in rows], pa.string()),
    ]
    for index, column in enumerate(cells):  # '' is NULL but for the kept text of a record
        columns.append(pa.array(column if index == 2 else [cell or None for cell in column], pa.string()))
    columns.append(items_of(vocabulary, rows))
    columns += [pa.nulls(len(rows), pa.int64()), pa.nulls(len(rows), pa.string())]
    return pa.RecordBatch.from_arrays(columns, names=names_of(vocabulary))


def items_of(vocabulary, rows):
    import pyarrow as pa

    names = ["item_position", *vocabulary["item_names"]]
    offsets, flat = [0], []
    for row in rows:
        flat.extend(row[5])
        offsets.append(len(flat))
    fields = zip(*flat) if flat else [[] for _ in names]
    arrays = [pa.array([cell or None for cell in field], pa.string()) for field in fields]
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.StructArray.from_arrays(arrays, names=names))


def marker_of(vocabulary, key, count, fault):
    import pyarrow as pa

    texts = len(vocabulary["record_columns"]) - 2
    names = ["item_position", *vocabulary["item_names"]]
    items = pa.nulls(1, pa.list_(pa.struct([(name, pa.string()) for name in names])))
    columns = [pa.nulls(1, pa.int64()), pa.array([key]), *[pa.nulls(1, pa.string())] * texts, items]
    return pa.RecordBatch.from_arrays(
        [*columns, pa.array([count], pa.int64()), pa.array([fault], pa.string())], names=names_of(vocabulary)
    )


def names_of(vocabulary):
    return [*vocabulary["record_columns"], "items", "file_records", "file_fault"]


# Spark takes the characters of a glob for one.
def glob_free(path):
    return "".join(f"\\{letter}" if letter in "*?[]{}\\" else letter for letter in path)
