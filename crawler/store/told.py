"""Stories as they are published: with what readers get of their articles, and no body, score or guid.

Reads many at once, and fast: a site of a hundred thousand stories is made of half a million articles.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Connection, Text, bindparam, func, select, type_coerce

from crawler.domain.models import Article, ComingDate, DateOrigin, Decision, Stage, Story
from crawler.domain.telling import in_time
from crawler.store.schema import articles, stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

_CHUNK = 500
_a = articles.c
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_TEXTS = [  # as they are stored, for the same ones come again and again
    type_coerce(column, Text) for column in (_a.published, _a.first_seen, _a.authors, _a.videos, _a.brands, _a.dates)
]
_ARTICLES = select(
    *(_a.id, _a.source, _a.url, _a.canonical_url, _a.title, _a.summary, _a.language, _a.image),
    *(_a.dated, _a.duplicate_of, _a.story, *_TEXTS),
).where(_a.story.in_(_ids), _a.relevant)
_STORIES = select(stories).where(stories.c.id.in_(_ids) | stories.c.merged_into.in_(_ids))
_ORIGINS = {origin.value: origin for origin in DateOrigin}


def last(db: Connection) -> int:
    """Return the highest id that a story has, 0 where there is none."""
    return db.scalar(select(func.max(stories.c.id))) or 0


def between(db: Connection, first: int, last: int) -> list[int]:
    """Return the ids of the living stories in a range, both ends included."""
    living = select(stories.c.id).where(stories.c.id.between(first, last), stories.c.merged_into.is_(None))
    return list(db.scalars(living.order_by(stories.c.id)))


def some(db: Connection, ids: Iterable[int]) -> list[Story]:
    """Return the living ones among the given stories, by id; one that was merged away is not living."""
    wanted = sorted(ids)
    return [story for at in range(0, len(wanted), _CHUNK) for story in _block(db, wanted[at : at + _CHUNK])]


def _block(db: Connection, ids: Sequence[int]) -> list[Story]:
    members = defaultdict(list)
    for row in db.execute(_ARTICLES, {"ids": ids}).all():
        members[row.story].append(_article(row))
    rows = db.execute(_STORIES, {"ids": ids}).all()
    aliases = defaultdict(list)
    for row in rows:
        aliases[row.merged_into].append(row.id)
    living = sorted((row for row in rows if row.merged_into is None and row.id in members), key=lambda row: row.id)
    return [_story(row, members[row.id], sorted(aliases[row.id])) for row in living]


def _story(row: Row[Any], members: list[Article], aliases: list[int]) -> Story:
    lead, ordered = str(row.lead), tuple(sorted(members, key=in_time))
    return Story(
        id=row.id,
        # A lead that is no launch news any more is none of them, until the story is told anew.
        lead=next((article for article in ordered if article.key == lead), ordered[0]),
        articles=ordered,
        title=row.title,
        stage=Stage(row.stage),
        created=row.created,
        updated=row.updated,
        brands=row.brands,
        models=row.models,
        guessed=row.guessed,
        dates=tuple(ComingDate(**date) for date in row.dates),
        aliases=tuple(aliases),
    )


def _article(row: Sequence[Any]) -> Article:
    # By place, for names are looked up one by one.
    key, source, url, canonical, title, summary, language, image, dated, copied, story, *texts = row
    published, seen, authors, videos, brands, dates = texts
    return Article(
        source=source,
        url=url,
        canonical_url=canonical,
        title=title,
        published=_time(published),
        first_seen=_time(seen),
        dated=_ORIGINS[dated],
        summary=summary,
        language=language,
        authors=_listed(authors),
        image=image,
        videos=_listed(videos),
        decision=_decision(brands, dates),
        key=str(key),
        duplicate_of=None if copied is None else str(copied),
        story=story,
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@lru_cache(maxsize=4096)  # most are empty, or said of many articles
def _listed(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=4096)
def _decision(brands: str, dates: str) -> Decision:
    named = tuple(ComingDate(**each) for each in json.loads(dates))
    return Decision(relevant=True, score=1.0, brands=_listed(brands), dates=named)
