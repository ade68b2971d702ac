"""Articles in and out of the store."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from crawler.domain.articles import merge
from crawler.domain.models import Article, ComingDate, DateOrigin, Decision, Stage
from crawler.store.schema import articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

_T = TypeVar("_T")
_PLAIN = (
    "source",
    "url",
    "canonical_url",
    "guid",
    "title",
    "summary",
    "body",
    "language",
    "authors",
    "image",
    "videos",
    "page_read",
    "published",
    "first_seen",
    "updated",
)
_DECIDED = ("relevant", "score", "stage", "brands", "models", "guessed", "why")
_CHUNK = 500
"""Values in one SQL `IN`: SQLite allows 32,766 variables, and small statements keep its cache useful."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How many of the articles given were new, and how many changed."""

    new: int = 0
    updated: int = 0


def save(db: Connection, seen: Sequence[Article], decide: Callable[[Article], Article], now: datetime) -> Saved:
    """Store articles as they were seen; one that is stored already is merged with what is new of it.

    Args:
        db: A writing transaction.
        seen: Articles with or without a decision.
        decide: Gives an article its decision; asked only for what is new or changed.
        now: When they were seen.
    """
    new = updated = 0
    for article in seen:
        stored = _same(db, article)
        if stored is None:
            db.execute(insert(articles).values(_row(decide(article))))
            new += 1
            continue
        merged = replace(merge(stored, article, now), decision=stored.decision)
        if merged != stored:
            db.execute(update(articles).where(articles.c.id == int(stored.key)).values(_row(decide(merged))))
            updated += 1
    return Saved(new, updated)


def unsettled(db: Connection) -> list[Article]:
    """Articles of which the stories have not yet taken note."""
    return _all(db, articles.c.settled.is_(False))


def relevant_between(db: Connection, spans: Iterable[tuple[datetime, datetime]]) -> list[Article]:
    """Relevant articles published within any of the spans, both ends included."""
    within = [articles.c.published.between(start, end) for start, end in spans]
    return _all(db, and_(articles.c.relevant, or_(*within))) if within else []


def of_stories(db: Connection, stories: Iterable[int]) -> list[Article]:
    """All articles of the given stories."""
    return [article for ids in _chunks(stories) for article in _all(db, articles.c.story.in_(ids))]


def in_stories(db: Connection) -> list[Article]:
    """Every article that belongs to a story."""
    return _all(db, articles.c.story.is_not(None))


def pages_read(db: Connection, urls: Iterable[str]) -> set[str]:
    """Those of the addresses, as published, whose article page was read before."""
    wanted = select(articles.c.url).where(articles.c.page_read)
    return {url for part in _chunks(urls) for url in db.scalars(wanted.where(articles.c.url.in_(part)))}


def settle(db: Connection, article: Article) -> None:
    """Note the story an article belongs to now, and of which article it is a copy."""
    values = {"story": article.story, "duplicate_of": article.duplicate_of and int(article.duplicate_of)}
    db.execute(update(articles).where(articles.c.id == int(article.key)).values(values))


def all_settled(db: Connection, keys: Iterable[str]) -> None:
    """Mark articles as taken note of."""
    for ids in _chunks(map(int, keys)):
        db.execute(update(articles).where(articles.c.id.in_(ids)).values(settled=True))


def _same(db: Connection, article: Article) -> Article | None:
    own = articles.c.source == article.source
    # A page may call itself otherwise than its feed does, so either address will do.
    addresses = or_(articles.c.canonical_url == article.canonical_url, articles.c.url == article.url)
    by_url = _all(db, and_(own, addresses))
    if by_url or not article.guid:
        return min(by_url, key=lambda stored: stored.canonical_url != article.canonical_url, default=None)
    # Some feeds give all their entries one guid, so it counts only together with the title.
    return next(iter(_all(db, and_(own, articles.c.guid == article.guid, articles.c.title == article.title))), None)


def _all(db: Connection, condition: Any) -> list[Article]:  # noqa: ANN401 (any SQL condition)
    return [_article(row) for row in db.execute(select(articles).where(condition).order_by(articles.c.id))]


def _chunks(values: Iterable[_T]) -> Iterator[list[_T]]:
    listed = list(values)
    return (listed[at : at + _CHUNK] for at in range(0, len(listed), _CHUNK))


def _row(article: Article) -> dict[str, Any]:
    decision = article.decision
    return (
        {name: getattr(article, name) for name in _PLAIN}
        | {name: getattr(decision, name) for name in _DECIDED}
        | {"dated": article.dated.value, "dates": [asdict(date) for date in decision.dates], "settled": False}
    )


def _article(row: Row[Any]) -> Article:
    decision = Decision(
        **{name: getattr(row, name) for name in _DECIDED},
        dates=tuple(ComingDate(**date) for date in row.dates),
    )
    return Article(
        **{name: getattr(row, name) for name in _PLAIN},
        dated=DateOrigin(row.dated),
        decision=replace(decision, stage=Stage(row.stage) if row.stage else None),
        key=str(row.id),
        duplicate_of=None if row.duplicate_of is None else str(row.duplicate_of),
        story=row.story,
    )
