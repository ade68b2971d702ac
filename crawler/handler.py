"""The download handler: every request of every crawl leaves through here, robots.txt and redirects too.

It is the one place that knows what is really sent, so manners towards a host are kept here: turns, Retry-After, and
the guard against addresses that are not public.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError
from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

from crawler import browser, guard
from crawler.domain.patience import REFUSALS, Patience, pause
from crawler.errors import NotAsked
from crawler.store import hosts
from crawler.store.database import open_store
from crawler.turns import Turns
from spiders.answers import asked_wait

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TURNS = Turns()


class PoliteHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, with manners."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._settings = crawler.settings
        self._allowed = [ip_network(text) for text in crawler.settings.getlist("LAUNCHWIRE_ALLOW_NETWORKS")]
        self._store = open_store(crawler.settings["LAUNCHWIRE_DATABASE"])
        self._browser: Any = None
        self._starting = asyncio.Lock()

    async def close(self) -> None:
        """Let go of connections, browser and store."""
        await super().close()
        if self._browser is not None:
            await self._browser.close()
        self._store.close()

    async def download_request(self, request: Request) -> Response:
        """Send a request when it is its turn.

        Raises:
            NotAsked: Its host asked for patience, its address is not public, or the crawl is being stopped.
        """
        host = urlparse_cached(request).hostname or ""
        gap = max(self._settings.getfloat("DOWNLOAD_DELAY"), request.meta.get("crawl_delay", 0.0))
        try:
            async with _TURNS.turn(host, gap, self._is_going):
                return await self._in_turn(host, request)
        except NotAsked as error:
            if error.reason in {"postponed", "stopped"}:
                self._drop_waiting(request, error)
            raise

    async def _in_turn(self, host: str, request: Request) -> Response:
        if not self._is_going():
            raise NotAsked("stopped", "the crawl is being stopped")
        earlier = self._patience(host)
        if earlier and earlier.until > datetime.now(UTC):
            raise _postponed(earlier)
        try:
            response = await self._send(host, request)
        finally:
            _TURNS.ended(host)
        return self._heard(host, request, response, earlier)

    async def _by_browser(self, request: Request) -> Response:
        async with self._starting:
            if self._browser is None:
                self._browser = await browser.handler(self._crawler)
        request.meta.setdefault("playwright_page_methods", browser.quiet())
        response: Response = await self._browser.download_request(request)
        return response

    async def _send(self, host: str, request: Request) -> Response:
        if request.meta.get("playwright"):
            return await self._by_browser(request)
        from twisted.internet import reactor  # noqa: PLC0415 (importing it earlier would install the wrong one)

        guarded = guard.install(reactor, self._allowed)
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            address = guarded.refused(host)
            if address is None:
                raise
            raise NotAsked("refused", f"{address} is no public address") from None

    def _heard(self, host: str, request: Request, response: Response, earlier: Patience | None) -> Response:
        """Remember what the host asked for."""
        now = datetime.now(UTC)
        asked = asked_wait(response, now)
        redirected = response.status in _REDIRECTS and bool(asked)
        if response.status not in REFUSALS and not redirected:
            if earlier:
                self._forget(host)
            return response
        refusals = earlier.refusals + 1 if earlier else 1
        patience = Patience(host, now + pause(refusals, asked), refusals, response.status)
        self._keep(patience)
        if redirected:
            raise _postponed(patience)
        self._drop_waiting(request, _postponed(patience))
        request.meta["not_before"] = patience.until
        return response

    def _drop_waiting(self, request: Request, error: NotAsked) -> None:
        """Let go of what waits for the same host in this crawl; else each would wait its turn to hear the same."""
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        while slot is not None and slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(NotAsked(error.reason, error.detail, error.until)))  # type: ignore[no-untyped-call]

    def _is_going(self) -> bool:
        return self._crawler.crawling

    def _patience(self, host: str) -> Patience | None:
        with self._store.read() as db:
            return hosts.patience(db, host)

    def _keep(self, patience: Patience) -> None:
        with self._store.write() as db:
            hosts.keep(db, patience)

    def _forget(self, host: str) -> None:
        with self._store.write() as db:
            hosts.forget(db, host)


def _postponed(patience: Patience) -> NotAsked:
    until = patience.until
    return NotAsked("postponed", f"{patience.host} answered {patience.status}, not before {until:%FT%TZ}", until)
