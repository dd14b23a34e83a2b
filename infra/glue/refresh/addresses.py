"""Web addresses: host and path of a page, and where its visitor comes from."""

import re
from urllib.parse import unquote_to_bytes

from .json_texts import SPACE

SCHEME = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//")
ENDS_HOST = re.compile(r"[/?#]")
ENDS_PATH = re.compile(r"[?#]")
PORT = re.compile(r":[0-9]*\Z")
BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
NO_TAGS = ("", "", "", "")


def page_address(url):
    """Host (lower case, without user and port) and path of an address with or without a scheme; '' where it has none."""
    if url == "":
        return "", ""
    scheme = SCHEME.match(url)
    rest = url[scheme.end() :] if scheme else url
    end = ENDS_HOST.search(rest)
    authority, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    cut = ENDS_PATH.search(tail)
    path = tail[: cut.start()] if cut else tail
    host = PORT.sub("", authority[authority.rfind("@") + 1 :])
    return host.lower(), path or "/"


def traffic_tags(own, page_url, referrer, click_ids):
    """
    (source, medium, campaign, kind) of a page: the SDK's own, else UTM of the page, else its click ids, else UTM of the
    referrer. `own` is (source, medium, campaign, click) as the SDK says; `click_ids` the rows of `click-ids.json`.
    """
    source, medium, campaign, click = own
    if source or medium or campaign:
        return source, medium, campaign, "sdk"
    page = tags_of(page_url, click_ids)
    if page[3]:
        return page
    for rule in click_ids:
        if click != "" and rule["source"] == click.lower():
            return rule["source"], rule["medium"], "", "click"
    behind = tags_of(referrer, click_ids)
    return behind if behind[3] == "utm" else NO_TAGS


def tags_of(url, click_ids):
    question = url.find("?")
    if question < 0:
        return NO_TAGS
    query = url[question + 1 :].split("#", 1)[0]
    source, medium, campaign = (parameter(query, f"utm_{name}") for name in ("source", "medium", "campaign"))
    if source or medium or campaign:
        return source, medium, campaign, "utm"
    for rule in click_ids:
        if parameter(query, rule["parameter"]) != "":
            return rule["source"], rule["medium"], "", "click"
    return NO_TAGS


def parameter(query, name):
    start = 0 if query.startswith(f"{name}=") else query.find(f"&{name}=")
    if start < 0:
        return ""
    start = query.index("=", start) + 1
    end = query.find("&", start)
    return decoded(query[start:] if end < 0 else query[start:end])


def decoded(text):
    spaced = text.replace("+", " ")
    if "%" not in spaced:
        return spaced.strip(SPACE)
    try:
        if BAD_ESCAPE.search(spaced):
            raise ValueError
        return unquote_to_bytes(spaced).decode("utf-8").strip(SPACE)
    except ValueError:
        return spaced.strip(SPACE)  # a damaged escape is kept as sent
