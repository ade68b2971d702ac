"""Sources that publish a feed: RSS, RDF, Atom or JSON Feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.reading import document
from spiders.visiting import SourceSpider, content_type

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.catalogue import Source
    from crawler.reading.models import Reading


class FeedSpider(SourceSpider):
    """Reads the entries of feeds."""

    name = "feed"

    async def read(self, source: Source, response: Response) -> Reading:
        """Read the feed."""
        return await document.read(response.body, response.url, content_type(response), source.zone)
