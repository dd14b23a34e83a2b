"""
The refresh job on this machine: a Spark of two threads and no cluster. `run_local.py ARGUMENTS` runs it once and prints how
it ended as the last line, and with `--tied` before them it dies when its standard input closes; `run_local.py --serve` keeps
one session and runs each line of standard input, a JSON list of arguments, answering with one line each.
"""

import json
import os
import shutil
import sys
import tempfile
import threading

import refresh_job


def main(argv):
    warehouse = tempfile.mkdtemp(prefix="askstream-spark-")
    if argv[:1] == ["--tied"]:
        threading.Thread(target=die_with_parent, args=[warehouse], daemon=True).start()
        argv = argv[1:]
    try:
        spark = session(warehouse)
        for given in lines() if argv == ["--serve"] else [argv]:
            print(json.dumps(end_of(given, spark)), flush=True)
        spark.stop()
    finally:
        shutil.rmtree(warehouse, ignore_errors=True)


def session(warehouse):
    os.environ.update(PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable, TZ="UTC", SPARK_LOCAL_IP="127.0.0.1")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("askstream-refresh")
    conf = {
        "spark.driver.memory": "2g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": warehouse,
        "spark.local.dir": warehouse,
    }
    for name, value in conf.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


# Two jobs must not write the same tables: whoever started this one holds the lock, which is free when its holder is dead.
def die_with_parent(warehouse):
    sys.stdin.buffer.read()
    shutil.rmtree(warehouse, ignore_errors=True)
    os._exit(1)


def lines():
    for line in sys.stdin:
        yield json.loads(line)


# The fault goes to the log; whoever asked gets the account that the job has given of itself.
def end_of(argv, spark):
    try:
        return refresh_job.main(argv, spark)
    except Exception as fault:
        print(f"{type(fault).__name__}: {fault}", file=sys.stderr)
        return getattr(fault, "account", {"status": "failed"})


if __name__ == "__main__":
    main(sys.argv[1:])
