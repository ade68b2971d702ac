"""Sources that publish a sitemap: plain, for news, or an index of several.

Scrapy's own SitemapSpider drops titles and dates; this one reads sitemaps like any other document.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from scrapy import Request

from crawler.errors import NotAsked, ReadingError
from crawler.reading import document
from crawler.reading.models import Reading, SitemapReading
from crawler.reading.sitemap import newest_first
from spiders.visiting import SourceSpider, content_type

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.catalogue import Source
    from crawler.reading.models import MapLink

MOST_MAPS = 3
"""Sitemaps of an index that one visit reads, the newest first; the others are the archive."""
OK = 200


class SitemapSpider(SourceSpider):
    """Reads the addresses of sitemaps; titles and dates are mostly the pages' to say."""

    name = "sitemap"

    async def read(self, source: Source, response: Response) -> Reading:
        """Read the sitemap; of an index, the newest sitemaps that it names, one level down."""
        found = await _read(source, response)
        if not found.maps:
            return Reading(found.entries, found.problem)
        maps = found.maps[:MOST_MAPS]
        read = [await self._map(source, one) for one in maps]
        entries = newest_first(chain.from_iterable(one.entries for one in read))
        problems = "; ".join(filter(None, (found.problem, *(one.problem for one in read)))) or None
        if not entries:
            raise ReadingError("empty", problems or "the sitemaps of the index name no article")
        # An index without dates stays the same while its sitemaps change, and one that was not had is still to be read.
        volatile = any(one.changed is None for one in maps) or any(one.problem and not one.entries for one in read)
        return Reading(entries, problems, volatile=volatile)

    async def _map(self, source: Source, link: MapLink) -> SitemapReading:
        """One sitemap of an index. One that cannot be had is a problem and not the end of the others."""
        try:
            request = Request(link.url, meta={"source": source.id}, dont_filter=True)
            response = await self.crawler.engine.download_async(request)
            found = await _read(source, _answered(response))
        except NotAsked as error:
            if error.reason in {"stopped", "postponed"}:
                raise
            return SitemapReading(problem=f"{link.url}: {error}"[:300])
        except ReadingError as error:
            # A shop's sitemap beside the newsroom's is no problem.
            return SitemapReading(problem=None if error.reason == "empty" else f"{link.url}: {error}"[:300])
        except Exception as error:  # noqa: BLE001 (the downloader raises whatever its handlers met)
            return SitemapReading(problem=f"{link.url}: {str(error) or type(error).__name__}"[:300])
        return found if found.entries else SitemapReading(problem=f"{link.url}: an index within an index is not read")


def _answered(response: Response) -> Response:
    if response.status != OK:
        raise ReadingError("http", f"the server answered {response.status}")
    return response


async def _read(source: Source, response: Response) -> SitemapReading:
    if source.sitemap is None:
        raise ReadingError("unparsable", "the catalogue has no [sitemap] table for this source")
    return await document.read_sitemap(
        response.body, response.url, source.sitemap.path, content_type(response), source.zone
    )
