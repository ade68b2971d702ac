"""Stories in and out of the store, and the operator's verdicts on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from crawler.domain.models import Article, ComingDate, Stage, Story
from crawler.domain.stories import Verdict
from crawler.domain.telling import in_time
from crawler.store import articles
from crawler.store.schema import articles as all_articles
from crawler.store.schema import stories, verdicts
from crawler.store.some import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

_FACTS = ("id", "title", "stage", "brands", "models", "guessed", "created", "updated")


def every(db: Connection) -> list[Story]:
    """All living stories by id, each with its articles."""
    return _assembled(db, articles.in_stories(db))


def some(db: Connection, ids: Iterable[int]) -> list[Story]:
    """The living ones of the given stories; an id that was merged away answers with the story it went into."""
    asked = set(ids)
    gone = {row.id: row.merged_into for row in _rows(db, asked) if row.merged_into is not None}
    return _assembled(db, articles.of_stories(db, {gone.get(story, story) for story in asked}))


def of_members(db: Connection, members: Iterable[Article]) -> list[Story]:
    """The stories that articles tell, given all articles of each."""
    return _assembled(db, [article for article in members if article.story is not None])


def next_id(db: Connection) -> int:
    """The first id that no story ever had."""
    return (db.scalar(select(func.max(stories.c.id))) or 0) + 1


def keep(db: Connection, told: Iterable[Story]) -> None:
    """Store the facts of stories in place of the earlier ones; their articles point to them by themselves."""
    rows = [
        {name: getattr(story, name) for name in _FACTS}
        | {
            "stage": story.stage.value,
            "lead": int(story.lead.key),
            "dates": [asdict(date) for date in story.dates],
            "merged_into": None,
        }
        for story in told
    ]
    if rows:
        kept = upsert(stories)
        anew = {name: kept.excluded[name] for name in rows[0] if name != "id"}
        db.execute(kept.on_conflict_do_update(index_elements=["id"], set_=anew), rows)


def merge(db: Connection, old: int, survivor: int) -> None:
    """Let an id answer as an alias of the story it went into."""
    db.execute(
        update(stories).where((stories.c.id == old) | (stories.c.merged_into == old)).values(merged_into=survivor)
    )
    # Also of what is no launch news any more: were it so again, it would call the old story back.
    db.execute(update(all_articles).where(all_articles.c.story == old).values(story=survivor))


def judge(db: Connection, said: Sequence[Verdict], at: datetime) -> None:
    """Add what an operator said with one command, and let the stories take note of it."""
    rows = [{"article": int(v.a), "other": int(v.b), "same": v.same, "at": at} for v in said]
    if rows:
        db.execute(insert(verdicts), rows)
        articles.unsettle(db, {key for verdict in said for key in (verdict.a, verdict.b)})


def undo(db: Connection) -> int:
    """Take back what the last command said, and return how many verdicts that were."""
    last = select(func.max(verdicts.c.at)).scalar_subquery()
    rows = db.execute(select(verdicts).where(verdicts.c.at == last)).all()
    articles.unsettle(db, {str(key) for row in rows for key in (row.article, row.other)})
    db.execute(delete(verdicts).where(verdicts.c.id.in_([row.id for row in rows])))
    return len(rows)


def judged(db: Connection, among: Iterable[Article] | None = None) -> list[Verdict]:
    """Verdicts, oldest first: all of them, or those on some articles and any others."""
    wanted = select(verdicts).order_by(verdicts.c.id)
    if among is None:
        rows = db.execute(wanted).all()
    else:
        parts = (wanted.where(verdicts.c.article.in_(ids)) for ids in chunks(int(article.key) for article in among))
        rows = sorted((row for part in parts for row in db.execute(part)), key=lambda row: row.id)
    return [Verdict(str(row.article), str(row.other), same=row.same) for row in rows]


def _assembled(db: Connection, members: list[Article]) -> list[Story]:
    told = defaultdict(list)
    for article in members:
        told[article.story].append(article)
    rows = _rows(db, {story for story in told if story is not None})
    aliases = defaultdict(list)
    for row in rows:
        aliases[row.merged_into].append(row.id)
    return [_story(row, told[row.id], aliases[row.id]) for row in rows if row.id in told and row.merged_into is None]


def _rows(db: Connection, ids: Collection[int]) -> list[Row[Any]]:
    """The rows of stories and of those merged into them, by id."""
    wanted = sorted(ids)
    either = [or_(stories.c.id.in_(part), stories.c.merged_into.in_(part)) for part in chunks(wanted)]
    found = {row.id: row for part in either for row in db.execute(select(stories).where(part))}
    return [found[id_] for id_ in sorted(found)]


def _story(row: Row[Any], members: list[Article], aliases: list[int]) -> Story:
    ordered = tuple(sorted(members, key=in_time))
    return Story(
        **{name: getattr(row, name) for name in _FACTS if name != "stage"},
        stage=Stage(row.stage),
        # A lead that is no launch news any more is none of them, until the story is told anew.
        lead=next((article for article in members if article.key == str(row.lead)), ordered[0]),
        articles=ordered,
        dates=tuple(ComingDate(**date) for date in row.dates),
        aliases=tuple(aliases),
    )
