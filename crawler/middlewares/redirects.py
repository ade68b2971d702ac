"""Takes off a redirected request what belongs to the address it comes from; follows no redirect itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.middlewares.conditional import VALIDATORS

if TYPE_CHECKING:
    from scrapy import Request

_OF_THE_FIRST = ("download_slot", "crawl_delay")
"""What Scrapy's redirects keep: with the slot of another host, a host's own limits would not hold."""


class RedirectedMiddleware:
    """Makes a redirected request a new one in all that concerns its host."""

    def process_request(self, request: Request) -> None:
        """Forget slot, delay and validators of the address that was asked first."""
        if not request.meta.get("redirect_times"):
            return
        for key in _OF_THE_FIRST:
            request.meta.pop(key, None)
        for name in VALIDATORS:
            request.headers.pop(name, None)
