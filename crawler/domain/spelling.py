"""One spelling of makers and partners in any script: `小米`, `シャオミ` and `Сяоми` all become `xiaomi`.

What lets a Chinese and an Italian headline be compared by their words. Names in Latin letters stay as they are.
"""

from __future__ import annotations

import re
from functools import cache

from crawler.domain.terms import plain
from crawler.domain.vocabulary import table


@cache
def _foreign() -> tuple[re.Pattern[str], dict[str, str]]:
    """Names that are not in Latin letters, the longest first, and whose they are."""
    makers = {name: maker for maker, row in table("makers.toml").items() for name in row["names"]}
    partners = {name: partner for partner, names in table("products.toml")["partners"].items() for name in names}
    ids = {plain(name): key for name, key in (makers | partners).items() if not plain(name).isascii()}
    longest = sorted(ids, key=lambda name: (-len(name), name))
    return re.compile("|".join(re.escape(name) for name in longest)), ids


def latin(text: str) -> str:
    """The text with the names of makers and partners in their one spelling.

    Args:
        text: In plain form (`terms.plain`).
    """
    if text.isascii():
        return text
    pattern, ids = _foreign()
    return pattern.sub(lambda met: f" {ids[met[0]]} ", text)


@cache
def _partners() -> frozenset[str]:
    return frozenset(table("products.toml")["partners"])


def partners(tokens: list[str]) -> frozenset[str]:
    """The partners, such as leica, among the words of a text in their one spelling."""
    return _partners().intersection(tokens)
