"""Asks robots.txt before every request, and keeps it in the store between crawls.

What an answer means and how long it holds is decided by `crawler.domain.robots`; its rules are read by protego.
Scrapy's own middleware fetches it anew in each crawl, and lets everything pass where it cannot be had.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from crawler.domain.robots import LONGEST_DELAY, TOKEN, RobotsFile, Standing, cut, kept_for
from crawler.errors import NotAsked
from crawler.middlewares.stored import StoreMiddleware
from crawler.store import robots
from spiders.answers import NOT_MODIFIED, freshness, header

if TYPE_CHECKING:
    from datetime import timedelta

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    Known = tuple[RobotsFile, ProtegoRobotParser]

FOUND_ELSEWHERE = 302
"""Stands for redirects without end, of which the last status is not told."""

_ASKING: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
"""One request at a time per robots.txt, over all crawls of the process: they share the store's copy."""


class RobotsMiddleware(StoreMiddleware):
    """Lets pass what robots.txt allows to `launchwire`, and tells the request the Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._known: dict[str, Known] = {}

    async def process_request(self, request: Request) -> None:
        """Refuse a request that its host's robots.txt forbids.

        Raises:
            NotAsked: It does, or it cannot be had.
        """
        if request.meta.get("is_robots"):
            return
        file, parser = await self._rules(origin_of(request.url))
        if file.standing is Standing.NOTHING:
            raise NotAsked(*_nothing(file))
        if not parser.allowed(request.url, TOKEN):
            raise NotAsked("robots", f"{file.url} forbids {urlsplit(request.url).path or '/'}")
        request.meta["crawl_delay"] = _delay(parser)

    async def _rules(self, origin: str) -> Known:
        async with _ASKING.setdefault(origin, asyncio.Lock()):
            known, now = self._known.get(origin), datetime.now(UTC)
            if known is None or known[0].stale_at <= now:
                file = self._kept(origin)
                fresh = file is not None and now < file.stale_at
                known = _read(file if file and fresh else await self._asked(origin, file))
                self._known[origin] = known
            return known

    async def _asked(self, origin: str, kept: RobotsFile | None) -> RobotsFile:
        try:
            response = await self.crawler.engine.download_async(_request(origin, kept))
        except NotAsked:
            raise
        except IgnoreRequest as error:
            # Scrapy tells redirects without end from a body that unpacks without end by the text alone.
            file = _file(origin, FOUND_ELSEWHERE if "redirections" in str(error) else None)
        except Exception:
            self._keep(_file(origin, None))
            raise
        else:
            file = _answered(origin, kept, response)
        self._keep(file)
        return file

    def _kept(self, origin: str) -> RobotsFile | None:
        with self.store.read() as db:
            return robots.kept(db, origin)

    def _keep(self, file: RobotsFile) -> None:
        with self.store.write() as db:
            robots.keep(db, file)


def _request(origin: str, kept: RobotsFile | None) -> Request:
    """A request for robots.txt, conditional where the copy that is kept can be asked for by its validators."""
    pairs = (("If-None-Match", kept.etag), ("If-Modified-Since", kept.last_modified)) if kept else ()
    return Request(
        f"{origin}/robots.txt",
        headers={name: value.encode("latin-1") for name, value in pairs if value},
        meta={"is_robots": True, "crawl_delay": _delay(_read(kept)[1]) if kept else 0.0},
        callback=NO_CALLBACK,
    )


def _answered(origin: str, kept: RobotsFile | None, response: Response) -> RobotsFile:
    fresh = freshness(response, datetime.now(UTC))
    if response.status == NOT_MODIFIED and kept is not None:
        return _file(origin, kept.status, kept.body, fresh, (kept.etag, kept.last_modified))
    own = response.url == f"{origin}/robots.txt"
    validators = (header(response, "ETag"), header(response, "Last-Modified")) if own else (None, None)
    return _file(origin, response.status, cut(response.body), fresh, validators)


def _file(
    origin: str,
    status: int | None,
    body: bytes = b"",
    fresh: timedelta | None = None,
    validators: tuple[str | None, str | None] = (None, None),
) -> RobotsFile:
    now = datetime.now(UTC)
    file = RobotsFile(origin, now, now, status)
    rules = file.standing is Standing.RULES
    stale_at = now + kept_for(file.standing, fresh)
    return RobotsFile(origin, now, stale_at, status, body if rules else b"", *(validators if rules else (None, None)))


def _read(file: RobotsFile) -> Known:
    return file, ProtegoRobotParser(file.body, None)


def _delay(parser: ProtegoRobotParser) -> float:
    return min(parser.crawl_delay(TOKEN) or 0.0, LONGEST_DELAY)


def _nothing(file: RobotsFile) -> tuple[str, str, datetime]:
    if file.status is None:
        return "unreachable", f"{file.url} could not be had, so nothing else is asked", file.stale_at
    return "robots", f"{file.url} answered {file.status}, which forbids everything", file.stale_at


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: what has a robots.txt of its own."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    usual = parts.port in {None, {"http": 80, "https": 443}.get(parts.scheme)}
    return f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}")
