"""A look at sources that leaves no trace: the visits of a round, on a copy of the store that is thrown away.

What was seen is kept for whoever asked: the answers as they came, the entries, the articles. Judges nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scrapy import signals

from crawler.middlewares.robots import origin_of
from crawler.round.crawl import Crawl
from crawler.store import aside, robots
from crawler.store import sources as states
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scrapy import Request
    from scrapy.http import Response

    from crawler.catalogue import Source
    from crawler.config import Config
    from crawler.domain.models import Article
    from crawler.domain.robots import RobotsFile
    from crawler.domain.visits import SourceState, Visit
    from crawler.reading.models import Reading
    from crawler.round.crawl import OnVisit
    from crawler.store.database import Store


@dataclass(slots=True)
class Look:
    """What one source showed; empty where it showed nothing.

    Args:
        visit: How it went; None where it was broken off.
        document: The answer for the source's document, after redirects.
        maps: The answers for the sitemaps that a sitemap names.
        page: The answer for an article's page.
        reading: The document read.
        found: All its articles, before any page was read.
        articles: Those with a title, decided, one with its page.
        robots: The robots.txt of the document's host.
        state: What would be remembered of the source.
    """

    source: Source
    visit: Visit | None = None
    document: Response | None = None
    maps: list[Response] = field(default_factory=list)
    page: Response | None = None
    reading: Reading | None = None
    found: list[Article] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    robots: RobotsFile | None = None
    state: SourceState | None = None

    def answered(self, response: Response, request: Request) -> None:
        """Note an answer by what it was asked for."""
        if request.meta.get("is_page"):
            self.page = self.page or response
        elif "visiting" in request.cb_kwargs:
            self.document = response
        else:
            self.maps.append(response)


class Looking:
    """Looks at sources, one article page each.

    Args:
        config: The settings.
        sources: Which to look at.
        store: The open store; it is only read.
        on_visit: Told of each visit.
    """

    def __init__(
        self, config: Config, sources: Sequence[Source], store: Store, on_visit: OnVisit | None = None
    ) -> None:
        self._config, self._store, self._on_visit = config, store, on_visit
        self._looks = {source.id: Look(source) for source in sources}
        self._crawl: Crawl | None = None

    async def look(self) -> list[Look]:
        """Visit each source, with all manners, and tell what each showed, in the order given."""
        with self._copy() as database:
            receivers: dict[object, Callable[..., None]] = {
                signals.response_received: self._answered,
                signals.item_scraped: self._scraped,
            }
            self._crawl = Crawl(
                self._config.model_copy(update={"database": database}),
                conditional=False,
                on_visit=self._on_visit,
                arguments={"most_pages": 1, "on_read": self._read},
                receivers=receivers,
            )
            for visit in await self._crawl.visit([look.source for look in self._looks.values()]):
                self._looks[visit.source].visit = visit
            self._remembered(database)
        return list(self._looks.values())

    async def stop(self) -> None:
        """Break off, in order."""
        if self._crawl is not None:
            await self._crawl.stop()

    @contextmanager
    def _copy(self) -> Iterator[str]:
        with TemporaryDirectory(prefix="launchwire-") as folder:
            database = f"sqlite:///{folder}/look.db"
            copied = open_store(database)
            with self._store.read() as db, copied.write() as to:
                aside.copy(db, to, list(self._looks))
            copied.close()
            yield database

    def _answered(self, response: Response, request: Request) -> None:
        if request.meta.get("source") in self._looks:
            self._looks[request.meta["source"]].answered(response, request)

    def _read(self, source: Source, reading: Reading, found: list[Article]) -> None:
        look = self._looks[source.id]
        look.reading, look.found = reading, found

    def _scraped(self, item: Any) -> None:  # noqa: ANN401 (Scrapy's own)
        self._looks[item.source].articles.append(item)

    def _remembered(self, database: str) -> None:
        store = open_store(database)
        with store.read() as db:
            for look in self._looks.values():
                look.robots = robots.kept(db, origin_of(look.document.url if look.document else look.source.url))
                look.state = states.state(db, look.source.id)
        store.close()
