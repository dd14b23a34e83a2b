"""What of the owner's glossary the refresh needs: two maps of names and one word, out of a YAML file without a YAML library."""

import json
import re

MAPS = ("event_aliases", "attribute_aliases")
SCALAR = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s'"#{}\[\],:][^#{}\[\],:]*?)"""
PAIR = re.compile(rf"\s*({SCALAR})\s*:\s*({SCALAR})\s*(?:#.*)?\Z")
FLOW = re.compile(rf"\s*({SCALAR})\s*:\s*({SCALAR})\s*(?:,|\Z)")
HEAD = re.compile(r"(event_aliases|attribute_aliases|defaults)\s*:\s*(.*?)\s*(?:#.*)?\Z")


def vocabulary_of(text):
    """
    `event_aliases`, `attribute_aliases` (name sent → ours) and `units_per_item` of a glossary. Takes one pair a line below
    the key, or `{ a: b, c: d }` beside it; ValueError with the line for anything else.
    """
    found = {"event_aliases": {}, "attribute_aliases": {}, "defaults": {}}
    inside = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            head = HEAD.match(line)
            inside = head.group(1) if head else None
            if head and head.group(2):
                found[inside].update(flow_of(head.group(2), number, inside))
                inside = None
            continue
        pair = PAIR.match(line) if inside else None
        if pair:
            found[inside][plain(pair.group(1))] = plain(pair.group(2))
        elif inside in MAPS:
            raise ValueError(f"glossary.yml, line {number}: write each alias as «name: our_name» on a line of its own")
    units = found.pop("defaults").get("units_per_item", "quantity")
    return {**found, "units_per_item": units}


def flow_of(text, number, name):
    inner = text[1:-1] if text.startswith("{") and text.endswith("}") else None
    pairs, at = {}, 0
    while inner is not None and inner[at:].strip():
        pair = FLOW.match(inner, at)
        if pair is None:
            inner = None
            break
        pairs[plain(pair.group(1))] = plain(pair.group(2))
        at = pair.end()
    if inner is None and name in MAPS:
        raise ValueError(f"glossary.yml, line {number}: write {name} as «{{ name: our_name }}» or one pair a line")
    return pairs


def plain(scalar):
    if scalar.startswith('"'):
        return json.loads(scalar)
    return scalar[1:-1].replace("''", "'") if scalar.startswith("'") else scalar.strip()
