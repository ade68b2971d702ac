"""An operator's word on two articles, and how it is obeyed: whatever the scores say, every time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Pair = tuple[int, int]


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


def split(verdicts: Sequence[Verdict], place: Mapping[str, int]) -> tuple[list[Pair], list[Pair]]:
    """The pairs that belong together and those that do not, the smaller place first, sorted.

    Args:
        verdicts: A later one outweighs an earlier one on the same pair.
        place: Of each article here, by key; verdicts on others are passed over.
    """
    here = [(place[v.a], place[v.b], v.same) for v in verdicts if v.a in place and v.b in place and v.a != v.b]
    final = {(min(a, b), max(a, b)): same for a, b, same in here}
    return sorted(p for p, same in final.items() if same), sorted(p for p, same in final.items() if not same)


def join(groups: Iterable[Iterable[int]], together: Iterable[Pair], apart: Iterable[Pair]) -> list[list[int]]:
    """Put the groups of each pair together; where that would join what is apart, only the two themselves.

    Args:
        groups: Disjoint; each pair's members are in one of them.
        together: Pairs that belong together.
        apart: Pairs that do not; each is in two groups, and stays so.

    Returns:
        The groups, each sorted, by their smallest member.
    """
    parted = set(apart)

    def fit(one: set[int], other: set[int]) -> bool:
        return not any((min(x, y), max(x, y)) in parted for x in one for y in other)

    home = {member: group for group in map(set, groups) for member in group}
    for a, b in together:
        if home[a] is home[b]:
            continue
        if fit(home[a], home[b]):
            one, moved = home[a], home[b]
        elif fit(home[a], {b}):
            one, moved = home[a], {b}
        else:
            one, moved = set(), {a, b}
        for member in tuple(moved):
            home[member].discard(member)
            home[member] = one
            one.add(member)
    return sorted({min(group): sorted(group) for group in home.values()}.values())
