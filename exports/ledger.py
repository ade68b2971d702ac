"""The ledger of a site: a small database that remembers which stories and which files were published.

It lies in the site's folder and belongs to it; without it the next publication starts anew. What stands in it is
committed before files are touched, with the names of those that lag behind, so a publication that is killed is
finished by the next one. Which files follow from which stories is not known here.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = ".published.db"
_FORM = 2  # changes with the tables of stories
_WAIT = 60.0  # seconds for another writer
_OF_STORIES = """
CREATE TABLE cards (number INTEGER PRIMARY KEY, at TEXT, stage TEXT, title TEXT, language TEXT, modified TEXT,
    digest BLOB, html INTEGER, json INTEGER, atom INTEGER, facts TEXT, packed BLOB);
CREATE TABLE slips (number INTEGER PRIMARY KEY, at TEXT, modified TEXT, digest BLOB, json INTEGER, atom INTEGER,
    timeline BLOB);
CREATE TABLE places (shelf TEXT, at TEXT, number INTEGER, PRIMARY KEY (shelf, at, number)) WITHOUT ROWID;
CREATE INDEX places_by_number ON places (shelf, number) WHERE shelf GLOB 'set:*';
CREATE TABLE aliases (old INTEGER, number INTEGER, PRIMARY KEY (old, number)) WITHOUT ROWID;
CREATE TABLE dates (date TEXT, story INTEGER, kind TEXT, told TEXT);
CREATE INDEX dates_in_order ON dates (date, story, kind);
CREATE INDEX dates_by_story ON dates (story);
CREATE TABLE tallies (name TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE heads (shelf TEXT, form TEXT, numbers TEXT, top INTEGER, PRIMARY KEY (shelf, form)) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
_OF_FILES = """
CREATE TABLE files (name TEXT PRIMARY KEY, digest TEXT, mark TEXT, turn TEXT) WITHOUT ROWID;
CREATE INDEX files_that_lag ON files (name) WHERE mark = '';
CREATE TABLE folders (name TEXT PRIMARY KEY, changed INTEGER) WITHOUT ROWID;
"""
STORIES = ("cards", "slips", "places", "aliases", "dates", "tallies", "heads", "notes")
"""The tables that tell of stories; the others tell of files."""


class Ledger:
    """An open ledger.

    Args:
        path: Its file, made where it is missing; None keeps it in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.db = _open(path)

    @contextmanager
    def change(self) -> Iterator[None]:
        """Write all that is done within, or nothing of it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def note(self, name: str, value: str) -> None:
        """Remember a word on the whole."""
        self.db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str:
        """Return such a word, "" where there is none."""
        row = self.db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def forget_stories(self) -> None:
        """Know nothing of stories any more, but still of files."""
        for table in STORIES:
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()


def remove(path: Path) -> None:
    """Remove a ledger that nobody has open."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def damaged(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is no sound database; all others are of classes below this one."""
    return type(error) is sqlite3.DatabaseError


def _open(path: Path | None) -> sqlite3.Connection:
    """Open a ledger; one that is damaged is replaced by an empty one."""
    if path is not None:
        try:
            return _connected(path)
        except sqlite3.DatabaseError as error:
            if not damaged(error):  # locked, or no place to write
                raise OSError(f"{path.name}: {error}") from error
            remove(path)
    return _connected(path or ":memory:")


def _connected(path: Path | str) -> sqlite3.Connection:
    return _prepared(sqlite3.connect(path, _WAIT, isolation_level=None, check_same_thread=False))


def _prepared(db: sqlite3.Connection) -> sqlite3.Connection:
    try:
        for pragma in (
            "page_size=16384",  # one holds the forms of a story
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "cache_size=-8000",
            "temp_store=MEMORY",
            "wal_autocheckpoint=10000",
        ):
            db.execute(f"PRAGMA {pragma}")
        (form,) = db.execute("PRAGMA user_version").fetchone()
        if form != _FORM:
            _make(db, anew=not form)
    except BaseException:
        db.close()
        raise
    return db


def _make(db: sqlite3.Connection, *, anew: bool) -> None:
    """Make the tables; a ledger of another form goes on to know the files that we wrote, and no story."""
    gone = "" if anew else "".join(f"DROP TABLE IF EXISTS {table};" for table in STORIES)
    made = f"{gone} {_OF_STORIES} {_OF_FILES if anew else ''}"
    db.executescript(f"BEGIN IMMEDIATE; {made} PRAGMA user_version={_FORM}; COMMIT")
