"""Which stories changed for readers since a publication; triggers of the database write the log, no code of ours does.

A mark names the last line of the log that was known. It is worth nothing in another store, in one that was restored
from a copy, and after a long time: then nothing is known, and all has to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crawler.store.schema import changes

if TYPE_CHECKING:
    from sqlalchemy import Connection


def mark(db: Connection) -> str:
    """Return what stands for all that happened until now; "" where nothing ever did."""
    row = db.execute(select(changes).order_by(changes.c.id.desc()).limit(1)).first()
    return f"{row.id}:{row.mark.hex()}" if row else ""


def since(db: Connection, known: str) -> set[int] | None:
    """Return the ids of the stories that changed after a mark, gone ones too; None where that cannot be told."""
    number, _, sign = known.partition(":")
    if not number.isdecimal():
        return None
    found = db.scalar(select(changes.c.mark).where(changes.c.id == int(number)))
    if found is None or found.hex() != sign:
        return None
    return set(db.scalars(select(func.distinct(changes.c.story)).where(changes.c.id > int(number))))
