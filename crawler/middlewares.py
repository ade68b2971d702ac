"""Scrapy downloader middlewares that know the store: conditional requests, and pages read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from crawler.store import articles, sources
from crawler.store.database import Store, open_store

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.domain.visits import SourceState


class StoreMiddleware:
    """Opens the store once for a crawl, when it is first needed."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._store: Store | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the database from the settings."""
        return cls(crawler.settings["LAUNCHWIRE_DATABASE"])

    @property
    def store(self) -> Store:
        """The open store."""
        if self._store is None:
            self._store = open_store(self._database)
        return self._store


class ConditionalMiddleware(StoreMiddleware):
    """Sends the validators of the last visit, verbatim, where the spider asks for it."""

    def process_request(self, request: Request) -> None:
        """Add If-None-Match and If-Modified-Since; remember the body's hash for servers that know neither."""
        if not request.meta.get("conditional"):
            return
        state = self._state(request.meta["source"])
        if state.etag:
            request.headers["If-None-Match"] = state.etag
        if state.last_modified:
            request.headers["If-Modified-Since"] = state.last_modified
        request.meta["body_hash"] = state.body_hash

    def _state(self, source: str) -> SourceState:
        with self.store.read() as db:
            return sources.state(db, source)


class KnownPagesMiddleware(StoreMiddleware):
    """Drops requests for article pages that were read before."""

    def process_request(self, request: Request) -> None:
        """Mark the request as known, so that the spider does not take the index's word over the page's."""
        if request.meta.get("is_page") and self._is_read(request.url):
            request.meta["known"] = True
            raise IgnoreRequest(f"read before: {request.url}")

    def _is_read(self, url: str) -> bool:
        with self.store.read() as db:
            return bool(articles.pages_read(db, [url]))
