"""The house's texts and tables: found beside the script in a checkout, or in the zip that Glue puts on the path."""

import json
import os
import sys
import zipfile

from .vocabulary import vocabulary_of

TRANSFORMS = "src/refresh/transforms"
REFERENCE = "src/refresh/reference"


class House:
    """Reads files of the house by their path from its root; FileNotFoundError where one is missing."""

    def __init__(self, root):
        self.root = root

    def text(self, path):
        if os.path.isdir(self.root):
            with open(os.path.join(self.root, path), encoding="utf-8") as file:
                return file.read()
        with zipfile.ZipFile(self.root) as bundle:
            return bundle.read(path).decode("utf-8")

    def json(self, path):
        return json.loads(self.text(path))

    def transform(self, name):
        """The SELECT of one transform, as DuckDB runs it too."""
        return self.text(f"{TRANSFORMS}/{name}.sql")

    def tables(self):
        """Table → column → Athena type, in table order."""
        return self.json(f"{REFERENCE}/tables.json")

    def vocabulary(self):
        """The owner's aliases, as `prompts/glossary.yml` has them."""
        return vocabulary_of(self.text("prompts/glossary.yml"))

    def rule_tables(self):
        """(name, DDL of its columns, rows) of the small tables of rules; the order of the rows is their rank, from 1."""
        sources = self.json(f"{REFERENCE}/source-rules.json")
        channels = self.json(f"{REFERENCE}/channel-rules.json")
        matches = ("kind", "category", "source", "medium", "campaign")
        return [
            (
                "source_rules",
                "rank INT, category STRING, source_name STRING, pattern STRING",
                [(rank, rule["category"], rule["name"], rule["pattern"]) for rank, rule in enumerate(sources, 1)],
            ),
            (
                "channel_rules",
                "rank INT, channel_group STRING, " + ", ".join(f"rule_{match} STRING" for match in matches),
                [(rank, rule["channel_group"], *(rule.get(m) for m in matches)) for rank, rule in enumerate(channels, 1)],
            ),
            (
                "countries",
                "country_code STRING, country_name STRING",
                list(self.json(f"{REFERENCE}/countries.json").items()),
            ),
        ]

    def reader_vocabulary(self, vocabulary):
        """What `records.RecordReader` must know; plain data, sent to the workers."""
        columns = self.json("src/refresh/reader/raw-columns.json")
        return {
            "event_columns": columns["event"],
            "item_columns": columns["item"],
            "record_columns": record_columns(columns),
            "item_names": [column["column"] for column in columns["item"]],
            "event_aliases": vocabulary["event_aliases"],
            "attribute_aliases": vocabulary["attribute_aliases"],
            "preset_names": self.json(f"{REFERENCE}/event-names.json"),
            "click_ids": self.json(f"{REFERENCE}/click-ids.json"),
            "bot_patterns": self.json(f"{REFERENCE}/bot-patterns.json"),
        }


def find_house(script):
    """The root of the house: above the script, or an archive on the path that holds it."""
    above = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(script))))
    for place in [above, *sys.path]:
        if holds_house(place):
            return House(place)
    raise FileNotFoundError("the transforms are missing: give the zip of the house as --extra-py-files")


def holds_house(place):
    marker = f"{TRANSFORMS}/events.sql"
    if os.path.isdir(place):
        return os.path.exists(os.path.join(place, marker))
    return zipfile.is_zipfile(place) and marker in zipfile.ZipFile(place).namelist()


def record_columns(columns):
    return [*columns["envelope"], *(column["column"] for column in columns["event"] if not column.get("reader"))]
