"""The articles that a page describes in JSON-LD (https://schema.org/Article), whatever shape it has.

Broken JSON is mended where the damage is usual; where it is not, its plain facts are picked out. Which of several
articles is the page's own is told by address and headline.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from crawler.domain import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Node = dict[str, Any]

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

MOST_NODES = 500
LONGEST = 1_000_000
"""Characters of one script that are read; the longest real one seen had 90,000."""

_WRAPPING = re.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*;?\s*$|;\s*$"
)
_PATH = re.compile(r"https?://[^/]+/[^#]")
"""Of an address that names an article; a home page with a fragment is a node's name only."""

_GAP = re.compile(r"[\s,;]*")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:https?://schema\.org/)?(\w+)"')
_FACT = re.compile(r'"(headline|datePublished|dateModified|description)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "video")


def nodes(scripts: Iterable[str]) -> list[Node]:
    """Give every typed node in the scripts' texts, in order."""
    found: list[Node] = []
    for script in (text[:LONGEST] for text in scripts):
        found += [node for value in _loaded(script) for node in _typed(value, DEEPEST)] or _picked(script)
    return found[:MOST_NODES]


def own(found: Iterable[Node], addresses: Iterable[str], titles: Iterable[str]) -> Node:
    """Choose the node that describes the page's own article.

    Args:
        found: As `nodes` gives them.
        addresses: What the page is called: as fetched, `rel=canonical`, `og:url`.
        titles: What it is titled: `og:title`, heading.

    Returns:
        The article whose address is one of the page's, else the one headed as the page is, else the first that does
        not contradict both; {} where there is none.
    """
    named = {urls.canonical(address) for address in addresses if address}
    headed = [_bare(title) for title in titles if title]
    best, most = {}, -1
    for node in found:
        if kinds(node) & ARTICLES and (fit := _fit(node, named, headed)) > most:
            best, most = node, fit
    return best


def kinds(node: Node) -> set[str]:
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


def is_paid(node: Node) -> bool:
    """Tell whether the article is said to be behind a paywall (https://schema.org/isAccessibleForFree)."""
    return str(node.get("isAccessibleForFree")).strip().rsplit("/", 1)[-1].lower() in {"false", "no", "0"}


def _fit(node: Node, named: set[str], headed: list[str]) -> int:
    """How well a node fits the page: 3 by address, 2 by headline, 1 saying neither, 0 saying one other; else -1."""
    claims = [*texts(node.get("url"), "url"), *texts(node.get("mainEntityOfPage"), "url"), *texts(node.get("@id"))]
    addresses = {urls.canonical(claim.split("#", 1)[0]) for claim in claims if _PATH.match(claim)}
    headline = _bare(next(texts(node.get("headline")), ""))
    if addresses & named:
        return 3
    if headline and any(headline in title or title in headline for title in headed):
        return 2
    other_headline = headline and headed and not any(_alike(headline, title) for title in headed)
    return 1 - bool(addresses) - bool(other_headline)


def _bare(title: str) -> str:
    return " ".join(re.findall(r"\w+", unescape(title).lower()))


def _alike(one: str, other: str) -> bool:
    """Whether headlines share two thirds of their words; those without blanks (Chinese, Japanese), of their letters."""
    mine, yours = (set(text.split()) if " " in text else set(text) for text in (one, other))
    return 3 * len(mine & yours) >= 2 * max(len(mine), len(yours))


def _loaded(script: str) -> list[object]:
    """The values in a script: one as a rule, several where objects follow each other."""
    script = _WRAPPING.sub("", _WRAPPING.sub("", script.strip().lstrip("\ufeff")))
    for attempt in (script, _TRAILING_COMMA.sub("", script), unescape(script)):
        if values := _decoded(attempt.strip()):
            return values
    return []


def _decoded(script: str) -> list[object]:
    decoder, place = json.JSONDecoder(strict=False), 0
    values: list[object] = []
    try:
        while place < len(script) and len(values) < MOST_NODES:
            value, place = decoder.raw_decode(script, place)
            values.append(value)
            place = gap.end() if (gap := _GAP.match(script, place)) else place
    except (ValueError, RecursionError):
        return []
    return values


def _picked(script: str) -> list[Node]:
    """The plain facts of an article whose JSON cannot be mended."""
    kind = next((name for name in _TYPE.findall(script) if name in ARTICLES), None)
    facts: Node = {}
    for name, value in _FACT.findall(script) if kind else ():
        facts.setdefault(name, value.replace('\\"', '"').replace("\\/", "/"))
    return [{"@type": kind} | facts] if facts else []


def _typed(value: object, depth: int) -> Iterator[Node]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value[:MOST_NODES]:
            yield from _typed(one, depth - 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in _NESTED:
            yield from _typed(value.get(key), depth - 1)
