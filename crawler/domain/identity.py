"""Gives stories their ids: an id never changes hands and is never used again.

Pure: knows article keys and numbers, not what the stories tell. On a merge the older (smaller) id stays and the other
becomes an alias; on a split the half with the earliest article keeps the id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Settlement:
    """Which story each article belongs to from now on.

    Args:
        assignments: Article key to story id, for every article of every group.
        merged: Id that is no more to the id that answers for it; the survivor is among `assignments`.
        created: Ids used for the first time, ascending.
    """

    assignments: Mapping[str, int]
    merged: Mapping[int, int]
    created: tuple[int, ...]


def settle(
    groups: Sequence[Collection[str]], previous: Mapping[str, int], earliest: Mapping[int, str], next_id: int
) -> Settlement:
    """Give each group the id of the story that it continues, or a new one.

    Args:
        groups: Article keys, disjoint, none empty.
        previous: Story id of each article key that had one.
        earliest: Key of each former story's earliest article. Where it is missing or in no group, the story goes on in
            the group that holds the most of its articles, the first such one.
        next_id: The first id never used so far.
    """
    heirs = _heirs(groups, previous, earliest)
    kept: dict[int, int] = {}
    merged: dict[int, int] = {}
    for place, ids in heirs.items():
        kept[place], *gone = sorted(ids)
        merged |= dict.fromkeys(gone, kept[place])
    fresh = [place for place in range(len(groups)) if place not in kept]
    kept |= {place: next_id + count for count, place in enumerate(fresh)}
    assignments = {key: kept[place] for place, group in enumerate(groups) for key in group}
    return Settlement(assignments, merged, tuple(range(next_id, next_id + len(fresh))))


def _heirs(
    groups: Sequence[Collection[str]], previous: Mapping[str, int], earliest: Mapping[int, str]
) -> dict[int, list[int]]:
    """For each group, by position, the former stories that go on in it."""
    home = {key: place for place, group in enumerate(groups) for key in group}
    parts: dict[int, Counter[int]] = defaultdict(Counter)
    for key, place in home.items():
        if key in previous:
            parts[previous[key]][place] += 1
    heirs: dict[int, list[int]] = defaultdict(list)
    for story, places in parts.items():
        most = min(places, key=lambda place: (-places[place], place))
        heirs[home.get(earliest.get(story, ""), most)].append(story)
    return heirs
