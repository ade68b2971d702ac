"""Checks sources: looks at each once, and tells step by step what was seen and what a round would do with it.

Nothing is stored, whatever is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.robotstxt import ProtegoRobotParser

from crawler.domain.advice import advice
from crawler.domain.doubts import doubts
from crawler.domain.health import Condition, Health, health
from crawler.domain.models import DateOrigin
from crawler.domain.robots import TOKEN, RobotsFile, Standing
from crawler.domain.visits import FOR_GOOD, Outcome, SourceState
from crawler.errors import ReadingError
from crawler.reading import document
from crawler.reading import format as formats
from crawler.store import articles as stored
from spiders.answers import header

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.domain.models import Stage
    from crawler.round.look import Look, Looking
    from crawler.store.database import Store

FIRST = 3
"""Titles shown of a document: enough to see what it is."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirect on the way, and where it led."""

    status: int | str
    to: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for the document: what was sent, and what it looks like.

    Args:
        size: Bytes, decompressed.
        format: Recognised from the body, not from the content type.
    """

    url: str
    http: int
    content_type: str | None
    size: int
    etag: str | None
    last_modified: str | None
    format: str


@dataclass(frozen=True, slots=True)
class Entries:
    """What the document holds.

    Args:
        count: Entries seen.
        titles: The first ones.
        stated: How many state a date that can be true.
        newest: The latest and `oldest` the earliest of these.
        doubts: What looks wrong about the dates.
        new: How many a round would store as new.
    """

    count: int
    titles: tuple[str, ...]
    stated: int
    newest: datetime | None
    oldest: datetime | None
    doubts: tuple[str, ...]
    new: int


@dataclass(frozen=True, slots=True)
class Launch:
    """An entry that would be told as phone launch news; phones that are only supposed end in `?`."""

    title: str
    stage: Stage | None
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of the first entry.

    Args:
        body: Characters of text that were found in it.
        problem: Why it gave less than it should.
    """

    url: str
    http: int
    title: str = ""
    published: datetime | None = None
    body: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one source saw, in the order of its steps.

    Args:
        robots: What robots.txt says of the address.
        proposal: The `url` to set, where a permanent redirect led elsewhere.
        next_check: When a round would ask again.
        broken: What was wrong with a document that was read all the same.
    """

    source: str
    url: str
    robots: str
    redirects: tuple[Redirect, ...]
    proposal: str | None
    answer: Answer | None
    entries: Entries | None
    launches: tuple[Launch, ...]
    page: Page | None
    broken: str | None
    next_check: datetime | None
    ms: int
    condition: Condition
    problem: str
    advice: str | None

    @property
    def well(self) -> bool:
        """Whether there is nothing for a person to do."""
        return self.condition is Condition.WELL


async def check(looking: Looking, store: Store) -> list[Checked]:
    """Look at the sources and tell what was seen.

    Args:
        looking: At which sources.
        store: The open store, to tell which articles are new.
    """
    now = datetime.now(UTC)
    return [await _checked(look, store, now) for look in await looking.look()]


async def _checked(look: Look, store: Store, now: datetime) -> Checked:
    source, visit = look.source, look.visit
    doing = _health(look, now)
    asked = source.url if look.document is None else _first_address(look.document)
    return Checked(
        source=source.id,
        url=asked,
        robots=_robots(look.robots, asked),
        redirects=_redirects(look.document),
        proposal=visit.moved_to if visit else None,
        answer=None if look.document is None else _answer(look.document),
        entries=_entries(look, store, now),
        launches=tuple(
            Launch(
                one.title, one.decision.stage, (*one.decision.models, *(f"{name}?" for name in one.decision.guessed))
            )
            for one in look.articles
            if one.decision.relevant
        ),
        page=await _page(look),
        broken=visit.problem if visit and visit.outcome is Outcome.READ else None,
        next_check=_next_check(look),
        ms=visit.ms if visit else 0,
        condition=doing.condition,
        problem=doing.line,
        advice=advice(doing.condition),
    )


def _health(look: Look, now: datetime) -> Health:
    """How the source would stand after a round's visit; that it is paused is no word on its health."""
    if look.visit is None or look.visit.outcome is Outcome.POSTPONED:
        return Health(Condition.FAILING, (look.visit and look.visit.problem) or "broken off")
    state = replace(look.state or SourceState(look.source.id), paused_until=None)
    return health(state, now, silence=look.source.silence)


def _next_check(look: Look) -> datetime | None:
    if look.visit is not None and look.visit.gone:
        return FOR_GOOD
    return look.state.next_check if look.state else None


def _first_address(response: Response) -> str:
    first: str = response.meta.get("redirect_urls", [response.url])[0]
    return first


def _redirects(response: Response | None) -> tuple[Redirect, ...]:
    meta = response.meta if response is not None else {}
    targets = [*meta.get("redirect_urls", [])[1:], response.url if response is not None else ""]
    return tuple(Redirect(why, to) for why, to in zip(meta.get("redirect_reasons", []), targets, strict=False))


def _answer(response: Response) -> Answer:
    sent = [header(response, name) for name in ("Content-Type", "ETag", "Last-Modified")]
    size = len(response.body)
    return Answer(response.url, response.status, sent[0], size, sent[1], sent[2], formats.name(response.body))


def _robots(file: RobotsFile | None, url: str) -> str:
    path = urlsplit(url).path or "/"
    if file is None:
        return "was not asked for"
    if file.standing is Standing.ALL:
        return f"answered {file.status}: no rules, {path} may be asked for"
    if file.standing is Standing.NOTHING:
        return f"{f'answered {file.status}' if file.status else 'could not be had'}: nothing may be asked for"
    parser = ProtegoRobotParser(file.body, None)
    word = "allows" if parser.allowed(url, TOKEN) else "forbids"
    delay = parser.crawl_delay(TOKEN)
    return f"{word} {path}" + (f", Crawl-delay {delay:g} s" if delay else "")


def _entries(look: Look, store: Store, now: datetime) -> Entries | None:
    if look.reading is None:
        return None
    dates = [article.published for article in look.found if article.dated is not DateOrigin.FIRST_SEEN]
    with store.read() as db:
        new = sum(not stored.is_stored(db, article) for article in look.found)
    return Entries(
        count=len(look.found),
        titles=tuple(article.title for article in look.found[:FIRST] if article.title),
        stated=len(dates),
        newest=max(dates, default=None),
        oldest=min(dates, default=None),
        doubts=doubts([entry.published for entry in look.reading.entries], now),
        new=new,
    )


async def _page(look: Look) -> Page | None:
    response = look.page
    if response is None:
        return None
    try:
        read = await document.read_page(response.body, response.url, header(response, "Content-Type"), look.source.zone)
    except ReadingError as error:
        return Page(response.url, response.status, problem=str(error))
    return Page(response.url, response.status, read.title, read.published, len(read.body), read.problem)
