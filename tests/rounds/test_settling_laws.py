"""Settling on a real SQLite file: batches do not matter, ids last, and whatever goes and comes back is where it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.domain.deciding import decided
from crawler.domain.models import Article, DateOrigin, Role, SourceFacts
from crawler.domain.stories import Verdict
from crawler.domain.telling import tell
from crawler.round.settle import settle
from crawler.store import articles, stories, told
from crawler.store.database import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.domain.models import Story

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINES = Path(__file__).parent.parent / "domain" / "lines.jsonl"
HOUR = timedelta(hours=1)


def facts(source: str) -> SourceFacts:
    return SourceFacts(source, source, Role.NEWS, source)


def read(number: int, row: dict[str, Any]) -> Article:
    """A line as an article; one in seven has lost its date."""
    source, dated = f"source{number % 9}", number % 7 != 0
    published = datetime.fromisoformat(row["published"])
    when = published if published.tzinfo else published.replace(tzinfo=UTC)
    address = f"https://{source}.example/{number}"
    found = Article(
        source=source,
        url=address,
        canonical_url=address,
        title=row["title"],
        published=when if dated else NOW,
        first_seen=NOW,
        dated=DateOrigin.ENTRY if dated else DateOrigin.FIRST_SEEN,
        summary=row.get("snippet") or "",
        language=row.get("lang") or "en",
    )
    return decided(found, facts(source))


def told_again(article: Article, copy: int) -> Article:
    """The same event a few days on, in other words: chains of likeness that batches might cut."""
    address = f"{article.url}/{copy}"
    later = article.published + copy * 30 * HOUR if article.has_date else article.published
    title = f"{article.title} {('today', 'and more', 'at last')[copy % 3]}"
    source = f"{article.source}-{copy}"
    return replace(article, source=source, url=address, canonical_url=address, title=title, published=later)


ROWS = [json.loads(line) for line in LINES.read_text("utf-8").splitlines()]
RELEVANT = [one for one in (read(number, row) for number, row in enumerate(ROWS)) if one.decision.relevant][:40]
ALL = [told for one in RELEVANT for told in (one, told_again(one, 1), told_again(one, 2))]
SOURCES = {one.source: facts(one.source) for one in ALL}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/launchwire.db")
    yield opened
    opened.close()


def add(store: Store, some: Sequence[Article], now: datetime = NOW) -> None:
    with store.write() as db:
        articles.save(db, some, lambda article: article, now)
    settle(store, SOURCES, now)


def every(store: Store) -> list[Story]:
    with store.read() as db:
        return stories.every(db)


def drawn(store: Store) -> set[frozenset[str]]:
    return {frozenset(article.url for article in story.articles) for story in every(store)}


def homes(store: Store) -> dict[str, int]:
    return {article.url: story.id for story in every(store) for article in story.articles}


def in_batches(batches: Sequence[Sequence[Article]]) -> set[frozenset[str]]:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/launchwire.db")
        for batch in batches:
            add(store, batch)
        found = drawn(store)
        store.close()
        return found


@cache
def at_once() -> set[frozenset[str]]:
    return in_batches([ALL])


@settings(max_examples=8, deadline=None)
@given(st.permutations(ALL), st.lists(st.integers(0, len(ALL)), max_size=12))
def test_any_order_and_any_batches_give_the_stories_of_all_at_once(order: list[Article], cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(order)]
    assert in_batches([order[a:b] for a, b in pairwise(edges)]) == at_once()


def test_one_article_at_a_time_gives_the_stories_of_all_at_once() -> None:
    assert any(len(story) > 1 for story in at_once())
    assert in_batches([[article] for article in reversed(ALL)]) == at_once()


def test_settling_again_with_nothing_new_moves_no_id(store: Store) -> None:
    add(store, ALL)
    before = every(store)
    with store.write() as db:
        articles.unsettle(db, [article.key for story in before for article in story.articles])
    settle(store, SOURCES, NOW + HOUR)
    assert every(store) == before


def test_a_story_keeps_its_id_while_its_article_is_no_launch_news_for_a_time(store: Store) -> None:
    (one,) = alone = RELEVANT[:1]
    add(store, alone)
    before = homes(store)
    edited = replace(one, title=f"{one.title}!", decision=replace(one.decision, relevant=False))
    with store.write() as db:
        articles.save(db, [edited], lambda article: replace(article, decision=edited.decision), NOW)
    settle(store, SOURCES, NOW + HOUR)
    assert every(store) == []
    with store.write() as db:
        articles.save(db, [one], lambda article: replace(article, decision=one.decision), NOW + HOUR)
    settle(store, SOURCES, NOW + 2 * HOUR)
    assert homes(store) == before


def without_its_lead(store: Store) -> Story:
    """A story whose lead is no launch news any more, which the stories have not taken note of."""
    add(store, ALL)
    whole = max(every(store), key=lambda story: len(story.articles))
    gone = replace(whole.lead, title=f"{whole.lead.title}!", decision=replace(whole.lead.decision, relevant=False))
    with store.write() as db:
        articles.save(db, [gone], lambda article: replace(article, decision=gone.decision), NOW)
    return whole


def test_a_story_lives_on_where_its_lead_is_no_launch_news_any_more(store: Store) -> None:
    whole = without_its_lead(store)
    with store.read() as db:
        (waiting,) = told.some(db, [whole.id])
    assert waiting.lead in waiting.articles
    settle(store, SOURCES, NOW + HOUR)
    found = homes(store)
    assert whole.id in {found[article.url] for article in whole.articles if article.key != whole.lead.key}
    assert whole.lead.url not in found


def test_a_story_that_lost_an_article_is_told_anew(store: Store) -> None:
    whole = without_its_lead(store)
    settle(store, SOURCES, NOW + HOUR)
    with store.read() as db:
        left = next(story for story in stories.every(db) if story.id == whole.id)
        (row,) = told.some(db, [whole.id])
    assert left == tell(left.id, left.articles, SOURCES, created=left.created, now=left.updated)
    assert (row.lead.key, row.title) == (left.lead.key, left.title)
    assert left.updated == NOW + HOUR


def test_an_id_that_was_merged_away_never_comes_back(store: Store) -> None:
    one, other = pair = three_apart(store)[:2]
    back = other.articles[0]
    gone = [replace(each, decision=replace(each.decision, relevant=False)) for each in other.articles]
    for seen in (gone, [back]):
        with store.write() as db:
            told_of = {each.url: each.decision for each in seen}
            edited = [replace(each, title=f"{each.title}!" if seen is gone else each.title) for each in seen]
            articles.save(db, edited, lambda each: replace(each, decision=told_of[each.url]), NOW)  # noqa: B023
            if seen is gone:
                stories.merge(db, other.id, one.id)
        settle(store, SOURCES, NOW + HOUR)
    assert homes(store)[back.url] not in {other.id, one.id}
    with store.read() as db:
        assert [story.id for story in stories.some(db, [each.id for each in pair])] == [one.id]


def test_a_source_that_leaves_the_catalogue_and_returns_moves_no_id(store: Store) -> None:
    add(store, ALL)
    before = homes(store)
    gone = {id_: source for id_, source in SOURCES.items() if id_ != ALL[0].source}
    for known in (gone, SOURCES):
        with store.write() as db:
            articles.unsettle(db, [article.key for article in articles.in_stories(db)])
        settle(store, known, NOW + HOUR)
        assert homes(store) == before


def three_apart(store: Store) -> list[Story]:
    """Three stories that have nothing to do with one another."""
    add(store, ALL)
    return every(store)[:3]


def judge(store: Store, *pairs: tuple[Article, Article], same: bool) -> None:
    with store.write() as db:
        stories.judge(db, [Verdict(a.key, b.key, same=same) for a, b in pairs], NOW)
    settle(store, SOURCES, NOW + HOUR)


def test_what_was_merged_twice_answers_to_all_its_ids(store: Store) -> None:
    one, two, three = three_apart(store)
    judge(store, (two.lead, three.lead), same=True)
    judge(store, (one.lead, two.lead), same=True)
    with store.read() as db:
        assert {found.id for asked in (one, two, three) for found in stories.some(db, [asked.id])} == {one.id}
        (whole,) = stories.some(db, [three.id])
    assert set(whole.aliases) == {two.id, three.id}


def test_a_split_leaves_the_id_with_the_older_half_and_undoing_it_joins_the_two_again(store: Store) -> None:
    add(store, ALL)
    whole = max(every(store), key=lambda story: len(story.articles))
    *older, last = whole.articles
    judge(store, *((last, article) for article in older), same=False)
    found = homes(store)
    assert {found[article.url] for article in older} == {whole.id}
    assert found[last.url] not in {story.id for story in (whole,)}
    with store.write() as db:
        assert stories.undo(db) == len(older)
    settle(store, SOURCES, NOW + HOUR)
    assert {homes(store)[article.url] for article in whole.articles} == {whole.id}


def test_a_verdict_is_obeyed_when_more_articles_come(store: Store) -> None:
    half = ALL[::2]
    add(store, half)
    one, two, *_ = every(store)
    judge(store, (one.lead, two.lead), same=True)
    add(store, ALL[1::2])
    found = homes(store)
    assert found[one.lead.url] == found[two.lead.url] == one.id
