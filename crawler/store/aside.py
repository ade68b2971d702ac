"""A part of the store copied to another one, for a visit that must not be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from crawler.store.schema import articles, hosts, robots, sources

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection, Select, Table

_UNKNOWN = {"page_read": False, "story": None, "duplicate_of": None}
"""What a copied article forgets: that its page was read, so that it can be read again, and rows that are not copied."""


def copy(db: Connection, to: Connection, ids: Collection[str]) -> None:
    """Copy what a visit looks at: states and articles of some sources, what robots.txt said, who asked for patience.

    Args:
        db: A transaction of the store.
        to: A writing transaction of an empty one.
        ids: The sources.
    """
    wanted: list[tuple[Table, Select[tuple[object, ...]]]] = [(table, select(table)) for table in (robots, hosts)]
    wanted += [(table, select(table).where(table.c.source.in_(ids))) for table in (sources, articles)]
    for table, rows in wanted:
        forgotten = _UNKNOWN if table is articles else {}
        copied = [dict(row) | forgotten for row in db.execute(rows).mappings()]
        if copied:
            to.execute(insert(table), copied)
