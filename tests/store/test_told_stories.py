"""What a publication reads of the store, and how it learns which stories changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, select, text, update

from crawler.domain.models import Article, ComingDate, DateOrigin, Decision, Role, SourceFacts, Stage, Story
from crawler.domain.telling import tell
from crawler.store import articles, changes, stories, told
from crawler.store.database import Store, open_store
from crawler.store.schema import articles as article_table
from crawler.store.schema import changes as change_table
from crawler.store.schema import stories as story_table
from exports import Channel
from exports.item import item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SOURCES = {"maker": SourceFacts("maker", "Maker", Role.BRAND, "maker", brands=("xiaomi",))}
UNSEEN = {"id", "guid", "body", "updated", "page_read", "score", "stage", "models", "guessed", "why", "settled"} | {
    "translations",
    "clue_scheme",
}
"""Columns of an article that no reader sees, or only as its story tells them."""


def article(number: int, source: str = "alfa") -> Article:
    address = f"https://{source}.example/{number}"
    return Article(
        source,
        address,
        address,
        f"Title {number}",
        NOW + timedelta(hours=number),
        NOW,
        summary="Words",
        body="Many words",
        authors=("A. Writer",),
        image=f"{address}.jpg",
        videos=(f"{address}/video",),
        dated=DateOrigin.PAGE,
        decision=Decision(
            relevant=True,
            score=0.7,
            stage=Stage.TEASER,
            brands=("xiaomi",),
            models=("12S",),
            dates=(ComingDate("launch", "2026-07"),),
            why=("named",),
        ),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/launchwire.db")
    with opened.write() as db:
        for number in range(1, 7):
            articles.save(db, [article(number, "maker" if number == 2 else "alfa")], lambda one: one, NOW)
        stored = articles.some(db, map(str, range(1, 7)))
        for id_, members in ((1, stored[:3]), (2, stored[3:5]), (3, stored[5:])):
            put(db, tell(id_, members, SOURCES, created=NOW, now=NOW))
    yield opened
    opened.close()


def put(db: Connection, story: Story) -> None:
    stories.keep(db, [story])
    articles.settle(db, [replace(each, story=story.id, duplicate_of=None) for each in story.articles])


def known(store: Store) -> str:
    with store.read() as db:
        return changes.mark(db)


def since(store: Store, mark: str) -> set[int] | None:
    with store.read() as db:
        return changes.since(db, mark)


def test_an_item_of_what_is_read_for_a_publication_is_that_of_the_whole_story(store: Store) -> None:
    with store.write() as db:
        articles.settle(db, [replace(articles.some(db, ["3"])[0], duplicate_of="1")])
        stories.merge(db, 3, 1)
    with store.read() as db:
        lean = told.some(db, range(1, 7))
        whole = stories.every(db)
        assert told.last(db) == 3
    channel = Channel("Launchwire", "https://news.example/")
    assert [item(each, SOURCES, channel) for each in lean] == [item(each, SOURCES, channel) for each in whole]
    assert [each.id for each in lean] == [1, 2]
    assert lean[0].aliases == (3,)


def test_nothing_changed_since_now(store: Store) -> None:
    assert since(store, known(store)) == set()


@pytest.mark.parametrize("column", [each.name for each in article_table.columns])
def test_a_column_of_an_article_changes_its_story_if_a_reader_sees_it(store: Store, column: str) -> None:
    mark = known(store)
    other = {
        "story": 2,
        "duplicate_of": 2,
        "published": NOW,
        "first_seen": NOW - timedelta(1),
        "updated": NOW,
        "id": 99,
    }
    other |= {name: ["other"] for name in ("authors", "videos", "brands", "models", "guessed", "why")}
    other |= {"relevant": False, "page_read": True, "settled": True, "score": 0.1, "dates": [{"kind": "sale"}]}
    with store.write() as db:
        db.execute(text("PRAGMA defer_foreign_keys=ON"))
        where = article_table.c.id == (3 if column != "id" else 1)
        db.execute(update(article_table).where(where).values({column: other.get(column, "other")}))
    expected = {1, 2} if column == "story" else set() if column in UNSEEN else {1}
    assert since(store, mark) == expected


def test_every_column_of_a_story_but_its_creation_changes_it(store: Store) -> None:
    for column in story_table.columns:
        if column.name in {"id", "created"}:
            continue
        mark = known(store)
        other = {"lead": 5, "updated": NOW + timedelta(1), "merged_into": 1, "dates": [{"kind": "sale"}]}
        other |= {name: ["other"] for name in ("brands", "models", "guessed")}
        with store.write() as db:
            wanted = update(story_table).where(story_table.c.id == 2)
            db.execute(wanted.values({column.name: other.get(column.name, "other")}))
        assert since(store, mark) == ({1, 2} if column.name == "merged_into" else {2}), column.name


def test_what_is_written_as_it_was_changes_nothing(store: Store) -> None:
    mark = known(store)
    with store.write() as db:
        for story in stories.every(db):
            put(db, story)
    assert since(store, mark) == set()


def test_new_merged_and_vanished_stories_are_named(store: Store) -> None:
    mark = known(store)
    with store.write() as db:
        stories.merge(db, 3, 2)
        db.execute(delete(article_table).where(article_table.c.id == 1))
    assert since(store, mark) == {1, 2, 3}
    with store.write() as db:
        articles.save(db, [article(9)], lambda one: one, NOW)
        put(db, tell(4, [articles.unsettled(db)[-1]], SOURCES, created=NOW, now=NOW))
    assert since(store, mark) == {1, 2, 3, 4}


def test_a_mark_of_another_store_or_of_a_copy_that_went_another_way_is_worth_nothing(store: Store) -> None:
    mark = known(store)
    number, _, sign = mark.partition(":")
    assert since(store, "") is None
    assert since(store, "nonsense") is None
    assert since(store, f"{int(number) + 5}:{sign}") is None
    assert since(store, f"{number}:{'0' * 16}") is None


def test_the_log_is_no_longer_than_it_need_be(store: Store) -> None:
    mark = known(store)
    with store.write() as db:
        db.execute(text("UPDATE sqlite_sequence SET seq = seq + 200000 WHERE name = 'changes'"))
        stories.merge(db, 3, 2)
        assert db.scalar(select(func.count()).select_from(change_table)) == 4  # of both, and of the article that moves
    assert since(store, mark) is None
