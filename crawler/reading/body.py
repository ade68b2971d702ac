"""The text of an article's page: the one file that knows trafilatura.

It finds text on more pages than our own paragraphs do, which step in where it finds nothing or little. Tables are left
out: in news they are prices of shops and lists of offers more often than what was announced.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import trafilatura

from crawler.reading import markup, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup

    Element = Any
    """An lxml element, which has no types."""

LITTLE = 0.4
"""Share of our own paragraphs' length below which trafilatura's text is a part only."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of every page without text

MOSTLY = 0.7
"""Share of the text up to the last paragraph found by both from which the rest is no part of it; it was 0.93 where
advertisements followed, 0.55 where our own paragraphs missed the second half."""

_PARTS = ("p", "head", "item", "quote", "code")
_MOST_LINKED = 0.5


def text(tree: BeautifulSoup, title: str) -> str:
    """Give the article's text, a line per paragraph, heading and list item.

    Args:
        tree: The page's. What stands beside the article is taken out of it.
        title: The article's own, which is no part of its text.
    """
    paragraphs.strip(tree)
    for heading in tree.find_all("h1"):
        heading.decompose()
    holder = paragraphs.holder(tree)
    own = _kept(paragraphs.lines(holder), title) if holder else []
    found = _kept(_lines(tree), title)
    better = own if _length(found) < LITTLE * _length(own) else _without_tail(found, own)
    return "\n".join(better) if paragraphs.weight("".join(better)) >= paragraphs.SHORTEST else ""


def _kept(lines: Iterator[str], title: str) -> list[str]:
    """The lines without the title and repetitions."""
    return [line for line in dict.fromkeys(lines) if line != title]


def _without_tail(found: list[str], own: list[str]) -> list[str]:
    """Drop what follows the last paragraph that both have: notices and teasers below the text, where both agree."""
    shared = set(own)
    last = max((place for place, line in enumerate(found, 1) if line in shared), default=0)
    return found[:last] if _length(found[:last]) >= MOSTLY * _length(found) else found


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _lines(tree: BeautifulSoup) -> Iterator[str]:
    # fast: the fallbacks of the default gave no other text on any real page, and cost on hostile ones
    document = trafilatura.bare_extraction(
        str(tree), fast=True, include_comments=False, include_tables=False, include_links=True, with_metadata=False
    )
    if document is None or isinstance(document, dict):
        return
    for part in document.body.iter(*_PARTS):
        inside = any(parent.tag in _PARTS for parent in part.iterancestors())
        if not inside and (line := _line(part)) and _linked(part) <= _MOST_LINKED * len(line):
            yield line


def _line(part: Element) -> str:
    return " ".join(markup.plain("".join(part.itertext())).split())


def _linked(part: Element) -> int:
    return sum(len(_line(link)) for link in part.iter("ref"))
