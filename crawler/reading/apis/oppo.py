"""OPPO's newsroom: what its press page asks for, page by page, by POST."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.reading import jsonvalue
from crawler.reading.apis.newsroom import Call, NewsroomApi, Row, posted

if TYPE_CHECKING:
    from crawler.catalogue import Source


class Oppo(NewsroomApi):
    """`data.rows[]` with `pageUrl`, `title`, `description` and `publishTime` in seconds since the epoch."""

    rows = ("data", "rows")
    title, summary, published = "title", "description", "publishTime"

    def request(self, source: Source) -> Call:
        """The newest twenty press releases of the global newsroom."""
        category = {"customCategory": "cmsNewsDetail", "customCategoryType": "newsroom_press"}
        return posted(source.url, {"region": "en", **category, "pageSize": 20, "pageIndex": 1, "env": 1})

    def link(self, row: Row) -> str:
        """The page's own address."""
        return jsonvalue.text(row, "pageUrl")
