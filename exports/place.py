"""The stories that stand in one place of a ledger: in a set, or on the page of a phone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from exports.paging import Slip

if TYPE_CHECKING:
    from exports.ledger import Ledger

_SLIPS = (
    "SELECT s.number, s.at, s.modified, s.digest, s.json, s.atom FROM places p JOIN slips s USING (number) "
    "WHERE p.shelf = ?"
)
_SET = "shelf GLOB 'set:*'"  # the index by numbers holds no others


class Place:
    """The stories of one place.

    Args:
        ledger: It stands in.
        name: Such as `set:brand/xiaomi/` or `device:find-x5`.
        kept: How many ranges of ids are remembered, for a page is asked for in several forms.
    """

    def __init__(self, ledger: Ledger, name: str, kept: int = 0) -> None:
        self._db, self._name = ledger.db, name
        self.within = lru_cache(maxsize=kept)(self._within)

    def newest(self, most: int) -> list[Slip]:
        """Return the newest stories, by time and then id."""
        found = self._db.execute(f"{_SLIPS} ORDER BY p.at DESC, p.number DESC LIMIT ?", (self._name, most))
        return [Slip(*row) for row in found]

    def _within(self, first: int, last: int) -> list[Slip]:
        """Return the stories with ids from `first` to `last`, the newest first."""
        found = self._db.execute(f"{_SLIPS} AND {_SET} AND p.number BETWEEN ? AND ?", (self._name, first, last))
        return sorted((Slip(*row) for row in found), key=lambda slip: (slip.at, slip.number), reverse=True)

    def highest(self, most: int, below: int | None = None) -> list[int]:
        """Return the highest ids, or the highest below one, the highest first."""
        bound = below if below is not None else 1 << 62
        return self._numbers("number < ? ORDER BY number DESC LIMIT ?", bound, most)

    def next_above(self, number: int) -> int | None:
        """Return the lowest id above one, None where there is none."""
        return next(iter(self._numbers("number > ? ORDER BY number LIMIT 1", number)), None)

    def pages_between(self, low: int, high: int, ids: int) -> list[int]:
        """Return which pages of an archive hold stories, from one page to another."""
        found = self._db.execute(
            "SELECT DISTINCT (number - 1) / ? + 1 FROM places INDEXED BY places_by_number "  # noqa: S608 (our own words)
            f"WHERE shelf = ? AND {_SET} AND number BETWEEN ? AND ?",
            (ids, self._name, (low - 1) * ids + 1, high * ids),
        )
        return [page for (page,) in found]

    def _numbers(self, condition: str, *values: int) -> list[int]:
        found = self._db.execute(
            f"SELECT number FROM places INDEXED BY places_by_number WHERE shelf = ? AND {_SET} AND {condition}",  # noqa: S608 (ours)
            (self._name, *values),
        )
        return [number for (number,) in found]
