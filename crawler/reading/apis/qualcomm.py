"""Qualcomm's press releases: the search behind its releases page, in GraphQL.

Its article pages tell several dates of which one is right; `field_publish_date` is that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.reading import jsonvalue
from crawler.reading.apis.newsroom import Call, NewsroomApi, Row, posted

if TYPE_CHECKING:
    from crawler.catalogue import Source

_QUERY = "query Releases($wanted: InterceptorSearchInput!) { newsFinder(searchInput: $wanted) { resources } }"
_WANTED = {
    "searchText": "",
    "sourceApplication": "WWW-AEM",
    "requestGuid": "launchwire",
    "sessionGuid": "launchwire",
    "start": 0,
    "rows": 24,
    "sortFields": {"field": "publishedOn", "order": "desc"},
    "filterFields": [
        {"field": "isDownloadable", "values": ["False"]},
        {"field": "resourceSubType", "values": ["press_release", "press_note"]},
    ],
    "resourceFields": ["title", "link", "field_publish_date", "field_pr_body_summary"],
}


class Qualcomm(NewsroomApi):
    """`data.newsFinder.resources[]` with the fields asked for, each a value or a list of one."""

    rows = ("data", "newsFinder", "resources")
    title, summary, published = "title", "field_pr_body_summary", "field_publish_date"

    def request(self, source: Source) -> Call:
        """The newest 24 press releases and notes."""
        return posted(source.url, {"query": _QUERY, "variables": {"wanted": _WANTED}})

    def link(self, row: Row) -> str:
        """The release's address, relative to the site."""
        return jsonvalue.text(row, "link")
