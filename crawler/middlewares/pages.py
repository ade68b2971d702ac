"""Drops requests for article pages that were read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from crawler.middlewares.stored import StoreMiddleware
from crawler.store import articles

if TYPE_CHECKING:
    from scrapy import Request


class KnownPagesMiddleware(StoreMiddleware):
    """Looks for the page's address, as published, among the articles."""

    def process_request(self, request: Request) -> None:
        """Mark the request as known, so that the spider does not take the index's word over the page's."""
        if request.meta.get("is_page") and self._is_read(request.meta["source"], request.url):
            request.meta["known"] = True
            raise IgnoreRequest(f"read before: {request.url}")

    def _is_read(self, source: str, url: str) -> bool:
        with self.store.read() as db:
            return articles.page_was_read(db, source, url)
