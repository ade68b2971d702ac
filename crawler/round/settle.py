"""Settles articles into stories: reads what is near from the store, lets the domain decide, writes the outcome.

It is one writing transaction: two rounds that end at once settle one after the other. Only clues that were made by
other rules are made anew before, in transactions of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.domain import duplicates, identity
from crawler.domain.stories import group
from crawler.domain.telling import first_reported, tell
from crawler.round.connect import connect, refresh
from crawler.store import articles, clues, stories

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from crawler.domain.identity import Settlement
    from crawler.domain.models import Article, SourceFacts, Story
    from crawler.store.database import Store


@dataclass(frozen=True, slots=True)
class Settled:
    """How many articles were taken note of, and how many stories are new or changed materially."""

    articles: int = 0
    new: int = 0
    changed: int = 0


def settle(store: Store, facts: Mapping[str, SourceFacts], now: datetime, language: str = "") -> Settled:
    """Give every article that is new or changed its story.

    Args:
        store: The store.
        facts: Of each source, by id.
        now: When the stories are made.
        language: What readers read, for the titles.
    """
    refresh(store, _owners(facts))
    with store.write() as db:
        fresh = articles.unsettled(db)
        if not fresh:
            return Settled()
        connect(db, fresh, _owners(facts))
        outcome = _decide(db, _window(db, fresh), fresh, facts, now, language)
        articles.all_settled(db, (article.key for article in fresh))
    return replace(outcome, articles=len(fresh))


def _window(db: Connection, fresh: Sequence[Article]) -> list[Article]:
    """The fresh articles and every relevant one that has to do with the story of one, however many steps away.

    So what is drawn from these is what would be drawn from all articles, and nothing else has to be read.
    """
    members = {article.key: article for article in fresh}
    step = list(members.values())
    while step:
        near = clues.linked(db, (int(article.key) for article in step)) - {int(key) for key in members}
        found = [*step, *articles.some(db, near)]
        company = articles.of_stories(db, {article.story for article in found if article.story is not None})
        step = [article for article in (*found, *company) if article.key not in members]
        members |= {article.key: article for article in step}
    return [article for article in members.values() if article.decision.relevant]


def _decide(  # noqa: PLR0913, PLR0917 - as many as telling stories takes
    db: Connection,
    members: Sequence[Article],
    fresh: Sequence[Article],
    facts: Mapping[str, SourceFacts],
    now: datetime,
    language: str,
) -> Settled:
    copies = duplicates.mark(members, {id_: source.rank for id_, source in facts.items()})
    marked = [replace(article, duplicate_of=copies.get(article.key)) for article in members]
    grouped = group(marked, _owners(facts), stories.judged(db, members), copies)
    previous = {article.key: article.story for article in members if article.story is not None}
    earlier = {story.id: story for story in stories.of_members(db, members)}
    places = identity.settle(
        [[article.key for article in one] for one in grouped],
        previous,
        {id_: first_reported(story.articles).key for id_, story in earlier.items()},
        stories.next_id(db),
    )
    lost = {article.story for article in fresh if not article.decision.relevant}
    same = {_as_told(story.articles) for id_, story in earlier.items() if id_ not in lost}
    read = {article.key for article in fresh}
    anew = [one for one in grouped if _as_told(one) not in same or any(article.key in read for article in one)]
    told = [_tell(places, one, earlier, facts, now, language) for one in anew]
    _store(db, told, members)
    for old, survivor in places.merged.items():
        stories.merge(db, old, survivor)
    changed = sum(story.updated == now for story in told)
    return Settled(new=len(places.created), changed=changed - len(places.created))


def _as_told(members: Sequence[Article]) -> frozenset[tuple[str, str | None]]:
    """What makes a story: its articles, and which of them are copies."""
    return frozenset((article.key, article.duplicate_of) for article in members)


def _owners(facts: Mapping[str, SourceFacts]) -> dict[str, str]:
    return {id_: source.owner for id_, source in facts.items()}


def _tell(  # noqa: PLR0913, PLR0917 - as many as telling a story takes
    places: Settlement,
    members: Sequence[Article],
    earlier: Mapping[int, Story],
    facts: Mapping[str, SourceFacts],
    now: datetime,
    language: str,
) -> Story:
    id_ = places.assignments[members[0].key]
    previous = earlier.get(id_)
    created = now if previous is None else previous.created
    aliases = _aliases(id_, places.merged, earlier)
    return tell(id_, members, facts, created=created, now=now, previous=previous, aliases=aliases, language=language)


def _aliases(id_: int, merged: Mapping[int, int], earlier: Mapping[int, Story]) -> tuple[int, ...]:
    """The ids that answer with this story: those merged into it now, and what was merged into any of them before."""
    gone = {old for old, survivor in merged.items() if survivor == id_}
    return tuple(sorted(gone | {alias for old in (id_, *gone) if old in earlier for alias in earlier[old].aliases}))


def _store(db: Connection, told: Sequence[Story], before: Sequence[Article]) -> None:
    stories.keep(db, told)
    placed = {article.key: replace(article, story=story.id) for story in told for article in story.articles}
    articles.settle(db, (placed[article.key] for article in before if placed.get(article.key, article) != article))
