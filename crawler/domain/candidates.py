"""Which pairs of articles are worth comparing: an inverted index over phones, makers, rare words and aspects.

Only suggests; the score decides. A pair is suggested by what the two have in common alone, never by what else is in the
batch, so that a small batch and a big one compare the same pairs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from crawler.domain.terms import RAREST, rarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from crawler.domain.profile import Profile

WINDOW = 4 * 24.0
"""Hours between two dated articles beyond which they are not compared; one without a time needs the same model."""

ENOUGH = 4
"""Points at which a pair is suggested."""

_RARE, _TELLING = 5.5, 3.5  # rarities of a title's word that count as a name, and as a theme


def keys(profile: Profile) -> Iterator[tuple[str, int]]:
    """What suggests an article, with points: a phone is nearly enough, a maker needs a theme."""
    for brand in profile.brands:
        yield f"brand {brand}", 2
    for partner in profile.partners:
        yield f"partner {partner}", 2
    for phone in profile.phones | profile.guessed:
        yield f"phone {phone.line} {phone.generation}", 3
    for term in profile.title:
        if " " not in term and (weight := rarity(term)) > _TELLING:
            yield term, 3 if weight > _RARE and weight <= RAREST else 1


def pairs(profiles: Sequence[Profile], asked: AbstractSet[int] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of positions to compare, the smaller first, each once.

    Args:
        profiles: Sorted by time, those without a time first.
        asked: Positions of which one must be in each pair; None for all pairs.
    """
    every: dict[str, list[int]] = defaultdict(list)
    some = every if asked is None else defaultdict(list)
    hours = [float("-inf") if p.hours is None else p.hours for p in profiles]
    undated = sum(p.hours is None for p in profiles)
    for i, own in enumerate(profiles):
        points: Counter[int] = Counter()
        first = max(undated if own.hours is None else bisect_left(hours, own.hours - WINDOW), undated)
        wanted = asked is None or i in asked
        for key, worth in keys(own):
            posting = (every if wanted else some)[key]
            for j in posting[: bisect_left(posting, undated)]:
                points[j] += worth
            for j in posting[bisect_left(posting, first) :]:
                points[j] += worth
            every[key].append(i)
            if wanted and asked is not None:
                some[key].append(i)
        for j, total in sorted(points.items()):
            enough = total + len(own.headline & profiles[j].headline) >= ENOUGH
            if enough and (j >= undated or own.models & profiles[j].models):
                yield j, i
