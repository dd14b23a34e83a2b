"""Takes the listed columns (`raw-columns.json`) out of one object in a single walk over its keys."""

import re

from .json_texts import SPACE, ordered, text_of

NUMBER = re.compile(r"[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][-+]?[0-9]{1,3})?\Z")
WHOLE = re.compile(r"[-+]?[0-9]{1,18}\Z")
QUERY = re.compile(r"[?#]")
SIMPLE = re.compile(r"-?[0-9]{1,15}(?:[.][0-9]{1,12})?\Z")
PARTS = re.compile(r"([-+]?)([0-9]*)[.]?([0-9]*)(?:[eE]([-+]?[0-9]+))?\Z")
MOST_DIGITS = 12


class Extractor:
    """
    Compiles a list of columns. Members of `attributes` that have no column stay flat in the rest; those of the event itself
    too, under `event_NAME` where the names collide; names in `skip` are left to the caller.
    """

    def __init__(self, columns, attribute_aliases, skip):
        self.columns = columns
        self.aliases = attribute_aliases
        self.skip = skip
        self.mended = [(index, mender_of(column)) for index, column in enumerate(columns) if mender_of(column)]
        self.slots = {"": {}, "attributes": {}, "user": {}}
        for index, column in enumerate(columns):
            for rank, path in enumerate(column["paths"]):
                group, _, name = path.rpartition(".")
                self.slots[group][name] = (index, rank, column)

    def __call__(self, source, event_name):
        """Texts of the columns in their order ('' = NULL), and what has no column: a dict, or None."""
        walk = Walk(len(self.columns), event_name)
        if isinstance(source.get("attributes"), dict):
            self.take_members(walk, source["attributes"])
        if isinstance(source.get("user"), dict):
            self.take_user(walk, source["user"])
        self.take_own(walk, source)
        for index, mend in self.mended:
            if walk.values[index]:
                walk.values[index] = mend(walk.values[index])
        return walk.values, None if walk.rest is None else ordered(walk.rest.items())

    def take_members(self, walk, members):
        slots = self.slots["attributes"]
        for key, value in members.items():
            name = self.aliases.get(key, key)
            slot = slots.get(name)
            if slot is None or not walk.take(slot, value):
                walk.put(name, value)

    def take_user(self, walk, user):
        slots, left = self.slots["user"], {}
        for key, entry in user.items():
            value = entry["value"] if isinstance(entry, dict) and "value" in entry else entry
            if key not in slots or not walk.take(slots[key], value):
                left[key] = entry
        if left:
            walk.put("user", ordered(left.items()))

    def take_own(self, walk, source):
        slots = self.slots[""]
        for key, value in source.items():
            slot = slots.get(key)
            if slot is not None and walk.take(slot, value):
                continue
            if key in self.skip and (value is None or isinstance(value, (dict, list))) and isinstance(value, list) == (key == "items"):
                continue
            walk.put(f"event_{key}" if walk.rest is not None and key in walk.rest else key, value)


class Walk:
    """The state of one extraction."""

    def __init__(self, columns, event_name):
        self.values = [""] * columns
        self.ranks = [99] * columns
        self.rest = None
        self.event_name = event_name

    def take(self, slot, value):
        """Whether the value went into its column and need not stay in the rest as well."""
        index, rank, column = slot
        if column.get("events") and self.event_name not in column["events"]:
            return False
        if value is None or value == "":
            return True
        text = text_of(value)
        if not fits(column.get("kind", "text"), text):
            return False
        keep = column.get("keep", False)
        taken = self.ranks[index] > rank
        if taken:
            displaced = self.values[index]
            self.values[index] = text
            self.ranks[index] = rank
            if displaced not in ("", text):
                self.put(column["paths"][-1].rpartition(".")[2], displaced)
                return not keep
        elif self.values[index] != text:
            return False
        return not QUERY.search(text) if keep == "query" else not keep

    def put(self, name, value):
        if value is None or value == "":
            return
        if self.rest is None:
            self.rest = {}
        self.rest[name] = value


def fits(kind, text):
    """Whether a text can become a value of the kind without loss of meaning."""
    if kind == "text":
        return True
    if kind == "bigint":
        return bool(WHOLE.match(text))
    if not NUMBER.match(text):
        return False
    size = abs(float(text))
    if kind == "integer":
        return bool(WHOLE.match(text)) and size < 2147483648
    return size < (1e15 if kind == "decimal" else 2147483648)


def mender_of(column):
    """Brings a value into the form that every engine reads alike (`plain-values.ts`); None where it stays as sent."""
    if column.get("form") == "upper":
        return lambda text: text.strip(SPACE).upper()
    if column.get("form") == "lower":
        return lambda text: text.strip(SPACE).lower()
    return plain_number if column.get("kind") in ("decimal", "millis") else None


def plain_number(text):
    """A decimal number in any form as digits and a point, cut after 12 decimals."""
    if SIMPLE.match(text):
        return text
    sign, whole, fraction, exponent = PARTS.match(text).groups()
    digits = f"{whole}{fraction}".lstrip("0")
    point = len(digits) - len(fraction) + int(exponent or 0)
    if digits == "" or point <= -MOST_DIGITS:
        return "0"
    filled = "0" * (1 - point) + digits if point <= 0 else digits.ljust(point, "0")
    start = max(point, 1)
    decimals = filled[start : start + MOST_DIGITS]
    return f"{'-' if sign == '-' else ''}{filled[:start]}{'.' + decimals if decimals else ''}"
