"""Pages that show nothing without JavaScript, by a real browser; only with the `browser` extra, and off by default.

The one file that knows scrapy-playwright. Turns, robots.txt and Retry-After are kept by the handler that calls this;
what the page itself loads is asked for by the browser, so it is judged here, request by request.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.domain.addresses import is_public, parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler

    from crawler.domain.addresses import Network

WANTED = frozenset({"document", "script", "xhr", "fetch"})
"""What a page needs to say its text; images, fonts and trackers' beacons are not loaded."""


def quiet() -> list[Any]:
    """What a page has to do before it is read: fall silent, for its scripts ask for the text after it has loaded."""
    from scrapy_playwright.page import PageMethod  # noqa: PLC0415 (an extra)

    return [PageMethod("wait_for_load_state", "networkidle")]


async def handler(crawler: Crawler) -> Any:  # noqa: ANN401 (scrapy-playwright has no types)
    """Start the download handler for requests with `playwright` in their meta.

    Args:
        crawler: Whose settings say which browser, and which networks are allowed.
    """
    from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler  # noqa: PLC0415 (an extra)

    made = ScrapyPlaywrightDownloadHandler(crawler)
    allowed = [ip_network(text) for text in crawler.settings.getlist("LAUNCHWIRE_ALLOW_NETWORKS")]
    made.abort_request = lambda request: _refused(request.resource_type, request.url, allowed)
    # It waits for the start of the engine, which is over by the time the first page wants a browser.
    await made._launch()  # noqa: SLF001
    return made


async def _refused(kind: str, url: str, allowed: Sequence[Network]) -> bool:
    """Whether the browser may not ask for something: of a kind that is not wanted, or at an inner address."""
    parts = urlsplit(url)
    if kind not in WANTED or parts.scheme not in {"http", "https"} or not parts.hostname:
        return True
    try:
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
    except OSError:
        return True
    return not all(is_public(parsed(str(address[0])), allowed) for *_, address in found)
