"""Articles in and out of the store."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, literal, or_, select, update

from crawler.domain.articles import merge
from crawler.domain.models import Article, ComingDate, DateOrigin, Decision, Stage
from crawler.store.known import Known
from crawler.store.schema import articles
from crawler.store.some import chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

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
    "translations",
    "page_read",
    "published",
    "first_seen",
    "updated",
)
_BODILESS = tuple(literal("").label("body") if column.name == "body" else column for column in articles.c)
_DECIDED = ("relevant", "score", "stage", "brands", "models", "guessed", "why")


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
    known, new, updated = Known(_like(db, seen)), 0, 0
    met: set[tuple[str, str]] = set()
    for article in seen:
        stored = known.same(article)
        if stored is None:
            met.add((article.source, article.canonical_url))
            known.put(replace(article, key="") if article.key else article)  # the store alone gives keys
            new += 1
            continue
        identity = (stored.source, stored.canonical_url)
        # A document that lists an article twice under two titles would give it the other one at every reading.
        again = replace(article, title="", summary="") if identity in met else article
        met.add(identity)
        merged = merge(stored, again, now)
        if merged != stored:
            known.put(decide(merged), instead=stored)
            updated += 1
    _write(db, known.changed)
    return Saved(new, updated)


def any_stored(db: Connection) -> bool:
    """Whether the store holds an article at all."""
    return db.scalar(select(articles.c.id).limit(1)) is not None


def is_stored(db: Connection, article: Article) -> bool:
    """Whether the store holds this article of its source, in whatever form."""
    return Known(_like(db, [article])).same(article) is not None


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
    for part in chunks(spans):
        within = or_(*(articles.c.published.between(start, end) for start, end in part))
        found |= {article.key: article for article in _all(db, and_(articles.c.relevant, within))}
    return list(found.values())


def alike(db: Connection, known: Sequence[Article]) -> list[Article]:
    """Relevant articles with an address or guid of the given ones, or translated from them, whenever they came."""
    found: dict[str, Article] = {}
    for part in chunks(known):
        guids = [and_(articles.c.source == each.source, articles.c.guid == each.guid) for each in part if each.guid]
        urls = chunks(url for each in part for url in (each.canonical_url, *each.translations))
        ways = [articles.c.canonical_url.in_(some) for some in urls]
        for way in (*ways, or_(*guids)) if guids else ways:
            found |= {article.key: article for article in _all(db, and_(articles.c.relevant, way))}
    return list(found.values())


def of_another_scheme(db: Connection, scheme: int, most: int) -> list[Article]:
    """Some settled relevant articles whose clues are not kept, or were made in another way."""
    wanted = select(articles.c.id).where(articles.c.settled.is_(True), articles.c.relevant.is_(True)).limit(most)
    # One range of the index each; for both at once SQLite would go through all that is settled.
    own = articles.c.clue_scheme
    ids = [id_ for other in (own < scheme, own > scheme) for id_ in db.scalars(wanted.where(other))]
    return some(db, ids[:most])


def of_stories(db: Connection, stories: Iterable[int]) -> list[Article]:
    """The relevant articles of the given stories."""
    return [article for ids in chunks(stories) for article in _all(db, and_(articles.c.story.in_(ids), _TOLD))]


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
    at_address = db.execute(select(articles.c.source, articles.c.page_read).where(articles.c.url == url))
    return any(row.source == source and row.page_read for row in at_address)


def settle(db: Connection, placed: Iterable[Article]) -> None:
    """Note the story each article belongs to now, and of which article it is a copy."""
    rows = [
        {"key": int(article.key), "told": article.story, "copy": article.duplicate_of and int(article.duplicate_of)}
        for article in placed
    ]
    if rows:
        values: dict[str, Any] = {"story": bindparam("told"), "duplicate_of": bindparam("copy")}
        db.execute(update(articles).where(articles.c.id == bindparam("key")).values(values), rows)


def all_settled(db: Connection, keys: Iterable[str]) -> None:
    """Mark articles as taken note of."""
    for ids in chunks(map(int, keys)):
        db.execute(update(articles).where(articles.c.id.in_(ids)).values(settled=True))


def unsettle(db: Connection, keys: Iterable[str]) -> None:
    """Let the stories take note of articles again."""
    for ids in chunks(map(int, keys)):
        db.execute(update(articles).where(articles.c.id.in_(ids)).values(settled=False))


def some(db: Connection, keys: Iterable[str | int], *, bodies: Collection[int] | None = None) -> list[Article]:
    """The articles with the given keys, as far as there are any.

    Args:
        db: A transaction.
        keys: Of articles.
        bodies: Those whose bodies are wanted, which take long to read; None for all.
    """
    asked = set(map(int, keys))
    whole = asked if bodies is None else asked.intersection(bodies)
    return [
        article
        for ids, columns in ((whole, articles.c), (asked - whole, _BODILESS))
        for part in chunks(sorted(ids))
        for article in map(_article, db.execute(select(*columns).where(articles.c.id.in_(part))))
    ]


def addressed(db: Connection, url: str) -> list[Article]:
    """The articles at an address, as published or canonical, of whatever source."""
    ways = (articles.c.url == url, articles.c.canonical_url == url)
    return list({article.key: article for way in ways for article in _all(db, way)}.values())


def _like(db: Connection, seen: Sequence[Article]) -> list[Article]:
    """Stored articles with an address or guid of the given ones, the first stored first."""
    found: dict[int, Article] = {}
    for part in chunks(seen):
        # One select for each way: SQLite finds no index for all of them at once.
        for way in (
            articles.c.canonical_url.in_([each.canonical_url for each in part]),
            articles.c.url.in_([each.url for each in part]),
            and_(
                articles.c.source.in_({each.source for each in part}),
                articles.c.guid.in_([each.guid for each in part if each.guid]),
            ),
        ):
            found |= {int(article.key): article for article in _all(db, way)}
    return [found[id_] for id_ in sorted(found)]


def _write(db: Connection, changed: Sequence[Article]) -> None:
    """Store articles in place of what they were, or as new ones where they have no key."""
    new = [row(article) for article in changed if not article.key]
    if new:
        db.execute(insert(articles), new)
    for article in changed:
        if article.key:
            db.execute(update(articles).where(articles.c.id == int(article.key)).values(row(article)))


def _all(db: Connection, condition: Any) -> list[Article]:  # noqa: ANN401 (any SQL condition)
    return [_article(row) for row in db.execute(select(articles).where(condition).order_by(articles.c.id))]


def row(article: Article) -> dict[str, Any]:
    """An article as the table has it, new and in no story yet."""
    decision = article.decision
    return (
        {name: getattr(article, name) for name in _PLAIN}
        | {name: getattr(decision, name) for name in _DECIDED}
        | {
            "dated": article.dated.value,
            "dates": [asdict(date) for date in decision.dates],
            "settled": False,
            "clue_scheme": 0,
        }
    )


def _article(found: Row[Any]) -> Article:
    told = {name: getattr(found, name) for name in _DECIDED}
    told["stage"] = Stage(found.stage) if found.stage else None
    return Article(
        **{name: getattr(found, name) for name in _PLAIN},
        dated=DateOrigin(found.dated),
        decision=Decision(**told, dates=tuple(ComingDate(**date) for date in found.dates)),
        key=str(found.id),
        duplicate_of=None if found.duplicate_of is None else str(found.duplicate_of),
        story=found.story,
    )
