"""Lines of a raw file in order; gzip is known by its magic bytes, whatever the name."""

import re

from .envelopes import inflate
from .json_texts import SPACE

# Bytes of one line beyond which it is not decoded any more; what comes first is kept for the quarantine.
MOST_LINE_BYTES = 256 * 1024 * 1024
KEPT_OF_OVERLONG = 4 * 1024 * 1024
# One step for many: a small file may inflate to a hundred million of them.
BLANK_LINES = re.compile(rb"(?:[ \t\r]{0,1000}\n)+")


def lines_of(content):
    """Yields (number from 1, text, overlong), blank lines left out. zlib.error or EOFError where the gzip is damaged."""
    number = 1
    held, size = [], 0
    for piece in inflate(content) if content[:2] == b"\x1f\x8b" else [content]:
        start = 0
        end = piece.find(b"\n")
        while end >= 0:
            blank = BLANK_LINES.match(piece, start) if size == 0 else None
            if blank is not None:
                number, start = number + piece.count(b"\n", start, blank.end()), blank.end()
                end = piece.find(b"\n", start)
                continue
            size += keep(held, piece[start:end], size)
            line = line_of(number, held, size)
            if line is not None:
                yield line
            number, held, size, start = number + 1, [], 0, end + 1
            end = piece.find(b"\n", start)
        size += keep(held, piece[start:], size)
    line = line_of(number, held, size)
    if line is not None:
        yield line


def keep(held, piece, size):
    if size <= MOST_LINE_BYTES:
        held.append(piece)
    return len(piece)


def line_of(number, held, size):
    overlong = size > MOST_LINE_BYTES
    whole = held[0] if len(held) == 1 else b"".join(held)
    text = (whole[:KEPT_OF_OVERLONG] if overlong else whole).decode("utf-8", "replace")
    if number == 1 and text.startswith("\ufeff"):
        text = text[1:]
    if not overlong and text.strip(SPACE) == "":
        return None
    return number, text[:-1] if text.endswith("\r") else text, overlong

