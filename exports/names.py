"""What a site holds, for whoever serves it: looks into the ledger and never writes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from exports.ledger import NAME

if TYPE_CHECKING:
    from pathlib import Path


class Names:
    """The published names of a site folder that may be published into meanwhile.

    Args:
        folder: The site.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def has(self, name: str) -> bool:
        """Whether a file of that name is published."""
        return bool(self._found("SELECT name FROM files WHERE name = ?", name))

    def like(self, pattern: str) -> list[str]:
        """Return the published names that fit a pattern with `*` and `?`; both may stand for a `/`."""
        return self._found("SELECT name FROM files WHERE name GLOB ? ORDER BY name", pattern)

    def _found(self, sql: str, value: str) -> list[str]:
        try:
            # A folder that may not be written has no place for SQLite's notes on a file that others may write.
            for how in ("mode=ro", "mode=ro&immutable=1"):
                try:
                    with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?{how}", uri=True)) as db:
                        return [name for (name,) in db.execute(sql, (value,))]
                except sqlite3.OperationalError:
                    continue
        except sqlite3.Error:
            pass
        return []
