"""Visits sources: runs Scrapy in this process and tells how each visit went."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler import defaults
from crawler.domain.visits import SourceState
from crawler.pipelines import visited
from crawler.spiderloader import SPIDERS
from crawler.store import sources as states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from crawler.catalogue import Catalogue, Kind, Source
    from crawler.config import Config
    from crawler.domain.visits import Visit
    from crawler.store.articles import Saved
    from crawler.store.database import Store

    OnVisit = Callable[[Visit, Saved], None]

PATIENCE = 4.0
"""Seconds that downloads in flight get to end once we are told to stop: service managers kill after ten."""


@dataclass(slots=True, weakref_slot=True)
class Crawl:
    """Visits to a set of sources, which can be stopped.

    Args:
        config: The settings.
        conditional: Send the validators of the last visits.
        on_visit: Told of each visit once it is stored.
        arguments: What spiders are told besides.
        receivers: Who else hears Scrapy's signals, by signal; held by whoever makes the crawl.
    """

    config: Config
    conditional: bool = True
    on_visit: OnVisit | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    receivers: Mapping[object, Callable[..., None]] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    _runner: AsyncCrawlerRunner = field(init=False)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Take over the project's Scrapy settings."""
        settings = Settings()
        settings.setmodule(defaults, priority="project")
        settings.setdict(defaults.for_config(self.config), priority="cmdline")
        self._runner = AsyncCrawlerRunner(settings)

    async def visit(self, sources: Iterable[Source]) -> list[Visit]:
        """Visit each source once, those of one kind in one crawl, and return when all are stored.

        Needs Twisted's asyncio reactor to be running. A source that fails is a visit too.
        """
        by_kind: dict[Kind, list[Source]] = defaultdict(list)
        for source in sources:
            by_kind[source.kind].append(source)
        crawls: asyncio.Future[Any] = asyncio.gather(
            *(self._crawl(kind, some) for kind, some in by_kind.items()), return_exceptions=True
        )
        stopping: asyncio.Future[Any] = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({crawls, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if crawls.done():
            _raise_first(await crawls)
        else:
            await asyncio.wait({crawls}, timeout=PATIENCE)
        return self.visits

    async def stop(self) -> None:
        """Ask Scrapy to finish: nothing new begins, and `visit` returns once downloads in flight have ended.

        It does not wait for them longer than PATIENCE; the sources that were in flight stay due.
        """
        self._stopping.set()
        await self._runner.stop()

    async def _crawl(self, kind: Kind, sources: list[Source]) -> None:
        crawler = self._runner.create_crawler(SPIDERS[kind])
        # Scrapy holds receivers weakly; a bound method of this object lives as long as the crawl.
        crawler.signals.connect(self._visited, signal=visited)
        for signal, receiver in self.receivers.items():
            crawler.signals.connect(receiver, signal=signal)
        arguments = {"conditional": self.conditional, "stopped": self._stopping.is_set, **self.arguments}
        await self._runner.crawl(crawler, sources=sources, **arguments)

    def _visited(self, visit: Visit, saved: Saved) -> None:
        self.visits.append(visit)
        if self.on_visit is not None:
            self.on_visit(visit, saved)


def _raise_first(outcomes: list[Any]) -> None:
    """Raise what one kind's crawl raised, now that those of the other kinds are over too."""
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome


def due(store: Store, catalogue: Catalogue, now: datetime) -> list[Source]:
    """The sources whose next check has come."""
    with store.read() as db:
        known = states.states(db)
    return [source for id_, source in catalogue.items() if known.get(id_, SourceState(id_)).is_due(now)]


def awake(store: Store, catalogue: Catalogue, now: datetime) -> list[Source]:
    """The sources that are not paused, whether due or not."""
    with store.read() as db:
        known = states.states(db)
    paused = {id_ for id_, state in known.items() if state.paused_until is not None and state.paused_until > now}
    return [source for id_, source in catalogue.items() if id_ not in paused]
