"""Stories of a ledger as readers get them, with the story so far in the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.card import Facts, Forms, forms, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.stock import Stock

_FORMS = (
    "SELECT c.number, c.packed, s.timeline, c.html, c.json, c.atom FROM cards c JOIN slips s USING (number) "
    "WHERE c.number"
)
_LISTED = "SELECT number, packed, html FROM cards WHERE number"
_KEPT = 1200  # unpacked: those of one block of ids, which stand on pages of many sets
_END = b"}}"  # of `_launchwire`, and of the item


class Shown:
    """The stories of one state of a ledger; make a new one when the stories have changed."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self._kept: dict[int, Forms] = {}
        self._facts: dict[int, Facts] = {}
        self._digests: dict[int, bytes] = {}

    def forms(self, numbers: Sequence[int]) -> list[Forms]:
        """Return the forms of some stories that there are."""
        missing = [number for number in numbers if number not in self._kept]
        if len(self._kept) + len(missing) > _KEPT:
            self._kept.clear()
            missing = list(numbers)
        for number, packed, timeline, *sizes in self._stock.picked(_FORMS, missing):
            self._kept[number] = _told(forms(packed, sizes), timeline)
        return [self._kept[number] for number in numbers]

    def listed(self, numbers: Sequence[int]) -> list[bytes]:
        """Return only the HTML for lists of some stories that there are; nothing is kept of it."""
        found = {number: listed(*packed) for number, *packed in self._stock.picked(_LISTED, numbers)}
        return [found[number] for number in numbers]

    def among(self, number: int, others: Sequence[int]) -> Forms:
        """Return the forms of one of several stories that are asked for one by one, and look them up together."""
        if number not in self._kept and number in others:
            self.forms([each for each in others if each in self._facts])
        return self.forms([number])[0]

    def facts(self, numbers: Sequence[int]) -> list[Facts]:
        """Return the facts of those of some stories that there are."""
        self.meet(numbers)
        return [self._facts[number] for number in numbers if number in self._facts]

    def digest(self, number: int) -> bytes:
        """Return what changes with any byte of what a reader gets of a story that there is."""
        self.meet([number])
        return self._digests[number]

    def meet(self, numbers: Sequence[int]) -> None:
        """Look up the facts of some stories together."""
        missing = [number for number in numbers if number not in self._facts]
        if len(self._facts) + len(missing) > _KEPT:
            self._facts.clear()
            self._digests.clear()
            missing = list(numbers)
        if missing:
            self._facts |= self._stock.some(missing)
            self._digests |= {number: slip.digest for number, slip in self._stock.slips(missing).items()}


def _told(found: Forms, timeline: bytes) -> Forms:
    return found._replace(json=found.json[: -len(_END)] + timeline + _END)
