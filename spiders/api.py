"""Sources that publish by an API of their own: newsrooms whose pages are filled in by scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.reading import apis, document
from spiders.visiting import SourceSpider, content_type

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawler.catalogue import Source
    from crawler.reading.models import Reading


class ApiSpider(SourceSpider):
    """Reads the entries of newsroom APIs."""

    name = "api"

    async def read(self, source: Source, response: Response) -> Reading:
        """Read the API's answer."""
        return await document.read_api(response.body, source, content_type(response))

    def _request(self, source: Source) -> Request:
        call = apis.request(source)
        plain = super()._request(source)
        return plain.replace(url=call.url, method=call.method, headers=dict(call.headers), body=call.body)
