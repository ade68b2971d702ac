"""How long publications take: `python tests/benchmarks/publication.py [STORIES [FOLDER]]`, 20,000 stories by default.

Prints figures, asserts nothing. The store is made first, with about five articles a story, and kept in FOLDER where one
is given. Memory is that of all processes together. The order of 100,000 stories: a first build under 60 s and 500 MB,
a round with five changed stories under one second, on two processors.
"""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import sys
import threading
import time
from contextlib import closing, contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

from made_store import SOURCES, fill

from crawler.catalogue import Catalogue
from crawler.config import Config
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.store.database import Store
    from exports import Published

publishing = import_module("crawler.round.publish")  # the package has a function of that name
STORIES = 20_000
LATER = "2026-01-01 00:00:00.000000"


class Known(Catalogue):
    """A catalogue of the sources of the made stories, of whose health nothing is known."""

    facts = SOURCES


@contextmanager
def watched() -> Iterator[list[int]]:
    """Note the most memory that this process and its children have at one time, in MB; Linux only."""
    most, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            most[0] = max(most[0], sum(map(_resident, ["self", *_children()])))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def _children() -> list[str]:
    found: list[str] = []
    for path in Path("/proc/self/task").glob("*/children"):
        found += path.read_text("ascii").split()
    return found


def _resident(process: str) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * resource.getpagesize() >> 20
    except (OSError, IndexError):
        return 0


def said(what: str, config: Config, store: Store) -> None:
    """Publish, and print what that took."""
    begin, before = time.perf_counter(), _spent()
    with watched() as most:
        done: Published = publishing.publish(config, Known("sources.toml", {}), store)
    taken, spent = time.perf_counter() - begin, _spent() - before
    memory = f", {most[0]} MB" if most[0] else ""
    print(f"{what:<44} {taken:8.2f} s ({spent:.2f} s of processors{memory}), {len(done.written):,} files", flush=True)


def _spent() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def change(database: Path, *stories: int) -> None:
    """Change the titles of some stories."""
    with closing(sqlite3.connect(database)) as db, db:
        marks = ", ".join("?" * len(stories))
        db.execute(f"UPDATE stories SET title = title || '!', updated = '{LATER}' WHERE id IN ({marks})", stories)  # noqa: S608


def one_more_source(database: Path, *stories: int) -> None:
    """Let one more source tell some stories."""
    with closing(sqlite3.connect(database)) as db, db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(articles)") if row[1] not in {"id", "canonical_url"}]
        names = ", ".join(columns)
        for story in stories:
            db.execute(
                f"INSERT INTO articles (canonical_url, {names}) "  # noqa: S608 (our own columns)
                f"SELECT canonical_url || 'again{time.time_ns()}', {names} FROM articles WHERE story = ? LIMIT 1",
                (story,),
            )


def main(stories: int, folder: Path) -> None:
    """Print what each kind of publication takes."""
    database = folder / f"{stories}.db"
    site = Path(mkdtemp(prefix="site-", dir=folder))  # new, for a file system that has just removed another is slow
    if not database.exists():
        filling = get_context("spawn").Process(target=fill, args=(database, stories))  # its memory is none of ours
        filling.start()
        filling.join()
    config = Config(database=f"sqlite:///{database}", site=site, base_url="https://news.example/")
    store = open_store(config.database)
    said(f"{stories:,} stories, first publication", config, store)
    said("nothing changed", config, store)
    one_more_source(database, *range(stories - 4, stories + 1))
    said("five of the newest with one more source", config, store)
    one_more_source(database, *(stories * part // 6 for part in range(1, 6)))
    said("five old ones with one more source", config, store)
    change(database, *range(stories - 4, stories + 1))
    said("five of the newest with another title", config, store)
    change(database, *(stories * part // 6 for part in range(1, 6)))
    said("five old ones with another title", config, store)
    store.close()
    shutil.rmtree(site)


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else STORIES
    if len(sys.argv) > 2:
        Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
        main(how_many, Path(sys.argv[2]))
    else:
        with TemporaryDirectory() as made:
            main(how_many, Path(made))
