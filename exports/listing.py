"""The files of a ledger: which we wrote, what they depend on, and which of them lag behind.

A file lags where its mark is empty: it is to be written, or to be removed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from exports.writing import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from exports.file import File
    from exports.ledger import Ledger

_FEW = 20_000  # files, up to which each is looked at
_AT_ONCE = 500  # values in one SQL `IN`


class Listing:
    """The files of one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._db = ledger, ledger.db

    def names(self) -> list[str]:
        """Return the names of all files."""
        return [name for (name,) in self._db.execute("SELECT name FROM files ORDER BY name")]

    def expect(self, files: Iterable[tuple[str, File | None]], turn: str = "") -> None:
        """Mark the files that are not as they should be; None for those that there should not be.

        Args:
            files: By name.
            turn: Remembered with each; whoever says what all files should be finds those that are none by it.
        """
        for name, file in files:
            row = self._db.execute("SELECT digest, turn FROM files WHERE name = ?", (name,)).fetchone()
            self._expect(name, file, row, turn)

    def expect_together(self, files: Mapping[str, File | None], turn: str) -> None:
        """Do the same for files that follow from no other one in the listing, which is quicker."""
        known = self._known(list(files))
        for name, file in files.items():
            self._expect(name, file, known.get(name), turn)

    def others(self, turn: str) -> list[str]:
        """Return the names of files that nobody expected in a turn."""
        return [name for (name,) in self._db.execute("SELECT name FROM files WHERE turn != ?", (turn,))]

    def archive(self, turn: str) -> list[str]:
        """Return the names of the pages of the archive of all stories, as expected in a turn, the newest first."""
        sql = "SELECT name FROM files WHERE name GLOB 'archive/*.json' AND digest != '' AND turn = ?"
        return sorted((name for (name,) in self._db.execute(sql, (turn,))), key=_place)

    def lagging(self, order: Iterable[str] | None = None) -> list[str]:
        """Return those of some files that lag behind, in the order given; all that do, where none is given."""
        if order is None:
            return [name for (name,) in self._db.execute("SELECT name FROM files WHERE mark = '' ORDER BY name")]
        asked = list(dict.fromkeys(order))
        found = {name for at in range(0, len(asked), _AT_ONCE) for name in self._lagging(asked[at : at + _AT_ONCE])}
        return [name for name in asked if name in found]

    def done(self, marks: Mapping[str, str], gone: Iterable[str]) -> None:
        """Note files that were put in place or removed."""
        self._db.executemany("UPDATE files SET mark = ? WHERE name = ?", [(m, name) for name, m in marks.items()])
        self._db.executemany("DELETE FROM files WHERE name = ?", [(name,) for name in gone])

    def left(self, folder: Path, names: Iterable[str]) -> None:
        """Note how we leave the folders of some files, which others change when they put or remove something there."""
        for place in {name.rpartition("/")[0] for name in names}:
            self._db.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (place, _changed(folder / place)))

    def sweep(self, folder: Path, *, thorough: bool) -> None:
        """Mark the files that others changed or took away.

        Args:
            folder: The site.
            thorough: Look at each, and not only where a folder shows that something was put or removed, if they are
                many.
        """
        (many,) = self._db.execute("SELECT count(*) FROM files").fetchone()
        places = self._db.execute("SELECT name, changed FROM folders").fetchall()
        everything = thorough or many <= _FEW
        rows = (
            self._all()
            if everything
            else self._in(place for place, changed in places if changed != _changed(folder / place))
        )
        wrong = [name for name, known in rows if known and known != mark(f"{folder}/{name}")]
        if wrong:
            with self._ledger.change():
                self._db.executemany("UPDATE files SET mark = '' WHERE name = ?", [(name,) for name in wrong])

    def _expect(self, name: str, file: File | None, row: tuple[str, str] | None, turn: str) -> None:
        if file is None:
            self._db.execute("UPDATE files SET digest = '', mark = '' WHERE name = ?", (name,))
        elif row is None or row[0] != file.digest or not file.digest:
            self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, '', ?)", (name, file.digest, turn))
        elif turn and row[1] != turn:
            self._db.execute("UPDATE files SET turn = ? WHERE name = ?", (turn, name))

    def _known(self, names: list[str]) -> dict[str, tuple[str, str]]:
        sql = f"SELECT name, digest, turn FROM files WHERE name IN ({','.join('?' * len(names))})"  # noqa: S608 (marks)
        return {name: (digest, turn) for name, digest, turn in self._db.execute(sql, names)}

    def _all(self) -> Iterator[tuple[str, str]]:
        yield from self._db.execute("SELECT name, mark FROM files")

    def _in(self, places: Iterable[str]) -> Iterator[tuple[str, str]]:
        for place in places:
            within = f"{place}/*" if place else "*"
            sql = "SELECT name, mark FROM files WHERE name GLOB ? AND name NOT GLOB ?"
            yield from self._db.execute(sql, (within, f"{within}/*"))

    def _lagging(self, names: list[str]) -> Iterator[str]:
        sql = f"SELECT name FROM files WHERE mark = '' AND name IN ({','.join('?' * len(names))})"  # noqa: S608 (marks)
        yield from (name for (name,) in self._db.execute(sql, names))


def _place(page: str) -> tuple[int, int]:
    number, _, part = page.removeprefix("archive/").removesuffix(".json").partition("-")
    return -int(number), int(part or 1)


def _changed(place: Path) -> int:
    try:
        return os.lstat(place).st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return 0
