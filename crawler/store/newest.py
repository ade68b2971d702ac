"""Which stories are the newest, and how many there are, without reading all of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, exists, func, select

from crawler.domain.models import DateOrigin
from crawler.store import stories as stored
from crawler.store.schema import articles, stories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, FromClause, Select

    from crawler.domain.models import Story

_a, _other = articles.alias(), articles.alias()
_merged = exists().where(stories.c.id == _a.c.story, stories.c.merged_into.is_not(None))
_TOLD = and_(_a.c.relevant, _a.c.story.is_not(None), ~_merged)  # no join: SQLite would begin with all living stories
_UNDATED = DateOrigin.FIRST_SEEN.value


def counts(db: Connection) -> tuple[int, int]:
    """Return how many articles are told in stories, and in how many."""
    found = select(func.count(), func.count(func.distinct(_a.c.story))).where(_TOLD)
    told, living = db.execute(found).one()
    return told, living


def newest(db: Connection, most: int) -> list[Story]:
    """Return the first of `walked`."""
    return list(islice(walked(db, most), most))


def walked(db: Connection, together: int = 100) -> Iterator[Story]:
    """Give stories by the time of their first article, newest first; those of an unknown time last.

    Args:
        db: A transaction.
        together: How many are read at once.
    """
    ids = _ids(db)
    while order := list(islice(ids, together)):
        found = {story.id: story for story in stored.some(db, order)}
        yield from (found[id_] for id_ in order)


def _ids(db: Connection) -> Iterator[int]:
    given: set[int] = set()
    for dated in (True, False):
        # Walks down the index of times until enough are found, looking at few stories more.
        for id_ in db.scalars(_firsts(dated=dated)):
            if id_ not in given:
                given.add(id_)
                yield id_


def _firsts(*, dated: bool) -> Select[Any]:
    """Select the stories of articles before which their story has none, of those that have a date or of the others."""

    def alike(each: FromClause) -> ColumnElement[bool]:
        return each.c.dated != _UNDATED if dated else each.c.dated == _UNDATED

    earlier = exists().where(
        _other.c.story == _a.c.story, _other.c.relevant, alike(_other), _other.c.published < _a.c.published
    )
    found = select(_a.c.story).where(_TOLD, alike(_a), ~earlier)
    return found.order_by(_a.c.published.desc(), _a.c.story.desc())
