"""Settling that is killed, that runs twice at once, or comes after days of silence: no story twice, no article lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from test_settling_laws import ALL, NOW, SOURCES, drawn, in_batches

from crawler.round.settle import settle
from crawler.store import articles, clues, stories
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import ModuleType

    from crawler.domain.models import Article

SPAWN = multiprocessing.get_context("spawn")
HALVES = (ALL[::2], ALL[1::2])


@cache
def whole() -> set[frozenset[str]]:
    return in_batches([ALL])


def stored(path: Path, some: Sequence[Article]) -> None:
    store = open_store(f"sqlite:///{path}")
    with store.write() as db:
        articles.save(db, some, lambda article: article, NOW)
    store.close()


def settled(path: Path) -> set[frozenset[str]]:
    """The stories once a round has settled what is left."""
    store = open_store(f"sqlite:///{path}")
    settle(store, SOURCES, NOW)
    found = drawn(store)
    store.close()
    return found


def nothing_is_left_over(path: Path) -> None:
    """Every relevant article is settled and in a story that is there, and every story has its articles."""
    with closing(sqlite3.connect(path)) as db:
        (lost,) = db.execute(
            "SELECT count(*) FROM articles WHERE relevant AND (story IS NULL OR NOT settled)"
        ).fetchone()
        told = {story for (story,) in db.execute("SELECT story FROM articles WHERE relevant")}
        kept = {story for (story,) in db.execute("SELECT id FROM stories WHERE merged_into IS NULL")}
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert lost == 0
    assert told == kept


def settle_until_killed(path: Path, name: str, step: str) -> None:
    """Settle, and die by SIGKILL right after one step of it."""
    module = import_module(name)
    done = getattr(module, step)

    def dying(*arguments: object) -> None:
        done(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, step, dying)
    settle(open_store(f"sqlite:///{path}"), SOURCES, NOW)


@pytest.mark.parametrize(
    ("module", "step"), [(clues, "keep"), (clues, "link"), (stories, "keep"), (articles, "settle")]
)
def test_a_round_killed_while_settling_is_made_up_for_by_the_next(
    tmp_path: Path, module: ModuleType, step: str
) -> None:
    path = tmp_path / "launchwire.db"
    stored(path, HALVES[0])
    settled(path)
    stored(path, HALVES[1])
    process = SPAWN.Process(target=settle_until_killed, args=(path, module.__name__, step))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert settled(path) == whole()
    nothing_is_left_over(path)


def a_round(path: Path, some: Sequence[Article]) -> None:
    for at in range(0, len(some), 5):
        stored(path, some[at : at + 5])
        settled(path)


def test_rounds_at_once_settle_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "launchwire.db"
    processes = [SPAWN.Process(target=a_round, args=(path, half)) for half in HALVES]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert settled(path) == whole()
    nothing_is_left_over(path)


def test_a_round_after_three_days_of_silence_adds_what_came_and_doubles_nothing(tmp_path: Path) -> None:
    path = tmp_path / "launchwire.db"
    ordered = sorted(ALL, key=lambda article: article.published)
    store = open_store(f"sqlite:///{path}")
    # The feeds still list much of what they listed before the silence.
    for some, now in ((ordered[:70], NOW), (ordered[30:], NOW + timedelta(days=3))):
        with store.write() as db:
            articles.save(db, some, lambda article: article, now)
        settle(store, SOURCES, now)
    assert drawn(store) == whole()
    store.close()
    nothing_is_left_over(path)
