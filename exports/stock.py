"""The stories of a ledger: added, taken away, counted, found by id. Pages are laid out elsewhere."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from exports import figures
from exports.card import Facts, facts
from exports.paging import Slip
from exports.shelf import devices, folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from exports.card import Card
    from exports.ledger import Ledger

_AT_ONCE = 500  # values in one SQL `IN`


class Stock:
    """The stories of one ledger; keeps nothing in memory."""

    def __init__(self, ledger: Ledger) -> None:
        self._db = ledger.db

    def put(self, cards: Sequence[Card]) -> None:
        """Add stories that are not there."""
        told = [each.facts for each in cards]
        many = self._db.executemany
        many("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, cards))
        many("INSERT INTO places VALUES (?, ?, ?)", [(shelf, f.at, f.number) for f in told for shelf in _shelves(f)])
        many("INSERT OR IGNORE INTO aliases VALUES (?, ?)", [(old, f.number) for f in told for old in f.aliases])
        many("INSERT INTO dates VALUES (?, ?, ?, ?)", [_dated(row) for f in told for row in f.dates])
        self._tally(told, 1)

    def drop(self, told: Sequence[Facts]) -> None:
        """Take stories away."""
        many = self._db.executemany
        for table, column in (("cards", "number"), ("slips", "number"), ("aliases", "number"), ("dates", "story")):
            many(f"DELETE FROM {table} WHERE {column} = ?", [(f.number,) for f in told])  # noqa: S608 (our own names)
        gone = [(shelf, f.at, f.number) for f in told for shelf in _shelves(f)]
        many("DELETE FROM places WHERE shelf = ? AND at = ? AND number = ?", gone)
        self._tally(told, -1)

    def lay(self, slips: Iterable[tuple[Slip, bytes]]) -> None:
        """Note how stories are laid out, each with its story so far."""
        rows = ((*slip, timeline) for slip, timeline in slips)
        self._db.executemany("INSERT OR REPLACE INTO slips VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def numbers(self, first: int, last: int) -> list[int]:
        """Return the ids of the stories in a range, both ends included."""
        found = self._db.execute("SELECT number FROM cards WHERE number BETWEEN ? AND ? ORDER BY number", (first, last))
        return [number for (number,) in found]

    def some(self, numbers: Iterable[int]) -> dict[int, Facts]:
        """Return the facts of those of some stories that there are."""
        found = self.picked("SELECT number, facts FROM cards WHERE number", numbers)
        return {number: facts(packed) for number, packed in found}

    def slips(self, numbers: Iterable[int]) -> dict[int, Slip]:
        """Return how some stories are laid out."""
        found = self.picked("SELECT number, at, modified, digest, json, atom FROM slips WHERE number", numbers)
        return {row[0]: Slip(*row) for row in found}

    def survivor(self, old: int) -> int | None:
        """Return the story that an id was merged into."""
        row = self._db.execute("SELECT min(number) FROM aliases WHERE old = ?", (old,)).fetchone()
        return None if row is None else row[0]

    def merged(self, first: int, last: int) -> list[int]:
        """Return the ids in a range that were merged into stories."""
        found = self._db.execute("SELECT DISTINCT old FROM aliases WHERE old BETWEEN ? AND ?", (first, last))
        return [old for (old,) in found]

    def tallies(self, kind: str) -> dict[str, int]:
        """Return the counts of one kind by name."""
        found = self._db.execute(
            "SELECT substr(name, ?), number FROM tallies WHERE name >= ? AND name < ? AND number > 0",
            (len(kind) + 2, f"{kind}:", f"{kind};"),  # ; is what follows on :
        )
        return dict(found.fetchall())

    def tally(self, kind: str, name: str) -> int:
        """Return one count."""
        row = self._db.execute("SELECT number FROM tallies WHERE name = ?", (f"{kind}:{name}",)).fetchone()
        return row[0] if row else 0

    def coming(self, most: int) -> list[dict[str, Any]]:
        """Return a row for each coming date, the latest first."""
        order = "ORDER BY date DESC, story DESC, kind DESC LIMIT ?"
        return [json.loads(row) for (row,) in self._db.execute(f"SELECT told FROM dates {order}", (most,))]  # noqa: S608

    def picked(self, sql: str, numbers: Iterable[int]) -> Iterator[Any]:
        """Give the rows of a query that ends in the column of the ids."""
        wanted = sorted(numbers)
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            yield from self._db.execute(f"{sql} IN ({','.join('?' * len(some))})", some)

    def _tally(self, told: Iterable[Facts], by: int) -> None:
        counted = Counter(name for each in told for name in _tallied(each))
        self._db.executemany(
            "INSERT INTO tallies VALUES (?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number",
            [(name, number * by) for name, number in counted.items()],
        )


def _row(card: Card) -> tuple[object, ...]:
    f = card.facts
    shown = (f.number, f.at, f.stage, f.title, f.language, f.modified)
    return (*shown, card.digest, *card.sizes, f.packed(), card.packed)


def _shelves(told: Facts) -> Iterator[str]:
    yield from (f"set:{folder}" for folder in folders(told))
    yield from (f"device:{name}" for name in devices(told))
    yield from (f"phone:{subject}" for subject in told.subjects)


def _dated(row: dict[str, Any]) -> tuple[str, int, str, str]:
    return row["date"], row["story"], row["kind"], json.dumps(row, ensure_ascii=False)


def _tallied(told: Facts) -> Iterator[str]:
    yield from (f"set:{folder}" for folder in folders(told))
    yield from (f"device:{name}" for name in devices(told))
    yield from figures.tallied(told)
