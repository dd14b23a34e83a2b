"""Reads raw files with the job's plain Python reader and prints one JSON line a record: no Spark, no package needed."""

import json
import os
import sys
import zlib

HOUSE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path.insert(0, os.path.join(HOUSE, "infra", "glue"))

from refresh.house import House  # noqa: E402
from refresh.raw_lines import lines_of  # noqa: E402
from refresh.records import RecordReader  # noqa: E402


def main(folder, vocabulary_file):
    with open(vocabulary_file, encoding="utf-8") as file:
        reader = RecordReader(House(HOUSE).reader_vocabulary(json.load(file)))
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            content = file.read()
        found = []
        try:
            for line, text, overlong in lines_of(content):
                for item, cells, items in reader.read(text, overlong, 1_700_000_000_000):
                    found.append([name, line, item, cells, items])
        except (zlib.error, EOFError):
            found = [[name, "damaged"]]  # its records do not count: its turn comes again
        for record in found:
            print(json.dumps(record))


main(*sys.argv[1:])
