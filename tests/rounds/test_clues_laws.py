"""What clues find in the store is what looking at everything finds, and the links that are kept say the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from test_settling_laws import ALL, HOUR, NOW, SOURCES, add

from crawler.domain import candidates
from crawler.domain.clues import clues
from crawler.domain.duplicates import mark
from crawler.domain.linkage import roots
from crawler.domain.profile import profile
from crawler.domain.stories import in_order, links
from crawler.round import connect
from crawler.store import articles, schema
from crawler.store import clues as kept
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from random import Random

    from crawler.domain.models import Article
    from crawler.store.database import Store


def text(number: int) -> str:
    return " ".join(f"word{number}x{place}" for place in range(90))


def copied(article: Article, number: int) -> Article:
    """The same text at another address: under a title that was edited, or by somebody else in other words."""
    address = f"https://copies.example/{number}"
    there = replace(article, url=address, canonical_url=address)
    return (
        replace(there, title=f"{article.title} now") if number % 2 else replace(there, source="copies", title="A copy")
    )


def met_again(article: Article, number: int) -> Article:
    """The same without its text: under the same long title elsewhere, or in another language where its page says so."""
    address = f"https://again.example/{number}"
    there = replace(article, url=address, canonical_url=address, source="again", body="")
    title = f"{article.title}, and that is the same long line everywhere that takes it from the wire"
    if number % 2:
        return replace(there, title=title)
    return replace(there, title="Etwas anderes", language="de", translations=(article.canonical_url,))


BODIES = [replace(one, body=text(number)) for number, one in enumerate(ALL)]
AGAIN = [met_again(one, number) for number, one in enumerate(BODIES[1::4])]
WIRE = [replace(one, source="wire", canonical_url=f"{one.canonical_url}/wire") for one in AGAIN[1::2]]
NEWS = [*BODIES, *(copied(one, number) for number, one in enumerate(BODIES[::4])), *AGAIN, *WIRE]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/launchwire.db")
    yield opened
    opened.close()


def everything(store: Store) -> list[Article]:
    with store.read() as db:
        found = articles.some(db, db.scalars(select(schema.articles.c.id)))
    return sorted((article for article in found if article.decision.relevant), key=in_order)


def partners(some: Sequence[Article]) -> dict[str, set[str]]:
    """With which others each is compared."""
    found = defaultdict(set)
    for i, j in candidates.pairs([profile(one, one.source) for one in some]):
        found[some[i].key].add(some[j].key)
        found[some[j].key].add(some[i].key)
    return found


def linked(store: Store) -> dict[int, int]:
    """Of each article the first that it hangs together with, by the links in the store."""
    with store.read() as db:
        pairs = [(row.article, row.other) for row in db.execute(select(schema.links))]
        return roots(db.scalars(select(schema.articles.c.id).where(schema.articles.c.relevant)), pairs)


def from_scratch(store: Store) -> dict[int, int]:
    """The same by looking at everything."""
    some = everything(store)
    return roots((int(one.key) for one in some), ((int(a), int(b)) for a, b in links(some, ())))


def test_clues_find_all_that_is_compared_or_copied(store: Store) -> None:
    add(store, NEWS)
    some = everything(store)
    compared = partners(some)
    assert sum(map(len, compared.values())) > 2 * len(some)
    assert len(mark(some)) > len(BODIES) // 8
    for article in some:
        with store.read() as db:
            found = kept.suspects(db, article, clues(article, article.source))
            near = {*map(str, found.ids), *(one.key for one in articles.alike(db, [article]))}
        assert compared[article.key] <= near
        assert {other.key for other in some if mark([article, other])} <= near


def test_few_and_many_at_once_are_linked_alike(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for few, some in ((0, NEWS[::2]), (1_000, NEWS[1::2])):
        monkeypatch.setattr(connect, "_FEW", few)
        add(store, some)
    assert linked(store) == from_scratch(store)


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_whatever_the_order_the_links_are_those_of_all_at_once(chance: Random, size: int) -> None:
    order = chance.sample(NEWS, 60)
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/launchwire.db")
        for at in range(0, len(order), size):
            add(store, order[at : at + size])
        assert linked(store) == from_scratch(store)
        store.close()


def _as_in(other: Article, article: Article) -> Article:
    return replace(article, decision=other.decision)


def test_an_article_that_changes_loses_its_links_and_finds_others(store: Store) -> None:
    add(store, NEWS)
    for number in (3, 20, 41):
        other = NEWS[(number + 7) % len(NEWS)]
        changed = replace(NEWS[number], title=other.title, decision=other.decision)
        with store.write() as db:
            articles.save(db, [changed], partial(_as_in, changed), NOW)
        add(store, [], NOW + HOUR)
        assert linked(store) == from_scratch(store)


def test_what_was_connected_by_other_rules_is_connected_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_AT_ONCE", 25)
    add(store, NEWS)
    before = linked(store)
    with store.write() as db:
        db.execute(delete(schema.clues))
        db.execute(delete(schema.links))
        db.execute(update(schema.articles).values(clue_scheme=7))
    with store.write() as db:
        kept.forget(db)
        assert set(db.scalars(select(schema.articles.c.clue_scheme))) == {0}
    add(store, [], NOW + HOUR)
    assert linked(store) == before
    connect.refresh(store, {source: facts.owner for source, facts in SOURCES.items()})
    assert linked(store) == before
