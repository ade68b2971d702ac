"""Draws stories: which articles report one event. Wrong merges are worse than missed ones.

Same articles, same stories, whatever the order they came in. Ids of stories are given in `identity`, what is told of
one in `telling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.domain import candidates
from crawler.domain.duplicates import mark
from crawler.domain.linkage import link
from crawler.domain.profile import profile
from crawler.domain.similarity import NEVER, compare, features, parts
from crawler.domain.verdicts import Verdict, join, split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.domain.models import Article
    from crawler.domain.profile import Profile


__all__ = ["Verdict", "Why", "group", "links", "why"]


@dataclass(frozen=True, slots=True)
class Why:
    """Why two articles are thought to tell one event, or two.

    Args:
        score: Logarithm of the odds for one event; minus infinity where the pair is ruled out.
        ruled_out: Whether they name other phones of one line, or of other makers.
        suggested: Whether they have enough in common to be compared at all.
        features: What was compared, by name.
        parts: What each feature adds to the score, the weightiest first.
    """

    score: float
    ruled_out: bool
    suggested: bool
    features: Mapping[str, float]
    parts: Mapping[str, float]


def why(a: Article, b: Article, owners: Mapping[str, str] | None = None) -> Why:
    """Explain the comparison of two articles; which other articles stand between them is not looked at.

    Args:
        a: Decided.
        b: Decided.
        owners: As for `group`.
    """
    one, other = _profiles(sorted((a, b), key=in_order), owners)
    found, total = features(one, other), compare(one, other)
    suggested = any(candidates.pairs((one, other)))
    return Why(total, total == NEVER, suggested, found._asdict(), parts(found))


def links(
    known: Sequence[Article], around: Sequence[Article], owners: Mapping[str, str] | None = None
) -> set[tuple[str, str]]:
    """Pairs of which neither can be placed without looking at the other: likely one event, or a copy.

    Args:
        known: Decided.
        around: What may be near: see `clues`.
        owners: As for `group`.

    Returns:
        Keys of one of the known and of another article, in either order; of copies also what connects them.
    """
    asked = {article.key for article in known}
    ordered = sorted({article.key: article for article in (*known, *around)}.values(), key=in_order)
    profiles = _profiles(ordered, owners)
    copies = mark(ordered)
    met = {copies.get(key, key) for key in asked}
    found = {(copy, original) for copy, original in copies.items() if original in met}
    places = {place for place, article in enumerate(ordered) if article.key in asked}
    for i, j in candidates.pairs(profiles, places):
        if compare(profiles[i], profiles[j]) > 0:
            found.add((ordered[i].key, ordered[j].key))
    return found


def group(
    articles: Sequence[Article],
    owners: Mapping[str, str] | None = None,
    verdicts: Sequence[Verdict] = (),
    copies: Mapping[str, str] | None = None,
) -> tuple[tuple[Article, ...], ...]:
    """Partition articles into stories.

    Args:
        articles: Decided, with unique keys.
        owners: Owner of each source id, where known: one publisher seldom tells an event twice.
        verdicts: Later ones outweigh earlier ones on the same pair.
        copies: Which articles are copies of which, by key, as `duplicates.mark` has it; None where nobody looked yet.

    Returns:
        Each story's articles in order of time, undated ones first, and the stories by their first article.
    """
    ordered = sorted(articles, key=in_order)
    profiles = _profiles(ordered, owners)
    place = {article.key: i for i, article in enumerate(ordered)}
    together, apart = split(verdicts, place)
    same = mark(ordered) if copies is None else copies
    bundles = join(([i] for i in place.values()), [(place[a], place[b]) for b, a in sorted(same.items())], apart)
    scores = {(i, j): compare(profiles[i], profiles[j]) for i, j in candidates.pairs(profiles)}
    drawn = link(bundles, scores | dict.fromkeys(apart, NEVER))
    return tuple(tuple(ordered[i] for i in members) for members in join(drawn, together, apart))


def in_order(article: Article) -> tuple[bool, float, str, str, str]:
    """An order that depends on the articles alone: undated first, then by time and content."""
    when = article.published.timestamp() if article.has_date else 0.0
    return article.has_date, when, article.source, article.canonical_url, article.key


def _profiles(articles: Sequence[Article], owners: Mapping[str, str] | None) -> list[Profile]:
    known = owners or {}
    return [profile(article, known.get(article.source, article.source)) for article in articles]
