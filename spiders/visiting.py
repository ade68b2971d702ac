"""What every spider does alike: visits its sources, hands on their articles, and says how each visit went.

A visit is yielded after the last of its articles, so that whoever stores it knows the articles came first.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.catalogue import Kind
from crawler.domain.articles import from_entry, from_page
from crawler.domain.cleaning import boilerplate
from crawler.domain.visits import Outcome, Visit
from crawler.errors import ConfigError, NotAsked, ReadingError, one_line
from crawler.reading import document
from spiders import answers
from spiders.answers import NOT_MODIFIED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.catalogue import Source
    from crawler.domain.models import Article
    from crawler.reading.models import Reading

    Yielded = Article | Visit | Request

MOST_PAGES = 40
"""Article pages read in one visit, not counting those read before; what waits longer is an archive, not news."""


@dataclass(slots=True)
class _Visiting:
    """A visit under way.

    Args:
        pages: Article pages still to come.
        waiting: Articles whose pages are asked for only where others were read before.
        visit: How it went, once the document is read.
        not_asked: Why article pages were not asked for.
        walls: Why pages that came gave no text: paywalls, consent walls, empty shells.
    """

    source: Source
    began: datetime
    pages: int = 0
    waiting: list[Article] = field(default_factory=list)
    visit: Visit | None = None
    not_asked: list[NotAsked] = field(default_factory=list)
    walls: list[str] = field(default_factory=list)


class SourceSpider(Spider):
    """Visits sources of one kind.

    Args:
        sources: The sources to visit.
        conditional: Send the validators of the last visit, so that an unchanged source answers 304; "1" or "0" when
            given by `-a`.
        stopped: Asked before each source: nothing new is begun once it says yes.
        most_pages: Article pages read in one visit.
        on_read: Told of each document that was read, and of the articles in it before their pages were.
    """

    name = "source"
    sources: tuple[Source, ...] = ()

    def __init__(  # noqa: PLR0913 (all but Scrapy's own by keyword)
        self,
        name: str | None = None,
        *,
        sources: Iterable[Source] = (),
        conditional: str | bool = False,
        stopped: Callable[[], bool] = lambda: False,
        most_pages: int = MOST_PAGES,
        on_read: Callable[[Source, Reading, list[Article]], None] = lambda *_: None,
    ) -> None:
        super().__init__(name)
        self.sources = tuple(sources) or type(self).sources
        self.conditional = _switch("conditional", conditional)
        self._stopped = stopped
        self._most_pages = most_pages
        self._on_read = on_read

    async def start(self) -> AsyncIterator[Any]:
        """Ask each source for its document."""
        for source in self.sources:
            if self._stopped():
                return
            yield self._request(source)

    async def read(self, source: Source, response: Response) -> Reading:
        """Read the document; each kind of source has its own way."""
        raise NotImplementedError

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Yielded]:  # noqa: ANN401 (Scrapy's own)
        """Turn the document into articles, or ask for their pages, and say how the visit went."""
        visiting: _Visiting = kwargs["visiting"]
        heard = {"http": response.status, **answers.patience(response), **answers.moved_to(response)}
        if response.status == NOT_MODIFIED or answers.body_hash(response) == response.meta.get("body_hash"):
            yield self._visit(visiting, Outcome.UNCHANGED, **heard, **answers.validators(response))
            return
        try:
            reading = await self.read(visiting.source, response)
            found = self._articles(visiting, reading)
            self._on_read(visiting.source, reading, found)
        except ReadingError as error:
            yield self._visit(visiting, Outcome.FAILED, **heard, problem=str(error))
            return
        except NotAsked as error:
            if error.reason == "postponed":
                later = {"not_before": error.until, "problem": str(error)}
                yield self._visit(visiting, Outcome.POSTPONED, **heard | later)
            return
        except Exception as error:
            # A visit that does not end is never made again, so a defect of ours must end it too.
            self.logger.exception("%s: cannot read %s", visiting.source.id, response.url)
            yield self._visit(visiting, Outcome.FAILED, **heard, problem=f"unparsable: {type(error).__name__}")
            return
        visit = self._visit(
            visiting,
            Outcome.READ,
            entries=len(reading.entries),
            problem=reading.problem,
            **heard,
            **_sent(response, reading),
        )
        visiting.visit = replace(visit, ttl=reading.ttl)
        for one in self._followed(visiting, found):
            yield one
        if visiting.pages == 0:
            yield visiting.visit

    async def parse_page(self, response: Response, article: Article, visiting: _Visiting) -> AsyncIterator[Yielded]:
        """Add to an article what its own page says."""
        try:
            page = await document.read_page(response.body, response.url, content_type(response), visiting.source.zone)
            article = from_page(article, page)
            visiting.walls += [page.problem] if page.problem else []
        except ReadingError as error:
            visiting.walls.append(str(error))
            self.logger.info("%s: %s: %s", visiting.source.id, response.url, error)
        except Exception:
            self.logger.exception("%s: cannot read %s", visiting.source.id, response.url)
        for found in self._arrived(article, visiting):
            yield found

    def failed(self, failure: Failure) -> Iterator[Yielded]:
        """Say why a source gave no document."""
        visiting: _Visiting = failure.request.cb_kwargs["visiting"]  # type: ignore[attr-defined] # Scrapy adds it
        status = failure.value.response.status if isinstance(failure.value, HttpError) else None
        error = answers.not_asked(failure)
        if error and error.reason == "stopped":
            return  # no visit: it is asked again by whoever comes next
        outcome = Outcome.POSTPONED if error and error.reason == "postponed" else Outcome.FAILED
        facts = {"http": status, "not_before": answers.not_before(failure), "problem": answers.reason(failure)}
        facts["gone"] = status == answers.GONE_FOR_GOOD
        yield self._visit(visiting, outcome, **facts)

    def page_failed(self, failure: Failure) -> Iterator[Yielded]:
        """Go on with what the index says of an article whose page cannot be had."""
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy adds it
        visiting: _Visiting = request.cb_kwargs["visiting"]
        error = answers.not_asked(failure)
        if error and error.reason == "stopped":
            return  # the visit does not end, and is made anew by whoever comes next
        if error:
            visiting.not_asked.append(error)
        elif not answers.is_final(failure) and visiting.visit is not None:
            # The page may come next time, if the index is read again then.
            visiting.visit = replace(visiting.visit, etag=None, last_modified=None, body_hash=None)
        if request.meta.get("known"):
            yield from self._pages(visiting, 1)
            yield from self._arrived(None, visiting)
        else:
            yield from self._arrived(request.cb_kwargs["article"], visiting)

    def _request(self, source: Source) -> Request:
        visiting = _Visiting(source, datetime.now(UTC))
        meta = {"source": source.id, "conditional": self.conditional, "handle_httpstatus_list": [NOT_MODIFIED]}
        if source.kind is Kind.LISTING:
            meta |= self._browsed(source)
        return Request(
            source.url, self.parse, errback=self.failed, cb_kwargs={"visiting": visiting}, meta=meta, dont_filter=True
        )

    def _articles(self, visiting: _Visiting, reading: Reading) -> list[Article]:
        source = visiting.source
        repeated = boilerplate(entry.body for entry in reading.entries if entry.body)
        return [from_entry(entry, source.id, source.language, visiting.began, repeated) for entry in reading.entries]

    def _followed(self, visiting: _Visiting, found: list[Article]) -> Iterator[Yielded]:
        if not visiting.source.follow:
            yield from _titled(found)
            return
        visiting.waiting = found
        yield from self._pages(visiting, self._most_pages)

    def _pages(self, visiting: _Visiting, most: int) -> Iterator[Request]:
        wanted, visiting.waiting = visiting.waiting[:most], visiting.waiting[most:]
        visiting.pages += len(wanted)
        for article in wanted:
            yield self._page(article, visiting)

    def _page(self, article: Article, visiting: _Visiting) -> Request:
        kwargs = {"article": article, "visiting": visiting}
        meta = {"source": visiting.source.id, "is_page": True, **self._browsed(visiting.source)}
        return Request(
            article.url, self.parse_page, errback=self.page_failed, cb_kwargs=kwargs, meta=meta, dont_filter=True
        )

    def _browsed(self, source: Source) -> dict[str, Any]:
        """What asks for a page by a browser, where source and settings want it."""
        # A spider outside a crawl has no settings.
        wanted = source.browser and hasattr(self, "settings") and self.settings.getbool("LAUNCHWIRE_BROWSER")
        return {"playwright": True} if wanted else {}

    def _arrived(self, article: Article | None, visiting: _Visiting) -> Iterator[Yielded]:
        visiting.pages -= 1
        done = visiting.pages == 0 and visiting.visit is not None
        yield from _titled([*([article] if article else ()), *(visiting.waiting if done else ())])
        if done and visiting.visit is not None:
            yield _ended(visiting.visit, visiting.not_asked, visiting.walls)

    def _visit(self, visiting: _Visiting, outcome: Outcome, **facts: Any) -> Visit:  # noqa: ANN401 (fields of Visit)
        now = datetime.now(UTC)
        ms = round((now - visiting.began).total_seconds() * 1000)
        return Visit(visiting.source.id, now, outcome, ms=ms, **facts)


def _switch(name: str, value: object) -> bool:
    """What `-a name=value` means; Scrapy hands it over as text."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    with one_line():
        if str(value).lower() not in words:
            raise ConfigError(f"-a {name}={value}: say {name}=1 or {name}=0")
    return words[str(value).lower()]


def content_type(response: Response) -> str | None:
    """The Content-Type header as sent."""
    return answers.header(response, "Content-Type")


def _titled(articles: Iterable[Article]) -> Iterator[Article]:
    """Leave out what only its page could have named: a sitemap's entry whose page was not read."""
    return (article for article in articles if article.title)


def _ended(visit: Visit, not_asked: list[NotAsked], walls: list[str]) -> Visit:
    """A visit whose pages have all come or failed; while a host is yet to be asked for some, nothing vouches for it."""
    for reasons in (list(map(str, not_asked)), walls):
        more = f" (and {len(reasons) - 1} more pages)" if len(reasons) > 1 else ""
        first = f"{reasons[0]}{more}" if reasons else None
        visit = replace(visit, problem="; ".join(filter(None, (visit.problem, first))) or None)
    moments = [error.until for error in not_asked if error.until]
    if not moments:
        return visit
    until = max(filter(None, (*moments, visit.not_before)))
    return replace(visit, etag=None, last_modified=None, body_hash=None, not_before=until)


def _sent(response: Response, reading: Reading) -> dict[str, Any]:
    """What the visit keeps of the answer: validators only where they vouch for the entries."""
    return {} if reading.volatile else {"body_hash": answers.body_hash(response), **answers.validators(response)}
