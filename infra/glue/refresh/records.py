"""Raw lines into records: whole failing lines and single failing events with their reason, good events as texts."""

import math
import re
import sys

from .addresses import NO_TAGS, page_address, traffic_tags
from .columns import Extractor
from .envelopes import FACTS, MOST_EVENT_UNITS, Rejection, envelope_of, events_of, facts_of
from .json_texts import beginning, json_text, length, nests_too_deep, stringify
from .known_bots import known_bots
from .moments import YEAR_2000, YEAR_2200

# Characters of a raw record that the quarantine keeps.
MOST_RAW_UNITS = 4 * 1024 * 1024
PLAIN_NUMBER = re.compile(r"[-+]?[0-9]*[.]?[0-9]+(?:[eE][-+]?[0-9]+)?\Z")
PRESET_NAME = re.compile(r"_[a-z]")
BREAKS = re.compile(r"[\t\n\r]")
BROKEN = re.compile("[\0\ud800-\udfff]")
DIRTY = re.compile("[\t\n\r\0\ud800-\udfff]")


class RecordReader:
    """A reader of lines. `vocabulary` is what `house.reader_vocabulary` gives."""

    def __init__(self, vocabulary):
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 10_000))  # for what nests as deep as is kept
        self.columns = vocabulary["event_columns"]
        aliases = vocabulary["attribute_aliases"]
        self.event = Extractor(self.columns, aliases, {"attributes", "user", "items"})
        self.item = Extractor(vocabulary["item_columns"], {}, set())
        self.names = {**vocabulary["preset_names"], **vocabulary["event_aliases"]}
        self.click_ids = vocabulary["click_ids"]
        self.is_bot = known_bots(vocabulary["bot_patterns"])
        self.at = {column["column"]: index for index, column in enumerate(self.columns)}
        self.written = [index for index, column in enumerate(self.columns) if not column.get("reader")]
        self.width = 6 + FACTS + 9 + len(self.written)

    def read(self, line, overlong, modified):
        """Yields (item number or '', cells from reason on, rows of items) for each record of a line; cells '' = NULL."""
        facts = None
        try:
            if overlong:
                raise Rejection("too_large", "the line is too long")
            fields = envelope_of(line)
            try:
                events, may_be_large = events_of(fields)
            except Rejection:
                facts = facts_of(fields, None, modified, self.is_bot)
                raise
        except Rejection as why:
            yield self.rejected("", why, line, facts, modified)
            return
        facts = facts_of(fields, events, modified, self.is_bot)
        for index, event in enumerate(events):
            yield self.record_of(index + 1, event, facts, may_be_large)

    def record_of(self, number, event, facts, may_be_large):
        deep = nests_too_deep(event)
        try:
            if not isinstance(event, dict):
                raise Rejection("event_not_object", "the event is not a JSON object")
            if deep:
                raise Rejection("too_large", "the event is nested too deep to be stored")
            if may_be_large and length(stringify(event)) > MOST_EVENT_UNITS:
                raise Rejection("too_large", "the event has more than 1 MiB of text")
            return self.event_of(number, event, facts)
        except Rejection as why:
            return self.rejected(str(number), why, "" if deep else stringify(event), facts, 0)

    def event_of(self, number, event, facts):
        sent_type = event.get("event_type")
        sent_type = event.get("event_name") if sent_type is None else sent_type
        name = self.name_of(sent_type) if isinstance(sent_type, str) else ""
        values, rest = self.event(event, name)
        at = self.at
        time = event_millis(values[at["sent_ms"]])
        self.check(values, time)
        values[at["sent_ms"]] = str(time)
        url = values[at["page_url"]]
        referrer = values[at["page_referrer"]] or values[at["latest_referrer"]]
        host, path = page_address(url) if url else ("", values[at["screen_name"]])
        own = [values[at[f"ts_{part}"]] for part in ("source", "medium", "campaign", "click")]
        says = any(own) or "?" in url or "?" in referrer
        tags = traffic_tags(own, url, referrer, self.click_ids) if says else NO_TAGS
        items, items_rest = self.items_of(event.get("items"))
        if items_rest is not None:
            rest = {**(rest or {}), "items": items_rest}
        cells = ["", "", None, *facts, "" if rest is None else json_text(rest)]
        cells.append(name or self.name_of(values[at["event_type"]]))
        cells += [host or values[at["host_name"]].lower(), path, page_address(referrer)[0], *tags]
        cells += [values[index] for index in self.written]
        return str(number), [clean(cell) for cell in cells], items

    def name_of(self, sent):
        known = self.names.get(sent)
        return known if known is not None else sent[1:] if PRESET_NAME.match(sent) else sent

    def check(self, values, time):
        at = self.at
        if values[at["event_id"]] == "":
            raise Rejection("missing_event_id", "event_id is missing")
        if values[at["event_type"]] == "":
            raise Rejection("missing_event_type", "event_type is missing")
        if values[at["sent_ms"]] == "":
            raise Rejection("missing_timestamp", "timestamp is missing")
        if time is None:
            raise Rejection("bad_timestamp", "timestamp is not milliseconds between 2000 and 2200")
        if values[at["unique_id"]] == "" and values[at["device_id"]] == "":
            raise Rejection("missing_user", "unique_id and device_id are missing")

    def items_of(self, items):
        """Rows of items with their position from 1, and what has no column of any of them: a list, or None."""
        if not isinstance(items, list) or not items:
            return [], None
        rows, rests, some = [], [], False
        for entry in items:
            values, rest = self.item(entry, "") if isinstance(entry, dict) else (None, entry)
            if values is not None:
                rows.append([str(len(rows) + 1), *(clean(value) for value in values)])
            rests.append({} if rest is None else rest)
            some = some or rest is not None or not isinstance(entry, dict)
        return rows, rests if some else None

    def rejected(self, number, why, raw, facts, modified):
        kept = BROKEN.sub("\ufffd", beginning(raw, MOST_RAW_UNITS))
        given = [str(int(modified)), *[""] * (FACTS - 1)] if facts is None else facts
        cells = [why.reason, why.detail, kept, *(clean(fact) for fact in given)]
        return number, cells + [""] * (self.width - 3 - len(cells)), []


def event_millis(text):
    time = math.floor(float(text)) if PLAIN_NUMBER.match(text) and math.isfinite(float(text)) else 0
    return time if YEAR_2000 <= time < YEAR_2200 else None


# What separates the cells of a line for DuckDB is a space in every table, on either engine.
def clean(cell):
    if not cell or not DIRTY.search(cell):
        return cell
    return BROKEN.sub("\ufffd", BREAKS.sub(" ", cell))
