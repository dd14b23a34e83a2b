"""When something arrived: the moments that an envelope may name."""

import re
from calendar import monthrange
from datetime import datetime, timezone

from .json_texts import number, scalar

YEAR_2000 = 946684800000
YEAR_2200 = 7258118400000
DIGITS = re.compile(r"[0-9.]+\Z")
ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?)?"
    r"(?:(Z)|([-+])([0-9]{2}):?([0-9]{2}))?\Z"
)


def ingest_millis(fields):
    """The first acceptable time that an envelope names, in milliseconds since 1970; None where it names none."""
    for name in ("ingest_time", "server_ingest_time", "timestamp", "date"):
        text = scalar(fields.get(name))
        time = number(text) if DIGITS.match(text) else iso_millis(text)
        if time is not None and YEAR_2000 <= time < YEAR_2200:
            return time
    return None


def iso_millis(text):
    """Milliseconds since 1970 of an ISO 8601 text, UTC without an offset; None for anything else (`moment.ts`)."""
    found = ISO.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found.group(n) or 0) for n in range(1, 7))
    if year < 1000 or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    start = int(datetime(year, month, day, tzinfo=timezone.utc).timestamp()) * 1000
    millis = int((found.group(7) or "").ljust(3, "0")[:3])
    offset = (int(found.group(10) or 0) * 60 + int(found.group(11) or 0)) * (-60_000 if found.group(9) == "-" else 60_000)
    return start + ((hour * 60 + minute) * 60 + second) * 1000 + millis - offset
