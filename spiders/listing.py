"""Sources without a feed: a page that lists their articles, each with a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.errors import ReadingError
from crawler.reading import document
from spiders.visiting import SourceSpider, content_type

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.catalogue import Source
    from crawler.reading.models import Reading


class ListingSpider(SourceSpider):
    """Reads the entries of newsroom indexes."""

    name = "listing"

    async def read(self, source: Source, response: Response) -> Reading:
        """Read the index by the source's selectors."""
        if source.listing is None:
            raise ReadingError("unparsable", "the catalogue has no [listing] selectors for this source")
        return await document.read_listing(
            response.body, response.url, source.listing, content_type(response), source.zone
        )
