"""One raw line: the envelope, the events in it, and what it says for all of them."""

import base64
import re
import zlib

from .json_texts import SPACE, length, number, parsed, scalar
from .moments import ingest_millis

# Inflated bytes of one request beyond which `data` counts as not decodable (a gzip bomb).
MOST_INFLATED_BYTES = 192 * 1024 * 1024
PACKED_PIECE = 256 * 1024
FACTS = 13
# JSON text of one event beyond which it is too large, in UTF-16 units.
MOST_EVENT_UNITS = 1024 * 1024
OPENS_JSON = re.compile(f"[{SPACE}]*[\\[{{]")
NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
UPLOAD = re.compile(r"[?&]upload_timestamp=([0-9]{12,13})(?:&|\Z)")
IPV4 = re.compile(r"(?:::ffff:)?([0-9]{1,3})[.]([0-9]{1,3})[.]([0-9]{1,3})[.]([0-9]{1,3})\Z", re.IGNORECASE)
IPV6_GROUP = re.compile(r"[0-9a-f]{1,4}\Z")


class Rejection(Exception):
    """Why a line or an event is none: a reason of the closed list, and its words."""

    def __init__(self, reason, detail):
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def envelope_of(line):
    """The fields of a raw line; raises a Rejection."""
    try:
        fields = parsed(line)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise Rejection("not_json", "the line is not a JSON object")
    return fields


def events_of(fields):
    """The events of an envelope, and whether any may be too large; raises a Rejection."""
    data = fields.get("data")
    if data is None or data == "":
        raise Rejection("envelope_without_data", "data is empty")
    if isinstance(data, list):
        return data, True
    if isinstance(data, dict):
        raise Rejection("data_not_array", "data is a JSON object")
    if not isinstance(data, str):
        raise Rejection("data_not_decodable", "data is neither text nor an array")
    text = data if OPENS_JSON.match(data) else inflated_text(data)
    if text is None:
        raise Rejection("data_not_decodable", "data is neither JSON nor base64 of gzip")
    try:
        events = parsed(text)
    except ValueError:
        raise Rejection("data_not_decodable", "data is not valid JSON") from None
    if not isinstance(events, list):
        raise Rejection("data_not_array", "data is not a JSON array")
    return events, len(text) > MOST_EVENT_UNITS // 2 and length(text) > MOST_EVENT_UNITS


def inflated_text(data):
    letters = NO_BASE64.sub("", data.split("=", 1)[0].replace("-", "+").replace("_", "/"))
    whole = letters if len(letters) % 4 != 1 else letters[:-1]
    packed = base64.b64decode(whole + "=" * (-len(whole) % 4))
    if packed[:2] != b"\x1f\x8b":
        return None
    try:
        return b"".join(inflate(packed, MOST_INFLATED_BYTES)).decode("utf-8", "replace")
    except (zlib.error, EOFError):
        return None


def inflate(packed, most=None):
    """Inflates gzip of one or many members piece by piece. zlib.error or EOFError where it is damaged, cut off or too long."""
    member, total, pending, begun = None, 0, b"", False
    for start in range(0, len(packed), PACKED_PIECE):  # zlib copies what it has not used yet, each time
        pending += packed[start : start + PACKED_PIECE]
        while pending:
            if member is None:
                if begun and pending[:1] == b"\0":
                    return  # padding ends a file
                member, begun = zlib.decompressobj(31), True
            part = member.decompress(pending, 1024 * 1024)
            total += len(part)
            if most is not None and total > most:
                raise zlib.error("inflates to more than is allowed")
            pending = member.unused_data if member.eof else member.unconsumed_tail
            if part:
                yield part
            if member.eof:
                member = None
            elif not part and not pending:
                break
    if member is not None or not begun:
        raise EOFError("the gzip data end too early")


def facts_of(fields, events, modified, is_bot):
    """Texts of the columns from ingest_ms to envelope_platform, '' = NULL; `events` is None where there are none."""
    ua = scalar(fields.get("ua"))
    upload = UPLOAD.search(scalar(fields.get("uri")))
    arrived = ingest_millis(fields)
    return [
        str(int(modified if arrived is None else arrived)),
        upload.group(1) if upload else "",
        ua,
        "true" if is_bot(ua) else "",
        "true" if events is not None and is_relayed(events) else "",
        scalar(fields.get("country_code")).upper(),
        scalar(fields.get("region")),
        scalar(fields.get("city")),
        degrees(fields.get("latitude"), 90),
        degrees(fields.get("longitude"), 180),
        ip_key(scalar(fields.get("ip"))),
        scalar(fields.get("appId")),
        scalar(fields.get("platform")),
    ]


# An envelope with events of several devices was sent by a server: its user agent and address are the server's.
def is_relayed(events):
    several = holds_several(events, "device_id")
    return bool(holds_several(events, "unique_id") if several is None else several)


def holds_several(events, name):
    first = None
    for event in events:
        value = scalar(event.get(name)) if isinstance(event, dict) else ""
        if value == "":
            continue
        if first is not None and first != value:
            return True
        first = value
    return None if first is None else False


def degrees(value, most):
    text = scalar(value)
    return text if text != "" and abs(number(text)) <= most else ""


def ip_key(addresses):
    """`4` + 8 or `6` + 32 hexadecimal digits of the first address, so that texts sort as addresses do; '' when it is none."""
    ip = addresses.split(",", 1)[0].strip(SPACE)
    v4 = IPV4.match(ip)
    if v4 is None:
        return v6_key(ip.lower()) if ":" in ip else ""
    numbers = [int(part) for part in v4.groups()]
    return "4" + "".join(f"{n:02x}" for n in numbers) if all(n < 256 for n in numbers) else ""


def v6_key(ip):
    halves = ip.split("::")
    left = halves[0].split(":") if halves[0] else []
    right = halves[1].split(":") if len(halves) > 1 and halves[1] else []
    zeros = 8 - len(left) - len(right)
    if zeros != 0 if len(halves) == 1 else zeros < 0:
        return ""
    groups = [*left, *["0"] * zeros, *right]
    return "6" + "".join(group.rjust(4, "0") for group in groups) if all(IPV6_GROUP.match(g) for g in groups) else ""
