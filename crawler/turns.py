"""Turns at a host: one request at a time, and a pause after each; knows nothing of HTTP.

Manners are owed by the process, not by a crawl: sources of two kinds on one host are crawled side by side, and rounds
follow each other. Scrapy's own slots end with their crawl, and count from the start of a request, so that a slow
connection lets the next one arrive too early.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

STEP = 1.0
"""Seconds between two looks at whether to go on waiting."""
MOST = 5000
"""Hosts remembered at once."""


class Turns:
    """Turns at any number of hosts.

    Args:
        clock: In seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._ended: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str, gap: float, going: Callable[[], bool]) -> AsyncIterator[None]:
        """Wait for a turn at `host`, and hold it.

        Args:
            host: Its name.
            gap: Seconds since the last turn ended.
            going: Whether to go on waiting; where not, the turn begins at once.
        """
        async with self._locks.setdefault(host, asyncio.Lock()):
            while going() and (left := self._ended.get(host, -gap) + gap - self._clock()) > 0:  # noqa: ASYNC110 (Scrapy has no event for being stopped)
                await asyncio.sleep(min(left, STEP))
            yield

    def ended(self, host: str) -> None:
        """The host was asked, and has answered or failed to."""
        if len(self._ended) >= MOST:
            self._ended = dict(sorted(self._ended.items(), key=lambda pair: pair[1])[MOST // 2 :])
        self._ended[host] = self._clock()
