"""The robots.txt of each origin, as last fetched."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from crawler.domain.robots import RobotsFile
from crawler.store.schema import robots

if TYPE_CHECKING:
    from typing import Any

UNUSED = timedelta(days=30)
"""A copy that went stale this long ago is of a host that nothing links to any more."""


def kept(db: Connection, origin: str) -> RobotsFile | None:
    """The copy of one origin's file, None where it was never asked for; it may be stale."""
    row = db.execute(select(robots).where(robots.c.origin == origin)).first()
    return None if row is None else RobotsFile(**row._mapping)  # noqa: SLF001 (SQLAlchemy's documented name)


def keep(db: Connection, file: RobotsFile) -> None:
    """Store a file in place of the earlier one, and drop those that nobody asks for any more."""
    db.execute(delete(robots).where(robots.c.stale_at < file.fetched - UNUSED))
    row: dict[str, Any] = asdict(file)
    db.execute(upsert(robots).values(row).on_conflict_do_update(index_elements=["origin"], set_=row))
