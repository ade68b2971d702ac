"""The articles that a page describes in JSON-LD (https://schema.org/Article), whatever shape it has.

Broken JSON is mended where the damage is usual and left out where it is not.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ARTICLES = frozenset(
    (
        "Article",
        "NewsArticle",
        "BlogPosting",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "BackgroundNewsArticle",
        "TechArticle",
        "Report",
        "LiveBlogPosting",
        "SocialMediaPosting",
    )
)
DEEPEST = 6
"""Levels of `@graph`, lists and `mainEntity` that are followed."""

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$|;\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


def nodes(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Give every typed node in the scripts' texts, in order."""
    return [node for script in scripts for node in _typed(_loaded(script), DEEPEST)]


def kinds(node: dict[str, Any]) -> set[str]:
    """The node's types without their vocabulary."""
    value = node.get("@type")
    several = value if isinstance(value, list) else [value]
    return {one.rsplit("/", 1)[-1] for one in several if isinstance(one, str)}


def texts(value: object, key: str = "name") -> Iterator[str]:
    """Give the strings of a value that may be one, a node that holds one under `key` or `url`, or a list of both."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value[:20]:
            if not isinstance(one, list):
                yield from texts(one, key)
    elif isinstance(value, dict):
        found = value.get(key) or value.get("@id" if key == "url" else "name")
        if isinstance(found, str):
            yield found
        elif isinstance(found, list):
            yield from (one for one in found[:20] if isinstance(one, str))


def _loaded(script: str) -> object:
    script = _WRAPPING.sub("", _WRAPPING.sub("", script))
    for attempt in (script, _TRAILING_COMMA.sub("", script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _typed(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value:
            yield from _typed(one, depth - 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "video"):
            yield from _typed(value.get(key), depth - 1)
