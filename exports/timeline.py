"""The story so far, read from a ledger: which earlier and later stories tell of the same phones.

Which those are is decided in the domain; only published stories are named, so that no link is dead. An item names the
earlier ones alone, so that a new story changes no older one's item.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from crawler.domain.sofar import Moment, around
from exports.card import Near
from exports.extension import urn
from exports.paging import Slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.domain.sofar import SoFar
    from exports.card import Facts
    from exports.ledger import Ledger
    from exports.stock import Stock

_CARDS = "SELECT number, at, modified, digest, json, atom FROM cards WHERE number"
_NEAR = "SELECT at, number, stage, title, language FROM cards WHERE number"
_KEPT = 8_000  # stories known by name at once


class Timeline:
    """The stories so far of one state of a ledger; make a new one when the stories have changed."""

    def __init__(self, ledger: Ledger, stock: Stock) -> None:
        self._db, self._stock = ledger.db, stock
        self._ways: dict[str, list[Moment]] = {}
        self._near: dict[int, Near] = {}

    def told(self, known: dict[int, Facts]) -> Iterator[tuple[Slip, bytes]]:
        """Give stories as they are to be laid out, each with its story so far."""
        before = {number: self._around(facts).earlier for number, facts in known.items()}
        self._meet(each.story for moments in before.values() for each in moments)
        for number, at, modified, digest, size, atom in self._stock.picked(_CARDS, known):
            timeline = _written([self._near[each.story] for each in before[number]])
            whole = blake2b(digest + timeline, digest_size=12).digest()
            slip = Slip(number, at, modified, whole, size + len(timeline), atom)
            yield slip, timeline

    def way(self, facts: Facts) -> tuple[list[Near], list[Near]]:
        """Return the stories of the same phones before and after one."""
        sides = self._around(facts)
        self._meet(each.story for side in sides for each in side)
        before, after = ([self._near[each.story] for each in side] for side in sides)
        return before, after

    def beside(self, some: Iterable[Facts]) -> set[int]:
        """Return the ids of the stories that some, whether they still stand or not, are or were told beside."""
        return {each.story for facts in some for subject in facts.subjects for each in self._both(facts, subject)}

    def _both(self, facts: Facts, subject: str) -> Iterator[Moment]:
        """Give the nearest of one subject alone: a story may name another for any of them."""
        for side in around(Moment(facts.at, facts.number), [self._way(subject)]):
            yield from side

    def _around(self, facts: Facts) -> SoFar:
        return around(Moment(facts.at, facts.number), [self._way(subject) for subject in facts.subjects])

    def _way(self, subject: str) -> list[Moment]:
        if subject not in self._ways:
            name = f"phone:{subject}"
            found = self._db.execute("SELECT at, number FROM places WHERE shelf = ? ORDER BY at, number", (name,))
            self._ways[subject] = [Moment(*row) for row in found]
        return self._ways[subject]

    def _meet(self, numbers: Iterable[int]) -> None:
        if len(self._near) > _KEPT:
            self._near.clear()
        missing = {number for number in numbers if number not in self._near}
        self._near |= {row[1]: Near(*row) for row in self._stock.picked(_NEAR, missing)}


def _written(before: Sequence[Near]) -> bytes:
    """Return what an item says of the stories before it, as it stands at the end of `_launchwire`."""
    return f',"timeline":[{",".join(map(_step, before))}]'.encode() if before else b""


@lru_cache(maxsize=10_000)
def _step(each: Near) -> str:
    return f'{{"stage":"{each.stage}","at":"{each.at}","story":"{urn(each.number)}"}}'
