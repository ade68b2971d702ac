"""Nearest-neighbour linkage over sparse pair scores: what belongs together, whatever order the things came in.

Two clusters are as near as the members of the smaller one are, on average, to their few nearest in the other. A plain
mean over all pairs would part a story that many outlets tell in two ways, for each of which the other is far.
Knows numbers only; what a score means is `similarity`'s.
"""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = dict[int, list[float]]  # scores of each member of one cluster to those of another, the highest first

ABSENT = -1.5
"""Score of a pair that was never compared because nothing suggested it."""


def roots(things: Iterable[int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The smallest thing that each thing is connected with.

    Args:
        things: All of them.
        pairs: What is connected.
    """
    above = {thing: thing for thing in things}

    def top(thing: int) -> int:
        while above[thing] != thing:
            above[thing] = thing = above[above[thing]]
        return thing

    for a, b in pairs:
        first, last = sorted((top(a), top(b)))
        above[last] = first
    return {thing: top(thing) for thing in above}


def few(size: int) -> int:
    """How many members of a cluster count as the nearest: the root of its size, of a big one a seventh.

    Held out by week, the root does as well as the fixed shares and numbers that were tried. Among hundreds, the root is
    a share so small that a stranger finds it by chance.
    """
    return max(math.isqrt(size - 1) + 1, math.ceil(size / 7))


class _Clusters:
    """Clusters by their smallest member, with the scores between each two."""

    def __init__(self, groups: Sequence[Sequence[int]], scores: Mapping[tuple[int, int], float]) -> None:
        self.members = {min(group): list(group) for group in groups}
        home = {member: name for name, group in self.members.items() for member in group}
        self._rows: dict[int, dict[int, Row]] = {name: {} for name in self.members}
        self.heap: list[tuple[float, int, int, int, int]] = []
        near = roots(home, ((home[a], home[b]) for (a, b), score in scores.items() if score > 0))
        for (a, b), score in sorted(scores.items(), key=lambda item: -item[1]):
            if near[home[a]] == near[home[b]] and home[a] != home[b]:  # a nearness above 0 needs a score above 0
                self._rows[home[a]].setdefault(home[b], {}).setdefault(a, []).append(score)
                self._rows[home[b]].setdefault(home[a], {}).setdefault(b, []).append(score)
        met = ((home[a], home[b]) for (a, b), score in scores.items() if score > 0 and home[a] != home[b])
        for a, b in {(min(pair), max(pair)) for pair in met}:
            self._queue(a, b)

    def nearness(self, a: int, b: int) -> float:
        """Mean score of the smaller cluster's members to their nearest in the other."""
        fits = (len(self.members[a]), a) < (len(self.members[b]), b)
        small, big = (a, b) if fits else (b, a)
        count, total = few(len(self.members[big])), 0.0
        row = self._rows[small][big]
        for member in self.members[small]:
            found = row.get(member, ())
            if found and found[-1] == -math.inf:
                return -math.inf
            nearest = found[:count]
            total += math.fsum(nearest) + ABSENT * (count - len(nearest))
        return total / (count * len(self.members[small]))

    def fresh(self, a: int, b: int, sizes: tuple[int, int]) -> bool:
        """Whether two clusters are still those that a heap entry spoke of."""
        return a in self.members and b in self.members and sizes == (len(self.members[a]), len(self.members[b]))

    def merge(self, a: int, b: int) -> None:
        """Put `b` into `a` and queue how near the others are now."""
        self.members[a] += self.members.pop(b)
        mine, theirs = self._rows[a], self._rows.pop(b)
        del mine[b], theirs[a]
        for other, row in theirs.items():
            mine.setdefault(other, {}).update(row)
            back = self._rows[other].setdefault(a, {})
            for member, found in self._rows[other].pop(b).items():
                back[member] = sorted(back.get(member, []) + found, reverse=True)
        for other in mine:
            self._queue(a, other)

    def _queue(self, a: int, b: int) -> None:
        a, b = (a, b) if a < b else (b, a)
        if (nearness := self.nearness(a, b)) > 0:
            heapq.heappush(self.heap, (-nearness, a, b, len(self.members[a]), len(self.members[b])))


def link(groups: Sequence[Sequence[int]], scores: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Join the two nearest clusters until none are nearer than 0.

    Args:
        groups: What belongs together beforehand. Things are numbered in an order that does not depend on arrival: it
            breaks ties.
        scores: By pair of things: above 0 for "one", minus infinity for "never".

    Returns:
        The clusters, each sorted, by their smallest member.
    """
    clusters = _Clusters(groups, scores)
    while clusters.heap:
        _, a, b, *sizes = heapq.heappop(clusters.heap)
        if clusters.fresh(a, b, (sizes[0], sizes[1])):
            clusters.merge(a, b)
    return [sorted(members) for _, members in sorted(clusters.members.items())]
