"""What is remembered of sources, and the log of visits."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from crawler.domain.visits import SourceState
from crawler.store.schema import sources, visits

if TYPE_CHECKING:
    from crawler.domain.visits import Visit

KEPT = timedelta(days=90)
"""How long visits stay in the log: some ten thousand a day with the whole catalogue."""


def states(db: Connection) -> dict[str, SourceState]:
    """All states by source id; a source never visited has none."""
    return {row.source: _state(row) for row in db.execute(select(sources))}


def state(db: Connection, source: str) -> SourceState:
    """The state of one source, a blank one where it was never visited."""
    row = db.execute(select(sources).where(sources.c.source == source)).first()
    return SourceState(source) if row is None else _state(row)


def keep(db: Connection, state: SourceState) -> None:
    """Store a state in place of the earlier one."""
    row = asdict(state)
    db.execute(upsert(sources).values(row).on_conflict_do_update(index_elements=["source"], set_=row))


def log(db: Connection, visit: Visit, *, new: int, updated: int) -> None:
    """Add a visit to the log, and forget those of long ago."""
    db.execute(delete(visits).where(visits.c.at < visit.at - KEPT))
    values = {column: getattr(visit, column) for column in ("source", "at", "http", "entries", "ms", "problem")}
    db.execute(insert(visits).values(values | {"outcome": visit.outcome.value, "new": new, "updated": updated}))


def _state(row: Row[Any]) -> SourceState:
    return SourceState(**row._mapping)  # noqa: SLF001 (SQLAlchemy's documented name)
