"""The story so far: which earlier and later stories tell of the same phones.

Pure: takes stories as they are told. Sizes of one phone count as one, guesses do not count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.domain.generations import phones
from crawler.domain.telling import first_reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from crawler.domain.generations import Phone
    from crawler.domain.models import Stage, Story

MOST = 50
"""Stories told of at either side, the nearest in time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A story as a point on the way of a phone.

    Args:
        at: When it was first reported.
        story: Its id.
    """

    at: datetime
    story: int
    stage: Stage
    title: str


@dataclass(frozen=True, slots=True)
class SoFar:
    """What else is told of a story's phones, in order of time."""

    earlier: tuple[Moment, ...] = ()
    later: tuple[Moment, ...] = ()


def so_far(stories: Iterable[Story]) -> Mapping[int, SoFar]:
    """Earlier and later stories of the same phones, by story id; stories without any are left out.

    Args:
        stories: All that may be linked.
    """
    moments: dict[int, Moment] = {}
    about: dict[int, set[tuple[str, Phone]]] = {}
    shelves: dict[tuple[str, Phone], list[Moment]] = defaultdict(list)
    for story in stories:
        moments[story.id] = Moment(first_reported(story.articles).published, story.id, story.stage, story.title)
        about[story.id] = {(brand, phone) for brand in story.brands[:1] for phone in phones(story.models)}
        for subject in about[story.id]:
            shelves[subject].append(moments[story.id])
    found = {id_: _around(moments[id_], {each for one in about[id_] for each in shelves[one]}) for id_ in moments}
    return {id_: sides for id_, sides in found.items() if sides.earlier or sides.later}


def _around(here: Moment, others: Iterable[Moment]) -> SoFar:
    """The others before and after a moment; of two at one time the smaller id is the earlier."""
    ordered = sorted(others, key=lambda moment: (moment.at, moment.story))
    place = ordered.index(here) if here in ordered else 0
    return SoFar(tuple(ordered[max(place - MOST, 0) : place]), tuple(ordered[place + 1 : place + 1 + MOST]))
