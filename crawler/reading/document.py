"""Read what a source sent, in the sandbox: feed, index, sitemap, the answer of an API, or an article's page.

This is what spiders call; the parsers themselves are pure and live beside.
"""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from crawler.reading import apis, feed, jsonfeed, listing, page, sandbox, sitemap

if TYPE_CHECKING:
    from crawler.catalogue import Selectors, Source
    from crawler.domain.models import Entry
    from crawler.reading.models import Reading, SitemapReading

DEADLINE = 8.0
"""Seconds for one document; five megabytes of sound feed took 1.4 on a slow machine, real ones 0.1."""


async def read(body: bytes, url: str, content_type: str | None = None, timezone: tzinfo = UTC) -> Reading:
    """Read a feed of whichever format it turns out to be.

    Args:
        body: The document as fetched, decompressed.
        url: Its address, for relative links.
        content_type: The HTTP header, for its charset.
        timezone: The source's own, for dates without one.

    Raises:
        ReadingError: `blocked`, `unparsable` or `empty`, with what was seen.
    """
    return await sandbox.run(parse, body, url, content_type, timezone, deadline=DEADLINE)


def parse(body: bytes, url: str, content_type: str | None = None, timezone: tzinfo = UTC) -> Reading:
    """As `read`, in this process and without a deadline."""
    start = body[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    parser = jsonfeed.parse if start.startswith((b"{", b"[")) else feed.parse
    return parser(body, url, content_type, timezone)


async def read_listing(
    body: bytes, url: str, selectors: Selectors, content_type: str | None = None, timezone: tzinfo = UTC
) -> Reading:
    """Read a newsroom's index; arguments and errors as `listing.parse`."""
    return await sandbox.run(listing.parse, body, url, selectors, content_type, timezone, deadline=DEADLINE)


async def read_sitemap(
    body: bytes, url: str, prefixes: tuple[str, ...], content_type: str | None = None, timezone: tzinfo = UTC
) -> SitemapReading:
    """Read a sitemap or an index of sitemaps; arguments and errors as `sitemap.parse`."""
    return await sandbox.run(sitemap.parse, body, url, prefixes, content_type, timezone, deadline=DEADLINE)


async def read_api(body: bytes, source: Source, content_type: str | None = None) -> Reading:
    """Read what a newsroom's API answered; errors as `apis.parse`."""
    return await sandbox.run(apis.parse, body, source, content_type, source.zone, deadline=DEADLINE)


async def read_page(body: bytes, url: str, content_type: str | None = None, timezone: tzinfo = UTC) -> Entry:
    """Read an article's page; arguments and errors as `page.parse`."""
    return await sandbox.run(page.parse, body, url, content_type, timezone, deadline=DEADLINE)
