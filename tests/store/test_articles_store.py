"""Articles, visits and source states come back from a real SQLite file as they went in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import StatementError

from crawler.domain.models import Article, ComingDate, DateOrigin, Decision, Stage
from crawler.domain.visits import Outcome, SourceState, Visit
from crawler.errors import ConfigError, StoreError
from crawler.store import articles, sources
from crawler.store.database import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DECISION = Decision(
    relevant=True,
    score=0.9,
    stage=Stage.TEASER,
    brands=("xiaomi",),
    guessed=("12 Ultra",),
    dates=(ComingDate("launch", "2022-07"),),
    why=("teaser: partnership",),
)
ARTICLE = Article(
    source="techpulse",
    url="https://techpulse.example/leica?utm_source=rss",
    canonical_url="https://techpulse.example/leica",
    title="Xiaomi and Leica announce a partnership",
    published=datetime(2022, 5, 23, 7, 0, tzinfo=UTC),
    first_seen=NOW,
    guid="tp-1",
    summary="The first phone comes in July.",
    authors=("Desk",),
    videos=("https://www.youtube.com/watch?v=sample",),
)
ADDRESS = "https://techpulse.example/other"
OTHER = replace(ARTICLE, title="Another story", url=ADDRESS, canonical_url=ADDRESS)


def decide(article: Article) -> Article:
    return replace(article, decision=DECISION)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/launchwire.db")
    yield opened
    opened.close()


def save(store: Store, *seen: Article, at: datetime = NOW) -> articles.Saved:
    with store.write() as db:
        return articles.save(db, [decide(article) for article in seen], decide, at)


def stored(store: Store) -> list[Article]:
    with store.read() as db:
        return articles.unsettled(db)


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    assert save(store, ARTICLE) == articles.Saved(new=1)
    assert stored(store) == [replace(ARTICLE, decision=DECISION, key="1")]


def test_an_article_seen_again_unchanged_changes_nothing(store: Store) -> None:
    save(store, ARTICLE)
    with store.write() as db:
        articles.all_settled(db, ["1"])
    assert save(store, replace(ARTICLE, first_seen=NOW + timedelta(hours=1))) == articles.Saved()
    assert stored(store) == []


def test_an_edited_title_under_the_same_address_is_an_update(store: Store) -> None:
    save(store, ARTICLE)
    later = NOW + timedelta(hours=1)
    assert save(store, replace(ARTICLE, title="Xiaomi and Leica: it is official"), at=later) == articles.Saved(
        updated=1
    )
    (article,) = stored(store)
    assert (article.key, article.title, article.updated) == ("1", "Xiaomi and Leica: it is official", later)


def test_an_article_listed_twice_under_two_titles_is_not_updated_by_each_reading(store: Store) -> None:
    listed = (ARTICLE, replace(ARTICLE, title="Leica and Xiaomi: what we know", summary="Other words."))
    assert save(store, *listed) == articles.Saved(new=1)
    assert save(store, *listed, at=NOW + timedelta(hours=1)) == articles.Saved()
    (kept,) = stored(store)
    assert (kept.title, kept.summary, kept.updated) == (ARTICLE.title, ARTICLE.summary, None)


def test_the_same_guid_and_title_under_another_address_is_the_same_article(store: Store) -> None:
    save(store, ARTICLE)
    moved = replace(ARTICLE, url="https://techpulse.example/new", canonical_url="https://techpulse.example/new")
    assert save(store, moved).new == 0


def test_a_feed_that_gives_all_entries_one_guid_keeps_them_apart(store: Store) -> None:
    assert save(store, ARTICLE, OTHER) == articles.Saved(new=2)


def test_two_sources_may_have_the_same_address(store: Store) -> None:
    assert save(store, ARTICLE, replace(ARTICLE, source="aggregator")) == articles.Saved(new=2)


def test_only_relevant_articles_within_the_span_are_found(store: Store) -> None:
    undated = replace(ARTICLE, canonical_url="https://techpulse.example/2", published=NOW, guid="tp-2")
    save(store, ARTICLE, replace(undated, dated=DateOrigin.FIRST_SEEN))
    with store.read() as db:
        found = articles.relevant_between(db, [(ARTICLE.published, ARTICLE.published + timedelta(days=1))])
        assert articles.relevant_between(db, []) == []
    assert [article.key for article in found] == ["1"]


def test_pages_read_before_are_known_by_their_address(store: Store) -> None:
    unread = replace(ARTICLE, url="https://techpulse.example/2", canonical_url="https://techpulse.example/2", guid=None)
    save(store, replace(ARTICLE, page_read=True), unread)
    with store.read() as db:
        assert articles.page_was_read(db, ARTICLE.source, ARTICLE.url)
        assert not articles.page_was_read(db, ARTICLE.source, unread.url)
        assert not articles.page_was_read(db, "another", ARTICLE.url)


def test_a_transaction_that_fails_stores_nothing(store: Store) -> None:
    def fall_over(_: Article) -> Article:
        raise RuntimeError("killed")

    longer = replace(ARTICLE, body="A text that the entry left out.")
    with pytest.raises(RuntimeError, match="killed"), store.write() as db:
        articles.save(db, [ARTICLE, longer], fall_over, NOW)
    assert stored(store) == []


def test_a_source_state_is_kept_verbatim(store: Store) -> None:
    state = SourceState("techpulse", etag='W/"a,b"', last_modified="Mon, 23 May 2022 07:00:00 GMT", next_check=NOW)
    with store.write() as db:
        sources.keep(db, SourceState("techpulse", etag="old", failures=3))
        sources.keep(db, state)
    with store.read() as db:
        assert sources.states(db) == {"techpulse": state}
        assert sources.state(db, "never_seen") == SourceState("never_seen")


def test_every_visit_is_in_the_log(store: Store) -> None:
    visit = Visit("techpulse", NOW, Outcome.FAILED, http=403, ms=12, problem="blocked: Access Denied")
    with store.write() as db:
        sources.log(db, visit, new=0, updated=0)
        rows = db.exec_driver_sql("SELECT source, outcome, http, problem FROM visits").all()
    assert [tuple(row) for row in rows] == [("techpulse", "failed", 403, "blocked: Access Denied")]


def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="naive datetime"):
        save(store, replace(ARTICLE, published=datetime(2022, 5, 23)))  # noqa: DTZ001 (that is the point)


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:", "oracle://db", "mysql://db/x"])
def test_a_database_that_is_not_supported_is_one_clear_line(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^database: .* say e\.g\. sqlite:///var/launchwire\.db$"):
        open_store(url)


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database at all, and long enough to be looked at" * 10)
    with pytest.raises(StoreError, match=r"cannot open the database .*x\.db: file is not a database"):
        open_store(f"sqlite:///{tmp_path}/x.db")


def test_a_key_from_elsewhere_does_not_matter(store: Store) -> None:
    assert save(store, replace(ARTICLE, key="h1")) == articles.Saved(new=1)
    assert save(store, replace(ARTICLE, key="h2")) == articles.Saved()
