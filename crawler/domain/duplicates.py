"""Finds the same article met again: the same address, an edited title, a title or body copied, a marked translation.

Two articles that only tell the same event are no duplicates; that is `stories`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, combinations, pairwise, repeat
from typing import TYPE_CHECKING
from zlib import crc32

from crawler.domain.linkage import roots
from crawler.domain.terms import plain, stem, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from crawler.domain.models import Article

    _Pairs = Iterator[tuple[Article, Article]]

DAYS = 3.0
"""How long after an article its source may publish it again under another address."""

EDITED = 0.75
"""Share of its words that a title keeps through an edit (Jaccard)."""

COPY_DAYS = 4.0
"""How long after an article others may publish its text."""

LONG = 60
"""Words of a body below which likeness proves nothing."""

COPIED = 0.7
"""Share of word shingles that a body and its copy have in common (Jaccard)."""

_TITLE = 8
"""Words of a title (or pairs of Chinese or Japanese characters, half as telling) that nobody writes twice by chance."""

_SHINGLE = 4  # words
_SITE = re.compile(r"\s+[-–—|]\s+[^-–—|\d]{2,30}$")  # a name with a number is a phone's
_CHINESE = "\u3040"  # the first of the letters that come in pairs
_READ = 2000  # characters of a body; what follows is seldom another text
_SAMPLE = 8  # so many of the shingles with the smallest numbers find candidates; all of them decide
_CROWD = 30  # bodies that share a shingle and are still compared each with each


def mark(articles: Iterable[Article], ranks: Mapping[str, int] | None = None) -> dict[str, str]:
    """Which articles are copies, by key, and of which article.

    Args:
        articles: With unique keys.
        ranks: Rank of each source id, 0 the best, where known.

    Returns:
        For each copy the key of its original: the earliest, then the best ranked of those that are the same.
    """
    known = ranks or {}
    ordered = sorted(articles, key=lambda a: (not a.has_date, a.published, known.get(a.source, 50), *_identity(a)))
    place = {article.key: i for i, article in enumerate(ordered)}
    finders = (_same_address, _same_guid, _edited, _reprinted, _translated, _copied)
    pairs = ((place[a.key], place[b.key]) for find in finders for a, b in find(ordered))
    originals = roots(range(len(ordered)), pairs)
    return {ordered[copy].key: ordered[first].key for copy, first in originals.items() if copy != first}


def _identity(article: Article) -> tuple[str, str, str]:
    """What tells articles apart whenever they came; keys tell in which order."""
    return article.source, article.canonical_url, article.key


def _alike(articles: Iterable[Article], key: Callable[[Article], object]) -> _Pairs:
    """Neighbours among the articles that have one key; None is no key."""
    shelves: dict[object, list[Article]] = defaultdict(list)
    for article in articles:
        shelves[key(article)].append(article)
    return ((a, b) for name, shelf in shelves.items() if name is not None for a, b in pairwise(shelf))


def _same_address(articles: Sequence[Article]) -> _Pairs:
    """Pairs with one canonical URL, at whatever source."""
    return _alike(articles, lambda a: a.canonical_url)


def _same_guid(articles: Sequence[Article]) -> _Pairs:
    """Pairs of one source with one guid, close in time and on the same phones: some give all their articles one."""
    pairs = _alike(articles, lambda a: (a.source, a.guid) if a.guid else None)
    return ((a, b) for a, b in pairs if _near(a, b) and _about(a) == _about(b))


def _edited(articles: Sequence[Article]) -> _Pairs:
    """Pairs of one source, close in time, whose titles are nearly one and name the same phones."""
    shelves: dict[tuple[object, ...], list[tuple[Article, frozenset[str]]]] = defaultdict(list)
    for article in articles:
        shelves[headline_key(article)].append((article, frozenset(map(stem, _title_words(article.title)))))
    for shelf in shelves.values():
        for (a, one), (b, other) in combinations(shelf, 2):
            if _near(a, b) and len(one & other) >= EDITED * len(one | other):
                yield a, b


def headline_key(article: Article) -> tuple[object, ...]:
    """What two headlines of one article have in common for certain: source, phones, numbers."""
    numbers = sorted(t for t in _title_words(article.title) if any(c.isdigit() for c in t))
    return article.source, article.decision.models, tuple(numbers)


def _reprinted(articles: Sequence[Article]) -> _Pairs:
    """Pairs with one long title, close in time and not of different phones: from a wire, syndicated, or taken."""
    return ((a, b) for a, b in _alike(articles, reprint_key) if _near(a, b, COPY_DAYS) and not _other_phones(a, b))


def _about(article: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return article.decision.brands, article.decision.models


def _other_phones(a: Article, b: Article) -> bool:
    one, other = set(a.decision.models), set(b.decision.models)
    return bool(one and other) and not one & other


def reprint_key(article: Article) -> tuple[str, ...] | None:
    """The words of a title without the name of its site; None where it is short, or its time is not known."""
    tokens = _title_words(_SITE.sub("", article.title))
    telling = len(tokens) - sum(token[0] >= _CHINESE for token in tokens) / 2
    return tokens if article.has_date and telling >= _TITLE else None


def _translated(articles: Sequence[Article]) -> _Pairs:
    """Pairs of which one names the other as the same in another language, close in time."""
    shelves: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        shelves[article.canonical_url].append(article)
    for article in articles:
        for other in (each for url in article.translations for each in shelves.get(url, ())):
            if other is not article and _near(article, other, COPY_DAYS):
                yield article, other


@lru_cache(maxsize=1 << 13)
def _title_words(title: str) -> tuple[str, ...]:
    return tuple(words(plain(title)))


def _near(a: Article, b: Article, days: float = DAYS) -> bool:
    """Whether a text may have been published at both times; a time that is unknown may be any of its model's."""
    apart = abs((a.published - b.published).total_seconds()) / 86400
    known = a.has_date and b.has_date
    return apart <= days or (not known and bool(set(a.decision.models) & set(b.decision.models)))


def _copied(articles: Sequence[Article]) -> _Pairs:
    """Pairs with nearly one body of some length."""
    index: dict[int, list[Article]] = defaultdict(list)
    for article in articles:
        for key in body_keys(article.body):
            index[key].append(article)
    suspects = {(a.key, b.key): (a, b) for shelf in index.values() for a, b in _to_compare(shelf)}
    for a, b in suspects.values():
        if _near(a, b, COPY_DAYS):
            one, other = _shingles(a.body[:_READ]), _shingles(b.body[:_READ])
            if len(one & other) >= COPIED * len(one | other):
                yield a, b


def _to_compare(shelf: Sequence[Article]) -> _Pairs:
    """Each with each; where it is crowded it is mostly one text copied often, so with the first and the one before."""
    if len(shelf) <= _CROWD:
        return iter(combinations(shelf, 2))
    return chain(zip(repeat(shelf[0]), shelf[1:], strict=False), pairwise(shelf))


def body_keys(body: str) -> tuple[int, ...]:
    """Numbers of which a body and its copy have at least one in common, but for one pair in ten thousand."""
    return _body_keys(body[:_READ])


@lru_cache(maxsize=1 << 13)  # a window is looked at several times in one round, and again in the next
def _body_keys(beginning: str) -> tuple[int, ...]:
    return tuple(nsmallest(_SAMPLE, _shingles(beginning)))


@lru_cache(maxsize=256)  # few bodies are like others, and all shingles of one take much room
def _shingles(beginning: str) -> frozenset[int]:
    """Runs of words of a body, as numbers that are the same in every process; none where it is short."""
    tokens = words(plain(beginning)) if len(beginning) > LONG else []
    if len(tokens) < LONG:
        return frozenset()
    runs = map(" ".join, zip(*(tokens[start:] for start in range(_SHINGLE)), strict=False))
    return frozenset(crc32(run.encode()) for run in runs)
