"""Finds what articles have to do with, and keeps it in the store as clues and links.

Each pair is looked at once, when the later of the two comes or one of them changes. What follows is `settle`'s.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.domain.candidates import WINDOW
from crawler.domain.clues import clues, scheme
from crawler.domain.stories import links
from crawler.store import articles
from crawler.store import clues as kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from crawler.domain.clues import Clues
    from crawler.domain.models import Article
    from crawler.store.database import Store

_FEW = 60
"""Articles up to which each is looked up by itself; for more it is quicker to read all that is near in time."""

_AT_ONCE = 1_000  # articles in one transaction, when all are connected anew


def refresh(store: Store, owners: Mapping[str, str]) -> None:
    """Connect the articles anew that were connected by other rules, in transactions of their own."""
    with store.read() as db:
        if not articles.of_another_scheme(db, scheme(), 1):
            return
    with store.write() as db:
        kept.forget(db)
        stale = articles.of_another_scheme(db, scheme(), _AT_ONCE)
    while stale:
        with store.write() as db:
            connect(db, stale, owners)
            stale = articles.of_another_scheme(db, scheme(), _AT_ONCE)


def connect(db: Connection, fresh: Sequence[Article], owners: Mapping[str, str]) -> None:
    """Let articles be found from now on, and link them with what they have to do with.

    Args:
        db: A writing transaction.
        fresh: Stored, new or changed.
        owners: Owner of each source id, where known.
    """
    known = [one for one in fresh if one.decision.relevant]
    found = [(one, clues(one, owners.get(one.source, one.source))) for one in known]
    kept.unlink(db, [int(article.key) for article in fresh])
    kept.keep(db, found)
    around = _suspects(db, found) if len(known) <= _FEW else _neighbours(db, found)
    kept.link(db, links(known, [*articles.alike(db, known), *around], owners))


def _suspects(db: Connection, known: Sequence[tuple[Article, Clues]]) -> list[Article]:
    found = [kept.suspects(db, article, own) for article, own in known]
    ids = {id_ for some in found for id_ in some.ids} - {int(article.key) for article, _ in known}
    bodies = {id_ for some in found for id_ in some.copies}
    return [article for article in articles.some(db, ids, bodies=bodies) if article.decision.relevant]


def _neighbours(db: Connection, known: Sequence[tuple[Article, Clues]]) -> list[Article]:
    reach = timedelta(hours=WINDOW)
    spans = _joined((article.published - reach, article.published + reach) for article, _ in known)
    ids = {
        id_
        for dated in (True, False)
        for id_ in kept.timeless(
            db, {model for one, own in known if one.has_date == dated for model in own.models}, dated=dated
        )
    }
    around = articles.relevant_between(db, spans)
    ids -= {int(article.key) for article in around}
    return [*around, *(article for article in articles.some(db, ids) if article.decision.relevant)]


def _joined(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The same time in as few spans as possible."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
