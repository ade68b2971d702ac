"""Hosts that asked for patience, and until when; a host that answers is not kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from crawler.domain.patience import Patience
from crawler.store.schema import hosts

if TYPE_CHECKING:
    from collections.abc import Mapping


def patience(db: Connection, host: str) -> Patience | None:
    """What one host asked for, None where it did not; it may be over."""
    row = db.execute(select(hosts).where(hosts.c.host == host)).first()
    return None if row is None else Patience(**row._mapping)  # noqa: SLF001 (SQLAlchemy's documented name)


def keep(db: Connection, asked: Patience) -> None:
    """Store it in place of what the host asked for earlier."""
    row: Mapping[str, Any] = asdict(asked)
    db.execute(upsert(hosts).values(row).on_conflict_do_update(index_elements=["host"], set_=row))


def forget(db: Connection, host: str) -> None:
    """The host answers again."""
    db.execute(delete(hosts).where(hosts.c.host == host))
