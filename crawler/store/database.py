"""Opening the store and its transactions; knows no table."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from crawler.errors import ConfigError, StoreError
from crawler.store import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS = 60
"""How long a writer waits for another: longer than settling the stories of a large round takes."""


class Store:
    """The open store.

    Args:
        engine: A SQLAlchemy engine whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store and changes nothing."""
        with _said_clearly(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is stored whole or not at all; others that write wait for it."""
        with (
            _said_clearly(self._engine),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def open_store(url: str) -> Store:
    """Open the store at a database URL, creating or migrating it first.

    Raises:
        ConfigError: The URL is none, or of a database that is not supported.
        StoreError: The database cannot be opened or migrated.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        raise ConfigError(f"database: {url!r} is no database URL; say e.g. sqlite:///var/launchwire.db") from None
    if backend != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise ConfigError(f"database: {url!r} is not supported; say e.g. sqlite:///var/launchwire.db")
    path = Path(parsed.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        migrate.to_head(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"cannot open the database {path}: {error}") from error
    return Store(_engine(url))


def _engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 (any DBAPI's connection)
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A read that turns into a write fails at once in spite of the busy timeout, so writers say so from the start.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _said_clearly(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"database {engine.url.database}: {error.orig}") from error
