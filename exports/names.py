"""What a site holds, for whoever serves it: looks into the ledger and never writes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from exports.ledger import NAME

if TYPE_CHECKING:
    from pathlib import Path

_STILL = "mode=ro&immutable=1"  # as it lies there, whatever a writer has not put into it yet


class Names:
    """The published names of a site folder that may be published into meanwhile.

    Args:
        folder: The site.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._log = folder / f"{NAME}-wal"

    def has(self, name: str) -> bool:
        """Whether a file of that name is published."""
        return bool(self._found("SELECT name FROM files WHERE name = ?", name))

    def like(self, pattern: str) -> list[str]:
        """Return the published names that fit a pattern with `*` and `?`; both may stand for a `/`."""
        return self._found("SELECT name FROM files WHERE name GLOB ? ORDER BY name", pattern)

    def _found(self, sql: str, value: str) -> list[str]:
        # Where nobody writes, SQLite need not make files of its own: the writer may be another user, whom they stop.
        ways = ("mode=ro", _STILL) if self._log.exists() else (_STILL, "mode=ro")
        for how in ways:
            try:
                with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?{how}", uri=True)) as db:
                    found = [name for (name,) in db.execute(sql, (value,))]
            except sqlite3.Error:
                continue
            if how != _STILL or how == ways[-1] or not self._log.exists():
                return found
        return []
