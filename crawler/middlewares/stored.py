"""What the middlewares that look into the store share: the store, opened once for a crawl; no middleware itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import signals

from crawler.store.database import Store, open_store

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class StoreMiddleware:
    """Opens the store when it is first needed, and lets go of it when the crawl is over."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._store: Store | None = None
        crawler.signals.connect(self._close, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the database from the settings."""
        return cls(crawler)

    @property
    def store(self) -> Store:
        """The open store."""
        if self._store is None:
            self._store = open_store(self.crawler.settings["LAUNCHWIRE_DATABASE"])
        return self._store

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
