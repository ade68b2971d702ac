"""Makes every source of the catalogue a spider, so that `scrapy list` and `scrapy crawl ID` know it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler import catalogue
from crawler.catalogue import Kind
from crawler.errors import one_line
from spiders.api import ApiSpider
from spiders.feed import FeedSpider
from spiders.listing import ListingSpider
from spiders.sitemap import SitemapSpider

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings

    from crawler.catalogue import Catalogue, Source
    from spiders.visiting import SourceSpider

SPIDERS: dict[Kind, type[SourceSpider]] = {
    Kind.FEED: FeedSpider,
    Kind.LISTING: ListingSpider,
    Kind.SITEMAP: SitemapSpider,
    Kind.API: ApiSpider,
}
"""The spider that reads each kind of source."""


class CatalogueSpiderLoader:
    """Scrapy's spider loader over the catalogue.

    Args:
        sources: The catalogue.
    """

    def __init__(self, sources: Catalogue) -> None:
        self._catalogue = sources

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read the catalogue that the settings name."""
        with one_line():
            return cls(catalogue.load(Path(settings["LAUNCHWIRE_CATALOGUE"])))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of one source."""
        with one_line():
            (source,) = self._catalogue.select([spider_name])
        return _spider(source)

    def list(self) -> list[str]:
        """All source ids."""
        return list(self._catalogue)

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type] # `list` is the method above
        """The sources on the request's host."""
        host = request.url.split("/")[2]
        return [id_ for id_, source in self._catalogue.items() if source.url.split("/")[2] == host]


def _spider(source: Source) -> type[SourceSpider]:
    base = SPIDERS[source.kind]
    attributes: dict[str, Any] = {"name": source.id, "sources": (source,), "__doc__": f"Visits {source.title}."}
    return type(f"{base.__name__}_{source.id}", (base,), attributes)
