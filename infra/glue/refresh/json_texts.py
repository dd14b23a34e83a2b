"""JSON as JavaScript reads and writes it, so that both engines keep the same text of the same event."""

import json
import math
import re
import sys
import threading

# Objects and arrays inside each other beyond which nothing is kept of an event; the same number stands in read-records.ts.
MOST_NESTED = 500
# Whitespace as String.prototype.trim knows it.
SPACE = "\t\n\x0b\x0c\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
LONG_NUMBER = re.compile(r"[0-9.]{16}")
PLACE_IN_ARRAY = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z")
SURROGATE = re.compile("[\ud800-\udfff]")
UNFIT = re.compile(r"(\\\\)|\\u(?:d[89a-f][0-9a-f]{2}|0000)")
NUMBER = re.compile(r"[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
RADIX = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)\Z")


class OddNumber:
    """A number whose text Python would write otherwise: tiny fractions, and what is too large to be finite."""

    def __init__(self, value):
        self.text = number_text(value)
        self.json = self.text if math.isfinite(value) else "null"


def parsed(text):
    """The value of a JSON text. ValueError where it is none. Numbers of 16 digits and more that a double would change stay text."""
    decoder = EXACT if LONG_NUMBER.search(text) else PLAIN
    try:
        return decoder.decode(text)
    except RecursionError:
        return in_deep_stack(lambda: decoder.decode(text))


def stringify(value):
    """JSON.stringify of a parsed value: half a surrogate pair becomes an escape."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except TypeError:
        text = slowly(value)
    return SURROGATE.sub(lambda match: "\\u%04x" % ord(match.group()), text)


def json_text(value):
    """Stringified, with U+FFFD for what other readers of JSON refuse: half a surrogate pair and NUL."""
    return fit(stringify(value))


def fit(text):
    """A stringified text without half surrogate pairs and NULs."""
    return UNFIT.sub(lambda match: match.group() if match.group(1) else "\ufffd", text) if "\\u" in text else text


def text_of(value):
    """String(value) of a scalar; JSON text of an object or array."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number_text(value)
    return value.text if isinstance(value, OddNumber) else stringify(value)


def scalar(value):
    """Trimmed text of a text, number or truth value; '' for anything else."""
    if isinstance(value, str):
        return value.strip(SPACE)
    return text_of(value) if isinstance(value, (int, float, OddNumber)) else ""


def number(text):
    """Number(text): NaN where it is none."""
    clean = text.strip(SPACE)
    if clean == "":
        return 0.0
    if NUMBER.match(clean):
        return float(clean)
    if RADIX.match(clean):
        return float(int(clean, 0))
    return {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}.get(clean, math.nan)


def number_text(value):
    """String(value) of a double."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    text = repr(value)
    if "e" not in text or abs(value) >= 1e21:
        return text
    mantissa, exponent = text.split("e")
    sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    if abs(value) < 1e-6:
        return f"{mantissa}e{int(exponent)}"
    return f"{sign}0.{'0' * (-int(exponent) - 1)}{digits.replace('.', '')}"


def length(text):
    """Length in UTF-16 units, as JavaScript counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def beginning(text, units):
    """The first UTF-16 units of a text."""
    if length(text) <= units:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "surrogatepass")


def nests_too_deep(value):
    """Whether objects and arrays stand inside each other beyond what is kept."""
    level = [value]
    for _ in range(MOST_NESTED):
        level = [child for holder in level for child in children_of(holder) if isinstance(child, (dict, list))]
        if not level:
            return False
    return True


def children_of(value):
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def in_deep_stack(work):
    """The result of work that recurses as deep as its input nests."""
    end = {}

    def run():
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(1_000_000)
        try:
            end["value"] = work()
        except Exception as fault:  # handed on to the caller's thread
            end["fault"] = fault
        finally:
            sys.setrecursionlimit(before)

    old = threading.stack_size(512 * 1024 * 1024)
    thread = threading.Thread(target=run)
    thread.start()
    threading.stack_size(old)
    thread.join()
    if "fault" in end:
        raise ValueError("not readable") from end["fault"]
    return end["value"]


def slowly(value):
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{slowly(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(slowly(entry) for entry in value) + "]"
    return value.json if isinstance(value, OddNumber) else json.dumps(value, ensure_ascii=False)


def finite(value):
    if value == int(value) if math.isfinite(value) else False:
        return int(value) if abs(value) < 1e21 else value
    return value if math.isfinite(value) and abs(value) >= 1e-4 else OddNumber(value)


def whole(text):
    return int(text) if len(text) < 16 else kept(text)


def fraction(text):
    return finite(float(text))


def kept(text):
    value = float(text)
    return finite(value) if len(text) < 16 or number_text(value) == text else text


def no_constant(text):
    raise ValueError(f"{text} is no JSON")


# Object.keys: names that are places in an array come first, in their order.
def ordered(pairs):
    found = dict(pairs)
    places = [name for name in found if PLACE_IN_ARRAY.match(name) and int(name) < 4294967295]
    if not places:
        return found
    return {**{name: found[name] for name in sorted(places, key=int)}, **found}


PLAIN = json.JSONDecoder(parse_int=whole, parse_float=fraction, parse_constant=no_constant, object_pairs_hook=ordered)
EXACT = json.JSONDecoder(parse_int=whole, parse_float=kept, parse_constant=no_constant, object_pairs_hook=ordered)
