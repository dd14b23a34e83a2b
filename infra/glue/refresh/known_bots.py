"""Which user agents are bots', by isbot's published rules (`bot-patterns.json`)."""

import re

# Python's lookbehind wants one width, so `(?<!a|bc)` becomes `(?<!a)(?<!bc)`, which means the same.
BEHIND = re.compile(r"\(\?<!([^()]*[|][^()]*)\)")
# A hyphen after a class of characters is only itself.
HYPHEN = re.compile(r"(\\[wds])-(?!\])")


def known_bots(patterns):
    """Whether a user agent is a bot's; an empty one says nothing: False. Remembers what it was asked."""
    rules = re.compile("|".join(f"(?:{portable(pattern)})" for pattern in patterns), re.IGNORECASE | re.ASCII)
    known = {"": False}

    def is_bot(user_agent):
        bot = known.get(user_agent)
        if bot is None:
            bot = rules.search(user_agent) is not None
            if len(known) > 50_000:
                known.clear()
                known[""] = False
            known[user_agent] = bot
        return bot

    return is_bot


def portable(pattern):
    apart = BEHIND.sub(lambda found: "".join(f"(?<!{part})" for part in found.group(1).split("|")), pattern)
    return HYPHEN.sub(r"\1\\-", apart)
