"""Take out of a text what is not the article: labels of embeds, file names, promotions, pleas to subscribe.

General rules only; nothing here knows a source. What repeats across one source's articles is found by `boilerplate`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_BODY = 20_000
"""Characters of a body that are kept: the decisions need no more."""

LONGEST_SUMMARY = 1_000


def body(text: str, repeated: frozenset[str] = frozenset()) -> str:
    """Clean an article's text.

    Args:
        text: Plain text, a line per block.
        repeated: Lines that are known to be no part of any one article, from `boilerplate`.
    """
    lines = [line for line in text.splitlines() if line not in repeated]
    return "\n".join(lines)[:LONGEST_BODY]


def summary(text: str, repeated: frozenset[str] = frozenset()) -> str:
    """Clean a summary and give it as one line."""
    return _shortened(" ".join(body(text, repeated).split()))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SUMMARY else text[:LONGEST_SUMMARY].rsplit(" ", 1)[0] + "…"


def title(text: str) -> str:
    """Clean a title: one line, no blanks in rows."""
    return " ".join(text.split())


def boilerplate(bodies: Iterable[str], share: float = 0.3, least: int = 3) -> frozenset[str]:
    """Find the lines that repeat across one source's articles.

    Args:
        bodies: Texts of different articles of one source.
        share: In which share of them a line must stand to be no part of any.
        least: And in how many at least.
    """
    texts = list(bodies)
    counts = Counter(line for text in texts for line in {*text.splitlines()} if line.strip())
    return frozenset(line for line, count in counts.items() if count >= max(least, share * len(texts)))
