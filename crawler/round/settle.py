"""Settles articles into stories: reads what is near from the store, lets the domain decide, writes the outcome.

All of it is one writing transaction: two rounds that end at once settle one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.domain import duplicates, identity
from crawler.domain.candidates import WINDOW
from crawler.domain.stories import group, linked
from crawler.domain.telling import first_reported, tell
from crawler.store import articles, stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
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
    with store.write() as db:
        fresh = articles.unsettled(db)
        if not fresh:
            return Settled()
        outcome = _decide(db, _window(db, fresh, _owners(facts)), facts, now, language)
        articles.all_settled(db, (article.key for article in fresh))
    return replace(outcome, articles=len(fresh))


def _window(db: Connection, fresh: Sequence[Article], owners: Mapping[str, str]) -> list[Article]:
    """The fresh articles and every relevant one that has to do with the story of one, however many steps away.

    So what is drawn from these is what would be drawn from all articles, and nothing else has to be read.
    """
    members = {article.key: article for article in fresh}
    step = [*fresh, *_company(db, fresh)]
    while step:
        members |= {article.key: article for article in step}
        known = [article for article in step if article.decision.relevant]
        around = [article for article in _around(db, known) if article.key not in members]
        near = linked(known, around, owners)
        step = [article for article in (*near, *_company(db, near)) if article.key not in members]
    return [article for article in members.values() if article.decision.relevant]


def _company(db: Connection, members: Sequence[Article]) -> list[Article]:
    """All that the stories of some articles tell."""
    return articles.of_stories(db, {article.story for article in members if article.story is not None})


def _around(db: Connection, known: Sequence[Article]) -> list[Article]:
    """What may be compared with some articles; see `stories.linked`."""
    reach = timedelta(hours=WINDOW)
    spans = _joined((article.published - reach, article.published + reach) for article in known)
    dated = {model for article in known if article.has_date for model in article.decision.models}
    timeless = {model for article in known if not article.has_date for model in article.decision.models}
    return [
        *articles.relevant_between(db, spans),
        *articles.alike(db, known),
        *articles.stating(db, dated, undated=True),
        *articles.stating(db, timeless, undated=False),
    ]


def _decide(
    db: Connection, members: Sequence[Article], facts: Mapping[str, SourceFacts], now: datetime, language: str
) -> Settled:
    copies = duplicates.mark(members, {id_: source.rank for id_, source in facts.items()})
    marked = [replace(article, duplicate_of=copies.get(article.key)) for article in members]
    grouped = group(marked, _owners(facts), stories.judged(db), copies)
    previous = {article.key: article.story for article in members if article.story is not None}
    earlier = {story.id: story for story in stories.some(db, set(previous.values()))}
    places = identity.settle(
        [[article.key for article in one] for one in grouped],
        previous,
        {id_: first_reported(story.articles).key for id_, story in earlier.items()},
        stories.next_id(db),
    )
    told = [_tell(places, one, earlier, facts, now, language) for one in grouped]
    _store(db, told, members)
    for old, survivor in places.merged.items():
        stories.merge(db, old, survivor)
    changed = sum(story.updated == now for story in told)
    return Settled(new=len(places.created), changed=changed - len(places.created))


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
    for story in told:
        stories.keep(db, story)
    placed = {article.key: replace(article, story=story.id) for story in told for article in story.articles}
    for article in before:
        if placed[article.key] != article:
            articles.settle(db, placed[article.key])


def _joined(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The same time in as few spans as possible."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
