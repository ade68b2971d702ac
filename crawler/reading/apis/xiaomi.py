"""Xiaomi's global Discover pages: newsroom articles among videos and guides."""

from __future__ import annotations

from urllib.parse import quote

from crawler.reading import jsonvalue
from crawler.reading.apis.newsroom import NewsroomApi, Row


class Xiaomi(NewsroomApi):
    """`data.list[]` with `material_id`, `material_type`, `title`, `desc` and `add_time` in seconds since the epoch."""

    rows = ("data", "list")
    title, summary, published = "title", "desc", "add_time"

    def link(self, row: Row) -> str:
        """The article's page, which the API names by its id alone."""
        number = jsonvalue.text(row, "material_id")
        is_article = number and jsonvalue.text(row, "material_type") == "newsroom"
        return f"/global/discover/article?id={quote(number, safe='')}" if is_article else ""
