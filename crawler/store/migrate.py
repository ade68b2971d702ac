"""Brings a SQLite file to the current schema, by Alembic on a copy that then takes the file's place.

SQLite does not roll back DDL: a migration that dies half-way must not leave half a schema.
"""

from __future__ import annotations

import fcntl
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from crawler.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = "0007"
"""Newest revision in `migrations/versions`; kept here so that an up-to-date store opens without loading Alembic."""


def to_head(path: Path) -> None:
    """Create or migrate the database file at `path`, safely beside other processes that do the same.

    Raises:
        StoreError: The file is of a newer version.
        sqlite3.Error: The file is no database, or in use while it must be migrated.
    """
    found = revision(path)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreError(f"{path} was made by a newer Launchwire (revision {found}); update this one")
    with _alone(path):
        if revision(path) != HEAD:
            _migrate_a_copy(path)


def revision(path: Path) -> str | None:
    """The revision a database file is at, None for a missing or empty one."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        if "alembic_version" not in tables:
            return None
        row = database.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def _migrate_a_copy(path: Path) -> None:
    copy = path.with_name(f"{path.name}.migrating")
    copy.unlink(missing_ok=True)
    if path.exists():
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
            # Folds the write-ahead log into the file; fails while another process has it open.
            old.execute("PRAGMA journal_mode=DELETE")
            old.backup(new)
    _upgrade(copy)
    # A log left by a database that was killed and then deleted would be played into the new one.
    for log in ("-wal", "-shm"):
        path.with_name(f"{path.name}{log}").unlink(missing_ok=True)
    copy.replace(path)


def _upgrade(path: Path) -> None:
    from alembic import command  # noqa: PLC0415 (slow to load, and only needed here)
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import create_engine  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "crawler.store:migrations")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
