"""Average linkage over sparse pair scores: what belongs together, whatever order the things came in.

Knows numbers only; what a score means is `similarity`'s.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


class _Clusters:
    """Clusters by their smallest member, with the sum and number of the scores between each two."""

    def __init__(self, groups: Sequence[Sequence[int]], scores: Mapping[tuple[int, int], float]) -> None:
        self.members = {min(group): list(group) for group in groups}
        home = {member: name for name, group in self.members.items() for member in group}
        self._links: dict[int, dict[int, tuple[float, int]]] = {name: {} for name in self.members}
        self.heap: list[tuple[float, int, int, int, int]] = []
        near = roots(home, ((home[a], home[b]) for (a, b), score in scores.items() if score > 0))
        for (a, b), score in scores.items():
            if near[home[a]] == near[home[b]]:  # a mean above 0 needs a score above 0
                self._add(home[a], home[b], score, 1)
        for a in self._links:
            for b in self._links[a]:
                if a < b:
                    self._queue(a, b)

    def _add(self, a: int, b: int, score: float, count: int) -> None:
        """Count further scores between two clusters; those inside one no longer matter."""
        if a != b:
            total, known = self._links[a].get(b, (0.0, 0))
            self._links[a][b] = self._links[b][a] = (total + score, known + count)

    def average(self, a: int, b: int) -> float:
        """Mean score between two clusters."""
        total, known = self._links[a][b]
        pairs = len(self.members[a]) * len(self.members[b])
        return (total + ABSENT * (pairs - known)) / pairs

    def fresh(self, a: int, b: int, sizes: tuple[int, int]) -> bool:
        """Whether two clusters are still those that a heap entry spoke of."""
        return a in self.members and b in self.members and sizes == (len(self.members[a]), len(self.members[b]))

    def merge(self, a: int, b: int) -> None:
        """Put `b` into `a` and queue the merged cluster's new averages."""
        self.members[a] += self.members.pop(b)
        theirs = self._links.pop(b)
        for other, (total, known) in theirs.items():
            del self._links[other][b]
            self._add(a, other, total, known)
        for other in self._links[a]:
            self._queue(a, other)

    def _queue(self, a: int, b: int) -> None:
        a, b = min(a, b), max(a, b)
        if (average := self.average(a, b)) > 0:
            heapq.heappush(self.heap, (-average, a, b, len(self.members[a]), len(self.members[b])))


def link(groups: Sequence[Sequence[int]], scores: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Join the two clusters with the highest mean score until none is above 0.

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
