"""Articles in and out of the store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Row, Text, and_, insert, or_, select, update

from crawler.domain.articles import merge
from crawler.domain.models import Article, ComingDate, DateOrigin, Decision, Stage
from crawler.store.schema import articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

_T = TypeVar("_T")
# An article that is no longer relevant remembers its story, and takes it up again should it become so once more.
_TOLD = articles.c.relevant
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
_CHUNK = 400
"""Values in one SQL `IN` or `OR`: SQLite allows expressions 1,000 deep."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How many of the articles given were new, and how many changed."""

    new: int = 0
    updated: int = 0


def save(db: Connection, seen: Sequence[Article], decide: Callable[[Article], Article], now: datetime) -> Saved:
    """Store articles as they were seen; one that is stored already is merged with what is new of it.

    Args:
        db: A writing transaction.
        seen: Articles, decided.
        decide: Gives an article its decision; asked for what changed by the merge.
        now: When they were seen.
    """
    new = updated = 0
    for article in seen:
        stored = _same(db, article)
        if stored is None:
            db.execute(insert(articles).values(_row(article)))
            new += 1
            continue
        merged = replace(merge(stored, article, now), decision=stored.decision)
        if merged != stored:
            db.execute(update(articles).where(articles.c.id == int(stored.key)).values(_row(decide(merged))))
            updated += 1
    return Saved(new, updated)


def any_stored(db: Connection) -> bool:
    """Whether the store holds an article at all."""
    return db.scalar(select(articles.c.id).limit(1)) is not None


def is_stored(db: Connection, article: Article) -> bool:
    """Whether the store holds this article of its source, in whatever form."""
    return _same(db, article) is not None


def newest(db: Connection, source: str) -> Article | None:
    """The article of a source with the latest date, None where it has none."""
    wanted = select(articles).where(articles.c.source == source)
    row = db.execute(wanted.order_by(articles.c.published.desc(), articles.c.id.desc()).limit(1)).first()
    return None if row is None else _article(row)


def unsettled(db: Connection) -> list[Article]:
    """Articles of which the stories have not yet taken note."""
    return _all(db, articles.c.settled.is_(False))


def relevant_between(db: Connection, spans: Iterable[tuple[datetime, datetime]]) -> list[Article]:
    """Relevant articles published within any of the spans, both ends included."""
    found: dict[str, Article] = {}
    for part in _chunks(spans):
        within = or_(*(articles.c.published.between(start, end) for start, end in part))
        found |= {article.key: article for article in _all(db, and_(articles.c.relevant, within))}
    return list(found.values())


def alike(db: Connection, known: Sequence[Article]) -> list[Article]:
    """Relevant articles with an address or guid of the given ones, whenever they came."""
    found: dict[str, Article] = {}
    for part in _chunks(known):
        guids = [and_(articles.c.source == each.source, articles.c.guid == each.guid) for each in part if each.guid]
        ways = [articles.c.canonical_url.in_([each.canonical_url for each in part]), *([or_(*guids)] if guids else [])]
        for way in ways:
            found |= {article.key: article for article in _all(db, and_(articles.c.relevant, way))}
    return list(found.values())


def stating(db: Connection, models: Iterable[str], *, undated: bool) -> list[Article]:
    """Relevant articles that state one of the models.

    Args:
        db: A transaction.
        models: As makers write them.
        undated: Only those whose source does not say when.
    """
    wanted = [articles.c.models.cast(Text).contains(json.dumps(model), autoescape=True) for model in models]
    if not wanted:
        return []
    # The index holds all that is asked here, so that no row is read in vain.
    dated = articles.c.dated == DateOrigin.FIRST_SEEN.value if undated else articles.c.dated.in_(list(DateOrigin))
    found = db.scalars(select(articles.c.id).where(and_(dated, articles.c.relevant, or_(*wanted))))
    return [article for ids in _chunks(list(found)) for article in _all(db, articles.c.id.in_(ids))]


def of_stories(db: Connection, stories: Iterable[int]) -> list[Article]:
    """The relevant articles of the given stories."""
    return [article for ids in _chunks(stories) for article in _all(db, and_(articles.c.story.in_(ids), _TOLD))]


def in_stories(db: Connection) -> list[Article]:
    """Every article that is told in a story."""
    return _all(db, and_(articles.c.story.is_not(None), _TOLD))


def at(db: Connection, url: str, canonical_url: str) -> Article | None:
    """The newest article at an address, as published or without its trackers; None where none is stored."""
    ways = (articles.c.url == url, articles.c.canonical_url == canonical_url)
    found = (_all(db, way) for way in ways)
    return next((some[-1] for some in found if some), None)


def page_was_read(db: Connection, source: str, url: str) -> bool:
    """Whether the page of a source's article was read before; `url` is the address as published."""
    wanted = and_(articles.c.source == source, articles.c.url == url, articles.c.page_read)
    return db.scalar(select(articles.c.id).where(wanted).limit(1)) is not None


def settle(db: Connection, article: Article) -> None:
    """Note the story an article belongs to now, and of which article it is a copy."""
    values = {"story": article.story, "duplicate_of": article.duplicate_of and int(article.duplicate_of)}
    db.execute(update(articles).where(articles.c.id == int(article.key)).values(values))


def all_settled(db: Connection, keys: Iterable[str]) -> None:
    """Mark articles as taken note of."""
    for ids in _chunks(map(int, keys)):
        db.execute(update(articles).where(articles.c.id.in_(ids)).values(settled=True))


def unsettle(db: Connection, keys: Iterable[str]) -> None:
    """Let the stories take note of articles again."""
    for ids in _chunks(map(int, keys)):
        db.execute(update(articles).where(articles.c.id.in_(ids)).values(settled=False))


def some(db: Connection, keys: Iterable[str]) -> list[Article]:
    """The articles with the given keys, as far as there are any."""
    return [article for ids in _chunks(map(int, keys)) for article in _all(db, articles.c.id.in_(ids))]


def addressed(db: Connection, url: str) -> list[Article]:
    """The articles at an address, as published or canonical, of whatever source."""
    ways = (articles.c.url == url, articles.c.canonical_url == url)
    return list({article.key: article for way in ways for article in _all(db, way)}.values())


def _same(db: Connection, article: Article) -> Article | None:
    """The stored article of the same source that this one is, None where it is new.

    A page may call itself otherwise than its feed does, so the address as published counts too. Some feeds give all
    their entries one guid, so that one counts only together with the title.
    """
    own = articles.c.source == article.source
    ways = [articles.c.canonical_url == article.canonical_url, articles.c.url == article.url]
    if article.guid:
        ways.append(and_(articles.c.guid == article.guid, articles.c.title == article.title))
    # One select for each way: SQLite finds no index for all of them at once.
    return next((found for way in ways for found in _all(db, and_(own, way))), None)


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
