"""The log of visits, for people to read; it is written with the visit, in `crawler.store.sources`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from crawler.domain.visits import Outcome
from crawler.store.schema import visits

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """A visit as the log has it; fields as in `crawler.domain.visits.Visit`.

    Args:
        new: Articles that were not stored before.
        updated: Stored articles that changed.
    """

    at: datetime
    outcome: Outcome
    http: int | None
    entries: int
    new: int
    updated: int
    ms: int
    problem: str | None


_COLUMNS = [visits.c[name] for name in Logged.__slots__]


def last(db: Connection, source: str, most: int) -> list[Logged]:
    """The last visits to a source, the newest first."""
    wanted = select(*_COLUMNS).where(visits.c.source == source).order_by(visits.c.at.desc(), visits.c.id.desc())
    rows = db.execute(wanted.limit(most)).mappings()
    return [Logged(**dict(row) | {"outcome": Outcome(row["outcome"])}) for row in rows]
