"""The story so far: which earlier and later stories tell of the same phones.

Pure: takes moments, knows no store. Sizes of one phone count as one, guesses do not count.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain.generations import phones

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 20
"""Stories told of at either side, the nearest in time."""


class Moment(NamedTuple):
    """A story as a point on the way of a phone; of two at one time the smaller id is the earlier.

    Args:
        at: When it was first reported, RFC 3339 in UTC.
        story: Its id.
    """

    at: str
    story: int


class SoFar(NamedTuple):
    """What else is told of a story's phones, in order of time."""

    earlier: tuple[Moment, ...] = ()
    later: tuple[Moment, ...] = ()


def subjects(brands: Sequence[str], models: Iterable[str]) -> tuple[str, ...]:
    """Return what a story tells of: each of its phones with its maker, as text.

    Args:
        brands: Its brands, the most supported first.
        models: The phones that it states.
    """
    return tuple(sorted(f"{brand}/{each.line}/{each.generation}" for brand in brands[:1] for each in phones(models)))


def around(here: Moment, ways: Iterable[Sequence[Moment]]) -> SoFar:
    """Return the moments before and after one.

    Args:
        here: The story itself.
        ways: For each of its subjects all moments of it, in order.
    """
    before: set[Moment] = set()
    after: set[Moment] = set()
    for way in ways:
        place = bisect_left(way, here)
        before.update(way[max(place - MOST, 0) : place])
        after.update(moment for moment in way[place : place + MOST + 1] if moment != here)
    return SoFar(tuple(sorted(before)[-MOST:]), tuple(sorted(after)[:MOST]))
