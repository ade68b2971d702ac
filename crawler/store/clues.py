"""Clues in the store: which articles may have to do with one, by look-ups that cost no more in a bigger archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, and_, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from crawler.domain.candidates import ENOUGH, WINDOW
from crawler.domain.clues import scheme
from crawler.domain.duplicates import COPY_DAYS, DAYS
from crawler.store.schema import articles, clues, links
from crawler.store.some import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.domain.clues import Clues
    from crawler.domain.models import Article

_REACH = int(max(WINDOW / 24, DAYS, COPY_DAYS) * 86400) + 1  # seconds, one of them for what rounding took
_DATED, _UNDATED = 1, 0


@dataclass(frozen=True, slots=True)
class Suspects:
    """What may have to do with an article.

    Args:
        ids: All of them.
        copies: Those whose body may be nearly the same.
    """

    ids: frozenset[int]
    copies: frozenset[int]


def keep(db: Connection, found: Sequence[tuple[Article, Clues]]) -> None:
    """Let articles be found by their clues from now on."""
    rows = [
        {
            "clue": clue,
            "dated": int(article.has_date),
            "at": _seconds(article),
            "article": int(article.key),
            "points": n,
        }
        for article, own in found
        for clue, n in own.points().items()
    ]
    if rows:
        kept = upsert(clues)
        db.execute(
            kept.on_conflict_do_update(index_elements=clues.primary_key, set_={"points": kept.excluded.points}), rows
        )
    for some in chunks(found):
        ids = [int(article.key) for article, _ in some]
        db.execute(update(articles).where(articles.c.id.in_(ids)).values(clue_scheme=scheme()))


def suspects(db: Connection, article: Article, own: Clues) -> Suspects:
    """All that may have to do with an article, whenever it came.

    Args:
        db: A transaction.
        article: Any; need not be stored.
        own: Its clues.
    """
    at = _seconds(article)
    near = clues.c.at.between(at - _REACH, at + _REACH)
    compared = _with(own.compared).where(clues.c.dated == _DATED, near).group_by(clues.c.article)
    alike = compared.having(func.sum(clues.c.points) >= ENOUGH) if article.has_date else None
    any_time = timeless(db, own.models, dated=article.has_date)
    again = _ids(db, _with([*own.again, own.address]).where(clues.c.dated.in_((_DATED, _UNDATED)), near))
    copies = _ids(db, _with(own.body).where(clues.c.dated.in_((_DATED, _UNDATED)), near))
    for some in chunks(any_time):
        copies |= _ids(db, _with(own.body).where(clues.c.article.in_(some)))
    found = any_time | again | copies | (set() if alike is None else _ids(db, alike))
    return Suspects(frozenset(found - {int(article.key or 0)}), frozenset(copies))


def timeless(db: Connection, models: Iterable[int], *, dated: bool) -> set[int]:
    """Articles that state one of some models, and that no window keeps apart from those who ask.

    Args:
        db: A transaction.
        models: As clues have them.
        dated: Whether those who ask have a date; then only articles without one are meant.
    """
    times = (_UNDATED,) if dated else (_DATED, _UNDATED)
    return {id_ for some in chunks(models) for id_ in _ids(db, _with(some).where(clues.c.dated.in_(times)))}


def link(db: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Keep which articles cannot be placed without one another."""
    rows = [{"article": int(a), "other": int(b)} for one, two in pairs for a, b in ((one, two), (two, one))]
    if rows:
        db.execute(upsert(links).on_conflict_do_nothing(), rows)


def unlink(db: Connection, ids: Sequence[int]) -> None:
    """Forget the links of articles that have changed."""
    rows = [{"a": other, "b": id_} for id_, other in _linked(db, ids)]
    if rows:
        gone = delete(links).where(and_(links.c.article == bindparam("a"), links.c.other == bindparam("b")))
        db.execute(gone, rows)
    for some in chunks(ids):
        db.execute(delete(links).where(links.c.article.in_(some)))


def linked(db: Connection, ids: Iterable[int]) -> set[int]:
    """The articles that are linked with any of some."""
    return {other for _, other in _linked(db, ids)}


def forget(db: Connection) -> None:
    """Drop all clues and links, which were made in another way, unless some were made in this one."""
    if (
        db.scalar(
            select(articles.c.id)
            .where(articles.c.settled.in_((True, False)), articles.c.relevant, articles.c.clue_scheme == scheme())
            .limit(1)
        )
        is None
    ):
        for table in (clues, links):
            db.execute(delete(table))
        # Whoever goes back to an older version half-way must not believe that its clues are still kept.
        db.execute(update(articles).where(articles.c.clue_scheme != 0).values(clue_scheme=0))


def _linked(db: Connection, ids: Iterable[int]) -> list[tuple[int, int]]:
    rows = (row for some in chunks(ids) for row in db.execute(select(links).where(links.c.article.in_(some))))
    return [(row.article, row.other) for row in rows]


def _with(wanted: Iterable[int]) -> Select[tuple[int]]:
    return select(clues.c.article).where(clues.c.clue.in_(list(wanted)))


def _ids(db: Connection, query: Select[tuple[int]]) -> set[int]:
    return set(db.scalars(query))


def _seconds(article: Article) -> int:
    return int(article.published.timestamp())
