"""
The refresh as a Glue job (Glue 5.1 = Spark 3.5.6; runs on Spark 4.1 too): raw events in S3, or in a folder, become the
tables of the shop. Plain PySpark: `npm run refresh -- --engine spark` runs the same file here. What it means is written in docs/refresh.md.
"""

import argparse
import json
import os
import random
import sys
import zipfile
from datetime import datetime, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
CONF = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.sources.partitionOverwriteMode": "dynamic",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MILLIS",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "512m",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "8",  # raw files, not rows: a batch is held in memory
    "spark.sql.files.ignoreCorruptFiles": "true",  # a file that cannot be read is told, and waits for the next run
    "spark.sql.files.ignoreMissingFiles": "true",
}


def main(argv=None, spark=None):
    """Runs one refresh and answers with its account; raises where it failed. Tests pass a session; Glue and the CLI do not."""
    given = arguments(sys.argv[1:] if argv is None else argv)
    put_house_on_path()
    import refresh
    from pyspark.sql import SparkSession
    from refresh.workers import give_package

    spark = spark or SparkSession.builder.appName("askstream-refresh").getOrCreate()
    for name, value in CONF.items():
        spark.conf.set(name, value)
    give_package(spark, refresh)
    return refreshed(spark, given)


def arguments(argv):
    """Glue adds arguments of its own (--job-language, --TempDir): what is not known is passed over."""
    parser = argparse.ArgumentParser(allow_abbrev=False, description="Brings new raw events into the tables.")
    for name in ("raw", "results", "state"):
        parser.add_argument(f"--{name}", required=True, help="s3://bucket/prefix or a folder")
    parser.add_argument("--zone", default="UTC")
    parser.add_argument("--currency", default="EUR")
    parser.add_argument("--trigger", default="schedule")
    parser.add_argument("--full", default="false", nargs="?", const="true")
    parser.add_argument("--geo-ranges", default="")
    parser.add_argument("--vocabulary", default="", help="JSON file of the owner's aliases; else the glossary of the house")
    parser.add_argument("--code-version", default="glue")
    parser.add_argument("--JOB_RUN_ID", default="")
    return parser.parse_known_args(argv)[0]


def put_house_on_path():
    for place in [HERE, *sys.path]:
        if os.path.isdir(f"{place}/refresh") or os.path.isdir(f"{place}/infra/glue/refresh"):
            sys.path.insert(0, place if os.path.isdir(f"{place}/refresh") else f"{place}/infra/glue")
            return
        if zipfile.is_zipfile(place) and "infra/glue/refresh/steps.py" in zipfile.ZipFile(place).namelist():
            sys.path.insert(0, f"{place}/infra/glue")
            return


def refreshed(spark, given):
    from refresh.account import Account
    from refresh.files import Files
    from refresh.places import BadRanges
    from refresh.steps import NotConserved

    raw, results, state = (Files(spark, root) for root in (given.raw, given.results, given.state))
    account = Account(state, given.JOB_RUN_ID or new_run_id(), given.trigger, lambda step: print(json.dumps(step), file=sys.stderr))
    try:
        return one_run(spark, given, raw, results, state, account)
    except NotConserved as fault:
        fault.account = failed(account, results, given, "not_conserved", f"{fault}; nothing was published.")
        raise
    except FileNotFoundError as fault:
        fault.account = failed(account, results, given, "raw_missing", str(fault))
        raise
    except Exception as fault:
        full = "no space left" in str(fault).lower() or "quota exceeded" in str(fault).lower()
        words = "The disk is full; make room and run the refresh again." if full else "The refresh stopped with a fault of its own."
        words = str(fault) if isinstance(fault, BadRanges) else words
        fault.account = failed(account, results, given, "disk_full" if full else "fault", words)
        raise


def one_run(spark, given, raw, results, state, account):
    from refresh.account import write_run_row
    from refresh.house import find_house
    from refresh.steps import run_refresh
    from refresh.store import Store, fingerprint

    account.step("list")
    if not raw.exists():
        raise FileNotFoundError("There is no raw data where the refresh looks for it.")
    house, store = find_house(__file__), Store(spark, state, results)
    vocabulary = read_vocabulary(given.vocabulary) if given.vocabulary else house.vocabulary()
    settings = {"zone": given.zone, "currency": given.currency, "geo_ranges": given.geo_ranges, "code_version": given.code_version}
    mark = fingerprint(house, [given.zone, given.currency, vocabulary, geo_mark(spark, given.geo_ranges)])
    last, snapshot = store.last()
    before = None if given.full == "true" or (last and last["fingerprint"] != mark) else last
    listed = [file for file in raw.list() if is_data(file[0])]
    if before:
        listed, account.run["unreadable"] = unknown_to(before, listed)
    account.step("list", files=len(listed))
    if before and not listed:
        store.write_manifest(before)
        ended = account.end("nothing_new")
        write_run_row(results, ended, given.code_version)
        return ended
    store.forget([last] if last else [])  # a run that dies again and again must not fill the bucket
    job = {"spark": spark, "house": house, "raw": raw, "results": results, "store": store, "account": account}
    job |= {"settings": settings, "vocabulary": vocabulary, "listed": listed, "before": before, "snapshot": snapshot, "fingerprint": mark}
    run_refresh(job)
    return account.run


def is_data(key):
    return not any(part.startswith((".", "_")) for part in key.split("/"))


# Files that the memory does not hold with this size and time, and what is to be told of damaged ones: as long as they are the same, they stay so.
def unknown_to(before, listed):
    damaged = before.get("damaged", {})
    known = {key for key, size, time in listed if damaged.get(key, [])[:2] == [size, time]}
    told = [{"file": key, "reason": damaged[key][2]} for key in sorted(known)]
    return [file for file in listed if file[0] not in known and before["files"].get(file[0], [])[:2] != file[1:]], told


def read_vocabulary(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def geo_mark(spark, path):
    from refresh.files import Files

    return Files(spark, path).list() if path else None


def failed(account, results, given, code, message):
    from refresh.account import write_run_row

    ended = account.ended("failed", code, message)
    for write in (lambda: account.write(ended), lambda: write_run_row(results, ended, given.code_version)):
        try:
            write()
        except Exception as fault:  # a full disk refuses these too
            print(json.dumps({"not_written": str(fault)[:200]}), file=sys.stderr)
    return ended


def new_run_id():
    return datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%fZ") + f"-{random.randrange(1 << 24):06x}"


if __name__ == "__main__":
    print(json.dumps(main()))
