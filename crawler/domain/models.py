"""The words of the field as data: entry, article, decision, story.

All times are aware UTC datetimes. Nothing here computes more than a property.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Role(StrEnum):
    """What a source is: a maker's (or partner's) own newsroom, or a news site."""

    BRAND = "brand"
    NEWS = "news"


class Stage(StrEnum):
    """How far a phone is in the news told, not in its life."""

    RUMOR = "rumor"
    TEASER = "teaser"
    ANNOUNCEMENT = "announcement"
    AVAILABILITY = "availability"


class DateOrigin(StrEnum):
    """How `published` is known, best first."""

    PAGE = "page"  # JSON-LD or article:published_time
    ENTRY = "entry"  # the feed, the listing
    FIRST_SEEN = "first_seen"  # no date, or one that cannot be true


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, listing or sitemap, as its document says it.

    Args:
        url: Absolute http(s) address.
        title: Plain text, one line; "" in a sitemap, where only the page knows it.
        summary: Plain text.
        body: Plain text of the full content, "" where the document has only a summary.
        published: As stated, or None; not yet judged.
        guid: The document's own id of the entry, or None.
        language: BCP 47 tag where the document states one.
        translations: Addresses at which the page says that the same stands in other languages, absolute.
        problem: Why an article's page gave no body, such as `paywall: …`; None where it did.
    """

    url: str
    title: str
    summary: str = ""
    body: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    guid: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    image: str | None = None
    videos: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class ComingDate:
    """A date that an article names for what comes.

    Args:
        kind: `launch`, `event` or `sale`.
        date: `2022`, `2022-07` or `2022-07-04`: never finer than the text.
        official: True where the maker itself says so.
    """

    kind: str
    date: str
    official: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What triage decided of one article.

    Args:
        score: Relevance in [0, 1]; `relevant` is its side of the threshold.
        models: Models that the article states.
        guessed: Models that it only supposes; never also in `models`.
        why: The cues that decided, readable.
    """

    relevant: bool
    score: float
    stage: Stage | None = None
    brands: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    dates: tuple[ComingDate, ...] = ()
    why: tuple[str, ...] = ()


UNDECIDED = Decision(relevant=False, score=0.0)


@dataclass(frozen=True, slots=True)
class Article:
    """One announcement as one source published it, cleaned.

    Args:
        key: The store's id as text, or any unique text outside the store; "" before it is stored.
        source: Id of the source.
        url: Address as published, absolute.
        canonical_url: Address without trackers, AMP and mobile forms; unique within its source.
        translations: Canonical URLs under which its page says that the same stands in other languages.
        page_read: True once its own page was read, not only its entry.
        published: When, as far as known; equals `first_seen` where `dated` is FIRST_SEEN.
        decision: UNDECIDED until triage has run.
        duplicate_of: Key of the article of which this is a copy, or None.
        story: Id of its story, or None.
    """

    source: str
    url: str
    canonical_url: str
    title: str
    published: datetime
    first_seen: datetime
    dated: DateOrigin = DateOrigin.ENTRY
    updated: datetime | None = None
    guid: str | None = None
    summary: str = ""
    body: str = ""
    language: str = "en"
    authors: tuple[str, ...] = ()
    image: str | None = None
    videos: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    page_read: bool = False
    decision: Decision = UNDECIDED
    key: str = ""
    duplicate_of: str | None = None
    story: int | None = None

    @property
    def has_date(self) -> bool:
        """Whether the source itself said when; without it, time windows do not veto."""
        return self.dated is not DateOrigin.FIRST_SEEN


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the decisions need to know of a source; the catalogue makes these.

    Args:
        owner: Who owns the source: two sources of one owner count as one outlet.
        brands: The brands a maker's newsroom speaks for, () for a news site.
        rank: 0 is the best; decides who leads among equals.
    """

    id: str
    name: str
    role: Role
    owner: str
    language: str = "en"
    brands: tuple[str, ...] = ()
    rank: int = 50
    home: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One real event, told by one or more articles.

    Args:
        id: Positive; never changes, never re-used.
        lead: The article that stands for the story.
        articles: All of them, duplicates too, in order of time; holds `lead`.
        created: When the store first held it.
        updated: When it last changed materially (title, lead, stage, brands, models, dates).
        aliases: Ids of stories that were merged into this one.
    """

    id: int
    lead: Article
    articles: tuple[Article, ...]
    title: str
    stage: Stage
    created: datetime
    updated: datetime
    brands: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    dates: tuple[ComingDate, ...] = ()
    aliases: tuple[int, ...] = field(default=())
