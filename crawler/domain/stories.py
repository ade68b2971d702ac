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

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.domain.models import Article


@dataclass(frozen=True, slots=True)
class Verdict:
    """An operator's word on two articles; it outweighs every score.

    Args:
        a: Key of an article.
        b: Key of another.
        same: True for "these are one story", False for "these are two".
    """

    a: str
    b: str
    same: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Why two articles are thought to tell one event, or two.

    Args:
        score: Logarithm of the odds for one event; minus infinity where the pair is ruled out.
        ruled_out: Whether both name phones of one line and none in common.
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
    one, other = (profile(article, (owners or {}).get(article.source, article.source)) for article in (a, b))
    found, total = features(one, other), compare(one, other)
    suggested = any(candidates.pairs(sorted((one, other), key=lambda p: _order(p.article))))
    return Why(total, total == NEVER, suggested, found._asdict(), parts(found))


def group(
    articles: Sequence[Article], owners: Mapping[str, str] | None = None, verdicts: Sequence[Verdict] = ()
) -> tuple[tuple[Article, ...], ...]:
    """Partition articles into stories.

    Args:
        articles: Decided, with unique keys.
        owners: Owner of each source id, where known: one publisher seldom tells an event twice.
        verdicts: Later ones outweigh earlier ones on the same pair.

    Returns:
        Each story's articles in order of time, undated ones first, and the stories by their first article.
    """
    ordered = sorted(articles, key=_order)
    profiles = [profile(article, (owners or {}).get(article.source, article.source)) for article in ordered]
    place = {article.key: i for i, article in enumerate(ordered)}
    apart, bundles = _bundles(place, mark(ordered), verdicts)
    scores = {(i, j): compare(profiles[i], profiles[j]) for i, j in candidates.pairs(profiles)}
    scores |= dict.fromkeys(apart, NEVER)
    return tuple(tuple(ordered[i] for i in members) for members in link(bundles, scores))


def _order(article: Article) -> tuple[bool, float, str, str, str]:
    """An order that depends on the articles alone: undated first, then by time and content."""
    when = article.published.timestamp() if article.has_date else 0.0
    return article.has_date, when, article.source, article.canonical_url, article.key


def _bundles(
    place: Mapping[str, int], copies: Mapping[str, str], verdicts: Sequence[Verdict]
) -> tuple[set[tuple[int, int]], list[list[int]]]:
    """Pairs that must stay apart, and groups that belong together beforehand."""
    final = {frozenset((place[v.a], place[v.b])): v.same for v in verdicts if v.a in place and v.b in place}
    apart = {(min(pair), max(pair)) for pair, same in final.items() if not same}
    joined = sorted((min(pair), max(pair)) for pair, same in final.items() if same)
    joined += sorted((place[original], place[copy]) for copy, original in copies.items())
    home = {i: [i] for i in place.values()}
    for a, b in joined:
        if home[a] is not home[b] and not any((min(x, y), max(x, y)) in apart for x in home[a] for y in home[b]):
            home[a].extend(home[b])
            home |= dict.fromkeys(home[b], home[a])
    return apart, list({id(bundle): bundle for bundle in home.values()}.values())
