"""What a reader is told of a story: who leads, how far the phone is, which phones, who was first.

Pure: takes the story's articles and what is known of their sources. Which articles make a story is `stories`, its id
`identity`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.domain.languages import primary
from crawler.domain.models import Role, SourceFacts, Stage, Story
from crawler.domain.terms import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from crawler.domain.models import Article, ComingDate

    Sources = Mapping[str, SourceFacts]

LEAD_WEIGHT = 1.5
"""How many articles the lead's stage counts as in the vote on the story's stage."""

SUPPORT = 0.1
"""Share of its articles that must be about a brand or name a model, unless the lead or a maker says so."""


def facts(article: Article, sources: Sources) -> SourceFacts:
    """What is known of an article's source; one that has left the catalogue is a news site of the last rank."""
    known = sources.get(article.source)
    return known or SourceFacts(article.source, article.source, Role.NEWS, article.source, rank=99)


def lead(articles: Sequence[Article], sources: Sources) -> Article:
    """The article that stands for its story: a maker's own newsroom first, then rank, then the earliest.

    Args:
        articles: At least one. A copy leads only where all are copies.
        sources: By id.
    """
    own = [a for a in articles if a.duplicate_of is None] or articles
    makers = _by_makers(own, sources)
    return min(makers or own, key=lambda a: (facts(a, sources).rank, *in_time(a)))


def title(articles: Sequence[Article], sources: Sources, language: str = "") -> str:
    """The lead's title; that of the best article in the given language where the lead has another and there is one.

    Args:
        articles: At least one.
        sources: By id.
        language: BCP 47; regions do not matter. "" takes the lead's own.
    """
    first = lead(articles, sources)
    if not language or primary(first.language) == primary(language):
        return first.title
    spoken = [a for a in articles if primary(a.language) == primary(language)]
    return lead(spoken, sources).title if spoken else first.title


def official(articles: Sequence[Article], sources: Sources) -> Article | None:
    """The first article by the own newsroom of one of the story's makers, or None."""
    return min(_by_makers(articles, sources), key=in_time, default=None)


def first_reported(articles: Sequence[Article]) -> Article:
    """The earliest article; one without a date only where none has one."""
    return min(articles, key=in_time)


def outlets(articles: Iterable[Article], sources: Sources) -> int:
    """Number of independent owners among the sources."""
    return len({facts(a, sources).owner for a in articles})


def stage(articles: Sequence[Article], sources: Sources) -> Stage:
    """How far the phone is: the maker's own word, else the majority's, in which the lead weighs more.

    Args:
        articles: At least one; where none has a stage it is a rumour, since nobody said more.
        sources: By id.
    """
    said = official(articles, sources)
    if said is not None and said.decision.stage is not None:
        return said.decision.stage
    votes: Counter[Stage] = Counter()
    for article in articles:
        if article.decision.stage is not None and article.duplicate_of is None:
            votes[article.decision.stage] += 1
    first = lead(articles, sources).decision.stage
    if first is None and not votes:
        return Stage.RUMOR
    order = list(Stage)
    return max(order, key=lambda s: (votes[s] + (LEAD_WEIGHT if s is first else 0), -order.index(s)))


def brands(articles: Sequence[Article], sources: Sources) -> tuple[str, ...]:
    """Makers that the story is about, the most supported first."""
    return _supported(articles, sources, {a.key: a.decision.brands for a in articles})


def models(articles: Sequence[Article], sources: Sources) -> tuple[str, ...]:
    """Phones that the story states, the most supported first; not what more articles suppose than state."""
    supposed = _votes(articles, {a.key: a.decision.guessed for a in articles})
    doubted = {_name(model): count for model, count in supposed.items()}
    return _supported(articles, sources, {a.key: a.decision.models for a in articles}, doubted)


def guessed(articles: Sequence[Article], stated: Iterable[str]) -> tuple[str, ...]:
    """Phones that some source supposes and the story does not state, the most supported first."""
    taken = {_name(model) for model in stated}
    votes = _votes(articles, {a.key: a.decision.guessed for a in articles})
    return tuple(name for name in votes if _name(name) not in taken)


def dates(articles: Sequence[Article], sources: Sources) -> tuple[ComingDate, ...]:
    """Dates that the story names, a maker's own where there is one, the best supported per kind otherwise."""
    dated = [a for a in _by_makers(articles, sources) if a.decision.dates]
    told: Counter[ComingDate] = Counter()
    for article in dated or articles:
        told.update(replace(d, official=bool(dated)) for d in set(article.decision.dates))
    best: dict[str, ComingDate] = {}
    for date in sorted(told, key=lambda d: (-told[d], -len(d.date), d.date, d.kind)):
        best.setdefault(date.kind, date)
    return tuple(sorted(best.values(), key=lambda d: (d.date, d.kind)))


def tell(  # noqa: PLR0913 - a story is all of this, and the keywords say which is which
    story_id: int,
    articles: Sequence[Article],
    sources: Sources,
    *,
    created: datetime,
    now: datetime,
    previous: Story | None = None,
    aliases: Iterable[int] = (),
    language: str = "",
) -> Story:
    """Make what a reader is told of a story.

    Args:
        story_id: Its id.
        articles: All of them, at least one, duplicates too, in any order.
        sources: By id.
        created: When the store first held it.
        now: `updated` becomes this where something material changed against `previous`, or there is none.
        previous: What was told before.
        aliases: Ids merged into it.
        language: What readers read, BCP 47; for the title.
    """
    ordered = tuple(sorted(articles, key=in_time))
    first = lead(ordered, sources)
    stated = models(ordered, sources)
    story = Story(
        id=story_id,
        lead=first,
        articles=ordered,
        title=title(ordered, sources, language),
        stage=stage(ordered, sources),
        created=created,
        updated=now,
        brands=brands(ordered, sources),
        models=stated,
        guessed=guessed(ordered, stated),
        dates=dates(ordered, sources),
        aliases=tuple(sorted(set(aliases))),
    )
    return replace(story, updated=previous.updated) if previous and not changed(previous, story) else story


def changed(before: Story, after: Story) -> bool:
    """Whether a reader must be told again: not for one more source, nor for the order of names."""

    def material(story: Story) -> tuple[object, ...]:
        names = (frozenset(story.brands), frozenset(story.models), frozenset(story.guessed))
        return story.title, story.lead.key, story.stage, *names, story.dates

    return material(before) != material(after)


def in_time(article: Article) -> tuple[bool, datetime, datetime, str, str]:
    """Order of time: what has no date of its own comes last; first sight breaks ties, as many dates are days."""
    return not article.has_date, article.published, article.first_seen, article.source, article.canonical_url


def _by_makers(articles: Sequence[Article], sources: Sources) -> list[Article]:
    """The articles by newsrooms that speak for one of the makers that the story is about."""
    about = {brand for a in articles for brand in a.decision.brands}
    own = ((a, facts(a, sources)) for a in articles)
    return [a for a, source in own if source.role is Role.BRAND and about & set(source.brands)]


def _name(model: str) -> str:
    """A model's name as far as it tells models apart."""
    return "".join(words(plain(model).replace("+", " plus")))


def _votes(articles: Sequence[Article], named: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Names by number of articles, the most first, each in the spelling met first in order of time."""
    spelled: dict[str, str] = {}
    votes: Counter[str] = Counter()
    for article in sorted(articles, key=in_time):
        seen = {_name(name): name for name in reversed(named[article.key])}
        votes.update(seen.keys())
        spelled = {**{norm: seen[norm] for norm in map(_name, named[article.key])}, **spelled}
    ranked = sorted(votes, key=lambda norm: (-votes[norm], list(spelled).index(norm)))
    return {spelled[norm]: votes[norm] for norm in ranked}


def _supported(
    articles: Sequence[Article],
    sources: Sources,
    named: Mapping[str, Sequence[str]],
    doubted: Mapping[str, int] | None = None,
) -> tuple[str, ...]:
    """Names with enough support and no more doubt than that, or that the lead or a maker's newsroom gives."""
    trusted = {_name(n) for a in (lead(articles, sources), *_by_makers(articles, sources)) for n in named[a.key]}
    enough = SUPPORT * sum(bool(named[a.key]) for a in articles)
    return tuple(
        name
        for name, count in _votes(articles, named).items()
        if _name(name) in trusted or (count >= enough and count >= (doubted or {}).get(_name(name), 0))
    )
