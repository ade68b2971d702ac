"""How SQLite looks things up while one article is stored and settled: never by a walk through the whole archive."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from crawler.domain.models import Article, Decision
from crawler.round.settle import settle
from crawler.store import articles
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from crawler.store.database import Store

NOW = datetime(2026, 3, 1, tzinfo=UTC)
# What is the same for most articles; a search by nothing else is a walk through all of them.
COMMON = ({"settled"}, {"relevant"}, {"settled", "relevant"}, {"source"})


def article(number: int) -> Article:
    return Article(
        source="outlet",
        url=f"https://outlet.example/{number}",
        canonical_url=f"https://outlet.example/{number}",
        guid=str(number),
        title=f"Acme unveils the Wave {number % 3}",
        body=" ".join(f"word{number}x{place}" for place in range(90)),
        published=NOW,
        first_seen=NOW,
        decision=Decision(relevant=True, score=1, brands=("acme",), models=(f"Wave {number % 3}",)),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/launchwire.db")
    yield opened
    opened.close()


def add(store: Store, number: int) -> None:
    with store.write() as db:
        articles.save(db, [article(number)], lambda one: one, NOW)
    settle(store, {}, NOW)


def searched(step: str) -> set[str] | None:
    """The columns by which a step of a plan finds its rows, None where it goes through all of them."""
    if "INTEGER PRIMARY KEY" in step:
        return {"id"}
    if step.startswith("SCAN") or "(" not in step:
        return None
    by = step.partition("(")[2].rstrip(")").split(" AND ")
    return {column.strip("()").partition("=")[0].partition("<")[0].partition(">")[0] for column in by}


def test_one_more_article_is_settled_without_a_walk_through_the_archive(store: Store) -> None:
    for number in range(6):
        add(store, number)
    plans: dict[str, list[str]] = {}

    def explain(db: Connection, _cursor: object, text: str, values: object, *_: object) -> None:
        if text.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
            first = values[0] if isinstance(values, list) and values else values
            driver = db.connection.driver_connection
            assert driver is not None
            plans[text] = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {text}", first)]

    event.listen(store._engine, "before_cursor_execute", explain)
    add(store, 6)
    assert len(plans) > 12
    # Few are not settled, and the greatest id is the last of its index.
    few = ("settled IS 0", "max(stories.id)")
    steps = [(text, step) for text, plan in plans.items() for step in plan if not any(some in text for some in few)]
    for text, step in steps:
        if text.startswith("INSERT INTO articles"):
            continue  # it names what it would walk through were a foreign key broken, and skips that while none is
        if step.startswith(("SCAN", "SEARCH")):
            assert searched(step) not in (None, *COMMON), f"{text}\n{step}"
