"""The migrations make the schema that the code expects, also side by side and after a kill."""

from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from crawler.store import migrate
from crawler.store.schema import metadata

if TYPE_CHECKING:
    from pathlib import Path


def test_the_head_named_in_the_code_is_that_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", "crawler.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_the_migrations_end_at_the_schema_in_the_code(tmp_path: Path) -> None:
    path = tmp_path / "launchwire.db"
    migrate.to_head(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_copy_left_by_a_killed_migration_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "launchwire.db"
    (tmp_path / "launchwire.db.migrating").write_bytes(b"half a file")
    migrate.to_head(path)
    assert migrate.revision(path) == migrate.HEAD


def test_what_an_older_file_holds_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "launchwire.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE kept (word TEXT)")
        database.execute("INSERT INTO kept VALUES ('still here')")
    migrate.to_head(path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT word FROM kept").fetchall() == [("still here",)]


def test_processes_that_open_a_new_store_at_once_all_find_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "launchwire.db"
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=migrate.to_head, args=(path,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert migrate.revision(path) == migrate.HEAD
